"""What a sheet of an ``.xlsx`` or ``.xlsm`` holds beside its values (ECMA-376 part 1, 18.3)."""

from __future__ import annotations

from analysis.edc.sources.workbooks.packages import Package, damaged
from analysis.edc.sources.workbooks.places import name_place, parse_area, parse_place
from analysis.edc.sources.workbooks.scan.facts import MOST_CELLS, Found, SheetFacts

_TRUE = {"1", "true"}


def scan_sheet(package: Package, sheet: str) -> SheetFacts | None:
    """Return what is found in a sheet; None if the workbook has no such sheet.

    Raises DataError if a part is absent or damaged.
    """
    book = package.find_workbook()
    ids: dict[str, str] = {}
    facts = SheetFacts()

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            ids[attributes.get("name", "")] = attributes.get("id", "")
        elif tag == "calcPr":
            facts.stale = attributes.get("fullCalcOnLoad") in _TRUE

    package.parse(book, start)
    if sheet not in ids:
        return None
    part = package.find_targets(book).get(ids[sheet])
    if part is None:
        raise damaged(package.file_name, f"sheet {sheet} has no part")
    scan = _Scan(facts)
    package.parse(part, scan.start, scan.end, scan.text)
    return facts


def require_true_counts(package: Package) -> None:
    """Raise DataError if the shared texts say that they are more than any sheet has cells.

    The library takes memory for as many as they say; where it lacks that, it ends the program.
    """
    book = package.find_workbook()
    for part in {"xl/sharedStrings.xml", *package.find_targets(book).values()}:
        if not (part.casefold().endswith("sharedstrings.xml") and package.holds(part)):
            continue
        _, attributes = package.read_root(part)
        counts = [attributes.get(name, "0") for name in ("count", "uniqueCount")]
        if any(not count.isdecimal() or int(count) > MOST_CELLS for count in counts):
            raise damaged(package.file_name, f"part {part}: the count of its texts")


class _Scan:
    """The elements of a sheet one by one; a cell is judged at its end."""

    def __init__(self, facts: SheetFacts) -> None:
        self._facts = facts
        self._row = self._column = -1
        self._type = ""
        self._is_formula = self._has_value = self._is_value = False
        self._texts: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "f":
            self._is_formula = True
        elif tag in {"v", "t"}:
            self._has_value = self._is_value = True
        elif tag == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
            if attributes.get("hidden") in _TRUE:
                self._facts.hidden_rows.append(self._row)
        elif tag == "mergeCell":
            self._facts.merged.append(parse_area(attributes.get("ref", "")))
        elif tag == "col" and attributes.get("hidden") in _TRUE:
            first, last = int(attributes.get("min", "")), int(attributes.get("max", ""))
            self._facts.hidden_columns.append((first - 1, last - 1))

    def text(self, data: str) -> None:
        if self._is_value:
            self._texts.append(data)

    def end(self, tag: str) -> None:
        if tag in {"v", "t"}:
            self._is_value = False
        elif tag == "c":
            self._judge("".join(self._texts))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if "r" in attributes:
            self._row, self._column = parse_place(attributes["r"])
        else:
            self._column += 1
        self._type = attributes.get("t", "n")
        self._is_formula = self._has_value = False
        self._texts.clear()

    def _judge(self, value: str) -> None:
        cell = Found(self._row, self._column, value)
        if min(cell.row, cell.column) < 0:
            raise ValueError(f"a cell at {name_place(cell.row, cell.column)}")
        if self._is_formula:
            self._facts.formulas.append(cell)
        if self._is_formula and not value:
            is_text = self._type == "str" and self._has_value
            (self._facts.empty_formulas if is_text else self._facts.uncalculated).append(cell)
        if self._type == "e":
            self._facts.errors.append(cell)
        if value or self._is_formula:
            self._facts.fill(self._row, self._column)
