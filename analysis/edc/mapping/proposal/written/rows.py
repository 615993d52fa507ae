"""Which rows of its source belong to a table: by form, or by the columns that it fills."""

from collections.abc import Sequence

from analysis.edc.mapping.proposal.evidence.candidate import Candidate
from analysis.edc.mapping.proposal.groups import COMMON, Group
from analysis.edc.mapping.proposal.tables import ProposedTable
from analysis.edc.mapping.proposal.words.likeness import SAME, compare
from analysis.edc.sql.engine import quote, quote_text

INSTRUMENTS = ("redcap_repeat_instrument", "repeat instrument")
"""Columns that name the repeating form of a row, empty in rows of forms that do not repeat."""
COMPLETE = "_complete"


def find_rows(proposed: ProposedTable, *, is_shared: bool) -> str:
    """Return the condition for the rows of a table; empty where all rows of its source are its.

    ``is_shared``: whether other tables are read from the same source.
    """
    group = proposed.group
    if group is not None and group.repeats is not None:
        return group.rows
    if group is None or not is_shared or proposed.criteria or proposed.visits:
        return ""
    return _find_form(group) or _find_filled(proposed)


def _find_form(group: Group) -> str:
    """The mark that a system sets in the rows of a form."""
    there = (*group.shared, *group.own)
    beside = {text.casefold(): each for each in there for text in (each.label, each.name)}
    instrument = next((beside[name] for name in INSTRUMENTS if name in beside), None)
    if instrument and (text := _find_text(instrument, group.form)):
        return f"{quote(instrument.name)} = {quote_text(text)}"
    complete = beside.get(group.form.casefold() + COMPLETE)
    return f"{quote(complete.name)} <> ''" if complete else ""


def _find_text(instrument: Candidate, form: str) -> str:
    alike = [text for text in instrument.texts if compare(text, [form]) == SAME]
    return alike[0] if len(alike) == 1 else ""


def _find_filled(proposed: ProposedTable) -> str:
    """Rows in which one of the table's own columns is filled."""
    names = _list_own(proposed)
    return " OR ".join(f"{quote(name)} <> ''" for name in names)


def _list_own(proposed: ProposedTable) -> Sequence[str]:
    pairs = [pair for column, pair in proposed.sure.items() if column not in COMMON]
    single = [pair.candidate.name for pair in pairs if not pair.candidate.boxes]
    return list(dict.fromkeys(single))
