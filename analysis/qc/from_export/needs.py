"""What each variable and reason is counted from: columns of the export, section of the plan."""

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.qc.from_export.export import Export
from analysis.qc.from_export.heidelberg import CLASS_FLAGS
from analysis.qc.from_export.obstacles import Needs
from analysis.qc.from_export.reading.columns import SEEN_ALIVE


@dataclass(frozen=True)
class Sources:
    """The columns of the export that something is counted from, by table.

    What the mapping declares not collected is let go, as the plan has it, of ``spare``, and of
    ``either`` as long as one of them is left. Both name columns as ``table.column``.
    """

    columns: Needs
    spare: tuple[str, ...] = ()
    either: tuple[str, ...] = ()

    def find(self, export: Export) -> Needs:
        """Return the columns that the count needs in this export."""
        lacking = _find_declared(export, self.columns)
        let_go = lacking.intersection(self.spare)
        if not lacking.issuperset(self.either):
            let_go |= lacking.intersection(self.either)
        kept = {table: tuple(column for column in columns if f"{table}.{column}" not in let_go)
                for table, columns in self.columns.items()}  # fmt: skip
        return {table: columns for table, columns in kept.items() if columns}


DEATHS = Sources(
    {
        "dd": ("DTHDTC",),
        "mrs": ("VISIT", "MRSSRC", "MRSDTC", "MRS"),
        "ds": ("DSDECOD", "DSSTDTC"),
        "ae": ("AESEQ", "AEOUT", "AEENDTC"),
        "rand": ("RANDDTC",),
    },
    spare=("ds.DSSTDTC", "ae.AESEQ", "ae.AEOUT", "ae.AEENDTC"),
)
LAST_ALIVE = Sources({**SEEN_ALIVE, "ex": ("EXSEQ", "EXDOSE", "EXSTDTC")})
SYMPTOMATIC = Sources({"ich": ("ICHDTC", "SICH"), "rand": ("RANDDTC",)})
HAEMORRHAGE = Sources({"ich": ("ICHDTC", "ICHTYPE"), "rand": ("RANDDTC",)})
GIVEN = Sources({"ex": ("EXSEQ", "EXDOSE")})
KITS = Sources(
    {"ex": ("EXSEQ", "EXDOSE", "EXSTDTC", "EXKIT"), "rand": ("RANDNO",)},
    spare=("ex.EXSTDTC", "ex.EXKIT"),
)
EVENTS = Sources({"ae": ("AESEQ",)})
SERIOUS = Sources({"ae": ("AESEQ", "AESER")})
EMERGENT = Sources(
    {
        "ae": ("AESEQ", "AESTDTC", "AEENDTC", "AESER"),
        "ex": ("EXSEQ", "EXDOSE", "EXSTDTC"),
        "rand": ("RANDDTC",),
    },
    spare=("ae.AEENDTC", "ex.EXSTDTC"),
)
VARIABLES: dict[str, Sources] = {
    "RANDDTM": Sources({"rand": ("RANDDTC",)}),
    "TRT01P": Sources({"rand": ("RANDNO",)}),
    **dict.fromkeys(("DTHFL", "DTHDT", "DTH90FL", "MRS90", "MRS90RUL"), DEATHS),
    **dict.fromkeys(("SICH48FL", "SICHUNFL"), SYMPTOMATIC),
    **dict.fromkeys(("ICH48FL", "PH48FL", "ICHUNFL", *CLASS_FLAGS), HAEMORRHAGE),
    "SAFFL": GIVEN,
    "TRT01A": KITS,
}
"""What each variable is counted from; PPROTFL is counted from the reasons."""
SECTIONS = {
    "RANDDTM": "3.1", "TRT01P": "3.1", "DTHFL": "4.1", "DTHDT": "4.1", "DTH90FL": "9.1",
    "MRS90": "4.2, 4.3", "MRS90RUL": "4.3", "SICH48FL": "9.2", "SICHUNFL": "9.2", "ICH48FL": "9.2",
    "PH48FL": "9.2", "ICHUNFL": "9.2", "SAFFL": "3.3", "TRT01A": "3.3", "PPROTFL": "3.2",
    **dict.fromkeys(CLASS_FLAGS, "9.2"),
}  # fmt: skip
"""The section of the plan that each is counted by."""
REASONS: dict[str, Sources] = {
    "IE": Sources({"ie": ("IETESTCD", "IEORRES")}),
    "IN01": Sources({"dm": ("AGE",)}),
    "IN02": Sources({"bl": ("LKWDTC",), "rand": ("RANDDTC",)}),
    "IN03": Sources({"bl": ("OCCLOC",)}),
    "IN04": Sources({"bl": ("NIHSSBL",)}),
    "IN05": Sources({"bl": ("ASPECTS",)}),
    "IN06": Sources({"evt": ("ETICI",)}),
    "IN07": Sources({"dm": ("RFICDTC",), "rand": ("RANDDTC",)}),
    "EX02": Sources({"bl": ("MRSPRE",)}),
    "EX06": Sources({"bl": ("ANTICOAG", "INR")}),
    "EX08": Sources({"bl": ("EGFR", "CREAT")}, either=("bl.EGFR", "bl.CREAT")),
    "EX10": Sources({"bl": ("GLUC",)}),
    "EX14": Sources({"evt": ("DSACOMP",)}),
    "EX15A": Sources({"evt": ("PUNCDTC", "RECANDTC")}),
    "EX15B": Sources({"evt": ("PASSES",)}),
    "DOSEIA": Sources({"ex": ("EXSEQ", "EXDAY", "EXDOSE")}),
    "DOSEIV": Sources(
        {"ex": ("EXSEQ", "EXDAY", "EXPDOSE", "EXDOSE"), "dm": ("WEIGHT",)},
        either=("ex.EXPDOSE", "dm.WEIGHT"),
    ),
    "KIT": Sources({"ex": ("EXSEQ", "EXDOSE", "EXKIT"), "rand": ("RANDNO",)}),
    "DV": Sources({"dv": ("DVSEQ", "DVMAJOR")}),
    "NOMRS": DEATHS,
    "WINDOW": DEATHS,
}
"""What each reason against the per-protocol set is counted from."""


def find_needs(export: Export, variable: str) -> Needs:
    """Return the columns that a variable of ADSL is counted from."""
    if variable != "PPROTFL":
        return VARIABLES[variable].find(export)
    reasons = export.plan.per_protocol.reasons
    return merge_needs(
        REASONS[code].find(export) for code in reasons if not is_withheld(export, code)
    )


def is_withheld(export: Export, code: str) -> bool:
    """Whether a reason is not asked of anybody, as what it needs was not collected.

    The per-protocol set is then made of the reasons that are left.
    """
    return bool(_find_declared(export, REASONS[code].find(export)))


def merge_needs(parts: Iterable[Needs]) -> Needs:
    """Return all columns by table, each once."""
    merged: dict[str, dict[str, None]] = {}
    for part in parts:
        for table, columns in part.items():
            merged.setdefault(table, {}).update(dict.fromkeys(columns))
    return {table: tuple(columns) for table, columns in merged.items()}


def _find_declared(export: Export, needs: Needs) -> set[str]:
    """Those of the columns that the mapping declares not collected."""
    return {
        f"{table}.{column}"
        for table, columns in needs.items()
        for column in columns
        if export.tables[table].mapped.is_declared_absent(column)
    }
