"""What the keys of the mapping make of the cells of a column, together and in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from analysis.config.cells import NumberForm, Spelling, UnitOfCell
from analysis.config.mapping import TableMapping
from analysis.edc.cells.beside import Beside
from analysis.edc.cells.mapped import FULL_WIDTH, count_mapped, map_cells
from analysis.edc.cells.told import ReadCells
from analysis.edc.layout import Column

if TYPE_CHECKING:
    from conftest import MakeMapping

SITE, WEIGHT = Column(type="str"), Column(type="float", unit="kg")


def cells(*texts: str) -> pd.Series:
    return pd.Series(list(texts), dtype=str)


def test_values_then_identifiers_then_factors(make_mapping: MakeMapping) -> None:
    mapping = make_mapping(missing_values=["-95"])
    spec = TableMapping(
        values={"SUBJID": {"?": ""}},
        identifiers={"SUBJID": Spelling(case="upper")},
        factors={"WEIGHT": 0.5},
    )
    texts = cells("s1", "?", "-95")
    mapped = map_cells(texts, "SUBJID", SITE, spec, mapping).texts
    assert mapped.tolist() == ["S1", "", ""]
    assert count_mapped(texts, mapped) == 3
    weights = map_cells(cells("132", "-95"), "WEIGHT", WEIGHT, spec, mapping)
    assert (weights.texts.tolist(), weights.told) == (["66", ""], {})


def test_without_a_key_nothing_is_changed_and_the_very_texts_are_given(
    make_mapping: MakeMapping,
) -> None:
    texts = cells("66", "", "n.d.", "６６x")
    read = map_cells(texts, "WEIGHT", WEIGHT, TableMapping(), make_mapping())
    assert read.texts is texts
    assert read.told == {}


@pytest.mark.parametrize(
    ("column", "text", "plain"),
    [
        (Column(type="str", codes=("M", "F")), "Ｆ", "F"), (Column(type="yn"), "\u3000Ｙ", "Y"),
        (Column(type="int"), "１４", "14"), (Column(type="float"), "－１．５", "-1.5"),
        (Column(type="date"), "２０２６－０３－０５", "2026-03-05"),
        (Column(type="date", forms=("%Y年%m月%d日",)), "２０２６年３月５日", "2026年3月5日"),
    ],
)  # fmt: skip
def test_full_width_characters_are_plain_where_the_column_can_then_be_read(
    column: Column, text: str, plain: str, make_mapping: MakeMapping
) -> None:
    read = map_cells(cells(text, "Ｑ"), "X", column, TableMapping(), make_mapping())
    assert read.texts.tolist() == [plain, "Ｑ"]
    assert read.told == {FULL_WIDTH: 1}


def test_free_text_stays_as_it_is_written(make_mapping: MakeMapping) -> None:
    assert map_cells(cells("Ｆ"), "X", SITE, TableMapping(), make_mapping()).texts.tolist() == [
        "Ｆ"
    ]


def test_reasons_of_missing_values_of_every_level_are_counted(make_mapping: MakeMapping) -> None:
    mapping = make_mapping(missing_values={"-99": "unknown", "-97": "not applicable"})
    spec = TableMapping(
        missing_values={"WEIGHT": {"-98": "not done", "-97": "refused"}},
        values={"WEIGHT": {"-96": "70"}},
    )
    beside = Beside(missing=("-96", "-95"))
    texts = cells("-99", "－９９", "-98", "-97", "-96", "-95", "70")
    read = map_cells(texts, "WEIGHT", WEIGHT, spec, mapping, beside)
    assert read.texts.tolist() == ["", "", "", "", "70", "", "70"]
    assert read.told == {
        "missing: unknown": 2, "missing: not done": 1, "missing: refused": 1,
    }  # fmt: skip


def test_labels_stand_in_for_codes_before_values(make_mapping: MakeMapping) -> None:
    spec = TableMapping(labels=("SEX",), values={"SEX": {"Female": "F", "9": "M"}})
    beside = Beside(labels={"1": "M", "2": "Female", "-98": "Not done", "9": "Male"})
    mapping = make_mapping(missing_values={"-98": "not done"})
    column = Column(type="str", codes=("M", "F"))
    read = map_cells(cells("1", "2", "-98", "9", "3", ""), "SEX", column, spec, mapping, beside)
    assert read.texts.tolist() == ["M", "F", "", "M", "3", ""]
    assert read.told == {"by its label": 1, "code without a label": 1, "missing: not done": 1}


def test_a_unit_of_each_row(make_mapping: MakeMapping) -> None:
    spec = TableMapping(units={"WEIGHT": UnitOfCell(column="wt_unit")})
    units = cells("kg", "LB", "斤", "stone", "", "")
    read = map_cells(
        cells("66", "150", "132", "10", "70", ""), "WEIGHT", WEIGHT, spec, make_mapping(),
        Beside(units=units),
    )  # fmt: skip
    assert read.texts.tolist() == ["66", "68.0388555", "66", "10 stone", "70 (no unit)", ""]
    assert read.told == {
        "unit kg": 1, "unit lb, times 0.453592": 1, "unit jin, times 0.5": 1,
        "with a unit that is not known, not used": 1, "without a unit, not used": 1,
    }  # fmt: skip


def test_a_decimal_comma_stays_the_mark_of_what_is_reckoned(make_mapping: MakeMapping) -> None:
    spec = TableMapping(
        units={"GLUC": "mg/dL"}, numbers={"GLUC": NumberForm(thousands=".", below="half")}
    )
    glucose = Column(type="float", unit="mmol/L")
    read = map_cells(
        cells("126", "1.260,0", "<20", "12.6"), "GLUC", glucose, spec, make_mapping(),
        Beside(decimal=","),
    )  # fmt: skip
    assert read.texts.tolist() == ["6,993", "69,93", "0,555", "12.6"]
    assert read.told == {
        "unit mg/dL, times 0.0555": 2,
        "below a bound, as half of it, unit mg/dL, times 0.0555": 1,
    }


def test_yes_and_no_in_any_spelling_are_read_by_the_key_alone(make_mapping: MakeMapping) -> None:
    yes_no, texts = Column(type="yn"), cells("Yes", "是", "0", "Y", "perhaps", "")
    as_written = map_cells(texts, "IVT", yes_no, TableMapping(), make_mapping())
    assert as_written.texts is texts
    read = map_cells(texts, "IVT", yes_no, TableMapping(), make_mapping(yes_no="any"))
    assert read.texts.tolist() == ["Y", "Y", "N", "Y", "perhaps", ""]
    assert read.told == {"Yes as Y": 1, "是 as Y": 1, "0 as N": 1}


def test_doubtful_dates_and_moments_without_an_offset_are_counted(
    make_mapping: MakeMapping,
) -> None:
    day = Column(type="date", forms=("%d/%m/%Y", "%m/%d/%Y"))
    read = map_cells(
        cells("03/04/2026", "13/04/2026", "04/04/2026"), "X", day, TableMapping(), make_mapping()
    )
    assert read.told == {"another date by %d/%m/%Y than by %m/%d/%Y, not used": 1}
    moment = Column(type="datetime", forms=("iso",), offset="+08:00")
    texts = cells("2026-03-05T10:00Z", "2026-03-05T10:00", "2026-03-05", "", "2026-03-05 ")
    read = map_cells(texts, "X", moment, TableMapping(), make_mapping())
    assert read.told == {
        "turned into local time (+08:00)": 1, "without an offset, as local time (+08:00)": 1,
    }  # fmt: skip
    assert read.texts.tolist()[4] == "2026-03-05"


def test_a_step_is_asked_once_for_each_text() -> None:
    asked: list[str] = []

    def step(text: str) -> tuple[str, str]:
        asked.append(text)
        return text, "seen"

    read = ReadCells(cells("a", "b", "a")).apply(step)
    assert sorted(asked) == ["a", "b"]
    assert read.told == {"seen": 3}
