"""For each table of the layout the source, and the form in it, that holds it; and its columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analysis.edc.layout import SUBJECT, Table
from analysis.edc.mapping.proposal.evidence.candidate import Candidate
from analysis.edc.mapping.proposal.evidence.criteria import Criteria, find_criteria
from analysis.edc.mapping.proposal.groups import COMMON, RANDOMISATION, SCREENED, Group
from analysis.edc.mapping.proposal.scores import LEAST_NAME, MARGIN, Pair, rank
from analysis.edc.mapping.proposal.words.likeness import (
    FORMS,
    compare,
    load_phrases,
)

SHOWN = 3
"""Candidates that are named for a column that is not sure."""
OF_FORM = 1.5
"""What the name of a form counts, where a column of the right name counts up to one."""
LEAST_TABLE = 0.95
"""Below it no source is taken for a table: a third of its columns, or the name of its form."""
NAMED, ENOUGH = 0.95, 3
"""So many columns that are called as in the layout, and fit, are a table whatever its form."""
OVERLAP = 0.5
"""Share of the identifiers of a column that are randomised subjects, in one that holds those."""


@dataclass(frozen=True)
class ProposedTable:
    """``sure`` and ``unsure`` pairs by layout column, and what was not found.

    ``constants``: texts that all rows have. ``criteria``: numbered columns, one a criterion.
    ``visits``: by visit the pairs of columns that stand side by side. ``looked_up``: pairs with
    what stands in rows of other sources.
    """

    name: str
    group: Group | None = None
    sure: Mapping[str, Pair] = field(default_factory=dict)
    unsure: Mapping[str, tuple[Pair, ...]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    criteria: Criteria | None = None
    visits: Mapping[str, Mapping[str, Pair]] = field(default_factory=dict)
    looked_up: Mapping[str, Pair] = field(default_factory=dict)

    @property
    def pairs(self) -> list[tuple[str, Pair]]:
        """Every pair that is sure with its column, of visits and of other sources too."""
        side_by_side = [each for pairs in self.visits.values() for each in pairs.items()]
        return [*self.sure.items(), *side_by_side, *self.looked_up.items()]


def propose_tables(tables: Mapping[str, Table], groups: Sequence[Group]) -> list[ProposedTable]:
    """Return what is proposed for every table, in their order.

    Who was randomised tells, in all others, which identifiers are those of subjects.
    """
    first = propose_table(RANDOMISATION, tables[RANDOMISATION], groups, frozenset())
    found = first.sure.get(SUBJECT)
    subjects = frozenset(found.candidate.texts) if found else frozenset()
    return [
        first if name == RANDOMISATION else propose_table(name, table, groups, subjects)
        for name, table in tables.items()
    ]


def propose_table(
    name: str, table: Table, groups: Sequence[Group], subjects: frozenset[str]
) -> ProposedTable:
    """Return what is proposed for a table: of the group that speaks most for it.

    ``subjects``: the identifiers of the randomised ones, if they are known.
    """
    fitting = [each for each in groups if not (each.repeats and table.one_row_per_subject)]
    weights = {group: _weigh(name, table, group) for group in fitting}
    best = max(fitting, key=lambda group: weights[group], default=None)
    if best is None or weights[best] < LEAST_TABLE:
        return ProposedTable(name, missing=tuple(table.columns))
    ranked = {
        column: rank(name, column, rules, _leave_out(column, best.list_for(column), subjects))
        for column, rules in table.columns.items()
    }
    sure, unsure = assign(ranked)
    criteria = find_criteria(table, [*best.own, *best.shared]) if "IEORRES" in ranked else None
    if criteria:
        sure = {column: pair for column, pair in sure.items() if column == SUBJECT}
        unsure = {}
    constants = _find_constants(table, sure, criteria)
    known = {*sure, *unsure, *constants, *(criteria.columns if criteria else ())}
    return ProposedTable(
        name, best, sure, unsure, tuple(c for c in table.columns if c not in known), constants,
        criteria,
    )  # fmt: skip


def _leave_out(
    column: str, candidates: Sequence[Candidate], subjects: frozenset[str]
) -> list[Candidate]:
    """Candidates but identifiers of others: screening numbers are no subjects."""
    if not subjects or column not in (SUBJECT, SCREENED):
        return list(candidates)
    known = [each for each in candidates if _are_subjects(each, subjects)]
    if column == SUBJECT:
        return known or list(candidates)
    return [each for each in candidates if each not in known]


def _are_subjects(candidate: Candidate, subjects: frozenset[str]) -> bool:
    known = sum(text in subjects for text in candidate.texts)
    return known > OVERLAP * len(candidate.texts)


def _weigh(name: str, table: Table, group: Group) -> float:
    forms = load_phrases().get(name, {}).get(FORMS, ())
    said = [compare(each, forms) for each in (group.form, *group.words)]
    form = max(*said, compare(group.source, (name, *forms)))
    own = [column for column in table.columns if column not in COMMON]
    if "IEORRES" in own and find_criteria(table, [*group.own, *group.shared]):
        return OF_FORM * form + len(own)
    best = [pairs[0] for c in own if (pairs := rank(name, c, table.columns[c], group.own))]
    named = [pair.name for pair in best if pair.name >= LEAST_NAME]
    certain = {pair.candidate.key for pair in best if pair.name >= NAMED and pair.is_strong}
    weight = OF_FORM * form + sum(named) / max(1, len(own)) * min(3, len(own))
    return max(weight, LEAST_TABLE) if len(certain) >= ENOUGH else weight


def assign(
    ranked: Mapping[str, Sequence[Pair]],
) -> tuple[dict[str, Pair], dict[str, tuple[Pair, ...]]]:
    """Return each candidate to one column, the likest pair first; what is unsure apart.

    A pair is unsure where it is weak, or where another comes near.
    """
    pairs = sorted(
        (pair for column in ranked.values() for pair in column),
        key=lambda pair: (-pair.score, pair.column),
    )
    taken: dict[tuple[str, str], str] = {}
    chosen: dict[str, Pair] = {}
    for pair in pairs:
        if pair.column not in chosen and pair.candidate.key not in taken:
            chosen[pair.column] = pair
            taken[pair.candidate.key] = pair.column
    sure, unsure = {}, {}
    for column, of_column in ranked.items():
        best = chosen.get(column)
        rivals = [
            p for p in of_column
            if taken.get(p.candidate.key, column) == column and p is not best
        ]  # fmt: skip
        if best and best.is_strong and not _is_close(best, rivals):
            sure[column] = best
        elif of_column:
            shown = [*([best] if best else []), *rivals]
            unsure[column] = tuple(shown[:SHOWN] or of_column[:SHOWN])
    return sure, unsure


def _is_close(best: Pair, rivals: Sequence[Pair]) -> bool:
    return any(best.score - each.score < MARGIN and not best.says_same(each) for each in rivals)


def _find_constants(
    table: Table, sure: Mapping[str, Pair], criteria: Criteria | None
) -> dict[str, str]:
    """A visit that no column tells, where the layout has only one."""
    visit = table.columns.get("VISIT")
    if visit is None or "VISIT" in sure or criteria or len(visit.codes) != 1:
        return {}
    return {"VISIT": visit.codes[0]}
