"""Interventions and events that are a row each in the layout too."""

import pandas as pd

from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.sdtm.findings import build_occurrences
from analysis.simulate.exports.sdtm.study import (
    STUDY,
    SUBJECT,
    encode,
    number_rows,
    start_domain,
)

STROKE, THROMBECTOMY = "ISCHEMIC STROKE", "THROMBECTOMY"
AE = {"AESEQ": "AESPID"} | {
    name: name
    for name in (
        "AETERM", "AEDECOD", "AEBODSYS", "AESTDTC", "AEENDTC", "AESEV", "AESER", "AEREL", "AEOUT",
        "AEACN",
    )
}  # fmt: skip
DV = {"DVSEQ": "DVSPID", "DVTERM": "DVTERM", "DVDECOD": "DVDECOD", "DVMAJOR": "DVCAT"}
CM = {
    "CMSEQ": "CMSPID", "CMTRT": "CMTRT", "CMCLAS": "CMCLAS", "CMSTDTC": "CMSTDTC",
    "CMENDTC": "CMENDTC",
}  # fmt: skip
EX = {
    "EXSEQ": "EXSPID", "EXDOSE": "EXDOSE", "EXROUTE": "EXROUTE", "EXKIT": "EXLOT",
    "EXREAS": "EXADJ", "EXDAY": "VISITDY", "EXSTDTC": "EXSTDTC",
}  # fmt: skip
IE = {"IETESTCD": "IETESTCD", "IEORRES": "IEORRES"}


def build_records(carrier: Carrier, table: str, columns: dict[str, str]) -> pd.DataFrame:
    """Return a domain with the columns of a table under their names in SDTM."""
    frame = start_domain(carrier, table, table.upper())
    for column, name in columns.items():
        frame[name] = encode(carrier, table, column)
    return frame


def build_ex(carrier: Carrier) -> pd.DataFrame:
    """Return EX; what the study drug is stays blinded."""
    frame = build_records(carrier, "ex", EX)
    frame.insert(4, "EXTRT", "STUDY DRUG")
    return frame.assign(EXDOSU="mg")


def build_planned_doses(carrier: Carrier) -> pd.DataFrame:
    """Return SUPPEX, the planned dose of each row of EX."""
    rows = start_domain(carrier, "ex", "EX")
    frame = pd.DataFrame({"STUDYID": STUDY, "RDOMAIN": "EX", "USUBJID": rows["USUBJID"]})
    frame["IDVAR"], frame["IDVARVAL"], frame["QNAM"] = "EXSEQ", rows["EXSEQ"], "EXPDOSE"
    frame["QVAL"] = encode(carrier, "ex", "EXPDOSE")
    return frame[frame["QVAL"] != ""]


def build_cm(carrier: Carrier) -> pd.DataFrame:
    """Return CM: medication before the stroke as asked, and what was given in the trial."""
    given = build_records(carrier, "cm", CM).assign(CMCAT="CONCOMITANT")
    both = [build_occurrences(carrier, "CM"), given]
    return number_rows(pd.concat(both).fillna(""), "CM")


def build_mh(carrier: Carrier) -> pd.DataFrame:
    """Return MH: the index stroke, begun when the patient was last known well, and the history."""
    stroke = start_domain(carrier, "bl", "MH")
    stroke["MHTERM"], stroke["MHCAT"] = STROKE, "INDEX EVENT"
    stroke["MHSTDTC"] = encode(carrier, "bl", "LKWDTC")
    stroke["MHCOM"] = encode(carrier, "bl", "BLNOTE") if "BLNOTE" in carrier.tables["bl"] else ""
    both = [stroke, build_occurrences(carrier, "MH")]
    return number_rows(pd.concat(both).fillna(""), "MH")


def build_pr(carrier: Carrier) -> pd.DataFrame:
    """Return PR: the thrombectomy, then lysis and rescue treatment as asked."""
    procedure = start_domain(carrier, "evt", "PR")
    procedure["PRTRT"], procedure["PRCAT"] = THROMBECTOMY, "INDEX PROCEDURE"
    procedure["PRSTDTC"] = encode(carrier, "evt", "PUNCDTC")
    procedure["PRENDTC"] = encode(carrier, "evt", "RECANDTC")
    both = [procedure, build_occurrences(carrier, "PR")]
    return number_rows(pd.concat(both).fillna(""), "PR")


def build_procedure_details(carrier: Carrier) -> pd.DataFrame:
    """Return SUPPPR: passes, anaesthesia and complication of the thrombectomy."""
    parts = []
    for column in ("PASSES", "ANESTH", "DSACOMP"):
        subjects = carrier.encode("evt", "SUBJID", SUBJECT)
        part = pd.DataFrame({"STUDYID": STUDY, "RDOMAIN": "PR", "USUBJID": subjects})
        part["IDVAR"], part["IDVARVAL"], part["QNAM"] = "PRTRT", THROMBECTOMY, column
        part["QVAL"] = encode(carrier, "evt", column)
        parts.append(part[part["QVAL"] != ""])
    return pd.concat(parts).sort_values("USUBJID", kind="stable").reset_index(drop=True)


def build_log(carrier: Carrier) -> pd.DataFrame:
    """Return XS, a domain of the sponsor: the screening log."""
    log = carrier.tables["screening"]
    frame = pd.DataFrame({"STUDYID": STUDY, "DOMAIN": "XS"}, index=log.index)
    frame["USUBJID"] = carrier.encode("screening", "SUBJID", SUBJECT)
    frame["XSSPID"], frame["SITEID"] = log["SCRNO"], log["SITEID"]
    for column, name in {"SCRDTC": "XSDTC", "SCRRES": "XSDECOD", "SCRREAS": "XSREASND"}.items():
        frame[name] = encode(carrier, "screening", column)
    return frame
