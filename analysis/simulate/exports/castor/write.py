"""Write the folder of a Castor export."""

from pathlib import Path

import pandas as pd

from analysis.simulate.exports.castor.lists import list_options, list_variables
from analysis.simulate.exports.castor.study import LOG, repeats
from analysis.simulate.exports.castor.tables import (
    build_log,
    build_repeating,
    build_study,
)
from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.design.forms import load_forms
from analysis.simulate.exports.files.csv_files import write_csv_file

STUDY = "IMPACT-LVO_export"


def write_castor(carrier: Carrier, folder: Path) -> None:
    """Write participants, a file for each repeating form, the log, variables and options."""
    forms = list(load_forms().values())
    _write(folder, "", build_study(carrier))
    for form in forms:
        if form.table != LOG and repeats(form):
            _write(folder, f"_{form.name}", build_repeating(carrier, form))
    _write(folder, "_screening_log", build_log(carrier))
    _write(folder, "_variablelist", list_variables(forms))
    _write(folder, "_optiongroups", list_options(forms))


def _write(folder: Path, name: str, table: pd.DataFrame) -> None:
    write_csv_file(folder / f"{STUDY}{name}.csv", table, delimiter=";")
