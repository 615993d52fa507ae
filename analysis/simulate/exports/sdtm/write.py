"""Write the folder of SDTM data sets: ``xpt`` and ``json``, the same data sets in each."""

from pathlib import Path

import pandas as pd

from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.cells.rows import keep_first, keep_subjects
from analysis.simulate.exports.design.forms import load_forms
from analysis.simulate.exports.files.dataset_json import write_dataset_json
from analysis.simulate.exports.files.transport import write_transport
from analysis.simulate.exports.sdtm import records, scales, subjects
from analysis.simulate.exports.sdtm.findings import build_findings, build_occurrences
from analysis.simulate.exports.sdtm.study import STUDY

NUMBERS = ("AGE", "EXDOSE", "VISITDY")
"""Numbers by SDTM, beside the sequence numbers; numbers in a data set where all cells are some."""

ONCE = ("dm", "rand", "bl", "evt", "ds", "dd")
"""Tables of which a subject has one row."""


def write_sdtm(carrier: Carrier, folder: Path) -> None:
    """Write every data set in both formats."""
    for name, table in build_datasets(carrier).items():
        numbers = [c for c in table.columns if c in NUMBERS or c == f"{name[:2]}SEQ"]
        write_transport(folder / "xpt" / f"{name.lower()}.xpt", name, table, numbers)
        write_dataset_json(folder / "json" / f"{name.lower()}.json", STUDY, name, table, numbers)


def build_datasets(carrier: Carrier) -> dict[str, pd.DataFrame]:
    """Return the data sets by name."""
    keep_subjects(carrier, [f for table, f in load_forms().items() if table != "screening"])
    for table in ONCE:
        keep_first(carrier, table, ["SUBJID"])
    return {
        "DM": subjects.build_dm(carrier),
        "SUPPDM": subjects.build_supplement(carrier),
        "MH": records.build_mh(carrier),
        "VS": build_findings(carrier, "VS"),
        "LB": build_findings(carrier, "LB"),
        "NV": build_findings(carrier, "NV"),
        "FA": build_findings(carrier, "FA"),
        "SU": build_occurrences(carrier, "SU"),
        "PR": records.build_pr(carrier),
        "SUPPPR": records.build_procedure_details(carrier),
        "IE": records.build_records(carrier, "ie", records.IE),
        "EX": records.build_ex(carrier),
        "SUPPEX": records.build_planned_doses(carrier),
        "QSNI": scales.build_nihss(carrier),
        "QSMR": scales.build_mrs(carrier),
        "QSEQ": scales.build_eq5d(carrier),
        "NVCT": scales.build_scans(carrier),
        "AE": records.build_records(carrier, "ae", records.AE),
        "CM": records.build_cm(carrier),
        "DS": subjects.build_ds(carrier),
        "DD": subjects.build_dd(carrier),
        "DV": records.build_records(carrier, "dv", records.DV),
        "XS": records.build_log(carrier),
    }
