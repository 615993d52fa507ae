"""What is asked of whom for a query: the site corrects its records, others look at the export."""

from types import MappingProxyType

from analysis.edc.queries.query import Rule

_SOURCE = "Compare with the source documents and correct the value, or confirm that it is right"
_DATES = "Compare both dates and times with the source documents and correct the wrong one"
_DOSE = "Compare the dose, its date and the weight with the source documents and correct them"

ACTIONS = MappingProxyType({
    Rule.TYPE: "Enter the value in the form that the CRF asks for",
    Rule.PLAUSIBLE_DATES: "Compare the date with the source documents and correct it",
    Rule.CODE_LIST: "Choose one of the answers of the CRF",
    Rule.LIMITS: "Compare the score with the source documents and correct it: the scale has no "
                 "such value",
    Rule.RANGE: f"{_SOURCE} (and its unit)",
    Rule.REQUIRED: "Enter the value, or state why there is none",
    Rule.UNPRINTABLE: "Read the text as it stands in the data; enter it again if letters are lost",
    Rule.IDENTICAL_ROW: "Remove the repeated entry, or correct it if another event is meant",
    Rule.DUPLICATE_KEY: "State which of the entries is right, and correct or remove the others",
    Rule.MISSING_KEY: "Enter the value: without it the entry belongs to no subject, visit or event",
    Rule.UNKNOWN_SUBJECT: "Compare the subject number with the randomisation record and correct it",
    Rule.MISSING_SUBJECT: "Fill in the form of the subject",
    Rule.EXTRA_COLUMN: "No action of a site. Data management: map the column if it is needed",
    Rule.MISSING_COLUMN: "No action of a site. Data management: export the column, map it or "
                         "declare it not collected",
    Rule.NOT_COLLECTED: "No action: for information",
    Rule.EXTRA_FILE: "No action of a site. Data management: map the file if it is needed",
    Rule.UNFORMATTED_DATE: "No action of a site. Data management: check that the column holds "
                           "dates",
    Rule.MISSING_CODE: "No action of a site. Data management: check the codes of missing values",
    Rule.READ_AS: "No action: for information",
    Rule.EMPTY_BLOCK: "No action of a site. Data management: if an empty answer is a row of the "
                      "table, set empty: keep in the block",
    Rule.NOT_TAKEN: "Data management: compare the identifiers of the rows with those of the table "
                    "(source, rows), and correct the wrong one, or the mapping; if the rows are of "
                    "subjects or visits that the table is not about, no action",
    Rule.EMPTY_TABLE: "No action of a site. Data management: check that the table is empty",
    Rule.EMPTY_COLUMN: "No action of a site. Data management: export the column with its values; "
                       "correct the keys of the mapping that empty it, or declare it not collected",
    Rule.DATE_ORDER: _DATES,
    Rule.SITE_UNKNOWN: "Data management: enter the site of the subject",
    Rule.SITE_DIFFERS: "Compare the site with the record of the subject and correct the wrong one; "
                       "if it is only spelt otherwise, data management: respell it in the mapping",
    Rule.CRITERION_MISSING: "Enter the value, or state why there is none",
    Rule.DOSE_BEFORE_RANDOMISATION: _DATES,
    Rule.DOSE_PLANNED_OFF: _DOSE,
    Rule.KIT_UNKNOWN: "Compare the kit number with the drug accountability log and correct it",
    Rule.DEATH_WITHOUT_RECORD: "Fill in the form of the death with its date",
    Rule.DEATH_WITHOUT_DATE: "Enter the date of the death, as far as it is known",
    Rule.MRS_AFTER_DEATH: "Compare the date of the assessment and that of the death with the "
                          "source documents and correct the wrong one",
    Rule.MRS6_BEFORE_DEATH: "Compare the score, its date and the date of the death with the "
                            "source documents and correct them",
    Rule.MRS6_CONTRADICTED: "Compare both scores with the source documents and correct the wrong "
                            "one, or fill in the form of the death",
    Rule.SICH_WITHOUT_DATE: "Enter the date and time of the imaging",
    Rule.SICH_WITHOUT_HAEMORRHAGE: "Compare the class of haemorrhage with the imaging report and "
                                   "correct it, or the answer on symptoms",
})  # fmt: skip
"""By rule, in English; the Chinese stands in ``zh.yaml``."""
