"""Cells that hold what cannot be printed: cleaned, queried, and never two identifiers in one."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given

from analysis.config import load_mapping, load_plan
from analysis.edc.allocation.lists import read_lists
from analysis.edc.layout import load_layout
from analysis.edc.queries import Query, Rule, Severity, build_queries, read_queries
from analysis.edc.reading.table import read_texts_of
from analysis.edc.written.unprintable import Spellings, clean_table, pair_cells
from analysis.io.frames import write_csv
from analysis.io.printable import clean_cell, clean_printed, clean_surrogates, is_clean
from tests.unit.edc.sources.read_file import find_source
from tests.unit.io.any_text import ANY_TEXT

if TYPE_CHECKING:
    from conftest import ExportFolder

CONFIG = Path(__file__).parents[4] / "config"
MAPPING = load_mapping(CONFIG / "edc.yaml")
ARMS = load_plan(CONFIG / "trial.yaml").arms
AE = load_layout().tables["ae"]
BREAKS, OTHERS = ("\n", "\r", "\r\n", "\t", "\u2028", "\x85"), ("\0", "\x07", "\u202e", "\ufffe")


def find(whole_export: ExportFolder) -> list[Query]:
    """The queries of the rule; the export must be readable."""
    export, fatal = whole_export.read()
    assert fatal == []
    return [query for query in export.queries if query.rule is Rule.UNPRINTABLE]


@pytest.mark.parametrize("character", BREAKS)
def test_line_breaks_and_tabs_become_a_blank_and_a_note(
    whole_export: ExportFolder, character: str
) -> None:
    whole_export.edit("ae", "肺炎", f'"肺{character}炎"')
    (query,) = find(whole_export)
    assert (query.severity, query.table, query.key) == (Severity.NOTE, "ae", "SUBJID=S1; AESEQ=1")
    assert (query.column, query.value) == ("AETERM", "肺 炎")
    assert query.message.startswith(f"holds U+{ord(character[0]):04X}")
    assert whole_export.read()[0].tables["ae"]["AETERM"].tolist() == ["肺 炎"]


@pytest.mark.parametrize("character", OTHERS)
def test_what_cannot_be_printed_is_shown_and_warned_of(
    whole_export: ExportFolder, character: str
) -> None:
    whole_export.edit("ae", "肺炎", f"肺{character}炎")
    (query,) = find(whole_export)
    assert (query.severity, query.value) == (Severity.WARNING, "肺\ufffd炎")
    assert f"U+{ord(character):04X}" in query.message
    assert whole_export.read()[0].tables["ae"]["AETERM"].tolist() == ["肺\ufffd炎"]


def test_a_letter_that_was_lost_before_is_kept_and_said(whole_export: ExportFolder) -> None:
    whole_export.edit("ae", "肺炎", "肺\ufffd")
    (query,) = find(whole_export)
    assert (query.severity, query.value) == (Severity.WARNING, "肺\ufffd")
    assert "before this export was made" in query.message


def test_a_code_with_such_a_character_is_none(whole_export: ExportFolder) -> None:
    whole_export.edit("dm", ",F,", ",F\0,")
    rules = {query.rule for query in whole_export.read()[0].queries}
    assert rules == {Rule.UNPRINTABLE, Rule.CODE_LIST}


def test_a_code_map_knows_the_clean_text(whole_export: ExportFolder) -> None:
    whole_export.edit("dm", ",F,", ",F\0,")
    tables = {"dm": {"values": {"SEX": {"F\ufffd": "F"}}}}
    export, fatal = whole_export.read(tables=tables)
    assert fatal == []
    assert set(export.tables["dm"]["SEX"]) == {"F"}


def test_a_header_that_cannot_be_printed_is_printed(whole_export: ExportFolder) -> None:
    whole_export.edit("ex", "EXREAS", "EX\x07EAS")
    assert ("ex", "EX\ufffdEAS", "extra_column") in whole_export.queries()


def test_an_identifier_spelt_alike_everywhere_is_one_subject(whole_export: ExportFolder) -> None:
    for file in whole_export.path.iterdir():
        whole_export.write(file.stem, file.read_text(encoding="utf-8").replace("S1", "S\x07"))
    assert {query.column for query in find(whole_export)} == {"SUBJID"}
    assert whole_export.read()[0].tables["rand"]["SUBJID"].tolist() == ["S2", "S\ufffd"]


@pytest.mark.parametrize(("one", "other"), [("S\x07", "S\x08"), ("S\t1", "S 1"), ("\0", "\ufffd")])
def test_two_identifiers_never_become_one(whole_export: ExportFolder, one: str, other: str) -> None:
    for file in whole_export.path.iterdir():
        text = file.read_text(encoding="utf-8").replace("S1", one).replace("S2", other)
        whole_export.write(file.stem, text)
    assert f"'{clean_cell(one)}' (" in whole_export.fatal()
    assert "column SUBJID: 1 identifier(s) differ only in what cannot" in whole_export.fatal()


def test_nor_do_those_of_two_tables(whole_export: ExportFolder) -> None:
    whole_export.edit("rand", "S1", "S\x07")
    whole_export.edit("dm", "S1", "S\x08")
    assert "U+0007 in rand.csv" in whole_export.fatal()
    assert "U+0008 in dm.csv" in whole_export.fatal()


def test_a_list_with_such_characters_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "randomisation_list.csv").write_text("RANDNO,ARM\nR\x071,MPSS\n", encoding="utf-8")
    (tmp_path / "kit_list.csv").write_text("KITNO,ARM\nK1,MPSS\n", encoding="utf-8")
    _, fatal = read_lists(tmp_path, MAPPING, load_layout(), ARMS)
    assert len(fatal) == 1
    assert fatal[0].startswith("randomisation_list.csv, column RANDNO: 1 cell(s) hold what cannot")


@given(ANY_TEXT)
def test_any_text_of_a_cell_is_read_queried_and_read_back(text: str) -> None:
    text = clean_surrogates(text)  # which no encoding of an export gives
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ae.csv"
        doubled = text.replace('"', '""')
        path.write_bytes(f'SUBJID,AESEQ,AETERM\nS1,1,x\nS2,2,"{doubled}"\n'.encode())
        reading = read_texts_of(find_source(path, MAPPING), MAPPING, "ae", AE)
        if "ae" not in reading.texts:  # a part of a file that was never written, or UTF-16
            assert "\0" * 4 in text or 4 * text.count("\0") > len(text.encode())
            return
        mapped = dict.fromkeys(MAPPING.missing_values, "")
        expected = clean_cell(text.strip())
        assert reading.texts["ae"]["AETERM"].tolist() == ["x", mapped.get(expected, expected)]
        queries = [each for each in reading.queries if each.rule is Rule.UNPRINTABLE]
        assert bool(queries) is not is_clean(text.strip())
        write_csv(path, build_queries(queries))
        assert read_queries(path) == queries


@given(ANY_TEXT, ANY_TEXT)
def test_any_query_is_read_back_as_it_was_built(first: str, second: str) -> None:
    query = Query(Severity.NOTE, first, second, first, second, Rule.TYPE, first)
    clean = {name: clean_printed(getattr(query, name)) for name in ("table", "key", "message")}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "queries.csv"
        write_csv(path, build_queries([query]))
        (found,) = read_queries(path)
    assert {name: getattr(found, name) for name in clean} == clean


def test_a_clean_table_is_the_same(whole_export: ExportFolder) -> None:
    table = pd.DataFrame({"A": ["x", "肺炎"], "B": ["", "-1"]}, dtype="str")
    pd.testing.assert_frame_equal(clean_table(table), table)


def test_spellings_are_compared_by_column() -> None:
    raw = pd.DataFrame({"SUBJID": ["A\x07"], "SITEID": ["A\x08"]})
    spellings = Spellings()
    spellings.add("dm.csv", pair_cells(raw, clean_table(raw), {name: name for name in raw}))
    assert spellings.find_merged() == []
