"""The page on a mapping."""

from __future__ import annotations

import dataclasses

from lxml import html

from analysis.display.report.mapping_page import build_mapping_page
from analysis.io.mapping.account import (
    ColumnAccount,
    MappingAccount,
    SourceAccount,
    TableAccount,
    Unread,
)

ACCOUNT = MappingAccount(
    columns=(
        ColumnAccount("mrs", "MRS", "visits: mrs", 40, 38, (Unread("<b>", 2, "type"),), 3),
        ColumnAccount("mrs", "MRSMODE", "", note="no column of the source"),
    ),
    tables=(TableAccount("mrs", "v.csv", 40, 39, (("without a usable key", 1),), (("x", "S1"),)),),
    sources=(SourceAccount("v.csv", 50, 40, 9, ("spare",), "", ("date (1 of 5 cells)",)),),
    findings=("table dm: no file in the export",),
    queries=(("mrs", 'SELECT "mrs" FROM "visits";'),),
    files=(("v.csv", "ab" * 32),),
    mapping="cd" * 32,
)


def read_page(account: MappingAccount = ACCOUNT) -> html.HtmlElement:
    return html.document_fromstring(build_mapping_page(account, "NCT00000000", ""))


def find_cells(page: html.HtmlElement, label: str) -> list[str]:
    (row,) = (r for r in page.iter("tr") if r[0].text_content().strip() == label)
    return [" ".join(cell.text_content().split()) for cell in row]


def test_a_column_has_its_source_its_cells_and_its_texts() -> None:
    assert find_cells(read_page(), "MRS") == [
        "MRS", "visits: mrs", "40", "38", "2", "<b> (2, of another type); and 3 more texts",
    ]  # fmt: skip
    assert find_cells(read_page(), "MRSMODE")[1] == "not mapped: no column of the source"


def test_rows_that_no_table_took_are_shown() -> None:
    assert find_cells(read_page(), "v.csv") == [
        "v.csv", "50", "10", "9", "spare", "date (1 of 5 cells)",
    ]  # fmt: skip


def test_findings_queries_hashes_and_room_to_sign() -> None:
    text = read_page().text_content()
    for shown in (
        "1 finding(s) would stop a run",
        "table dm: no file in the export",
        'SELECT "mrs" FROM "visits";',
        "ab" * 32,
        "cd" * 32,
        "Signature",
    ):
        assert shown in text


def test_what_stops_no_run_is_shown_beside_the_findings() -> None:
    account = dataclasses.replace(ACCOUNT, findings=(), to_look_at=("ae.csv: 426 of 702 rows",))
    text = read_page(account).text_content()
    assert "To look at before you sign" in text
    assert "ae.csv: 426 of 702 rows" in text
    assert "To look at" not in read_page().text_content()


def test_the_page_on_a_refused_export_shows_the_refusal_and_nothing_else() -> None:
    refused = MappingAccount(findings=("allocation.csv, ARM",), refusal="It holds the allocation.")
    page = read_page(refused)
    text = page.text_content()
    assert "It holds the allocation." in text
    assert "allocation.csv, ARM" in text
    assert [*page.iter("table")] == []
    assert "Queries" not in text


def test_the_page_needs_no_network_and_names_its_language() -> None:
    page = read_page()
    assert page.get("lang") == "en"
    assert [e for e in page.iter() if e.get("src")] == []
    assert all(link.get("href").startswith("#") for link in page.iter("a"))
    ids = [e.get("id") for e in page.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert {link.get("href")[1:] for link in page.iter("a")} <= set(ids)
