"""Text files of every kind that the mapping can describe: the same cells to both readings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from analysis.config import Mapping
from analysis.qc.from_export.reading.files import read_file
from analysis.qc.from_export.reading.mapping import describe_table
from analysis.qc.from_export.reading.sources.pieces import list_pieces
from tests.unit.qc.from_export.reading.queries.both_engines import map_table, require_same

KEYS = {"key": ["SUBJ", "V"], "item": "ITEM", "value": "VAL"}
CASES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "tabs": ("a.tsv", "SUBJID\tSEX\nS1\tM, or F\n", {}),
    "tabs in .tab": ("a.tab", 'SUBJID\tSEX\n"S1"\t"M"\n\nS2\tF\n', {}),
    "another separator in .tsv": ("a.tsv", "SUBJID;SEX\nS1;M\n", {"delimiter": ";"}),
    "another quote": ("a.csv", "SUBJID,SEX\n'S,1','it''s'\n\"S2\",F\n", {"quote": "'"}),
    "no quote": ("a.csv", 'SUBJID,SEX\nS1,5" M\nS2,"\n', {"quote": ""}),
    "a header below": ("a.csv", 'Study,"x\n\nSUBJID,SEX\nS1,M\n', {"header_row": 3}),
    "words below the header": (
        "a.csv", "SUBJID,SEX\nSubject,Sex at birth\n\nid,text\nS1,M\nS2,F\n", {"label_rows": 2},
    ),
    "both": ("a.csv", "Study\nSUBJID,SEX\nSubject,Sex\nS1,M\n", {"header_row": 2, "label_rows": 1}),
    "names that repeat": (
        "a.csv", '"SUBJID",SEX,Date,sex,"date ",DATE\nS1,M,a,"b,c",d,e\n',
        {"repeated_headers": "number"},
    ),
    "names that repeat, and words below": (
        "a.tsv", "\nSUBJID\tSEX\tSEX\nSubject\tNow\tThen\nS1\tM\tF\n",
        {"repeated_headers": "number", "label_rows": 1},
    ),
    "titles above the names": (
        "a.csv", 'Trial\n,,"A, 1",,B,\n\n,,,WEIGHT,u\nSUBJID,SEX,c,,d,e\nS1,M,1,70,2,3\n',
        {"header_rows": [2, 4, 5]},
    ),
    "titles, names that repeat": (
        "a.tsv", "\t\tA\t\tA\nSUBJID\tSEX\tx\ty\tX\nS1\tM\t1\tF\t2\n",
        {"header_rows": [1, 2], "repeated_headers": "number"},
    ),
    "the separator declared": ("a.csv", "sep=;\nSUBJID;SEX\nS1;M\n", {"delimiter": ";"}),
    "Windows letters as Latin-1": ("a.csv", "SUBJID,SEX\nS1,“€”\n", {"encoding": "latin-1"}),
    "one value a row": (
        "a.csv",
        "SUBJ,V,item,Val\nS2,1,sex,M\nS1,1,SUBJID,x\nS2,1,sex,M\nS2,2,SUBJID,y\nS2,2,sex,\n",
        {"rows_by": KEYS},
    ),
    "one value a row, with its unit": (
        "a.csv",
        "SUBJ,V,ITEM,VAL,unit,Day\nS1,1,SUBJID,S1,,2\nS1,1,SEX,M,x,\nS1,1,SEX,M,,3\n",
        {"rows_by": KEYS | {"beside": ["UNIT", "day"]}},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_both_read_the_same(mapping: Mapping, tmp_path: Path, name: str) -> None:
    file, text, keys = CASES[name]
    encoding = "cp1252" if keys.get("encoding") == "latin-1" else "utf-8"
    (tmp_path / file).write_bytes(text.encode(encoding))
    spec = {"source": "subjects", "rows": "1 = 1"}
    mapped = map_table(mapping, "dm", spec, subjects={"file": file, **keys})
    assert require_same(tmp_path, mapped, "dm")


@pytest.mark.parametrize("name", CASES)
def test_a_table_that_no_query_makes_is_read_so_too(
    mapping: Mapping, tmp_path: Path, name: str
) -> None:
    file, text, keys = CASES[name]
    encoding = "cp1252" if keys.get("encoding") == "latin-1" else "utf-8"
    (tmp_path / file).write_bytes(text.encode(encoding))
    mapped = map_table(mapping, "dm", {"source": "subjects"}, subjects={"file": file, **keys})
    found = read_file(list_pieces([tmp_path / file]), describe_table(mapped, "dm"))
    assert found.problem == ""
    assert {"SUBJID", "SEX"} <= set(found.columns)
    assert found.columns["SEX"][0]


def test_names_that_repeat_are_numbered(mapping: Mapping, tmp_path: Path) -> None:
    file, text, keys = CASES["names that repeat"]
    (tmp_path / file).write_text(text, encoding="utf-8")
    mapped = map_table(mapping, "dm", {"source": "subjects"}, subjects={"file": file, **keys})
    found = read_file(list_pieces([tmp_path / file]), describe_table(mapped, "dm"))
    assert list(found.columns) == ["SUBJID", "SEX", "DATE", "SEX (2)", "DATE (2)", "DATE (3)"]
    (tmp_path / file).write_text("SUBJID,N,N (2),N\n1,2,3,4\n", encoding="utf-8")
    found = read_file(list_pieces([tmp_path / file]), describe_table(mapped, "dm"))
    assert found.problem.startswith("a.csv cannot be read")


@pytest.mark.parametrize(
    "text",
    [
        "SUBJ,V,ITEM,VAL\nS1,1,SEX,M\nS1,1,SEX,F\n",
        "SUBJ,V,ITEM,VAL\nS1,1,,M\n",
        "SUBJ,V,ITEM,VAL\nS1,1,subj,M\n",
        "SUBJ,V,THING,VAL\nS1,1,SEX,M\n",
    ],
)
def test_values_that_cannot_stand_side_by_side_are_a_problem(
    mapping: Mapping, tmp_path: Path, text: str
) -> None:
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    keys = {"file": "a.csv", "rows_by": KEYS}
    mapped = map_table(mapping, "dm", {"source": "subjects"}, subjects=keys)
    found = read_file(list_pieces([tmp_path / "a.csv"]), describe_table(mapped, "dm"))
    assert found.problem.startswith("a.csv cannot be read")
    assert not found.is_foreign
