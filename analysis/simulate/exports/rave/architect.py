"""The sheets of an Architect Loader Specification (ALS): forms, fields, folders, dictionaries."""

import pandas as pd

from analysis.simulate.exports.design.forms import Field, load_forms
from analysis.simulate.exports.rave.study import FOLDERS, PROJECT, find_unit

_FORMATS = {"date": "dd MMM yyyy", "datetime": "dd MMM yyyy HH:nn", "int": "4", "float": "8.2"}
FORMS = ("OID", "Ordinal", "DraftFormName", "DraftFormActive")
FIELDS = (
    "FormOID", "FieldOID", "Ordinal", "DraftFieldName", "VariableOID", "DataFormat",
    "DataDictionaryName", "FixedUnit", "PreText", "SASLabel",
)  # fmt: skip
ENTRIES = ("DataDictionaryName", "CodedData", "Ordinal", "UserDataString", "Specify")


def build_als() -> dict[str, pd.DataFrame]:
    """Return the sheets by name."""
    forms = list(load_forms().values())
    fields = [(form, i, each) for form in forms for i, each in enumerate(form.fields, start=1)]
    coded = {each.column: each for _, _, each in fields if each.options}
    return {
        "CRFDraft": _frame(("DraftName", "ProjectName"), [("Draft 1", PROJECT)]),
        "Forms": _frame(
            FORMS, [(f.name.upper(), str(i), f.label, "TRUE") for i, f in enumerate(forms, 1)]
        ),
        "Fields": _frame(
            FIELDS,
            [
                (
                    form.name.upper(), each.name.upper(), str(i), each.name.upper(),
                    each.name.upper(), _find_format(each), each.column if each.options else "",
                    find_unit(form, each.column, each.unit), each.label, each.label[:40],
                )
                for form, i, each in fields
            ],
        ),
        "Folders": _frame(("OID", "FolderName"), list(FOLDERS.items())),
        "DataDictionaries": _frame(("DataDictionaryName",), [(name,) for name in coded]),
        "DataDictionaryEntries": _frame(ENTRIES, _list_entries(coded)),
    }  # fmt: skip


def _find_format(each: Field) -> str:
    return "$1" if each.options else _FORMATS.get(each.type, "$200")


def _list_entries(coded: dict[str, Field]) -> list[tuple[str, ...]]:
    return [
        (name, option.number, str(i), option.label, "FALSE")
        for name, each in coded.items()
        for i, option in enumerate(each.options, start=1)
    ]


def _frame(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(columns), dtype=object)
