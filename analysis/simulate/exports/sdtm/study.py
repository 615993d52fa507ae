"""How the cells of the layout are written in SDTM: identifiers, visits, terms."""

import pandas as pd

from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.cells.codec import Codec, write_codes, write_prefix
from analysis.simulate.exports.design.forms import Field, load_forms, load_visits

STUDY = "IMPACT-LVO"
SUBJECT = write_prefix(f"{STUDY}-")
BASELINE = "BASELINE"
VISITS = write_codes({code: visit.label.upper() for code, visit in load_visits().items()})
AS_LAYOUT = ("SEX", "AESEV", "AEREL", "AEACN", "DSDECOD", "ICHTYPE", "ETICI")
"""Codes that the layout has from CDISC's terms, or that are a grade."""
OUTCOMES = {
    "RECOVERED": "RECOVERED/RESOLVED",
    "RECOVERING": "RECOVERING/RESOLVING",
    "NOT RECOVERED": "NOT RECOVERED/NOT RESOLVED",
    "RECOVERED WITH SEQUELAE": "RECOVERED/RESOLVED WITH SEQUELAE",
}
GRADES = {"Y": "MAJOR", "N": "MINOR"}


def encode(carrier: Carrier, table: str, column: str) -> pd.Series:
    """Return the cells of a column of a form as SDTM has them."""
    return carrier.encode(table, column, find_codec(load_forms()[table].field(column)))


def find_codec(each: Field) -> Codec:
    """Return the terms of a field: those of CDISC, or the words of the form in capitals."""
    special = {"AEOUT": OUTCOMES, "DVMAJOR": GRADES}.get(each.column)
    if special is not None:
        return write_codes(special)
    if each.type == "yn" or each.column in AS_LAYOUT:
        return Codec()
    return write_codes({option.text: option.label.upper() for option in each.options})


def start_domain(carrier: Carrier, table: str, domain: str) -> pd.DataFrame:
    """Return the identifiers with which the rows of a data set begin, a row for each of a table.

    The sequence number counts the rows of a subject, as SDTM has it; what the site wrote as number
    of a record is its sponsor identifier.
    """
    subjects = carrier.encode(table, "SUBJID", SUBJECT)
    numbers = subjects.groupby(subjects).cumcount() + 1
    return pd.DataFrame(
        {
            "STUDYID": STUDY,
            "DOMAIN": domain[:2],
            "USUBJID": subjects,
            f"{domain[:2]}SEQ": numbers.astype(str),
        }
    )


def number_rows(frame: pd.DataFrame, domain: str) -> pd.DataFrame:
    """Return a data set sorted by subject, its sequence numbers counted anew."""
    ordered = frame.sort_values("USUBJID", kind="stable").reset_index(drop=True)
    numbers = ordered.groupby("USUBJID").cumcount() + 1
    return ordered.assign(**{f"{domain[:2]}SEQ": numbers.astype(str)})
