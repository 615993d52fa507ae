"""A source as a domain of SDTM: its code, and its columns by what stands behind the code.

The names are those of the SDTM Implementation Guide 3.4: ``MHTERM`` is the topic of ``MH``, a
domain of events, ``CMTRT`` that of ``CM``, of interventions, ``QSTESTCD`` that of ``QS``, of
findings.
"""

from dataclasses import dataclass

import pandas as pd

from analysis.edc.mapping.proposal.files.reading import ReadSource

SUBJECT = "USUBJID"
DEMOGRAPHICS = "DM"
TOPICS = ("TERM", "TRT", "TESTCD")
"""Behind the code: what an event, an intervention, a finding is."""
ASKED, OCCURRED = "PRESP", "OCCUR"
"""Whether everybody was asked for the topic of a row, and whether it occurred."""
YES = "Y"
MOMENTS = {"STDTC": "start date", "ENDTC": "end date"}
BASELINE_FLAGS = ("BLFL", "LOBXFL")
VISIT, BASELINE = "VISIT", "baseline"


@dataclass(frozen=True)
class Domain:
    """The rows of a source as they stand in its file, and the code of its domain."""

    source: ReadSource
    code: str

    @property
    def texts(self) -> pd.DataFrame:
        """Its cells."""
        return self.source.table.texts

    def find(self, name: str) -> str:
        """Return the column of a name; empty if there is none."""
        return next((str(c) for c in self.texts.columns if str(c).upper() == name), "")

    def find_own(self, *ends: str) -> str:
        """Return the first column that is called by the code and one of ``ends``; else empty."""
        return next((name for end in ends if (name := self.find(self.code + end))), "")

    @property
    def answers(self) -> "pd.Series[bool]":
        """By row, whether it answers what everybody was asked, so that it is no record."""
        if asked := self.find_own(ASKED):
            return self.texts[asked] == YES
        if occurred := self.find_own(OCCURRED):
            return self.texts[occurred] != ""
        return pd.Series(data=False, index=self.texts.index)

    def find_baseline(self) -> tuple[str, str]:
        """Return the column that marks rows of the baseline among others, and its text there.

        A flag of the standard, else the visit. Both are empty where nothing parts the rows.
        """
        for column in (self.find_own(*BASELINE_FLAGS), self.find(VISIT)):
            texts = [*self.texts[column].unique()] if column else []
            known = [t for t in texts if t == YES or BASELINE in t.casefold()]
            if len(texts) > 1 and len(known) == 1:
                return column, str(known[0])
        return "", ""


def find_domain(source: ReadSource) -> Domain | None:
    """Return a source as a domain; None if it is none, or holds rows of several."""
    domain = Domain(source, "")
    column = domain.find("DOMAIN")
    codes = {str(text) for text in domain.texts[column]} if column else set()
    if len(codes) != 1 or not domain.find(SUBJECT):
        return None
    return Domain(source, codes.pop().upper())


def is_supplement(source: ReadSource) -> bool:
    """Return whether a source holds qualifiers of the records of others, and none of its own."""
    domain = Domain(source, "")
    return bool(domain.find("RDOMAIN") and domain.find("QNAM"))
