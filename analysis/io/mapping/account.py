"""What a mapping makes of an export, counted: what the page shows that a data manager signs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Unread:
    """A text that became no value: its cells, and the rule that it breaks.

    A text that may be a name or free text is shown by its shape (``A A``).
    """

    text: str
    cells: int
    rule: str


@dataclass(frozen=True)
class ColumnAccount:
    """One column of the layout: where its cells come from, and what became of them.

    ``source``: sources and columns in words, empty for none. ``unread``: the most frequent texts
    without a value; ``further``: how many more there are. ``note``: why it has no source.
    """

    table: str
    column: str
    source: str
    filled: int = 0
    typed: int = 0
    unread: tuple[Unread, ...] = ()
    further: int = 0
    note: str = ""


@dataclass(frozen=True)
class TableAccount:
    """One table of the layout: its rows, and the subjects that it lost or holds twice.

    ``subjects``: in words, with the first of them, by what became of them.
    """

    table: str
    source: str
    rows_read: int
    rows_used: int
    left_out: tuple[tuple[str, int], ...] = ()
    subjects: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class SourceAccount:
    """One source: its rows, those that a table took, and its columns that no table uses.

    ``taken`` is None where rows cannot be followed: of a source that is joined or looked up, and
    where a query does not select ``_file`` and ``_row``; ``note`` says which. ``partly``: in words,
    columns with cells in rows that only tables take which do not use them. ``tables``: those that
    read it.
    """

    source: str
    rows: int
    taken: int | None
    columns: int
    unused: tuple[str, ...] = ()
    note: str = ""
    partly: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()

    @property
    def left(self) -> int | None:
        """The rows that no table took."""
        return None if self.taken is None else self.rows - self.taken


@dataclass(frozen=True)
class MappingAccount:
    """All that is said of one export and its mapping.

    ``findings``: what would stop a run. ``to_look_at``: what stops none, and may be a fault of the
    mapping. ``queries``: by table the query as it is run. ``files``: the sha256 of every file of
    the export. ``mapping``: that of the mapping. ``refusal``: why nothing else is shown of an
    export that seems to hold the allocation; empty for any other.
    """

    columns: tuple[ColumnAccount, ...] = ()
    tables: tuple[TableAccount, ...] = ()
    sources: tuple[SourceAccount, ...] = ()
    findings: tuple[str, ...] = ()
    to_look_at: tuple[str, ...] = ()
    queries: tuple[tuple[str, str], ...] = ()
    refusal: str = ""
    files: tuple[tuple[str, str], ...] = ()
    mapping: str = ""
