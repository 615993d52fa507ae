"""Each message names a remedy; here it is followed, and the table is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.config import Mapping
from analysis.edc.layout import Layout
from analysis.edc.reading.check_mapping import check_mapping
from analysis.edc.sources.delimited.encodings import CODEC_OF
from analysis.edc.typed import type_table
from analysis.edc.written.mapped_layout import map_layout, mark_decimals
from analysis.errors import ConfigError, DataError
from tests.unit.edc.sources.read_file import read_text_table

MakeMapping = Callable[..., Mapping]
TEXT = "SUBJID,DVTERM\nS1,Dosis überschritten\n"
KEY = re.compile(r'(delimiter|decimal): "(.+?)"')


def refuse(path: Path, mapping: Mapping) -> str:
    with pytest.raises(DataError) as caught:
        read_text_table(path, mapping)
    return str(caught.value)


@pytest.mark.parametrize(("name", "character"), [(";", ";"), ("tab", "\t"), ("|", "|")])
def test_another_delimiter_and_a_decimal_comma(
    name: str, character: str, tmp_path: Path, layout: Layout, make_mapping: MakeMapping
) -> None:
    path = tmp_path / "dm.csv"
    rows = [["SUBJID", "SITEID", "WEIGHT"], ["S1", "01", "63,9"], ["S2", "01", "48,8"]]
    path.write_text("".join(f"{character.join(row)}\n" for row in rows))
    keys = dict(KEY.findall(refuse(path, make_mapping())))
    assert keys == {"delimiter": name, "decimal": ","}
    mapping = make_mapping(**keys)
    texts = read_text_table(path, mapping).reindex(
        columns=layout.tables["dm"].columns, fill_value=""
    )
    typed = type_table("dm", mark_decimals(layout.tables["dm"], ","), texts)
    assert typed.frame["WEIGHT"].tolist() == [63.9, 48.8]
    assert [query for query in typed.queries if query.column == "WEIGHT"] == []


def test_the_line_by_which_excel_declares_its_delimiter(
    tmp_path: Path, make_mapping: MakeMapping
) -> None:
    path = tmp_path / "dm.csv"
    path.write_text("sep=;\r\nSUBJID;SITEID\r\nS1;01\r\n")
    keys = dict(KEY.findall(refuse(path, make_mapping())))
    assert read_text_table(path, make_mapping(**keys)).to_numpy().tolist() == [["S1", "01"]]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
def test_another_encoding(encoding: str, tmp_path: Path, make_mapping: MakeMapping) -> None:
    path = tmp_path / "dv.csv"
    path.write_bytes(TEXT.encode(encoding))
    message = refuse(path, make_mapping())
    named = "cp1252" if encoding == "latin-1" else encoding
    assert named in message
    for key in {named, encoding}:
        table = read_text_table(path, make_mapping(encoding=key))
        assert table.to_numpy().tolist() == [["S1", "Dosis überschritten"]]


@pytest.mark.parametrize(
    ("encoding", "word"), [("gb18030", "肺炎"), ("big5", "肺炎"), ("shift_jis", "肺炎①")]
)
def test_eastern_encodings(
    encoding: str, word: str, tmp_path: Path, make_mapping: MakeMapping
) -> None:
    path = tmp_path / "ae.csv"
    path.write_bytes(f"SUBJID,AETERM\nS1,{word}\n".encode(CODEC_OF[encoding]))
    assert encoding in refuse(path, make_mapping())
    assert read_text_table(path, make_mapping(encoding=encoding))["AETERM"].item() == word


@pytest.mark.parametrize(
    ("table", "column", "cell", "iso"),
    [
        ("mrs", "MRSDTC", "11.04.2026", "2026-04-11"),
        ("mrs", "MRSDTC", "2026/04/11", "2026-04-11"),
        ("mrs", "MRSDTC", "20260411", "2026-04-11"), ("mrs", "MRSDTC", "11APR2026", "2026-04-11"),
        ("mrs", "MRSDTC", "2026-04-11T03:52", "2026-04-11"),
        ("bl", "LKWDTC", "11.04.2026 03:52", "2026-04-11T03:52"),
        ("bl", "LKWDTC", "11APR2026:03:52:00", "2026-04-11T03:52"),
    ],
)  # fmt: skip
def test_dates_in_another_form(
    layout: Layout, make_mapping: MakeMapping, table: str, column: str, cell: str, iso: str
) -> None:
    cells = [cell] * 20
    ids = [f"S{number}" for number in range(20)]
    texts = pd.DataFrame({c: [""] * 20 for c in layout.tables[table].columns}, dtype=str)
    texts = texts.assign(SUBJID=ids, **{column: cells})
    typed = type_table(table, layout.tables[table], texts)
    (message,) = [finding for finding in typed.fatal if column in finding]
    found = re.search(r'Set tables\.(\w+)\.dates\.(\w+): "(.+?)"', message)
    assert found is not None
    mapping = make_mapping(tables={found[1]: {"dates": {found[2]: found[3]}}})
    check_mapping(mapping, layout)
    required = [name for name in layout.tables[table].required_key if name != "SUBJID"]
    texts = texts.assign(**dict.fromkeys(required, "1"))
    mapped = map_layout(layout, mapping).tables[table]
    codes = {name: mapped.columns[name].model_copy(update={"codes": ()}) for name in required}
    mapped = mapped.model_copy(update={"columns": {**mapped.columns, **codes}})
    values = type_table(table, mapped, texts).frame[column]
    assert values.tolist() == [pd.Timestamp(iso)] * 20


@pytest.mark.parametrize(
    ("tables", "finding"),
    [
        (
            {"mrs": {"dates": {"MRS": "%Y"}}},
            "tables.mrs.dates.MRS: no such column of dates",
        ),
        ({"mrs": {"dates": {"MRSDTC": "dd.mm.yyyy"}}}, "tables.mrs.dates.MRSDTC: 'dd.mm.yyyy'"),
        ({"mrs": {"dates": {"MRSDTC": "%m/%Y"}}}, "the column needs a day"),
        ({"bl": {"dates": {"LKWDTC": "%d/%m/%Y"}}}, "the column needs a time"),
        ({"dm": {"file": "a.csv", "source": "a"}}, "tables.dm: file and source are given"),
    ],
)
def test_what_the_mapping_cannot_mean(
    layout: Layout, make_mapping: MakeMapping, tables: dict[str, object], finding: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        check_mapping(make_mapping(tables=tables), layout)
    assert finding in str(caught.value)
