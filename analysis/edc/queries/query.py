"""One data query, its severity and the rule that it goes by."""

from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """``error``: a value or row is not used; ``warning``: it is, look at it; ``note``: informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Rule(StrEnum):
    """The rules that a query can break. The value is what ``queries.csv`` prints."""

    # reading one table (the rules of docs/edc_tables.md)
    TYPE = "type"
    PLAUSIBLE_DATES = "plausible_dates"
    CODE_LIST = "code_list"
    LIMITS = "limits"
    RANGE = "range"
    REQUIRED = "required"
    UNPRINTABLE = "unprintable"
    IDENTICAL_ROW = "identical_row"
    DUPLICATE_KEY = "duplicate_key"
    MISSING_KEY = "missing_key"
    UNKNOWN_SUBJECT = "unknown_subject"
    MISSING_SUBJECT = "missing_subject"
    EXTRA_COLUMN = "extra_column"
    MISSING_COLUMN = "missing_column"
    NOT_COLLECTED = "not_collected"
    EXTRA_FILE = "extra_file"
    UNFORMATTED_DATE = "unformatted_date"
    MISSING_CODE = "missing_code"
    READ_AS = "read_as"
    EMPTY_BLOCK = "empty_block"
    NOT_TAKEN = "not_taken"
    EMPTY_TABLE = "empty_table"
    EMPTY_COLUMN = "empty_column"
    # between columns and tables
    DATE_ORDER = "date_order"
    SITE_UNKNOWN = "site_unknown"
    SITE_DIFFERS = "site_differs"
    CRITERION_MISSING = "criterion_missing"
    DOSE_BEFORE_RANDOMISATION = "dose_before_randomisation"
    DOSE_PLANNED_OFF = "dose_planned_off"
    KIT_UNKNOWN = "kit_unknown"
    DEATH_WITHOUT_RECORD = "death_without_record"
    DEATH_WITHOUT_DATE = "death_without_date"
    MRS_AFTER_DEATH = "mrs_after_death"
    MRS6_BEFORE_DEATH = "mrs6_before_death"
    MRS6_CONTRADICTED = "mrs6_contradicted"
    SICH_WITHOUT_DATE = "sich_without_date"
    SICH_WITHOUT_HAEMORRHAGE = "sich_without_haemorrhage"


@dataclass(frozen=True, order=True)
class Query:
    """One data query, one row of ``queries.csv``.

    ``key`` names the row as ``COLUMN=value`` pairs joined by ``; ``; ``value`` is the text that
    was found in the export. ``file`` and ``row`` say where: the source as messages name it, and the
    number of the row in it (1 is the first row of data); "" and None where a query is of no row.
    Two queries that differ only in them are one: a row may stand there twice.
    """

    severity: Severity
    table: str
    key: str
    column: str
    value: str
    rule: Rule
    message: str
    file: str = field(default="", compare=False)
    row: int | None = field(default=None, compare=False)
