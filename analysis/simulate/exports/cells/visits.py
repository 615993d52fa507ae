"""Visits as systems name them: a folder, an event, a step of the study plan."""

from collections.abc import Mapping

from analysis.simulate.exports.cells.codec import Codec, write_codes


def write_visits(names: Mapping[str, str], unscheduled: str) -> Codec:
    """Return how visits are named; what is no visit of the plan stands under ``unscheduled``.

    >>> folders = write_visits({"D90": "M3"}, "UNSCH")
    >>> folders.write("day 90"), folders.read("UNSCH")
    ('UNSCH', '')
    """
    codes = {**names, "": unscheduled}
    known = write_codes(codes)
    return Codec(lambda text: codes.get(text, unscheduled), known.read)
