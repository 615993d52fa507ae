"""The workbook: a sheet a site, every text as it is, the same bytes from the same queries."""

from __future__ import annotations

import io
import re
import zipfile

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from analysis.edc.queries.sent import workbook
from analysis.edc.queries.sent.for_sites import SENT
from analysis.edc.queries.sent.workbook import MOST_CHARACTERS, WIDTHS, build_workbook

TEXTS = ("=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://a\")", "http://a.example", "0012",
         "1e5", "a\nb", "_x0041_", "<b>&amp;", "男", "\N{BRAIN}", "{=1}", "'x")  # fmt: skip


def build_queries(sites: list[str], values: list[str] | None = None) -> pd.DataFrame:
    """A query a site, with all cells filled."""
    frame = pd.DataFrame({name: [f"{name} {i}" for i in range(len(sites))] for name in SENT})
    return frame.assign(site=sites, value=values or frame["value"]).astype("str")


def read(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def read_xml(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(
            archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")
        )


def test_a_sheet_a_site_and_one_without_site_in_their_order() -> None:
    sheets = read(build_workbook(build_queries(["01", "01", "02/a", ""]), "TRIAL", ""))
    assert list(sheets) == ["Summary", "01", "02_a", "Without site"]
    assert [len(rows) for rows in sheets.values()][1:] == [3, 2, 2]


def test_a_site_may_bear_the_name_of_another_sheet() -> None:
    sheets = read(build_workbook(build_queries(["Summary", "without site", ""]), "TRIAL", ""))
    assert list(sheets) == ["Summary", "Summary (2)", "without site", "Without site (2)"]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_read_back_as_it_is(text: str) -> None:
    sheets = read(build_workbook(build_queries(["01"], [text]), "TRIAL", ""))
    assert sheets["01"][1][list(WIDTHS).index("value")] == text


def test_nothing_is_a_formula_a_link_or_a_number() -> None:
    queries = build_queries(["01"] * len(TEXTS), list(TEXTS))
    xml = read_xml(build_workbook(queries, "=1+1", "@STAMP"))
    assert "<f>" not in xml
    assert "<hyperlink" not in xml
    assert set(re.findall(r'<c [^>]*?(?:t="(\w+)")?>', xml)) == {"s"}


def test_a_text_like_a_formula_stays_one_when_it_is_edited() -> None:
    plain = read_xml(build_workbook(build_queries(["01"], ["x"]), "TRIAL", ""))
    content = build_workbook(build_queries(["01"], ["=1+1"]), "TRIAL", "")
    style = re.findall(r'<c r="E2" s="(\d+)"', read_xml(content))
    assert style != re.findall(r'<c r="E2" s="(\d+)"', plain)
    assert 'quotePrefix="1"' in read_xml(content)


def test_the_same_queries_give_the_same_bytes_and_no_time_of_today() -> None:
    queries = build_queries(["01", ""])
    content = build_workbook(queries, "TRIAL", "STAMP")
    assert build_workbook(queries, "TRIAL", "STAMP") == content
    assert set(re.findall(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", read_xml(content))) == {
        "1980-01-01T00:00:00"
    }
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time[:3] for info in archive.infolist()} == {(1980, 1, 1)}


def test_the_summary_bears_the_stamp_and_counts_queries_and_subjects() -> None:
    queries = build_queries(["01", "01", "01", ""]).assign(
        severity="error", rule=["type", "type", "range", "type"], subject=["S1", "S1", "S2", ""]
    )
    rows = read(build_workbook(queries, "TRIAL", "NOT RESULTS"))["Summary"]
    assert [rows[0][0], rows[1][0]] == ["TRIAL", "NOT RESULTS"]
    assert [[str(cell) for cell in row] for row in rows[4:]] == [
        ["01", "01", "error", "range", "1", "1"],
        ["01", "01", "error", "type", "2", "1"],
        ["", "Without site", "error", "type", "1", "0"],
    ]


def test_without_queries_there_is_a_summary_with_its_heads() -> None:
    sheets = read(build_workbook(build_queries([]), "TRIAL", ""))
    assert list(sheets) == ["Summary"]
    assert str(sheets["Summary"][2][0]).startswith("site")


def test_more_queries_than_a_sheet_holds_go_to_a_further_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    sheets = read(build_workbook(build_queries(["01"] * 5), "TRIAL", ""))
    assert [(name, len(rows)) for name, rows in sheets.items()][1:] == [
        ("01", 3), ("01 (2)", 3), ("01 (3)", 2),
    ]  # fmt: skip


@pytest.mark.parametrize("letter", ["x", "\N{BRAIN}"])
def test_a_text_too_long_for_a_cell_says_where_the_rest_is(letter: str) -> None:
    sheets = read(build_workbook(build_queries(["01"], [letter * 40_000]), "TRIAL", ""))
    cell = str(sheets["01"][1][list(WIDTHS).index("value")])
    assert cell.endswith(f"{letter} [cut; whole in queries.csv]")
    assert len(cell.encode("utf-16-le")) // 2 in (MOST_CHARACTERS - 1, MOST_CHARACTERS)
