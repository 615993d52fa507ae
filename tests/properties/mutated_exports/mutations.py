"""Random changes of an export: of cells, rows, columns, whole files and their bytes."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

TEXTS = (
    "", " ", "NA", ".", "-", "0", "1", "-1", "99", "-99", "-95", "1e3", "1e308", "1e-320", "+5",
    "0x10", "1_000", "3,5", "１２", "½", "−5", "NaN", "inf", "-0.0", "5.", ".5",
    "12345678901234567", "999999999999", "9" * 40, "Y", "N", "y", "Yes", "true", "U", "京",
    "北\u3000京", "D90", "Day 90", "2026-03-01", "2026-03-01T10:00", "2026-03-01T24:00",
    "2026-02-30", "2026-03", "2026", "0001-01-01", "1900-01-01", "9999-12-31",
    "9999-12-31T23:59", "2206-01-01", "11.04.2026", "20260411", "2026-04-11 03:52", "=cmd()",
    "+1+1", "@x", "-1+2", "＝1", "'", '"', "<b>&amp;</b>", "{x}", "%s", "$a$", "\\", "\0",
    "a\0b", "a\nb", "a\rb", "a\r\nb", "a\tb", "\x07", "a\u2028b", "\ufffe", "\ufeffx",
    "\u202eabc", "e\u0301", "\U0001d400", "\U0001f600", "x" * 300, "x" * 140_000, "MRS",
    "CENTRAL", "not estimable: ", "SUBJID", ";", "a;b", "a|b", "]]>", "None", "nan", "NaT",
    "<NA>", "1 ", "ICA",
)  # fmt: skip

QUOTING: tuple[Literal[0, 1], ...] = (csv.QUOTE_MINIMAL, csv.QUOTE_ALL)


@dataclass
class Table:
    """One file of an export as rows of texts."""

    header: list[str]
    rows: list[list[str]]

    @classmethod
    def parse(cls, text: str) -> Table:
        """Return the table of a CSV text."""
        header, *rows = csv.reader(io.StringIO(text, newline=""))
        return cls(header, rows)

    def copy(self) -> Table:
        """Return the same with lists of its own."""
        return Table(list(self.header), [list(row) for row in self.rows])

    def drop(self, column: str) -> None:
        """Take a column away."""
        at = self.header.index(column)
        del self.header[at]
        for row in self.rows:
            del row[at]

    def write(self, quoting: Literal[0, 1]) -> bytes:
        """Return it as a data manager's program would write it: all in quotes, or what needs it."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n", quoting=quoting)
        writer.writerows([self.header, *self.rows])
        return text.getvalue().encode()


Change = Callable[[random.Random, Table], str]


def _pick(rng: random.Random, table: Table) -> tuple[int, int]:
    return rng.randrange(len(table.rows)), rng.randrange(len(table.header))


def _set_cell(rng: random.Random, table: Table) -> str:
    row, column = _pick(rng, table)
    table.rows[row][column] = rng.choice(TEXTS)
    return f"row {row} {table.header[column]} = {table.rows[row][column][:40]!r}"


def _set_many(rng: random.Random, table: Table) -> str:
    _, column = _pick(rng, table)
    text, share = rng.choice(TEXTS), rng.choice((0.1, 0.5, 1.0))
    for row in table.rows:
        if rng.random() < share:
            row[column] = text
    return f"{share:.0%} of {table.header[column]} = {text[:40]!r}"


def _decorate_cell(rng: random.Random, table: Table) -> str:
    row, column = _pick(rng, table)
    cell, text = table.rows[row][column], rng.choice(TEXTS)
    at = rng.randint(0, len(cell))
    table.rows[row][column] = cell[:at] + text + cell[at:]
    return f"row {row} {table.header[column]} with {text[:40]!r} at {at}"


def _copy_cell(rng: random.Random, table: Table) -> str:
    (row, column), (other, another) = _pick(rng, table), _pick(rng, table)
    table.rows[row][column] = table.rows[other][another]
    return f"row {row} {table.header[column]} from row {other} {table.header[another]}"


def _double_row(rng: random.Random, table: Table) -> str:
    row, _ = _pick(rng, table)
    table.rows.insert(rng.randrange(len(table.rows) + 1), list(table.rows[row]))
    return f"row {row} twice"


def _double_row_changed(rng: random.Random, table: Table) -> str:
    row, column = _pick(rng, table)
    table.rows.append(list(table.rows[row]))
    table.rows[-1][column] = rng.choice(TEXTS)
    return f"row {row} twice, {table.header[column]} = {table.rows[-1][column][:40]!r}"


def _drop_rows(rng: random.Random, table: Table) -> str:
    kept = rng.choice((0.0, 0.1, 0.5, 0.9))
    table.rows = [row for row in table.rows if rng.random() < kept]
    return f"{kept:.0%} of the rows"


def _drop_row(rng: random.Random, table: Table) -> str:
    row, _ = _pick(rng, table)
    del table.rows[row]
    return f"without row {row}"


def _shuffle(rng: random.Random, table: Table) -> str:
    rng.shuffle(table.rows)
    return "rows shuffled"


def _swap_rows_of_column(rng: random.Random, table: Table) -> str:
    (row, column), (other, _) = _pick(rng, table), _pick(rng, table)
    one, two = table.rows[row], table.rows[other]
    one[column], two[column] = two[column], one[column]
    return f"{table.header[column]} of rows {row} and {other} exchanged"


def _drop_column(rng: random.Random, table: Table) -> str:
    _, column = _pick(rng, table)
    name = table.header[column]
    table.drop(name)
    return f"without {name}"


def _rename_column(rng: random.Random, table: Table) -> str:
    _, column = _pick(rng, table)
    name = table.header[column]
    table.header[column] = rng.choice(
        (name.lower(), name[::-1], name + "_", "X\0", "", "京", " " + name)
    )
    return f"{name} named {table.header[column]!r}"


def _exchange_columns(rng: random.Random, table: Table) -> str:
    (_, one), (_, two) = _pick(rng, table), _pick(rng, table)
    header = table.header
    header[one], header[two] = header[two], header[one]
    return f"heads {header[one]} and {header[two]} exchanged"


def _double_column(rng: random.Random, table: Table) -> str:
    _, column = _pick(rng, table)
    table.header.append(rng.choice((table.header[column], table.header[column] + "2")))
    for row in table.rows:
        row.append(row[column])
    return f"{table.header[column]} twice"


def _blank_column(rng: random.Random, table: Table) -> str:
    _, column = _pick(rng, table)
    for row in table.rows:
        row[column] = ""
    return f"{table.header[column]} empty"


IN_TABLE: tuple[Change, ...] = (
    *(_set_cell,) * 4, *(_set_many,) * 4, *(_decorate_cell,) * 2, *(_copy_cell,) * 2, _double_row,
    *(_double_row_changed,) * 2, *(_drop_rows,) * 3, _drop_row, _shuffle,
    *(_swap_rows_of_column,) * 2, *(_drop_column,) * 2, _rename_column,
    *(_exchange_columns,) * 2, _double_column, *(_blank_column,) * 3,
)  # fmt: skip


def _of_bytes(rng: random.Random, content: bytes) -> tuple[bytes, str]:
    """A change of the bytes of one file."""
    at = rng.randrange(len(content))
    text = content.decode()
    return rng.choice((
        (b"", "empty"),
        (content.partition(b"\n")[0] + b"\n", "header only"),
        (content[:at], f"cut off at byte {at}"),
        (content + content, "twice over"),
        (content[:at] + bytes([rng.randrange(256)]) + content[at + 1 :], f"byte {at} changed"),
        (content[:at] + b"\0" * rng.choice((1, 8)) + content[at:], f"zero bytes at {at}"),
        (text.encode("utf-16"), "UTF-16"), (text.encode("utf-16-le"), "UTF-16 without mark"),
        (text.encode("gb18030"), "GB 18030"), (b"\xef\xbb\xbf" + content, "with mark"),
        (content.replace(b"\n", b"\r\n"), "CR LF"), (content.replace(b"\n", b"\r"), "CR"),
        (content.replace(b",", b";"), "semicolons"), (content.replace(b'"', b""), "no quotes"),
        (content.rstrip(b"\n"), "last line not ended"), (b"\n\n" + content, "empty lines first"),
    ))  # fmt: skip


def mutate(rng: random.Random, export: dict[str, Table]) -> tuple[dict[str, bytes], list[str]]:
    """Return the files of an export with one to four changes, and what was changed."""
    tables = {name: table.copy() for name, table in export.items()}
    said = []
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        name = rng.choice(list(tables))
        if tables[name].rows and tables[name].header:
            said.append(f"{name}: {rng.choice(IN_TABLE)(rng, tables[name])}")
    quoting = rng.choice(QUOTING)
    files = {f"{name}.csv": table.write(quoting) for name, table in tables.items()}
    if rng.random() < 0.15:
        name = rng.choice(list(files))
        if rng.random() < 0.3:
            del files[name]
            said.append(f"{name}: absent")
        elif files[name]:
            files[name], words = _of_bytes(rng, files[name])
            said.append(f"{name}: {words}")
    return files, said
