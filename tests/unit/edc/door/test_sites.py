"""The site of the screening log is held against that of the subject in dm."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from analysis.edc.door.sites import query_sites
from analysis.edc.layout import Layout
from analysis.edc.queries import Queries, Query

if TYPE_CHECKING:
    from tests.unit.edc.conftest import ExportFolder
    from tests.unit.edc.door.conftest import Cells, Read

Find = Callable[..., list[Query]]
SUBJECTS = 300


def name_site(i: int) -> str:
    return f"{i % 12 + 1:02d}"


@pytest.fixture
def find(read: Read, layout: Layout) -> Find:
    """The queries on a log in which the site of row ``i`` is that of ``written``."""

    def build(written: Cells, n: int = SUBJECTS) -> list[Query]:
        log = read("screening", n, SCRNO=lambda i: f"P{i:03d}", SITEID=written).frame
        tables = {"dm": read("dm", SITEID=name_site).frame, "screening": log}
        return list(Queries(query_sites(tables, layout)))

    return build


def test_the_same_sites_give_no_query(find: Find) -> None:
    assert find(name_site) == []


@pytest.mark.parametrize(
    ("written", "line"),
    [
        (lambda i: str(i % 12 + 1), "SITEID: {zero_fill: [2]}"),
        (lambda i: f"Site {name_site(i)}", 'SITEID: {remove_prefix: "Site "}'),
    ],
)
def test_sites_spelt_otherwise_are_one_query_with_the_line_that_mends_it(
    find: Find, written: Callable[[int], str], line: str
) -> None:
    (query,) = find(written)
    differing = sum(written(i) != name_site(i) for i in range(SUBJECTS))
    assert query.message.startswith(f"{differing} of 300 rows of subjects spell their site")
    assert f"`tables: {{screening: {{identifiers: {{{line}}}}}}}`" in query.message
    assert (query.table, query.column, query.severity) == ("screening", "SITEID", "warning")


def test_another_site_is_a_query_of_its_row(find: Find) -> None:
    found = find(lambda i: "07" if i in (0, 5) else name_site(i))
    assert [(q.key, q.value, q.message) for q in found] == [
        ("SCRNO=P000", "07", "the site of the subject is 01 in dm; kept"),
        ("SCRNO=P005", "07", "the site of the subject is 06 in dm; kept"),
    ]


def test_another_site_is_found_behind_another_spelling(find: Find) -> None:
    spelt, other = find(lambda i: "7" if i == 0 else str(i % 12 + 1))
    assert "225 of 300" not in spelt.message
    assert spelt.message.startswith("224 of 300")
    assert (other.key, other.value) == ("SCRNO=P000", "7")


def test_a_log_with_sites_of_its_own_is_one_query(find: Find) -> None:
    (query,) = find(lambda i: "North" if i % 2 else "South")
    assert "300 of 300 rows of subjects hold another site than dm: 300 subjects" in query.message


def test_rows_without_a_site_or_a_subject_of_dm_say_nothing(
    read: Read, layout: Layout, find: Find
) -> None:
    assert find("") == []
    log = read("screening", 20, SUBJID="", SCRNO=str, SITEID="99").frame
    tables = {"dm": read("dm", SITEID=name_site).frame, "screening": log}
    assert list(query_sites(tables, layout)) == []
    assert list(query_sites({"screening": log}, layout)) == []


def test_the_query_says_where_the_row_stands(whole_export: ExportFolder) -> None:
    rows = [{"SCRNO": f"P{n}", "SUBJID": s, "SITEID": site, "SCRRES": "RANDOMISED"}
            for n, (s, site) in enumerate([("S2", "001"), ("S1", "002"), ("", "003")])]  # fmt: skip
    rows.append({"SCRNO": "P9", "SUBJID": "S2", "SITEID": "001", "SCRRES": "RANDOMISED"})
    whole_export.rows("screening", *rows)
    export, fatal = whole_export.read()
    assert fatal == []
    (query,) = [q for q in export.queries if q.rule == "site_differs"]
    assert (query.key, query.value, query.file, query.row) == (
        "SCRNO=P1",
        "002",
        "screening.csv",
        2,
    )
    assert pd.notna(export.tables["screening"]["SITEID"]).all()
