"""The keys of cells mean the same to the reading of the export and to its check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pandas as pd
import pytest

from analysis.config import Mapping
from analysis.config.cells import NumberForm, UnitOfCell
from analysis.config.mapping import TableMapping
from analysis.edc.cells.beside import Beside
from analysis.edc.cells.mapped import map_cells
from analysis.edc.cells.measurements.units import list_conversions
from analysis.edc.cells.yes_no import load_spellings
from analysis.edc.layout import load_layout
from analysis.edc.written.mapped_layout import map_table
from analysis.edc.written.months import load_months
from analysis.edc.written.values import parse_value
from analysis.qc.from_export.reading import dates, yes_no
from analysis.qc.from_export.reading import mapping as reading
from analysis.qc.from_export.reading.cells import Span, prepare
from analysis.qc.from_export.reading.columns import TABLES
from analysis.qc.from_export.reading.mapping import describe_table
from analysis.qc.from_export.reading.measurements import UNITS

UNIT_COLUMN = "unit"
DAY = "%d.%m.%Y"
CASES: list[tuple[str, str, TableMapping, tuple[str, ...]]] = [
    ("bl", "GLUC", TableMapping(units={"GLUC": "MG/DL"}), ("126", "1e2", "x", "", "126 mg/dL")),
    ("bl", "CREAT", TableMapping(units={"CREAT": UnitOfCell(in_text=True)}),
     ("90 µmol/L", "1.0mg/dl", "1,0 mg/dL", "90", "90 kg", "0.09 mmol/l", "", "n.d.")),
    ("dm", "WEIGHT", TableMapping(units={"WEIGHT": UnitOfCell(in_text=True, without="lb")},
                                  numbers={"WEIGHT": NumberForm(thousands=",", below="half")}),
     ("66 kg", "132斤", "<10 kg", ">200", "1,000 g", "150", "66 %", "６６ kg", "1,00 kg")),
    ("bl", "INR", TableMapping(numbers={"INR": NumberForm(thousands=",", below="bound")}),
     ("<0.5", "> 8", "≥8", "9+", "1,234.5", "1,23", "−1", "+", "１．２", "1.2.3", "<", "<<1")),
    ("bl", "INR", TableMapping(numbers={"INR": NumberForm(below="missing")}), ("<0.5", "1", "<x")),
    ("bl", "INR", TableMapping(numbers={"INR": NumberForm(thousands=" ", below="half")}),
     ("1 234.5", "1\u00a0234", "12 34", "<-1", "<1 000")),
    ("evt", "PASSES", TableMapping(numbers={"PASSES": NumberForm(below="bound")}),
     ("3+", "<2", "2.0", "２")),
    ("mrs", "MRSDTC", TableMapping(dates={"MRSDTC": (DAY, "excel", "%Y年%m月%d日", "iso")}),
     ("05.03.2026", "46086", "46086.5", "2026年3月5日", "２０２６年３月５日", "2026-03-05 ", "60",
      "2026-03-05T10:00:00.5", "2026-03", "31.02.2026", "0", "13:45")),
    ("mrs", "MRSDTC", TableMapping(dates={"MRSDTC": ("%d/%m/%Y", "%m/%d/%Y")}),
     ("03/04/2026", "13/04/2026", "04/13/2026", "04/04/2026")),
    ("mrs", "MRSDTC", TableMapping(dates={"MRSDTC": ("%d-%b-%Y", "%d %B %Y", "%d%b%Y")}),
     ("05-JAN-2026", "5-janv.-2026", "05 März 2026", "05OKT2026", "05-FOO-2026", "UN-JAN-2026",
      "5 dic 2026", "05-October-2026")),
    ("mrs", "MRSDTC", TableMapping(dates={"MRSDTC": "%d.%m.%y"}, two_digit_years={"MRSDTC": 1930}),
     ("05.03.26", "05.03.31", "05.03.2026")),
    ("ae", "AESTDTC", TableMapping(dates={"AESTDTC": ("%d %b %Y", "%Y-%m-%d", "%d%b%Y", "%Y")}),
     ("UN JAN 2026", "UNK UNK 2026", "05 UNK 2026", "2026-??-??", "2026-03-00", "2026", "UNJAN2026",
      "05JAN2026", "2026-03", "UN JAN UNK", "00 JAN 2026")),
    ("dm", "RFICDTC", TableMapping(dates={"RFICDTC": "%d.%m.%Y %H:%M"}),
     ("05.03.2026 13:45", "05.03.2026", "05.03.2026 ", "UN.03.2026", "13:45", "UN.UN.2026")),
    ("rand", "RANDDTC", TableMapping(dates={"RANDDTC": ("%Y年%m月%d日 %p%I时%M分", "sas_datetime")}),  # noqa: E501
     ("2026年3月5日 下午3时5分", "2026年3月5日 上午12时05分", "2088337500", "2088337500.4",
      "上午")),
    ("rand", "RANDDTC", TableMapping(offsets={"RANDDTC": "+08:00"}),
     ("2026-03-05T20:45Z", "2026-03-05 20:45:00.5+05:30", "2026-03-05T10:00", "2026-03-05",
      "2026-03-05T10:00 UTC", "2026-03-05T10:00+25:00", "2026-03-05T10:00GMT-03")),
    ("rand", "RANDDTC", TableMapping(offsets={"RANDDTC": "-05:00"}, dates={"RANDDTC": "unix"}),
     ("1772718300", "x", "1e9")),
    ("ae", "AESER", TableMapping(), ("是", "Yes", "0", "Y", "perhaps", "", "无", "ja.", "-")),
    ("ae", "AESER", TableMapping(), ("1", "2", "Yes", "0")),
    ("ae", "AESER", TableMapping(values={"AESER": {"1": "N", "２": "Y"}}), ("1", "2", "２", "１")),
    ("bl", "OCCLOC", TableMapping(missing_values={"OCCLOC": {"-98": "not done"}}),
     ("-98", "-99", "－９８", "Ｍ1", "m1", "-77", "M1")),
    ("bl", "OCCLOC", TableMapping(labels=("OCCLOC",), values={"OCCLOC": {"Middle": "M1"}}),
     ("1", "2", "3", "-98", "9", "7")),
    ("bl", "OCCLOC", TableMapping(values={"OCCLOC": {"9": "OTHER"}}), ("9", "8", "1")),
]  # fmt: skip
LABELS = {"1": "ICA", "2": "Middle", "9": "Not known", "-98": "Not done"}
MARKED = frozenset({"9", "8"})


@pytest.fixture
def any_mapping(mapping: Mapping) -> Mapping:
    return mapping.model_copy(
        update={"yes_no": "any", "missing_values": {"-99": "unknown", "-77": ""}}
    )


@pytest.mark.parametrize(("table", "column", "spec", "texts"), CASES)
@pytest.mark.parametrize("is_labelled", [False, True])
def test_a_cell_is_read_alike(
    table: str,
    column: str,
    spec: TableMapping,
    texts: tuple[str, ...],
    is_labelled: bool,
    any_mapping: Mapping,
) -> None:
    marked, labels = (MARKED, LABELS) if is_labelled else (frozenset[str](), {})
    engine = dict(_read_by_engine(table, column, spec, texts, any_mapping, (marked, labels)))
    mapped = describe_table(any_mapping.model_copy(update={"tables": {table: spec}}), table)
    beside = reading.Beside(marked, labels, frozenset(texts))
    kind = TABLES[table].kinds[column]
    for text in texts:
        prepared = prepare(text, column, kind, mapped, beside)
        value = kind(prepared) if prepared else None
        assert (_plain(value), prepared == "") == engine[text], text


def _read_by_engine(
    table: str,
    column: str,
    spec: TableMapping,
    texts: tuple[str, ...],
    mapping: Mapping,
    file: tuple[frozenset[str], dict[str, str]],
) -> Iterator[tuple[str, tuple[object, bool]]]:
    """The value of each text, and whether it is missing rather than of no use."""
    marked, labels = file
    given = map_table(load_layout().tables[table], spec).columns[column]
    meant = spec.values.get(column, {})
    cells = pd.Series(["" if t in marked and t not in meant else t for t in texts], dtype=str)
    read = map_cells(cells, column, given, spec, mapping, Beside(labels=labels))
    for text, new in zip(texts, read.texts, strict=True):
        value = parse_value(given, new) if new else None
        is_code = not given.allowed or new in given.allowed
        yield text, (_plain(value) if is_code else None, new == "")


def _plain(value: object) -> object:
    """A value of either reading as what both can be compared by."""
    if isinstance(value, Span):
        return value.earliest, value.is_a_day
    if isinstance(value, int | float | Decimal):
        return float(f"{float(value):.9g}")
    if isinstance(value, str) and value[:4].isdecimal() and "-" in value + "-":
        parts = datetime.fromisoformat(value + "0000-01-01"[len(value) :])
        return parts, len(value) >= len("YYYY-MM-DD")
    return datetime.combine(value, datetime.min.time()) if _is_day(value) else value


def _is_day(value: object) -> bool:
    return hasattr(value, "toordinal") and not isinstance(value, datetime)


def test_a_unit_beside_the_number_is_looked_up_alike(mapping: Mapping) -> None:
    spec = TableMapping(units={"WEIGHT": UnitOfCell(column=UNIT_COLUMN)})
    mapped = describe_table(mapping.model_copy(update={"tables": {"dm": spec}}), "dm")
    kind = TABLES["dm"].kinds["WEIGHT"]
    column = load_layout().tables["dm"].columns["WEIGHT"]
    units = ("kg", "LB", "斤", "stone", "")
    cells = pd.Series(["100"] * len(units), dtype=str)
    engine = map_cells(
        cells, "WEIGHT", column, spec, mapping, Beside(units=pd.Series(units, dtype=str))
    )
    for unit, text in zip(units, engine.texts, strict=True):
        check = kind(prepare("100", "WEIGHT", kind, mapped, unit=unit))
        assert _plain(check) == _plain(parse_value(column, text)), unit


def test_both_know_the_same_units_and_factors() -> None:
    columns = {
        name: column
        for table in load_layout().tables.values()
        for name, column in table.columns.items()
    }
    for name, units in UNITS.items():
        engine = {u: one.factor for u, one in list_conversions(name, columns[name]).items()}
        assert {u: float(factor) for u, factor in units.items()} == pytest.approx(engine), name


def test_both_know_the_same_spellings_and_months() -> None:
    spellings = load_spellings()
    assert {text for text, code in spellings.items() if code == "Y"} == yes_no.YES
    assert {text for text, code in spellings.items() if code == "N"} == yes_no.NO
    for names, of in ((dates.SHORT, "short"), (dates.FULL, "full")):
        months = [set(month.split()) for month in names.split("|")]
        assert months == [set(getattr(month, of)) for month in load_months().months.values()]


def test_a_decimal_comma_is_a_comma_to_both(mapping: Mapping) -> None:
    spec = TableMapping(numbers={"INR": NumberForm(thousands=".", below="half")})
    mapped = replace(
        describe_table(mapping.model_copy(update={"decimal": ",", "tables": {"bl": spec}}), "bl")
    )
    kind, column = TABLES["bl"].kinds["INR"], load_layout().tables["bl"].columns["INR"]
    texts = ("1.234,5", "1,5", "1.5", "<0,5", "1.234")
    cells = pd.Series(texts, dtype=str)
    engine = map_cells(cells, "INR", column, spec, mapping, Beside(decimal=","))
    comma = column.model_copy(update={"decimal": ","})
    for text, new in zip(texts, engine.texts, strict=True):
        check = kind(prepare(text, "INR", kind, mapped))
        assert _plain(check) == _plain(parse_value(comma, new)), text
