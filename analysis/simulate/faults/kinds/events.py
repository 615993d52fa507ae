"""Adverse events that a fault brings with it."""

from analysis.simulate.cohort.terms import read_terms
from analysis.simulate.faults.scene import Scene


def add_event(scene: Scene, pt: str, days: tuple[int, int], **cells: str) -> None:
    """Add an event of this preferred term that lasts from one study day to the other."""
    terms = read_terms()
    number = terms.index(pt)
    scene.add(
        "ae",
        AESEQ=scene.next_number("ae"),
        AETERM=str(terms.term[number]),
        AEDECOD=pt,
        AEBODSYS=str(terms.soc[number]),
        AESTDTC=scene.date(days[0]),
        AEENDTC=scene.date(days[1]),
        **cells,
    )
