"""Write the folder of a REDCap export."""

from pathlib import Path

from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.files.csv_files import write_csv_file
from analysis.simulate.exports.redcap.dictionary import build_dictionary, list_project_forms
from analysis.simulate.exports.redcap.labels import name_by_labels, shorten_labels
from analysis.simulate.exports.redcap.project import Export
from analysis.simulate.exports.redcap.records import build_log, build_records

STUDY, LOG = "IMPACTLVO", "IMPACTLVOScreening"


def write_raw(carrier: Carrier, folder: Path) -> None:
    """Write the export with codes."""
    _write(carrier, folder, Export(labelled=False), "DATA")


def write_labels(carrier: Carrier, folder: Path) -> None:
    """Write the export with the labels of codes, and below those of fields, which repeat."""
    _write(carrier, folder, Export(labelled=True), "DATA_LABELS")


def _write(carrier: Carrier, folder: Path, export: Export, kind: str) -> None:
    for name, is_log in ((STUDY, False), (LOG, True)):
        records = (build_log if is_log else build_records)(carrier, export)
        dictionary = build_dictionary(list_project_forms(is_log))
        if export.labelled:
            dictionary = shorten_labels(dictionary)
            records = records.set_axis(name_by_labels(records.columns, dictionary), axis=1)
        write_csv_file(folder / f"{name}_{kind}.csv", records)
        write_csv_file(folder / f"{name}_DataDictionary.csv", dictionary)
