"""The account of the door: how many rows and cells came in, and what became of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from analysis.edc.queries import Rule

LEFT_OUT = (Rule.MISSING_KEY, Rule.UNKNOWN_SUBJECT, Rule.IDENTICAL_ROW)
"""Why a row is left out. Of identical rows one is kept, so nothing is lost with them."""


@dataclass(frozen=True)
class ColumnAccount:
    """The cells of one column.

    ``filled``: cells with a text, as the mapping has them; ``typed``: those that became a value;
    ``mapped``: cells that the mapping changed; ``set_missing``: filled cells that did not, by rule;
    ``out_of_range``: values outside the plausible range, kept; ``imputed``: randomised subjects for
    whom the primary model fills the covariate that is made of the column; None if none is.
    ``read_as``: cells that a key of the mapping read, by what it did: a unit, a reason for a
    missing value, a spelling of yes.
    """

    filled: int
    typed: int
    set_missing: Mapping[str, int] = field(default_factory=dict)
    out_of_range: int = 0
    mapped: int = 0
    imputed: int | None = None
    read_as: Mapping[str, int] = field(default_factory=dict)

    @property
    def unusable(self) -> int:
        """Filled cells without a value."""
        return self.filled - self.typed


@dataclass(frozen=True)
class TableAccount:
    """The rows of one table, and its columns.

    ``rows_read`` are ``rows_used`` and those ``left_out``, by rule. ``without_row``: randomised
    subjects without a row, in a table in which everyone has one.
    """

    table: str
    rows_read: int
    rows_used: int
    left_out: Mapping[str, int]
    columns: Mapping[str, ColumnAccount]
    file: str = ""
    without_row: int = 0

    @property
    def rows_lost(self) -> int:
        """Rows left out whose content is nowhere else."""
        return sum(n for rule, n in self.left_out.items() if rule != Rule.IDENTICAL_ROW)

    def of_subjects(self, without_row: int, imputed: Mapping[str, int]) -> "TableAccount":
        """Return the account with the subjects that lack a row, or by column a covariate."""
        columns = {
            name: replace(column, imputed=imputed.get(name))
            for name, column in self.columns.items()
        }
        return replace(self, without_row=without_row, columns=columns)

    def of_file(
        self,
        file: str,
        mapped: Mapping[str, int],
        read_as: Mapping[str, Mapping[str, int]] = MappingProxyType({}),
    ) -> "TableAccount":
        """Return the account with the name of the file, and the cells that the mapping changed.

        ``mapped``: by column; ``read_as``: by column, and by what a key of the mapping did.
        """
        columns = {
            name: replace(column, mapped=mapped.get(name, 0), read_as=read_as.get(name, {}))
            for name, column in self.columns.items()
        }
        return replace(self, file=file, columns=columns)
