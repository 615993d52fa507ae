"""The lists of a Castor export: variables, and options with the user missings."""

import pandas as pd

from analysis.simulate.exports.castor.study import MISSING
from analysis.simulate.exports.design.forms import Form


def list_variables(forms: list[Form]) -> pd.DataFrame:
    """Return the variable list: form, name, type, label and options of each field."""
    rows = [
        (
            form.label,
            each.name,
            each.label,
            each.type,
            each.unit,
            each.column if each.options else "",
        )
        for form in forms
        for each in form.fields
    ]
    names = ["Form Name", "Variable Name", "Field Label", "Field Type", "Unit", "Option group"]
    return pd.DataFrame(rows, columns=names)


def list_options(forms: list[Form]) -> pd.DataFrame:
    """Return the options of all groups, and the user missings of every field."""
    fields = {each.column: each for form in forms for each in form.fields if each.options}
    rows = [
        (column, option.label, option.number)
        for column, each in fields.items()
        for option in each.options
    ]
    rows += [("User missing", label, code) for code, label in MISSING.items()]
    return pd.DataFrame(rows, columns=["Option group", "Option name", "Option value"])
