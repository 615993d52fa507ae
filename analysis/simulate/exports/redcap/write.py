"""Write the folder of a REDCap export."""

from pathlib import Path

from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.files.csv_files import write_csv_file
from analysis.simulate.exports.redcap.dictionary import build_dictionary, list_project_forms
from analysis.simulate.exports.redcap.project import Export
from analysis.simulate.exports.redcap.records import build_log, build_records

STUDY, LOG = "IMPACTLVO", "IMPACTLVOScreening"


def write_raw(carrier: Carrier, folder: Path) -> None:
    """Write the export with codes."""
    _write(carrier, folder, Export(labelled=False), "DATA")


def write_labels(carrier: Carrier, folder: Path) -> None:
    """Write the export with the labels of codes, below the names of the fields."""
    _write(carrier, folder, Export(labelled=True), "DATA_LABELS")


def _write(carrier: Carrier, folder: Path, export: Export, kind: str) -> None:
    write_csv_file(folder / f"{STUDY}_{kind}.csv", build_records(carrier, export))
    write_csv_file(folder / f"{LOG}_{kind}.csv", build_log(carrier, export))
    for name, log in ((STUDY, False), (LOG, True)):
        path = folder / f"{name}_DataDictionary.csv"
        write_csv_file(path, build_dictionary(list_project_forms(log)))
