"""The layout of an export: tables, columns and the rules of their values, from ``layout.yaml``."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from analysis.config.base import Strict
from analysis.config.load import parse_model, read_yaml

LAYOUT_FILE = Path(__file__).with_name("layout.yaml")
SUBJECT = "SUBJID"
YES_NO = ("Y", "N")
RANDOMISATION_LIST = "randomisation_list"
KIT_LIST = "kit_list"

ValueType = Literal["str", "int", "float", "yn", "date", "datetime"]
Use = Literal["essential", "number", "none"]


class Column(Strict):
    """One column and the rules of its values (explained at the head of ``layout.yaml``).

    How the cells of an export are written is no rule of the layout: ``decimal`` (the mark),
    ``forms`` (of dates), ``first_year`` (of those that two digits mean) and ``offset`` (of local
    time) come from the mapping, ``days`` (first and last plausible) from the plan.
    """

    type: ValueType
    label: str = ""
    unit: str = ""
    required: bool = False
    unique: bool = False
    stops: bool = False
    partial: bool = False
    codes: tuple[str, ...] = ()
    limits: tuple[float, float] | None = None
    range: tuple[float, float] | None = None
    typical: tuple[float, float] | None = None
    empty_flag: str = ""
    use: Use = "number"
    empty_is_no: bool = False
    history: bool = False
    decimal: Literal[".", ","] = "."
    forms: tuple[str, ...] = ()
    first_year: int = 1969
    offset: str = ""
    days: tuple[date, date] | None = None

    @property
    def allowed(self) -> tuple[str, ...]:
        """The closed list of values; empty when any value is allowed."""
        return YES_NO if self.type == "yn" else self.codes


class Table(Strict):
    """One table: its key and its columns in order."""

    label: str
    key: tuple[str, ...]
    columns: dict[str, Column]
    optional: bool = False
    may_be_empty: bool = False

    @property
    def one_row_per_subject(self) -> bool:
        """Whether the subject alone identifies a row."""
        return self.key == (SUBJECT,)

    @property
    def required_key(self) -> tuple[str, ...]:
        """The key columns without which a row is left out."""
        return tuple(name for name in self.key if self.columns[name].required)

    @property
    def essential(self) -> tuple[str, ...]:
        """The columns without which no row, or nothing that the primary analysis needs, is read."""
        used = (name for name, column in self.columns.items() if column.use == "essential")
        return tuple(dict.fromkeys((*self.required_key, *used)))


class Layout(Strict):
    """All tables of an export and the allocation lists that are kept apart from it."""

    tables: dict[str, Table]
    unblinding: dict[str, Table]


@cache
def load_layout() -> Layout:
    """Return the layout that the package carries."""
    return parse_model(Layout, read_yaml(LAYOUT_FILE), LAYOUT_FILE.name)
