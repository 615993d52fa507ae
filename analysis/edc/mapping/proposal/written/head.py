"""Keys of a mapping that are of no table of the layout: of the export, its sources, other files."""

from analysis.edc.layout import YES_NO
from analysis.edc.mapping.proposal.evidence.missing import find_missing
from analysis.edc.mapping.proposal.files.encodings import rank_encodings
from analysis.edc.mapping.proposal.files.reading import ReadSource
from analysis.edc.mapping.proposal.files.way import describe_source
from analysis.edc.mapping.proposal.proposal import Proposal
from analysis.edc.mapping.proposal.written.lines import write_block, write_key
from analysis.edc.sources.files.content import read_content


def write_head(proposal: Proposal) -> list[str]:
    """Return the lines of the keys that hold for the whole export."""
    spelt = [
        pair
        for table in proposal.tables
        for _, pair in table.pairs
        if pair.fit.yes_no and not set(pair.candidate.texts) <= {*YES_NO}
    ]
    pairs = [pair for table in proposal.tables for _, pair in table.pairs]
    missing = find_missing({pair.candidate: None for pair in pairs})
    given = proposal.mapping.model_dump(mode="json")
    return [
        write_key(0, "edc_dir") + " null",
        write_key(0, "unblinding_dir") + " null",
        write_key(0, "rehearsal", False),
        write_key(0, "results") + " null",
        *(
            write_key(0, key, given[key])
            for key in ("format", "encoding", "delimiter", "decimal", "unterminated_last_line")
            if given[key] is not None
        ),
        write_key(0, "missing_values", given["missing_values"] or list(missing)),
        *([write_key(0, "yes_no", "any")] if spelt else []),
    ]


def write_sources(proposal: Proposal) -> list[str]:
    """Return every source that must be told how it is written, also those only searched.

    A comment says of an encoding that was told from the bytes that it is unsure, and how it fits.
    """
    used = list_used(proposal)
    lines = [
        write_key(1, source.name, said, _doubt_encoding(source))
        for source in proposal.sources
        if (said := describe_source(source, proposal.mapping, wide=source.name in used))
    ]
    return [write_key(0, "sources"), *lines] if lines else []


def _doubt_encoding(source: ReadSource) -> str:
    if "encoding" not in source.keys:
        return ""
    fits = rank_encodings(read_content(source.source.file))
    shares = ", ".join(f"{name} {fit:.2f}" for name, fit in fits.items())
    return f"encoding unsure, told from the characters ({shares}): look at names and answers"


def list_used(proposal: Proposal) -> set[str]:
    """Return the names of the sources that tables are read from."""
    pairs = (pair for table in proposal.tables for _, pair in table.pairs)
    groups = {table.group.source for table in proposal.tables if table.group}
    return groups | {pair.candidate.source for pair in pairs}


def write_declared(proposal: Proposal) -> list[str]:
    """Return what is declared to be no allocation, of files that are no table of the layout."""
    names = {table.name for table in proposal.found}
    return [
        line
        for name, spec in proposal.mapping.tables.items()
        if name not in names and spec.not_allocation
        for line in (
            write_key(1, name), *write_block(2, "not_allocation", dict(spec.not_allocation))
        )
    ]  # fmt: skip
