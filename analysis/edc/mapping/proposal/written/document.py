"""The mapping as a file: what is sure as keys, what is not as comments."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from analysis.edc.layout import SUBJECT
from analysis.edc.mapping.proposal.proposal import Proposal
from analysis.edc.mapping.proposal.scores import Pair
from analysis.edc.mapping.proposal.tables import ProposedTable
from analysis.edc.mapping.proposal.written.head import (
    list_used,
    write_declared,
    write_head,
    write_sources,
)
from analysis.edc.mapping.proposal.written.keys import (
    list_blocks,
    list_boxes,
    list_dates,
    list_identifiers,
    list_joined,
    list_times,
    list_units,
    list_values,
)
from analysis.edc.mapping.proposal.written.lines import write_block, write_comments, write_key
from analysis.edc.mapping.proposal.written.rows import find_rows

HEADING = (
    "A first mapping, proposed by `snakemake map_edc` from names, labels, code lists and cells.",
    "Read every line: its comment says why it is proposed. What is unsure or was not found is a",
    "comment, for you to fill in. Copy the file to config/edc.yaml, and hold it against the export",
    "with `snakemake check_edc`.",
)
MASKED = "[masked]"


def write_document(proposal: Proposal, hidden: Collection[str]) -> str:
    """Return the text of the mapping. ``hidden``: texts and names that are not shown."""
    lines = [*write_comments(0, HEADING), "", *write_head(proposal), *write_sources(proposal)]
    proposal = _leave_hidden(proposal, hidden)
    declared = write_declared(proposal)
    lines.append("tables:" if proposal.found or declared else "tables: {}")
    counts = Counter(each.group.source for each in proposal.tables if each.group)
    for table in proposal.tables:
        if table.group is None:
            lines += write_comments(1, [f"{table.name}: not found in the export"])
            continue
        lines += _write_table(proposal, table, hidden, is_shared=counts[table.group.source] > 1)
    lines += [*declared, *_write_rest(proposal, hidden)]
    return "\n".join(lines) + "\n"


def _leave_hidden(proposal: Proposal, hidden: Collection[str]) -> Proposal:
    """The proposal with every pair unsure whose column has a name that is not shown."""
    tables = []
    for table in proposal.tables:
        single = {**table.sure, **table.looked_up}
        masked = {c: (pair,) for c, pair in single.items() if _is_hidden(pair, hidden)}
        kept = {c: pair for c, pair in table.sure.items() if c not in masked}
        looked_up = {c: pair for c, pair in table.looked_up.items() if c not in masked}
        visits = {
            code: {c: pair for c, pair in pairs.items() if pair.candidate.name not in hidden}
            for code, pairs in table.visits.items()
        }
        unsure = {**masked, **table.unsure}
        tables.append(replace(table, sure=kept, unsure=unsure, visits=visits, looked_up=looked_up))
    return replace(proposal, tables=tuple(tables))


def _is_hidden(pair: Pair, hidden: Collection[str]) -> bool:
    """Whether the name of a column, or a text by which a value is looked up, is not shown."""
    lookup = pair.candidate.lookup
    named = (pair.candidate.name, *(lookup.where.values() if lookup else ()))
    return any(text in hidden for text in named)


def _write_table(
    proposal: Proposal, table: ProposedTable, hidden: Collection[str], *, is_shared: bool
) -> list[str]:
    group = table.group
    lines = [write_key(1, table.name), write_key(2, "source", group.source if group else "")]
    if rows := find_rows(table, is_shared=is_shared):
        is_masked = any(text in rows for text in hidden if text)
        lines += write_comments(2, [f"rows: {MASKED}"]) if is_masked else [
            write_key(2, "rows", rows)
        ]  # fmt: skip
    if joined := list_joined(table):
        lines.append(write_key(2, "join", joined))
    lines += _write_columns(table, hidden)
    sources = {source.name: source for source in proposal.sources}
    lines += _write_lookups(table, hidden)
    lines += write_block(2, "times", list_times(table))
    lines += write_block(2, "constants", dict(table.constants))
    lines += write_block(2, "checkboxes", list_boxes(table))
    if blocks := list_blocks(table):
        lines.append(write_key(2, "stack", blocks))
    lines += write_block(2, "values", list_values(table, hidden))
    lines += write_block(2, "identifiers", list_identifiers(table, proposal.subjects))
    lines += write_block(2, "units", list_units(table, sources))
    lines += write_block(2, "dates", list_dates(table))
    declared = proposal.mapping.tables.get(table.name)
    return lines + write_block(2, "not_allocation", declared.not_allocation if declared else {})


def _write_columns(table: ProposedTable, hidden: Collection[str]) -> list[str]:
    """The columns that are sure, then in comments those that are not, and those not found."""
    single = {column: p for column, p in table.sure.items() if not p.candidate.boxes}
    lines = [write_key(2, "columns")] if single else []
    lines += [
        write_key(3, column, pair.candidate.name, _explain(pair, hidden))
        for column, pair in single.items()
    ]
    for column, pairs in table.unsure.items():
        lines += write_comments(3, [f"{column}: unsure. {_list(pairs, hidden)}"])
    return lines + write_comments(3, [f"{column}: not found" for column in table.missing])


def _write_lookups(table: ProposedTable, hidden: Collection[str]) -> list[str]:
    lines = [write_key(2, "lookup")] if table.looked_up else []
    for column, pair in table.looked_up.items():
        keys = pair.candidate.lookup.model_dump() if pair.candidate.lookup else {}
        lines.append(write_key(3, column, keys, _explain(pair, hidden)))
    return lines


def _explain(pair: Pair, hidden: Collection[str]) -> str:
    label = pair.candidate.label
    said = f"'{_mask(label, hidden)}'; " if label and label != pair.candidate.name else ""
    return f"{said}{pair.fit.why}; score {pair.score:.2f}"


def _list(pairs: Sequence[Pair], hidden: Collection[str]) -> str:
    names = [MASKED if _is_hidden(p, hidden) else p.candidate.name for p in pairs]
    shown = [f"{n} ({p.fit.why}; {p.score:.2f})" for n, p in zip(names, pairs, strict=True)]
    return "Candidates: " + "; ".join(shown)


def _mask(text: str, hidden: Collection[str]) -> str:
    return MASKED if text in hidden else text


def _write_rest(proposal: Proposal, hidden: Collection[str]) -> list[str]:
    """What no table uses, and what could not be read: nothing is left out without a word."""
    used = list_used(proposal) | proposal.dictionaries
    left = [source.name for source in proposal.sources if source.name not in used]
    notes = [f"No table is read from {_mask(name, hidden)}." for name in left]
    notes += [f"A dictionary: {name}." for name in sorted(proposal.dictionaries)]
    notes += [f"Not read: {finding}" for finding in proposal.findings]
    if proposal.subjects and not any(SUBJECT in table.sure for table in proposal.tables):
        notes.append("No column of subjects was found.")
    return ["", *write_comments(0, notes)] if notes else []
