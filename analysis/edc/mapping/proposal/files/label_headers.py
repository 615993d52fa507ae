"""Exports whose headers are the labels of fields, by the data dictionary of REDCap.

Labels repeat. The columns of an export stand in the order of the dictionary, and each form ends
with its state (``Complete?``): within a form the second column of a label is its second field.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

COMPLETE = "complete?"
"""The header of the state of each form."""
STATE = "{form}_complete"
BOX = re.compile(r"(.+) \(choice=(.+)\)", re.DOTALL)
"""A tick box: the label of the field, and that of the choice."""
_NUMBERED = re.compile(r"(.+) \([0-9]+\)", re.DOTALL)
LEAST_NAMED = 0.5
"""Share of the fields of a dictionary whose labels must be headers of a source."""


@dataclass(frozen=True)
class Field:
    """A field of a dictionary: its name, its label and its form."""

    name: str
    label: str
    form: str


def match_headers(headers: Sequence[str], fields: Sequence[Field]) -> dict[str, Field]:
    """Return by header the field whose label it is; nothing if most labels are no headers.

    ``headers``: each once, repeated ones numbered from left to right. A label that stands more or
    less often than it has fields, in its form or, where forms have no ends, in all, is left out.
    The state of a form is a field of no form.
    """
    folded = [_fold(header) for header in headers]
    bases = _strip_numbers(folded)
    known = {_fold(each.label) for each in fields}
    if not known or len(known & {_find_base(base) for base in bases}) < LEAST_NAMED * len(known):
        return {}
    forms = list(dict.fromkeys(each.form for each in fields))
    ends = [at for at, base in enumerate(bases) if base == COMPLETE]
    if len(ends) != len(forms):
        return _match_part(headers, bases, fields)
    found: dict[str, Field] = {}
    start = 0
    for form, end in zip(forms, ends, strict=True):
        of_form = [each for each in fields if each.form == form]
        found |= _match_part(headers[start:end], bases[start:end], of_form)
        state = STATE.format(form=form)
        found[headers[end]] = Field(state, state, "")
        start = end + 1
    return found


def _match_part(
    headers: Sequence[str], bases: Sequence[str], fields: Sequence[Field]
) -> dict[str, Field]:
    """The fields of some columns in their order; a label that one side lacks once is left out."""
    columns: dict[str, list[dict[str, str]]] = {}
    for header, base, label in zip(headers, bases, map(_find_base, bases), strict=True):
        of_label = columns.setdefault(label, [])
        is_further_box = base != label and of_label and base not in of_label[-1]
        if is_further_box:
            of_label[-1] |= {base: header}
        else:
            of_label.append({base: header})
    wanted: dict[str, list[Field]] = {}
    for each in fields:
        wanted.setdefault(_fold(each.label), []).append(each)
    return {
        header: field
        for label, of_label in wanted.items()
        if len(columns.get(label, ())) == len(of_label)
        for field, found in zip(of_label, columns[label], strict=True)
        for header in found.values()
    }


def _strip_numbers(folded: Sequence[str]) -> list[str]:
    """The headers as they stood before they were numbered."""
    there = set(folded)
    matches = [(name, _NUMBERED.fullmatch(name)) for name in folded]
    return [match[1] if match and match[1] in there else name for name, match in matches]


def _find_base(header: str) -> str:
    box = BOX.fullmatch(header)
    return box[1] if box else header


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()
