"""What each variable and reason is counted from: columns of the export, section of the plan."""

from collections.abc import Iterable

from analysis.qc.from_export.export import Export
from analysis.qc.from_export.obstacles import Needs

DEATHS: Needs = {
    "dd": ("DTHDTC",),
    "mrs": ("VISIT", "MRSSRC", "MRSDTC", "MRS"),
    "ds": ("DSDECOD", "DSSTDTC"),
    "ae": ("AESEQ", "AEOUT", "AEENDTC"),
    "rand": ("RANDDTC",),
}
SYMPTOMATIC: Needs = {"ich": ("ICHDTC", "SICH"), "rand": ("RANDDTC",)}
HAEMORRHAGE: Needs = {"ich": ("ICHDTC", "ICHTYPE"), "rand": ("RANDDTC",)}
GIVEN: Needs = {"ex": ("EXSEQ", "EXDOSE")}
KITS: Needs = {"ex": ("EXSEQ", "EXDOSE", "EXSTDTC", "EXKIT"), "rand": ("RANDNO",)}
SERIOUS: Needs = {
    "ae": ("AESEQ", "AESTDTC", "AEENDTC", "AESER"),
    "ex": ("EXSEQ", "EXDOSE", "EXSTDTC"),
    "rand": ("RANDDTC",),
}
NEEDS: dict[str, Needs] = {
    "RANDDTM": {"rand": ("RANDDTC",)},
    "TRT01P": {"rand": ("RANDNO",)},
    **dict.fromkeys(("DTHFL", "DTHDT", "DTH90FL", "MRS90", "MRS90RUL"), DEATHS),
    **dict.fromkeys(("SICH48FL", "SICHUNFL"), SYMPTOMATIC),
    **dict.fromkeys(("ICH48FL", "PH48FL", "ICHUNFL"), HAEMORRHAGE),
    "SAFFL": GIVEN,
    "TRT01A": KITS,
}
"""The columns that each variable is counted from; those of PPROTFL are those of its reasons."""
SECTIONS = {
    "RANDDTM": "3.1", "TRT01P": "3.1", "DTHFL": "4.1", "DTHDT": "4.1", "DTH90FL": "9.1",
    "MRS90": "4.2, 4.3", "MRS90RUL": "4.3", "SICH48FL": "9.2", "SICHUNFL": "9.2", "ICH48FL": "9.2",
    "PH48FL": "9.2", "ICHUNFL": "9.2", "SAFFL": "3.3", "TRT01A": "3.3", "PPROTFL": "3.2",
}  # fmt: skip
"""The section of the plan that each is counted by."""
REASON_NEEDS: dict[str, Needs] = {
    "IE": {"ie": ("IETESTCD", "IEORRES")},
    "IN01": {"dm": ("AGE",)},
    "IN02": {"bl": ("LKWDTC",), "rand": ("RANDDTC",)},
    "IN03": {"bl": ("OCCLOC",)},
    "IN04": {"bl": ("NIHSSBL",)},
    "IN05": {"bl": ("ASPECTS",)},
    "IN06": {"evt": ("ETICI",)},
    "IN07": {"dm": ("RFICDTC",), "rand": ("RANDDTC",)},
    "EX02": {"bl": ("MRSPRE",)},
    "EX06": {"bl": ("ANTICOAG", "INR")},
    "EX08": {"bl": ("EGFR", "CREAT")},
    "EX10": {"bl": ("GLUC",)},
    "EX14": {"evt": ("DSACOMP",)},
    "EX15A": {"evt": ("PUNCDTC", "RECANDTC")},
    "EX15B": {"evt": ("PASSES",)},
    "DOSEIA": {"ex": ("EXSEQ", "EXDAY", "EXDOSE")},
    "DOSEIV": {"ex": ("EXSEQ", "EXDAY", "EXPDOSE", "EXDOSE"), "dm": ("WEIGHT",)},
    "KIT": {"ex": ("EXSEQ", "EXDOSE", "EXKIT"), "rand": ("RANDNO",)},
    "DV": {"dv": ("DVSEQ", "DVMAJOR")},
    "NOMRS": DEATHS,
    "WINDOW": DEATHS,
}


def find_needs(export: Export, variable: str) -> Needs:
    """Return the columns that a variable is counted from."""
    if variable != "PPROTFL":
        return NEEDS[variable]
    return merge_needs(REASON_NEEDS[code] for code in export.plan.per_protocol.reasons)


def merge_needs(parts: Iterable[Needs]) -> Needs:
    """Return all columns by table, each once."""
    merged: dict[str, dict[str, None]] = {}
    for part in parts:
        for table, columns in part.items():
            merged.setdefault(table, {}).update(dict.fromkeys(columns))
    return {table: tuple(columns) for table, columns in merged.items()}
