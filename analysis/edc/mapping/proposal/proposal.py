"""A first mapping of an export: sources, dictionaries, and what is proposed for each table."""

from dataclasses import dataclass
from pathlib import Path

from analysis.config import Mapping
from analysis.edc.layout import SUBJECT, Layout
from analysis.edc.mapping.proposal.evidence.candidates import list_candidates
from analysis.edc.mapping.proposal.files.dictionaries import read_dictionaries
from analysis.edc.mapping.proposal.files.long import widen_long
from analysis.edc.mapping.proposal.files.reading import ReadSource, read_sources
from analysis.edc.mapping.proposal.groups import RANDOMISATION, group_forms
from analysis.edc.mapping.proposal.joined import join_others
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
        for source in sources
        if source.name not in dictionary.sources
        for group in group_forms(source.name, list_candidates(source, dictionary), source.words)
    ]
    tables = [
        find_visits(table, layout.tables[table.name], groups)
        for table in propose_tables(layout.tables, groups)
    ]
    used = {table.group.source: table.name for table in tables if table.group}
    joined = [join_others(table, layout.tables[table.name], groups, used) for table in tables]
    return Proposal(tuple(sources), dictionary.sources, tuple(joined), tuple(findings), mapping)
