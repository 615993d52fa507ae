"""The tables as a shape can carry them: what is lost on the way is counted, with the reason."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from analysis.simulate.exports.cells.codec import Codec


@dataclass(frozen=True)
class Loss:
    """Cells of a column (or of the rows of a table, ``column`` empty) that a shape cannot carry."""

    table: str
    column: str
    cells: int
    reason: str


LOOKS_LIKE = "the text means something else in this system, and is read as that"
NO_CELL = "the system has no field for it"


@dataclass
class Carrier:
    """Tables of the layout on their way into a shape.

    ``tables`` become what the mapping reads back, equal to those given but for the ``losses``.
    """

    tables: dict[str, pd.DataFrame]
    losses: list[Loss] = field(default_factory=list)

    @classmethod
    def of(cls, tables: dict[str, pd.DataFrame]) -> "Carrier":
        """Return a carrier of copies."""
        return cls({name: table.reset_index(drop=True) for name, table in tables.items()})

    def encode(
        self, table: str, column: str, codec: Codec, missing: tuple[str, ...] = ()
    ) -> pd.Series:
        """Return the cells of a column as the system writes them.

        ``missing``: codes that it writes into empty cells, in turn.
        """
        texts = self.tables[table][column]
        distinct = texts.unique()
        written = texts.map({text: codec.write(text) for text in distinct})
        restored = {text: codec.restore(text) for text in distinct}
        restored |= {text: "" for text in distinct if codec.write(text) in missing}
        self.restore(table, column, texts.map(restored), LOOKS_LIKE)
        if not missing:
            return written
        codes = [missing[i % len(missing)] for i in range(len(written))]
        return written.mask(written == "", pd.Series(codes, index=written.index, dtype=object))

    def restore(self, table: str, column: str, texts: pd.Series, reason: str) -> None:
        """Note that the mapping reads these texts in a column, and what differs."""
        differing = int((self.tables[table][column] != texts).sum())
        if differing:
            self.losses.append(Loss(table, column, differing, reason))
            self.tables[table] = self.tables[table].assign(**{column: texts})

    def drop(self, table: str, rows: pd.Series, reason: str) -> None:
        """Leave out rows that the system cannot hold; their cells with a text are counted."""
        if rows.any():
            lost = self.tables[table][rows]
            self.losses.append(Loss(table, "", int((lost != "").sum().sum()), reason))
            self.tables[table] = self.tables[table][~rows].reset_index(drop=True)

    def add(self, table: str, rows: pd.DataFrame, reason: str) -> None:
        """Add rows that the system has and the layout's table had not."""
        if len(rows):
            self.losses.append(Loss(table, "", len(rows), reason))
            self.tables[table] = pd.concat([self.tables[table], rows], ignore_index=True)


def describe_losses(losses: Iterable[Loss]) -> list[str]:
    """Return a line for each loss, in words.

    >>> describe_losses([Loss("dm", "SEX", 4, LOOKS_LIKE)])
    ['dm.SEX: 4 cell(s): the text means something else in this system, and is read as that']
    """
    return [
        f"{'.'.join(filter(None, (loss.table, loss.column)))}: {loss.cells} cell(s): {loss.reason}"
        for loss in losses
    ]
