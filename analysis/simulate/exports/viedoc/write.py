"""Write the folder of a Viedoc export: a CSV a form, and a list of items and codes."""

from pathlib import Path

import pandas as pd

from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.design.forms import load_forms
from analysis.simulate.exports.files.csv_files import write_csv_file
from analysis.simulate.exports.viedoc.forms import build_form


def write_viedoc(carrier: Carrier, folder: Path) -> None:
    """Write every form, then items and code lists."""
    for form in load_forms().values():
        table, labels = build_form(carrier, form)
        write_csv_file(folder / f"{form.name.upper()}.csv", table, labels=labels)
    write_csv_file(folder / "Items.csv", _list_items())
    write_csv_file(folder / "CodeLists.csv", _list_codes())


def _list_items() -> pd.DataFrame:
    rows = [
        (form.name.upper(), each.name.upper(), each.label, each.type, each.unit)
        for form in load_forms().values()
        for each in form.fields
    ]
    return pd.DataFrame(rows, columns=["Form", "ID", "Label", "Data type", "Unit"])


def _list_codes() -> pd.DataFrame:
    rows = [
        (each.name.upper(), option.number, option.label)
        for form in load_forms().values()
        for each in form.fields
        for option in each.options
    ]
    return pd.DataFrame(rows, columns=["Format name", "Code value", "Code text"])
