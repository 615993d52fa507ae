"""Every message of a data query: its rule, and its English with the fields in braces."""

from enum import Enum, unique

from analysis.edc.queries.query import Rule


@unique
class MessageCode(Enum):
    """The value is the rule, and the English of one of its messages.

    The name in small letters is the key of the Chinese, so a new wording of the English keeps it.
    """

    # reading one table
    TYPE = Rule.TYPE, "not of type {type}; set to missing"
    TYPE_WITH_FORMS = Rule.TYPE, "not of type {type} ({forms}); set to missing"
    TYPE_PARTIAL = Rule.TYPE, "not of type {type} ({forms}), partial allowed; set to missing"
    NO_SUCH_DAY = Rule.TYPE, "no such day or time ({forms}); set to missing"
    PLAUSIBLE_DATES = (
        Rule.PLAUSIBLE_DATES,
        "outside the plausible dates {first} to {last} (plan); set to missing",
    )
    CODE_LIST = Rule.CODE_LIST, "not in the code list ({codes}); set to missing"
    LIMITS = Rule.LIMITS, "outside the scale {low} to {high}; set to missing"
    RANGE = Rule.RANGE, "outside the plausible range {low} to {high}; kept"
    REQUIRED = Rule.REQUIRED, "a value is required"
    LETTERS_LOST = (
        Rule.UNPRINTABLE,
        "holds {characters}: letters were lost before this export was made; kept",
    )
    LINE_OR_TAB = Rule.UNPRINTABLE, "holds {characters}; the data hold a blank in its place"
    UNPRINTABLE = (
        Rule.UNPRINTABLE,
        "holds {characters}, which cannot be printed; the data hold U+FFFD in its place",
    )
    CLEANED_BEFORE_QUERY = (
        Rule.UNPRINTABLE,
        "{count} cells hold what cannot be printed; cleaned before the query",
    )
    IDENTICAL_ROW = (
        Rule.IDENTICAL_ROW,
        "the row stands more than once with the same content; one is kept",
    )
    DUPLICATE_KEY = (
        Rule.DUPLICATE_KEY,
        "several rows share this key but differ in content; all are kept",
    )
    MISSING_KEY = (
        Rule.MISSING_KEY,
        "no usable value in a column that identifies the row; the row is left out",
    )
    UNKNOWN_SUBJECT = Rule.UNKNOWN_SUBJECT, "the subject is not in rand; the row is left out"
    UNKNOWN_SUBJECT_LIKE = (
        Rule.UNKNOWN_SUBJECT,
        "the subject is not in rand; the row is left out; it looks like {like}",
    )
    MISSING_SUBJECT = (
        Rule.MISSING_SUBJECT,
        "the subject is randomised but has no row in this table",
    )
    EXTRA_COLUMN = Rule.EXTRA_COLUMN, "the column is not in the layout; it is not read"
    MISSING_COLUMN = (
        Rule.MISSING_COLUMN,
        "the column is missing in the export; all its values are missing",
    )
    COLUMN_NOT_COLLECTED = (
        Rule.NOT_COLLECTED,
        "the column is declared not collected in the mapping; what needs it says so",
    )
    TABLE_NOT_COLLECTED = (
        Rule.NOT_COLLECTED,
        "the whole table is declared not collected in the mapping; what needs it says so",
    )
    EXTRA_FILE = Rule.EXTRA_FILE, "the file is not a table of the layout; it is not read"
    UNFORMATTED_DATE = (
        Rule.UNFORMATTED_DATE,
        "numbers without a format are read as the dates that SAS or SPSS count",
    )
    MISSING_CODE = Rule.MISSING_CODE, "the file marks cells as missing: {codes}"
    MISSING_BY_MAPPING = Rule.MISSING_CODE, "missing by the mapping: {reasons}"
    READ_AS = Rule.READ_AS, "cells read by the mapping: {ways}"
    EMPTY_BLOCK = (
        Rule.EMPTY_BLOCK,
        "{block} of stack: {empty} of {rows} rows of the source hold nothing in {columns} and give "
        "no row of the table",
    )
    EMPTY_BLOCKS = (
        Rule.EMPTY_BLOCK,
        "{blocks} blocks of stack hold nothing in rows of the source, {empty} times together, and "
        "give no row of the table there: {first}",
    )
    LOOKUP_NOT_TAKEN = (
        Rule.NOT_TAKEN,
        "lookup of {columns}: {left_out} of {rows} rows with a value in {source} belong to no row "
        "of the table, and nothing is taken from them (rows {first})",
    )
    JOIN_NOT_TAKEN = (
        Rule.NOT_TAKEN,
        "join of {source}: {left_out} of {rows} rows with a value in {columns} stand beside no row "
        "that the condition (rows) keeps, and nothing is taken from them (rows {first}), "
        "where {absent} of them have a key that {base} does not hold",
    )
    SQL_LEFT_OUT = (
        Rule.NOT_TAKEN,
        "sql: {left_out} of {rows} rows of {source} give no row of the table: the query leaves "
        "them out, or puts them beside rows of another source (rows {first})",
    )
    SAID_AGAIN = (
        Rule.NOT_TAKEN,
        "rows_by of {source}: rows that repeat the value of an item under the same key, of which "
        "nothing more is taken: {left_out} (rows {first})",
    )
    EMPTY_TABLE = Rule.EMPTY_TABLE, "the table holds no rows"
    COLUMN_EMPTY = (
        Rule.EMPTY_COLUMN,
        "none of {rows} rows holds a value of the column",
    )
    COLUMN_EMPTIED = (
        Rule.EMPTY_COLUMN,
        "none of the {filled} filled cells of the column has a value as the mapping reads them "
        "({rows} rows)",
    )

    # between columns and tables
    DATE_ORDER = Rule.DATE_ORDER, "{order} ({column} {date})"
    SITE_UNKNOWN = (
        Rule.SITE_UNKNOWN,
        "no site is recorded; all such subjects are analysed as one site of their own",
    )
    SITE_DIFFERS = Rule.SITE_DIFFERS, "the site of the subject is {site} in dm; kept"
    SITE_SPELT = (
        Rule.SITE_DIFFERS,
        "{count} of {rows} rows of subjects spell their site otherwise than dm ({here} is {there} "
        "there); if it is the same, write in config/edc.yaml `{line}`",
    )
    SITES_OF_THEIR_OWN = (
        Rule.SITE_DIFFERS,
        "{count} of {rows} rows of subjects hold another site than dm: {subjects}; kept",
    )
    CRITERION_MISSING = (
        Rule.CRITERION_MISSING,
        "missing, so criterion {criterion} cannot be checked; no violation (SAP 3.2)",
    )
    DOSE_CRITERION_MISSING = (
        Rule.CRITERION_MISSING,
        "planned dose and weight missing, so criterion DOSEIV cannot be checked; no violation "
        "(SAP 3.2)",
    )
    DOSE_BEFORE_RANDOMISATION = (
        Rule.DOSE_BEFORE_RANDOMISATION,
        "dose dated before randomisation; it still counts (SAP 3.2)",
    )
    DOSE_PLANNED_OFF = (
        Rule.DOSE_PLANNED_OFF,
        "planned dose more than {percent} % off {dose} mg/kg (SAP 3.2)",
    )
    KIT_UNKNOWN = (
        Rule.KIT_UNKNOWN,
        "the kit of the first dose given is blank or on no list; treated as randomised (SAP 3.3)",
    )
    DEATH_NOT_IN_DD = (
        Rule.DEATH_WITHOUT_RECORD,
        "death, but no row in dd; the date in {table} is used (SAP 4.1)",
    )
    DEATH_UNDATED_IN_DD = (
        Rule.DEATH_WITHOUT_RECORD,
        "death, but dd holds no full date; the date in {table} is used (SAP 4.1)",
    )
    DEATH_NOT_IN_DD_WITHOUT_DATE = (
        Rule.DEATH_WITHOUT_DATE,
        "death, but no row in dd, and no table holds a date; {date} is used, the day after the "
        "last day known alive (SAP 4.1)",
    )
    DEATH_WITHOUT_DATE = (
        Rule.DEATH_WITHOUT_DATE,
        "death, but neither dd nor another table holds a date; {date} is used, the day after the "
        "last day known alive (SAP 4.1)",
    )
    DEATH_PARTLY_DATED = (
        Rule.DEATH_WITHOUT_DATE,
        "death, but no table holds a full date; {date} is used, the earliest day of {given} in "
        "{table} that is not before the last day known alive, {alive} (SAP 4.1)",
    )
    DEATH_DATED_TOO_EARLY = (
        Rule.DEATH_WITHOUT_DATE,
        "death, but no table holds a full date, and {given} in {table} lies before the last day "
        "known alive, {alive}; the day after that, {date}, is used (SAP 4.1)",
    )
    MRS_AFTER_DEATH = (
        Rule.MRS_AFTER_DEATH,
        "dated after the death on {date}; the row is left out (SAP 4.2)",
    )
    MRS6_BEFORE_DEATH = (
        Rule.MRS6_BEFORE_DEATH,
        "an mRS of death dated before the death on {date}; the row is left out (SAP 4.2)",
    )
    MRS6_CONTRADICTED = (
        Rule.MRS6_CONTRADICTED,
        "a local mRS of death that a central score below it contradicts, and no other record of a "
        "death; no death, and the row is left out (SAP 4.1)",
    )
    SICH_WITHOUT_DATE = (
        Rule.SICH_WITHOUT_DATE,
        "symptomatic haemorrhage without a date; it counts (SAP 9.2)",
    )
    SICH_WITHOUT_HAEMORRHAGE = (
        Rule.SICH_WITHOUT_HAEMORRHAGE,
        "symptomatic haemorrhage without a Heidelberg class of haemorrhage (SAP 9.2)",
    )

    def __init__(self, rule: Rule, english: str) -> None:
        self.rule = rule
        self.english = english

    @property
    def key(self) -> str:
        """The code as it is written outside of the code."""
        return self.name.lower()

    def write(self, **fields: object) -> str:
        """Return the English with the fields of the template.

        >>> MessageCode.LIMITS.write(low="0", high="6")
        'outside the scale 0 to 6; set to missing'
        """
        return self.english.format(**fields)
