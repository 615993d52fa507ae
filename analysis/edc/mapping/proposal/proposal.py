"""A first mapping of an export: sources, dictionaries, and what is proposed for each table."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.config import Mapping
from analysis.edc.layout import SUBJECT, Layout
from analysis.edc.mapping.proposal.evidence.candidates import list_candidates
from analysis.edc.mapping.proposal.files.dictionaries import read_dictionaries
from analysis.edc.mapping.proposal.files.long import widen_long
from analysis.edc.mapping.proposal.files.reading import ReadSource, read_sources
from analysis.edc.mapping.proposal.groups import RANDOMISATION, Group, group_forms
from analysis.edc.mapping.proposal.joined import join_others
from analysis.edc.mapping.proposal.looked_up import look_up_others
from analysis.edc.mapping.proposal.sdtm.answers import list_answers
from analysis.edc.mapping.proposal.sdtm.demographics import base_on_subjects
from analysis.edc.mapping.proposal.sdtm.domain import DEMOGRAPHICS, find_domain, is_supplement
from analysis.edc.mapping.proposal.sdtm.records import split_records
from analysis.edc.mapping.proposal.tables import ProposedTable, propose_tables
from analysis.edc.mapping.proposal.visits import find_visits


@dataclass(frozen=True)
class Proposal:
    """``sources`` as they were read; ``dictionaries``: names of those that describe the others.

    ``tables``: in the order of the layout. ``findings``: on sources that could not be read.
    ``mapping``: with which it began.
    """

    sources: tuple[ReadSource, ...]
    dictionaries: frozenset[str]
    tables: tuple[ProposedTable, ...]
    findings: tuple[str, ...]
    mapping: Mapping

    @property
    def found(self) -> tuple[ProposedTable, ...]:
        """The tables for which a source was found."""
        return tuple(table for table in self.tables if table.group)

    @property
    def subjects(self) -> frozenset[str]:
        """The identifiers of the randomised subjects; empty if they are not found."""
        of_rand = next((t for t in self.tables if t.name == RANDOMISATION), None)
        pair = of_rand.sure.get(SUBJECT) if of_rand else None
        return frozenset(pair.candidate.texts) if pair else frozenset()


def propose(folder: Path, mapping: Mapping, layout: Layout) -> Proposal:
    """Return what is proposed for the export in ``folder``.

    ``mapping``: how its files are read, where that is known. Raises DataError if the folder is
    absent; a file that cannot be read is a finding of the proposal.
    """
    read, findings = read_sources(folder, mapping)
    sources = [widen_long(source) for source in read]
    dictionary = read_dictionaries(sources)
    groups = [
        group
        for as_read, source in zip(read, sources, strict=True)
        if source.name not in dictionary.sources
        for part in split_records(as_read, source)
        for group in group_forms(part, list_candidates(part, dictionary))
    ]
    beside = {source.name for source in read if is_supplement(source)}
    bases = [group for group in groups if group.source not in beside]
    tables = [
        find_visits(table, layout.tables[table.name], bases)
        for table in propose_tables(layout.tables, bases)
    ]
    completed = _complete(tables, layout, groups, read)
    return Proposal(tuple(sources), dictionary.sources, completed, tuple(findings), mapping)


def _complete(
    tables: Sequence[ProposedTable],
    layout: Layout,
    groups: Sequence[Group],
    read: Sequence[ReadSource],
) -> tuple[ProposedTable, ...]:
    """The tables with what stands in other sources: beside their rows, or in rows of its own."""
    used = {table.group.source: table.name for table in tables if table.group}
    answers = [answer for source in read for answer in list_answers(source)]
    domains = {
        source.name: (domain.code, tuple(map(str, source.table.texts.columns)))
        for source in read
        if (domain := find_domain(source))
    }
    subjects = [g for g in groups if domains.get(g.source, ("",))[0] == DEMOGRAPHICS]

    def complete(table: ProposedTable) -> ProposedTable:
        rules = layout.tables[table.name]
        return look_up_others(join_others(table, rules, groups, used), rules, answers, domains)

    return tuple(
        base_on_subjects(table, layout.tables[table.name], subjects, complete) for table in tables
    )
