"""The keys of one table in the mapping, from what is proposed for it."""

from collections.abc import Collection, Mapping
from typing import Any

from analysis.edc.door.remedies.identifiers import find_resemblance
from analysis.edc.door.remedies.known import know
from analysis.edc.layout import SUBJECT
from analysis.edc.mapping.proposal.evidence.criteria import ANSWER, CODE
from analysis.edc.mapping.proposal.files.reading import ReadSource
from analysis.edc.mapping.proposal.scores import Pair
from analysis.edc.mapping.proposal.tables import ProposedTable

UNITS = ("_units", "_unit")
"""How columns end that hold the unit of each cell of another one."""
NO_VISIT = ("unsch", "计划外", "no parent")
"""What the names of events hold that are no visit of the plan."""
KNOWN = 0.5


def list_joined(proposed: ProposedTable) -> dict[str, Any]:
    """Return the key ``join``, of a table that takes columns from other sources; else nothing."""
    if proposed.group is None or SUBJECT not in proposed.sure:
        return {}
    own = proposed.group.source
    others = {p.candidate.source: None for p in proposed.sure.values() if p.candidate.source != own}
    subject = proposed.sure[SUBJECT].candidate.name if others else ""
    return {"sources": list(others), "by": [subject]} if others else {}


def list_times(proposed: ProposedTable) -> dict[str, str]:
    """Return by layout column the column of the time of day."""
    sure = proposed.sure.items()
    return {column: p.candidate.time for column, p in sure if p.candidate.time}


def list_boxes(proposed: ProposedTable) -> dict[str, dict[str, str]]:
    """Return by layout column the codes of its tick boxes."""
    sure = proposed.sure.items()
    return {column: dict(p.fit.values) for column, p in sure if p.candidate.boxes}


def list_values(proposed: ProposedTable, hidden: Collection[str]) -> dict[str, dict[str, str]]:
    """Return by layout column the code of each text; ``hidden``: texts that are not shown."""
    found: dict[str, dict[str, str]] = {}
    for column, pair in proposed.pairs:
        if pair.candidate.boxes:
            continue
        values = {text: code for text, code in pair.fit.values.items() if text not in hidden}
        if column == "VISIT":
            values |= {text: "" for text in pair.candidate.texts if _is_no_visit(text)}
        if values:
            found[column] = {**found.get(column, {}), **values}
    return found


def _is_no_visit(text: str) -> bool:
    return any(word in text.casefold() for word in NO_VISIT)


def list_units(proposed: ProposedTable, sources: Mapping[str, ReadSource]) -> dict[str, Any]:
    """Return by layout column the unit, or the column that holds the unit of each cell."""
    found: dict[str, Any] = {}
    for column, pair in proposed.pairs:
        if not pair.fit.unit:
            continue
        beside = _find_units(pair, sources)
        found[column] = {"column": beside} if beside else pair.fit.unit
    return found


def _find_units(pair: Pair, sources: Mapping[str, ReadSource]) -> str:
    """The column of units beside a candidate; empty if there is none."""
    names = sources[pair.candidate.source].table.texts.columns
    base = pair.candidate.name.casefold().removesuffix("_raw")
    return next((str(name) for name in names if str(name).casefold() in
                 [base + end for end in UNITS]), "")  # fmt: skip


def list_dates(proposed: ProposedTable) -> dict[str, Any]:
    """Return by layout column the forms of its dates, which the layout does not read by itself."""
    found: dict[str, dict[str, None]] = {}
    for column, pair in proposed.pairs:
        if pair.fit.forms:
            found.setdefault(column, {}).update(dict.fromkeys(pair.fit.forms))
    return {column: list(forms) for column, forms in found.items()}


def list_identifiers(proposed: ProposedTable, subjects: frozenset[str]) -> dict[str, Any]:
    """Return how subjects are spelt otherwise than in ``subjects``; nothing if they are not."""
    pair = proposed.sure.get(SUBJECT)
    if pair is None or not subjects:
        return {}
    present = list(pair.candidate.texts)
    if sum(text in subjects for text in present) > KNOWN * len(present):
        return {}
    like = find_resemblance(present, know(subjects))
    spelling = like.spelling if like else None
    return {SUBJECT: spelling.model_dump(exclude_defaults=True)} if spelling else {}


def list_blocks(proposed: ProposedTable) -> list[dict[str, Any]]:
    """Return the blocks of criteria, or of visits, that stand side by side."""
    blocks: list[dict[str, Any]] = []
    if proposed.criteria is not None:
        blocks += [
            {"columns": {ANSWER: name}, "constants": {CODE: code}, "numbers": list(numbers)}
            for name, code, numbers in proposed.criteria.blocks
        ]
    for code, pairs in proposed.visits.items():
        times = {column: p.candidate.time for column, p in pairs.items() if p.candidate.time}
        names = {column: p.candidate.name for column, p in pairs.items()}
        timed = {"times": times} if times else {}
        blocks.append({"columns": names, **timed, "constants": {"VISIT": code}})
    return blocks
