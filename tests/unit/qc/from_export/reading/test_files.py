"""Every format gives the same rows; raw values of SAS and SPSS are judged one by one."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from analysis.config import Mapping
from analysis.config.mapping import TableMapping
from analysis.qc.from_export.reading.columns import TABLES
from analysis.qc.from_export.reading.files import read_file
from analysis.qc.from_export.reading.mapping import describe_table
from analysis.qc.from_export.reading.sources.files.content import Content
from analysis.qc.from_export.reading.sources.pieces import list_pieces
from analysis.qc.from_export.reading.sources.statistical.epochs import SAS, SPSS, read_unformatted
from analysis.qc.from_export.reading.sources.statistical.numbers import write_number
from analysis.qc.from_export.reading.sources.statistical.sas_and_spss import read_sas_or_spss
from analysis.qc.from_export.reading.tables import read_table
from analysis.simulate import write_export
from tests.unit.edc.sources.statistical.transport import ibm_float
from tests.unit.qc.from_export.exported_trial import ExportedTrial
from tests.unit.qc.from_export.reading.queries.both_engines import map_table, require_same


@pytest.mark.parametrize("file_format", ["xpt", "sav"])
def test_sas_and_spss_give_the_rows_of_csv(
    trial: ExportedTrial, mapping: Mapping, tmp_path: Path, file_format: str
) -> None:
    texts = {
        path.stem: pd.read_csv(path, dtype=str, keep_default_na=False)
        for path in trial.edc.glob("*.csv")
        if path.stem in TABLES
    }
    write_export(texts, tmp_path, file_format)  # type: ignore[arg-type]
    both = [list_pieces(sorted(folder.iterdir())) for folder in (trial.edc, tmp_path)]
    for name, columns in TABLES.items():
        mapped = describe_table(mapping, name)
        first, second = (
            read_table(read_file(pieces, mapped), mapped, columns, None) for pieces in both
        )
        assert [row.values for row in first.rows] == [row.values for row in second.rows]
        assert first.losses == second.losses


CELLS = ("b", '"b"', '"a\rb"', '"a\nb"', '"a\r\nb"', "a\0b")
BARE_RETURNS = ("a\rb", "\rb")
"""Where lines end with a bare return, these would end one."""


@pytest.mark.parametrize(
    ("end", "cell"),
    [
        *product(("\n", "\r\n", "\r\r\n"), (*CELLS, *BARE_RETURNS)),
        *product(("\r",), CELLS),
    ],
)
def test_characters_in_cells_part_no_row(
    mapping: Mapping, tmp_path: Path, end: str, cell: str
) -> None:
    text = f"SUBJID,AETERM,AESER{end}01,{cell},Y{end}02,x,N{end}"
    (tmp_path / "ae.csv").write_bytes(text.encode())
    file = read_file(list_pieces([tmp_path / "ae.csv"]), describe_table(mapping, "ae"))
    assert (file.columns["SUBJID"], file.columns["AESER"]) == (["01", "02"], ["Y", "N"])


def test_shift_jis_holds_what_windows_writes(mapping: Mapping, tmp_path: Path) -> None:
    (tmp_path / "ae.csv").write_bytes("SUBJID,AETERM\n01,①～\n".encode("cp932"))
    japanese = mapping.model_copy(update={"encoding": "shift_jis"})
    file = read_file(list_pieces([tmp_path / "ae.csv"]), describe_table(japanese, "ae"))
    assert file.columns["AETERM"] == ["①～"]


def write_xpt(path: Path, formats: dict[str, str], **columns: list[object]) -> None:
    pyreadstat.write_xport(pd.DataFrame(columns), path, variable_format=formats)


def test_dates_of_sas_by_the_format_of_their_column(tmp_path: Path) -> None:
    path = tmp_path / "t.xpt"
    formats = {"DAY": "DATE9.", "MOMENT": "DATETIME20.", "ISO": "E8601DN.", "OTHER": "BEST12."}
    write_xpt(path, formats, DAY=[24077.0, 1e9], MOMENT=[2080303500.0, None],
              ISO=[2080252800.0, 1e14], OTHER=[24077.0, 2.5])  # fmt: skip
    columns = read_sas_or_spss(Content(path), "utf-8").columns
    assert columns["DAY"] == ["2025-12-02", "1000000000.0"]
    assert columns["MOMENT"][1] == ""
    assert columns["MOMENT"][0] == "2025-12-02T14:05"
    assert columns["OTHER"] == ["24077", "2.5"]
    assert columns["ISO"][1] == "100000000000000.0"


def test_numbers_without_a_format_in_a_column_of_dates() -> None:
    for epoch, numbers in ((SAS, ("24077", "2080252800")), (SPSS, ("13984012800",))):
        for number in numbers:
            assert read_unformatted(number, epoch, is_day=True) == "2025-12-02"
    assert read_unformatted("2080303500", SAS, is_day=False) == "2025-12-02T14:05"
    assert read_unformatted("2025-12-02T00:00", SAS, is_day=True) == "2025-12-02"
    for text in ("45993", "20251202", "x", "2025-12-02T10:00"):
        assert read_unformatted(text, SAS, is_day=True) == text


def test_one_moment_out_of_the_calendar_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "t.sav"
    seconds = [13969317000.0, 1e15]
    frame = pd.DataFrame({"A": seconds, "B": ["x", "京"]})
    pyreadstat.write_sav(frame, path, variable_format={"A": "DATETIME20"})
    columns = read_sas_or_spss(Content(path), "utf-8").columns
    assert columns["A"][0].startswith("2025-")
    assert columns["A"][1] == "1000000000000000.0"
    assert columns["B"] == ["x", "京"]


@pytest.mark.parametrize("width", [3, 4, 5, 6, 7, 8])
def test_numbers_stored_short_are_the_decimals_that_they_stand_for(width: int) -> None:
    for text in ("2.8", "22.2", "1.7", "0.9"):
        number = float(text)
        bits = 8 * (width - 1) - 3
        step = 2.0 ** (2 - bits) if width < 8 else 0.0
        stored = number - number % step if step else number
        assert Decimal(write_number(stored, width)) == Decimal(text)


def test_a_file_that_cannot_be_read_says_so_without_a_cell(
    tmp_path: Path, mapping: Mapping
) -> None:
    path = tmp_path / "ich.csv"
    path.write_bytes(b"SUBJID,SICH\n01-001,\xff\xfe\n")
    pieces, ich = list_pieces([path]), describe_table(mapping, "ich")
    assert read_file(pieces, ich).problem == "ich.csv cannot be read (UnicodeDecodeError)"
    path.write_text("SUBJID,SICH\n01-001,Y,secret,Z\n", encoding="utf-8")
    problem = read_file(pieces, ich).problem
    assert "cannot be read" in problem
    assert "secret" not in problem
    path.write_text("", encoding="utf-8")
    assert "cannot be read" in read_file(pieces, ich).problem


def test_several_files_of_a_table_are_named(tmp_path: Path, mapping: Mapping) -> None:
    paths = [tmp_path / "ich.csv", tmp_path / "ich.xpt"]
    file = read_file(list_pieces(paths), describe_table(mapping, "ich"))
    assert file.problem == "several files hold table ich: ich.csv, ich.xpt"


def test_codes_that_spss_marks_as_missing_are_what_the_mapping_says(
    mapping: Mapping, tmp_path: Path
) -> None:
    frame = pd.DataFrame({"SUBJID": ["S1", "S2", "S3", "S4"], "ASPECTS": [8.0, -99.0, -98.0, None]})
    pyreadstat.write_sav(
        frame,
        tmp_path / "bl.sav",
        missing_ranges={"ASPECTS": [-99, -98]},
        variable_value_labels={"ASPECTS": {-99: "none seen", 8: "eight"}},
    )
    spec = TableMapping(values={"ASPECTS": {"-99": "0"}})
    mapped = describe_table(mapping.model_copy(update={"tables": {"bl": spec}}), "bl")
    file = read_file(list_pieces([tmp_path / "bl.sav"]), mapped)
    assert file.marked == {"ASPECTS": frozenset({"-99", "-98"})}
    assert file.labels == {"ASPECTS": {"-99": "none seen", "8": "eight"}}
    table = read_table(file, mapped, TABLES["bl"], None)
    assert [row.values["ASPECTS"] for row in table.rows] == [8, 0, None, None]
    assert table.lost["ASPECTS"] == 0


def test_letters_of_a_transport_file_are_what_the_mapping_says(
    mapping: Mapping, tmp_path: Path
) -> None:
    frame = pd.DataFrame({"SUBJID": ["S1", "S2", "S3", "S4"], "ASPECTS": [8.0, 7.0, 6.0, None]})
    pyreadstat.write_xport(frame, tmp_path / "bl.xpt", file_format_version=5)
    content = (tmp_path / "bl.xpt").read_bytes()
    for number, letter in ((7.0, b"A"), (6.0, b"B")):
        assert content.count(ibm_float(number, 8)) == 1
        content = content.replace(ibm_float(number, 8), letter + bytes(7))
    (tmp_path / "bl.xpt").write_bytes(content)
    keys = {"values": {"ASPECTS": {".B": "0"}}, "missing_values": {"ASPECTS": {".A": "no image"}}}
    mapped = map_table(mapping, "bl", keys)
    described = describe_table(mapped, "bl")
    file = read_file(list_pieces([tmp_path / "bl.xpt"]), described)
    table = read_table(file, described, TABLES["bl"], None)
    assert [row.values["ASPECTS"] for row in table.rows] == [8, None, 0, None]
    assert table.lost["ASPECTS"] == 0
    filled = map_table(mapping, "bl", {**keys, "rows": "ASPECTS <> ''"})
    assert [row[0] for row in require_same(tmp_path, filled, "bl")] == ["1", "2", "3"]
