"""The data dictionary of the project, with the columns that REDCap gives it."""

from collections.abc import Iterator

import pandas as pd

from analysis.simulate.exports.design.forms import YES_NO, Field, Form, load_codes, load_forms
from analysis.simulate.exports.redcap.instruments import CRITERIA, name_criterion
from analysis.simulate.exports.redcap.project import RECORD, TICKED_CODES, TICKS

COLUMNS = (
    "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
    "Choices, Calculations, OR Slider Labels", "Field Note",
    "Text Validation Type OR Show Slider Number", "Text Validation Min", "Text Validation Max",
    "Identifier?", "Branching Logic (Show field only if...)", "Required Field?",
    "Custom Alignment", "Question Number (surveys only)", "Matrix Group Name", "Matrix Ranking?",
    "Field Annotation",
)  # fmt: skip
_VALIDATION = {"date": "date_ymd", "datetime": "datetime_ymd", "int": "integer", "float": "number"}
_TICKED = ("1, Antiplatelet | 2, Anticoagulant", "Antithrombotics before the stroke")


def build_dictionary(forms: list[Form]) -> pd.DataFrame:
    """Return the dictionary of a project of these forms, its record id first."""
    first = (RECORD, forms[0].name, "text", "Record ID", "", "", "")
    rows = [first, *(row for form in forms for row in _describe_form(form))]
    names = [COLUMNS[i] for i in (0, 1, 3, 4, 5, 6, 7)]
    return pd.DataFrame(rows, columns=names).reindex(columns=list(COLUMNS), fill_value="")


def list_project_forms(log: bool) -> list[Form]:
    """Return the forms of the project of the screening log, or of the trial."""
    return [form for table, form in load_forms().items() if (table == "screening") == log]


def _describe_form(form: Form) -> Iterator[tuple[str, ...]]:
    if form.table == CRITERIA:
        answer = form.field("IEORRES")
        for code in load_codes(form.table, "IETESTCD"):
            label = f"{code}: {answer.label}"
            yield name_criterion(code), form.name, "yesno", label, "", "", ""
        return
    for each in form.fields:
        if each.column in TICKS and each.column != next(iter(TICKS)):
            continue  # a box of a field that stands there already
        yield _describe_field(form, each)


def _describe_field(form: Form, each: Field) -> tuple[str, ...]:
    if each.column in TICKS:
        return TICKS[each.column][0], form.name, "checkbox", _TICKED[1], _TICKED[0], "", ""
    choices = " | ".join(f"{option.number}, {option.label}" for option in each.options)
    kind = "checkbox" if each.column in TICKED_CODES else "radio" if choices else "text"
    if {option.text for option in each.options} == set(YES_NO):
        kind, choices = "yesno", ""
    validation = "" if each.partial else _VALIDATION.get(each.type, "")
    return each.name, form.name, kind, each.label, choices, each.unit, validation
