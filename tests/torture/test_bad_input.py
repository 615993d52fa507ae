"""Whole runs on files and queries that cannot be meant: one message, status 1, nothing half made.

In each the table ``mrs`` of the export lies in a source ``visits``, which the mapping names, and
file or query are spoilt. Every message says where, what, by which rule, and what to do.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.projects.workflow_project import Outcome, Project, check_stopped
from tests.unit.edc.reading.bad_files import (
    BOMB,
    ENTITIES,
    LOCKED,
    OUTSIDE,
    add_columns,
    pack,
    write_book,
    write_rows,
)

Tell = Callable[[str], None]
Rows = list[list[str]]
MAPPING = "bad.yaml"
SOURCE = "data/edc/mrs.csv"
SQL = "SELECT * FROM visits"
ENDLESS = "SELECT min(v.SUBJID) AS SUBJID FROM visits AS v, range(9000000000) GROUP BY v.VISIT"
BEFORE = "edc/lock.json"
"""What a job writes that needs no export: whether the data set is locked."""
LONGEST = 4_000
"""Characters of a message: one that is longer is not read."""


def encode(rows: Rows) -> bytes:
    return write_rows(rows).encode()


def repeat_header(rows: Rows) -> bytes:
    return encode([[*rows[0][:-1], rows[0][0]], *rows[1:]])


def mix_encodings(rows: Rows) -> bytes:
    cells = [[*row[:-1], "左侧肢体无力，言语不清"] for row in rows[1:3]]
    return encode([*rows, cells[0]]) + write_rows([cells[1]]).encode("gb18030")


FILES: dict[str, tuple[str, Callable[[Rows], bytes], str]] = {
    "cut short": ("visits.csv", lambda rows: encode(rows)[:-4], r"cut off.*[Ee]xport it again"),
    "a workbook called CSV": ("visits.csv", write_book, r"Excel.*Give it the ending"),
    "text called a workbook": ("visits.xlsx", encode, r"plain text.*rename it to visits\.csv"),
    "text called SAS": ("visits.xpt", encode, r"visits\.xpt.*[Ee]xport"),
    "a password": ("visits.xlsx", lambda _: LOCKED, r"protected by a password.*[Ss]ave"),
    "a header twice": ("visits.csv", repeat_header, r"column SUBJID stands twice.*Export it"),
    "mixed encodings": ("visits.csv", mix_encodings, r"line \d+: the encoding changes.*export it"),
    "100,000 columns": (
        "visits.csv", lambda rows: add_columns(rows).encode(), r"\d{6} fields.*Export",
    ),
    "entities": ("visits.xml", lambda _: ENTITIES.encode(), r"DOCTYPE.*Export"),
    "an entity outside": ("visits.xml", lambda _: OUTSIDE.encode(), r"DOCTYPE.*Export"),
    "a member above the folder": (
        "visits.zip", lambda rows: pack("../visits.csv", encode(rows)),
        r"\.\./visits\.csv.*[Pp]ack",
    ),
    "an archive in an archive": (
        "visits.zip", lambda rows: pack("inner.zip", pack("visits.csv", encode(rows))),
        r"inner\.zip.*[Uu]npack",
    ),
    "a bomb": ("visits.zip", lambda _: pack("visits.csv", BOMB), r"visits\.csv.*[Uu]npack"),
    "cells with errors": (
        "visits.xlsx", lambda rows: write_book(rows, "=NA()", "=1/0", column=rows[0].index("MRS")),
        r"column \w+ \(MRS\): 2 cell.*#N/A.*rows 2, 3.*[Cc]orrect",
    ),
    "nothing": ("visits.csv", lambda _: b"", r"the file is empty.*Export it again"),
}  # fmt: skip
"""By case the file in place of the source, what is in it, and what the message says of it."""

QUERIES: dict[str, tuple[str, str, str]] = {
    "it fails": (
        "SELECT nosuch FROM visits", "table mrs", r'tables\.mrs\.sql.*line 1: .*"nosuch" not found',
    ),
    "it is no SQL": ("SELEC 1", "table mrs", r"tables\.mrs\.sql.*line 1: syntax error"),
    "each row twice": (
        f"{SQL} UNION ALL {SQL}", "table mrs",
        r"rows of visits\.csv more than once.*only one row.*tables\.mrs",
    ),
    "a column lacks": (
        SQL.replace("*", "* EXCLUDE (MRS)"), "visits.csv",
        r"column MRS is missing.*Select it.*tables\.mrs\.sql",
    ),
    "it reads a file": (
        "SELECT * FROM read_csv('data/edc/rand.csv')", "table mrs",
        r"tables\.mrs\.sql.*read_csv: .*no file",
    ),
    "it names no source": (
        "SELECT * FROM visit", "table mrs",
        r"selects from visit, which is no source.*the sources are.*visits",
    ),
    "it never ends": (
        ENDLESS, "table mrs",
        r"not ended after 1 seconds and was stopped.*give it more time: query_seconds",
    ),
}  # fmt: skip
"""By case the query, the place that the message names, and what it says."""


@pytest.fixture
def bad(fresh: Project, tmp_path: Path) -> Project:
    """A project whose export holds its assessments in a source of another name."""
    project = fresh.copy_to(tmp_path / "project")
    (project.root / SOURCE).rename(project.root / "data/edc/visits.csv")
    return project


def read_rows(project: Project) -> Rows:
    return [line.rstrip("\n").split(",") for line in project.lines("data/edc/visits.csv")]


def put(project: Project, name: str, content: bytes) -> None:
    (project.root / "data/edc/visits.csv").unlink()
    (project.root / "data/edc" / name).write_bytes(content)


def run(project: Project, *arguments: str, mrs: dict[str, Any], **keys: Any) -> Outcome:
    """Run with a mapping that has ``mrs`` for the table, beside the shipped keys."""
    shipped = yaml.safe_load((project.root / "config/edc.yaml").read_text(encoding="utf-8"))
    written = yaml.safe_dump({**shipped, **keys, "tables": {"mrs": mrs}})
    (project.root / MAPPING).write_text(written, encoding="utf-8")
    return project.run(*arguments, config={"edc": MAPPING})


def require_refusal(project: Project, outcome: Outcome, place: str, told: str) -> None:
    """The run stopped with one message on a place, as the last thing, and left no output."""
    check_stopped(project, outcome)
    assert set(project.outputs()) <= {BEFORE}
    assert len(outcome.message) < LONGEST
    assert place in outcome.message
    assert re.search(told, outcome.message, re.S), outcome.message


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_cannot_be_what_it_is_taken_for(bad: Project, case: str, tell: Tell) -> None:
    name, spoil, told = FILES[case]
    tell(f"a file: {case}")
    put(bad, name, spoil(read_rows(bad)))
    require_refusal(bad, run(bad, mrs={"source": "visits"}), name, told)


@pytest.mark.parametrize("case", QUERIES)
def test_a_query_that_cannot_be_meant(bad: Project, case: str, tell: Tell) -> None:
    sql, place, told = QUERIES[case]
    tell(f"a query: {case}")
    require_refusal(bad, run(bad, mrs={"sql": sql}, query_seconds=1), place, told)


def test_a_pipe_is_not_waited_for(bad: Project, tell: Tell) -> None:
    tell("a pipe in place of a file")
    (bad.root / "data/edc/visits.csv").unlink()
    os.mkfifo(bad.root / "data/edc/visits.csv")
    outcome = run(bad, mrs={"source": "visits"})
    require_refusal(bad, outcome, "visits.csv", r"a pipe or a device.*(Save|Put|Replace)")


def test_all_that_is_wrong_is_told_together(bad: Project, tell: Tell) -> None:
    tell("a bad file, a bad query and a cut file at once")
    put(bad, "visits.xlsx", LOCKED)
    (bad.root / "data/edc/ae.csv").write_bytes(b"SUBJID,AESEQ\nS1,1")
    outcome = run(bad, mrs={"source": "visits"})
    require_refusal(bad, outcome, "visits.xlsx", r"password")
    assert "ae.csv: " in outcome.message


def test_the_export_as_it_is_can_be_read(bad: Project, tell: Tell) -> None:
    """What is spoilt above is all that is wrong with the project."""
    tell("nothing is spoilt: source and query are read")
    for mrs in ({"source": "visits"}, {"sql": SQL}):
        outcome = run(bad, "--until", "read_edc", mrs=mrs)
        assert outcome.status == 0, outcome.terminal
