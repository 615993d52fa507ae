"""A blinded run does not open the allocation lists that lie beside its export, nor leave a trace.

One project is run to its end, shown as a Snakemake report, and run with faults; then every byte
that was written below it is searched.
"""

from __future__ import annotations

import base64
import gzip
import zlib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.projects.blinded_project import LISTS, MARK, Watched, watch
from tests.projects.trace_search import find_words
from tests.projects.workflow_project import Outcome, Project, check_stopped

STAMP = "DUMMY ALLOCATION - NOT TRIAL RESULTS"
OPAQUE = ("Q7XGROUPUVZ9", "Q7XGROUPWVZ9")
"""Codes of two arms that stand in a column of the export."""


@pytest.fixture(scope="module")
def watched(fresh: Project, tmp_path_factory: pytest.TempPathFactory) -> Watched:
    """A project that was run blinded to its end, and shown."""
    watched = watch(fresh.copy_to(tmp_path_factory.mktemp("blinded") / "project"))
    outcome = watched.run()
    assert outcome.status == 0, outcome.terminal
    assert STAMP in outcome.terminal
    shown = watched.run("--report", "shown.html")
    assert shown.status == 0, shown.terminal
    return watched


@pytest.fixture(scope="module")
def agreements(watched: Watched) -> dict[str, float]:
    """The share of true arms, by table and column of that run."""
    return watched.agreements()


def put_an_allocation_into(project: Project) -> None:
    lines = project.lines("data/edc/rand.csv")
    cells = ["Randomization Group", *(OPAQUE[i % 2] for i in range(len(lines) - 1))]
    added = [f"{line.rstrip()},{cell}\n" for line, cell in zip(lines, cells, strict=True)]
    project.write_lines("data/edc/rand.csv", added)


@pytest.fixture(scope="module")
def refused(watched: Watched, agreements: dict[str, float]) -> dict[str, Outcome]:
    """Three runs in the same folder that are stopped, by what is wrong; the inputs are restored."""
    project, ends = watched.project, {}
    table, mapping = (project.root / file for file in ("data/edc/rand.csv", "config/edc.yaml"))
    whole, plain = table.read_bytes(), mapping.read_bytes()
    put_an_allocation_into(project)
    ends["an arm in the export"] = watched.run()
    check_stopped(project, ends["an arm in the export"])
    table.write_bytes(whole[:-1])
    ends["a table cut off"] = watched.run()
    table.write_bytes(whole)
    project.edit("config/edc.yaml", "unblinding_dir: null", f"unblinding_dir: {LISTS}")
    ends["lists without a record"] = watched.run()
    mapping.write_bytes(plain)
    return ends


def test_the_dummy_allocation_is_not_the_true_one(agreements: dict[str, float]) -> None:
    assert {"adsl.parquet, TRT01P", "adsl.parquet, TRT01A", "adqs.parquet, TRT01P"} <= set(
        agreements
    )
    # Two independent drawings of 60 agree in half of them.
    assert {name: share for name, share in agreements.items() if not 0.25 < share < 0.75} == {}


def test_an_arm_in_the_export_is_named_without_its_cells(refused: dict[str, Outcome]) -> None:
    outcome = refused["an arm in the export"]
    assert outcome.status == 1
    assert outcome.jobs == ["Checking the lock", "Reading the export"]
    assert "rand.csv, column Randomization Group (60 cell(s) filled): " in outcome.message
    assert not any(word in outcome.terminal for word in OPAQUE)


def test_lists_without_a_record_stop_the_run(refused: dict[str, Outcome]) -> None:
    outcome = refused["lists without a record"]
    assert outcome.status == 1
    assert outcome.jobs == []
    assert "unblinding_dir is given, but neither an unblinding record" in outcome.message


def test_no_list_was_ever_opened(watched: Watched, refused: dict[str, Outcome]) -> None:
    assert [end.status for end in refused.values()] == [1, 1, 1]
    assert not watched.record.exists(), watched.record.read_text(encoding="utf-8")


def test_no_trace_of_the_lists_is_left(watched: Watched, refused: dict[str, Outcome]) -> None:
    written = watched.written()
    names = {path.relative_to(watched.project.root).parts[0] for path in written}
    assert {"out", ".snakemake", "shown.html", "terminals"} <= names
    assert find_words(written, [*watched.words(), *OPAQUE]) == []


# --- the search and the watch themselves ----------------------------------------------------------


def test_the_search_looks_into_a_report_that_shows_all(watched: Watched) -> None:
    found = find_words([watched.project.root / "shown.html"], [STAMP])
    assert any("base64" in where for where in found)


def test_the_watch_sees_a_list_that_is_opened(fresh: Project, tmp_path: Path) -> None:
    watched = watch(fresh.copy_to(tmp_path / "project"))
    lists = {"unblinding_dir": LISTS, "rehearsal": "true"}
    assert watched.run("-n", config=lists).status == 0
    assert f"{LISTS}/randomisation_list.csv" in watched.record.read_text(encoding="utf-8")


def test_the_search_finds_what_is_packed(tmp_path: Path) -> None:
    text = f"0001,MPSS,{MARK}0001"
    frame = pa.table({"NOTE": [text] * 3}, metadata={"note": "plain"})
    pq.write_table(frame, tmp_path / "a.parquet", compression="zstd")
    pq.write_table(frame.replace_schema_metadata({"x": text}), tmp_path / "b.parquet")
    (tmp_path / "c.gz").write_bytes(gzip.compress(text.encode()))
    squeezed = zlib.compress(text.encode())
    (tmp_path / "d.pdf").write_bytes(b"stream\n" + squeezed + b"\nendstream")
    encoded = base64.b64encode(squeezed).decode()
    (tmp_path / "e.html").write_text(f"src='data:x;base64,{encoded}'", encoding="utf-8")
    (tmp_path / base64.urlsafe_b64encode(text.encode()).decode()).write_bytes(b"named")
    (tmp_path / "f.txt").write_bytes(text.encode("utf-16"))
    found = find_words(sorted(tmp_path.iterdir()), [MARK])
    assert {Path(where.partition(": ")[0]).name for where in found} == {
        path.name for path in tmp_path.iterdir()
    }
