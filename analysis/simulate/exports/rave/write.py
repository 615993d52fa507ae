"""Write the folder of a Rave export: ``csv`` and ``xpt`` with a data set a form, and the ALS."""

from pathlib import Path

from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.design.forms import load_forms
from analysis.simulate.exports.files.csv_files import write_csv_file
from analysis.simulate.exports.files.transport import write_transport
from analysis.simulate.exports.files.workbooks import write_workbook
from analysis.simulate.exports.rave.architect import build_als
from analysis.simulate.exports.rave.datasets import build_dataset


def write_rave(carrier: Carrier, folder: Path) -> None:
    """Write every data set in both formats."""
    for form in load_forms().values():
        table = build_dataset(carrier, form)
        write_csv_file(folder / "csv" / f"{form.name}.csv", table)
        labels = {each.name.upper(): each.label for each in form.fields}
        write_transport(
            folder / "xpt" / f"{form.name}.xpt", form.name.upper(), table, labels=labels
        )
    write_workbook(folder / "als" / "IMPACT-LVO_ALS.xlsx", build_als())
