"""What the sheets of an ``.ods`` hold beside their values (OpenDocument 1.3 part 3, 9)."""

from __future__ import annotations

import re

from analysis.edc.sources.workbooks.packages import Package
from analysis.edc.sources.workbooks.places import Area
from analysis.edc.sources.workbooks.scan.facts import Found, SheetFacts

_ERROR = re.compile(r"#[A-Z/0]+[!?]|#N/A|(Err|Error|Fehler|Erreur|错误)[::]\s?[0-9]{3}")
"""What a cell shows whose formula failed."""
_TIME_OF_DAY = re.compile(r"PT([01]?[0-9]|2[0-3])H[0-5]?[0-9]M[0-5]?[0-9]([.,]0*)?S")
MOST_HIDDEN = 100_000
"""Rows that are hidden at once: more is the empty rest of a sheet."""
_HIDDEN = {"collapse", "filter"}
_CELLS = {"table-cell", "covered-table-cell"}


def scan_sheets(package: Package) -> dict[str, SheetFacts]:
    """Return what is found in every sheet by its name; raises DataError if a part is damaged."""
    scan = _Scan()
    package.parse("content.xml", scan.start, scan.end, scan.text)
    return scan.sheets


def is_locked(package: Package) -> bool:
    """Return whether the manifest says that parts are encrypted by a password."""
    return package.holds("META-INF/manifest.xml") and (
        b"encryption-data" in package.read("META-INF/manifest.xml")
    )


class _Scan:
    """The elements of all sheets one by one; rows and cells that repeat count as often."""

    def __init__(self) -> None:
        self.sheets: dict[str, SheetFacts] = {}
        self._facts = SheetFacts()
        self._row = self._column = self._rows = self._note = self._depth = 0
        self._cell: dict[str, str] = {}
        self._shown: list[str] = []
        self._is_row_filled = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self._facts = SheetFacts()
                self.sheets[attributes.get("name", "")] = self._facts
                self._row = self._column = 0
        elif tag == "table-column":
            last = self._column + int(attributes.get("number-columns-repeated", 1)) - 1
            if attributes.get("visibility") in _HIDDEN:
                self._facts.hidden_columns.append((self._column, last))
            self._column = last + 1
        elif tag == "table-row":
            self._start_row(attributes)
        elif tag in _CELLS:
            self._cell = attributes
            self._shown.clear()
        elif tag == "annotation":
            self._note += 1

    def text(self, data: str) -> None:
        if not self._note:
            self._shown.append(data)

    def end(self, tag: str) -> None:
        if tag in _CELLS:
            self._judge("".join(self._shown).strip())
            self._column += int(self._cell.get("number-columns-repeated", 1))
        elif tag == "table-row":
            if self._is_row_filled and self._rows > 1:
                self._facts.fill(self._row + self._rows - 1, 0)
            self._row += self._rows
        elif tag == "annotation":
            self._note -= 1
        elif tag == "table":
            self._depth -= 1

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._column = 0
        self._rows = int(attributes.get("number-rows-repeated", 1))
        self._is_row_filled = False
        if attributes.get("visibility") in _HIDDEN and self._rows <= MOST_HIDDEN:
            self._facts.hidden_rows += range(self._row, self._row + self._rows)

    def _judge(self, shown: str) -> None:
        cell = Found(self._row, self._column, shown)
        kind = self._cell.get("value-type", "")
        is_formula = "formula" in self._cell
        if is_formula:
            self._facts.formulas.append(cell)
        if _is_error(self._cell, shown):
            self._facts.errors.append(cell)
        elif is_formula and not kind:
            self._facts.uncalculated.append(cell)
        elif is_formula and not shown and kind == "string" and not self._cell.get("string-value"):
            self._facts.empty_formulas.append(cell)
        if kind == "time" and not _TIME_OF_DAY.fullmatch(self._cell.get("time-value", "")):
            self._facts.durations.append(cell)
        if kind or is_formula or shown:
            self._is_row_filled = True
            last = self._column + int(self._cell.get("number-columns-repeated", 1)) - 1
            self._facts.fill(self._row, last)
        down = int(self._cell.get("number-rows-spanned", 1)) - 1
        right = int(self._cell.get("number-columns-spanned", 1)) - 1
        if down or right:
            area = Area(self._row, self._column, self._row + down, self._column + right)
            self._facts.merged.append(area)


def _is_error(cell: dict[str, str], shown: str) -> bool:
    """Whether a formula failed: by what says so, or by what the cell shows in place of a value."""
    says_so = cell.get("value-type") == "error"
    return "formula" in cell and (says_so or bool(_ERROR.fullmatch(shown)))
