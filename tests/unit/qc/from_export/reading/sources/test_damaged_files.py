"""Files cut off anywhere: the check says that it cannot read them, or reads what is there."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from analysis.config import Mapping
from analysis.qc.from_export.reading.files import read_piece
from analysis.qc.from_export.reading.sources.pieces import list_pieces
from analysis.qc.from_export.reading.sources.written import describe_writing
from tests.unit.edc.sources.cdisc.dataset_json.test_reader import lines, whole
from tests.unit.edc.sources.cdisc.odm.examples import STUDY, clinical, subject, wrap
from tests.unit.edc.sources.workbooks.handmade import opendocument as ods
from tests.unit.edc.sources.workbooks.handmade.compound import label, xls
from tests.unit.edc.sources.workbooks.handmade.packages import pack, rows, texts, xlsx

FRAME = pd.DataFrame({"SUBJID": ["S1", "S2"], "MRS": [3.0, 4.0]})
FILES: dict[str, Callable[[Path], object]] = {
    "x.xlsx": lambda path: path.write_bytes(xlsx({"S": rows(texts(1, "A"), texts(2, "1"))})),
    "x.ods": lambda path: path.write_bytes(ods.ods(ods.row(ods.texts("A")))),
    "x.xls": lambda path: path.write_bytes(xls(label(0, 0, "A"), label(1, 0, "b"))),
    "x.xml": lambda path: path.write_text(wrap(STUDY + clinical(subject("S1")))),
    "x.json": lambda path: path.write_text(whole()),
    "x.ndjson": lambda path: path.write_text(lines()),
    "x.parquet": FRAME.to_parquet,
    "x.dta": lambda path: pyreadstat.write_dta(FRAME, path),
    "x.sav": lambda path: pyreadstat.write_sav(FRAME, path),
    "x.xpt": lambda path: pyreadstat.write_xport(FRAME, path),
    "x.zip": lambda path: path.write_bytes(pack({"dm.csv": "A\n1\n", "dd.csv": "B\n2\n"})),
    "x.csv.gz": lambda path: path.write_bytes(gzip.compress(b"A\n1\n")),
}
CUTS = 24


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_off_is_never_more_than_a_problem(
    tmp_path: Path, mapping: Mapping, name: str
) -> None:
    path = tmp_path / name
    FILES[name](path)
    content, problems = path.read_bytes(), []
    for cut in range(CUTS):
        path.write_bytes(content[: len(content) * cut // CUTS])
        read = [read_piece(one, describe_writing(mapping, None)) for one in list_pieces([path])]
        problems += [file.problem for file in read if file.problem]
    assert len(problems) > CUTS // 2
    assert all(problem.startswith(name) for problem in problems)
    path.write_bytes(content)
    (*_, last) = (read_piece(p, describe_writing(mapping, None)) for p in list_pieces([path]))
    assert last.problem == ""
