"""What the mapping says of the cells of a table: the keys that change texts."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from analysis.config.base import Strict, Text

Width = Annotated[int, Field(ge=1, le=20)]
Factor = Annotated[float, Field(gt=0)]
Year = Annotated[int, Field(ge=1800, le=2100)]
MissingValues = Annotated[
    Annotated[tuple[str, ...], Tag("(list)")] | Annotated[dict[str, str], Tag("(block)")],
    Discriminator(lambda given: "(block)" if isinstance(given, dict) else "(list)"),
]
"""Texts for a missing value, alone or each with its reason."""
Below = Literal["half", "bound", "missing"]


class Insertion(Strict):
    """A text that an identifier lacks, and where it stands."""

    after: Width = Field(description="number of letters before it")
    text: Text = Field(description="the text")


class Piece(Strict):
    """One piece of an identifier that is cut at a text, such as the site in TRIAL-01-0007."""

    at: Text = Field(description="text at which the identifier is cut")
    number: Width = Field(description="which piece stays, counted from the left from 1")


class Spelling(Strict):
    """How the identifiers of one column become those of the layout, in the order of the keys.

    What a step does not find is left as it is, so that rows that are spelt rightly stay.
    """

    replace: dict[str, str] = Field(
        default_factory=dict, description="text inside the identifier: text in its place"
    )
    case: Literal["as_is", "upper", "lower"] = Field(
        default="as_is", description="capitals or small letters"
    )
    remove_prefix: str = Field(default="", description="text taken off the front")
    remove_suffix: str = Field(default="", description="text taken off the end")
    piece: Piece | None = Field(
        default=None,
        description="{at: text, number: n}: the identifier is cut at the text, and its nth piece "
        "stays; one of fewer pieces stays whole",
    )
    zero_fill: tuple[Width, ...] = Field(
        default=(),
        description="digits of each number in the identifier, from left to right: shorter ones are "
        "filled with zeros, more zeros than that taken off",
    )
    keep_zeros: bool = Field(
        default=False, description="true: zero_fill only fills, and takes no zero off"
    )
    insert: Insertion | None = Field(default=None, description="a text that is put in")
    add_prefix: str = Field(default="", description="text put in front")
    add_suffix: str = Field(default="", description="text put at the end")


class UnitOfCell(Strict):
    """The unit of each cell: in a column beside it, or behind the number."""

    column: Text | None = Field(
        default=None, description="column of the export that holds the unit of each row"
    )
    in_text: bool = Field(default=False, description="true: the unit stands behind the number")
    without: Text | None = Field(
        default=None,
        description="unit of the cells that name none; null: such a cell is not used",
    )


UnitKey = Annotated[
    Annotated[Text, Tag("(text)")] | Annotated[UnitOfCell, Tag("(block)")],
    Discriminator(lambda given: "(text)" if isinstance(given, str) else "(block)"),
]
"""One unit for all cells, or where each has its own."""


class NumberForm(Strict):
    """How the numbers of a column are written."""

    thousands: Literal[",", ".", "'", " "] | None = Field(
        default=None, description="mark of thousands, which must stand before every third digit"
    )
    below: Below | None = Field(
        default=None,
        description='what "<0.5" and ">200" become: half of the lower bound (an upper bound '
        "itself), the bound, or missing; null: they are no numbers",
    )


class CellKeys(Strict):
    """The keys that act on the cells of a layout column, after its source column is chosen."""

    labels: tuple[str, ...] = Field(
        default=(),
        description="layout columns whose codes are read by their labels (of value labels, format "
        "catalogues, code lists)",
    )
    values: dict[str, dict[str, str]] = Field(
        default_factory=dict,
        description="layout column: {text of the export: text of the layout, empty for missing}",
    )
    missing_values: dict[str, MissingValues] = Field(
        default_factory=dict,
        description="layout column: texts for a missing value, or {text: reason}, beside those of "
        "the export and of the source",
    )
    identifiers: dict[str, Spelling] = Field(
        default_factory=dict,
        description="layout column: {how its identifiers become those of rand or of the lists}",
    )
    numbers: dict[str, NumberForm] = Field(
        default_factory=dict, description="layout column: {how its numbers are written}"
    )
    units: dict[str, UnitKey] = Field(
        default_factory=dict,
        description="layout column: the unit that its numbers come in, or where each has its own: "
        "{column: COLUMN} or {in_text: true}",
    )
    factors: dict[str, Factor] = Field(
        default_factory=dict,
        description="layout column: what its numbers are multiplied by, to be in the layout's unit",
    )
    dates: dict[str, Text | tuple[Text, ...]] = Field(
        default_factory=dict,
        description='layout column: how its dates are written, such as "%d.%m.%Y %H:%M" or a list '
        "of such forms; iso, excel, excel1904, sas_date, sas_datetime, unix are forms by name",
    )
    two_digit_years: dict[str, Year] = Field(
        default_factory=dict,
        description="layout column: first of the hundred years that %y means, such as 1970",
    )
    offsets: dict[str, Text] = Field(
        default_factory=dict,
        description='layout column: offset of local time, such as "+08:00", into which moments '
        "that carry Z or an offset are turned",
    )

    def forms_of(self, column: str) -> tuple[str, ...]:
        """The forms in which the dates of a column are written; none where they are ISO."""
        forms = self.dates.get(column, ())
        return (forms,) if isinstance(forms, str) else forms


def name_reasons(given: MissingValues) -> dict[str, str]:
    """Return the texts for a missing value with their reasons, empty where none is given.

    >>> name_reasons(("ND", "UNK"))
    {'ND': '', 'UNK': ''}
    """
    return dict(given) if isinstance(given, dict) else dict.fromkeys(given, "")
