"""The layout itself is of one piece, and so are the plan and the page made from it."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from analysis.config.blocks.eligibility import Complication, Etici, OcclusionSite
from analysis.config.columns import CODES, DERIVED, NUMBERS
from analysis.edc.layout import SUBJECT, YES_NO, Column, Layout
from analysis.edc.layout.reference import fill_document
from analysis.edc.written.values import parse_value

DOCUMENT = Path(__file__).parents[3] / "docs" / "edc_tables.md"


def columns_of(layout: Layout) -> list[tuple[str, Column]]:
    return [
        (f"{name}.{column_name}", column)
        for name, table in (layout.tables | layout.unblinding).items()
        for column_name, column in table.columns.items()
    ]


def test_every_key_is_a_column(layout: Layout) -> None:
    for name, table in (layout.tables | layout.unblinding).items():
        assert table.key, name
        assert set(table.key) <= set(table.columns), name
        assert table.required_key, name


def test_rules_fit_their_types(layout: Layout) -> None:
    for name, column in columns_of(layout):
        numeric = column.type in ("int", "float")
        assert numeric or (column.limits is None and column.range is None), name
        assert not column.codes or column.type == "str", name
        assert not column.partial or column.type in ("date", "datetime"), name
        assert all(parse_value(column, code) == code for code in column.codes), name
        for bounds in (column.limits, column.range):
            assert bounds is None or bounds[0] < bounds[1], name


def test_yes_and_no_are_the_only_answers(layout: Layout) -> None:
    answers = {column.allowed for _, column in columns_of(layout) if column.type == "yn"}
    assert answers == {YES_NO}


def test_one_row_per_subject_is_a_matter_of_the_key(layout: Layout) -> None:
    single = [name for name, table in layout.tables.items() if table.one_row_per_subject]
    assert single == ["dm", "rand", "bl", "evt", "ds", "dd"]
    assert SUBJECT not in layout.tables["screening"].key


def test_the_plan_knows_the_codes_of_the_layout(layout: Layout) -> None:
    for table, column, codes in (
        ("bl", "OCCLOC", OcclusionSite),
        ("evt", "ETICI", Etici),
        ("evt", "DSACOMP", Complication),
    ):
        assert layout.tables[table].columns[column].codes == get_args(codes)


def test_the_plan_may_name_every_baseline_column(layout: Layout) -> None:
    """Those of dm, bl and evt but times and the subject id, and what is derived from them."""
    held = {
        name: column.type
        for table in ("dm", "bl", "evt")
        for name, column in layout.tables[table].columns.items()
        if column.type not in ("date", "datetime") and name != SUBJECT
    }
    numbers = {name for name, type_ in held.items() if type_ in ("int", "float")}
    assert numbers == set(NUMBERS) - set(DERIVED)
    assert held.keys() - numbers == set(CODES) - set(DERIVED)


def test_the_page_about_the_layout_is_up_to_date(layout: Layout) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert fill_document(text, layout) == text
