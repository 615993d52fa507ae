"""Records of jobs and of the start: what is written is read again, what is damaged is not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analysis.errors import DataError
from analysis.run.hashes import hash_all_code
from analysis.run.job_records.record import (
    RECORDS,
    START,
    JobRecord,
    StartRecord,
    hash_paths,
    read_job_records,
    read_start,
    require_unchanged,
    write_record,
)

JOB = JobRecord(spec="digest", inputs={"../edc/dm.csv": "a"}, outputs={"edc/dm.parquet": "b"})


@pytest.fixture
def start() -> StartRecord:
    files = {"../config/trial.yaml": "c"}
    return StartRecord(
        mode="blinded", export="../edc", code=hash_all_code(), files=files, specs={"read_edc": "d"}
    )


@pytest.fixture
def results(tmp_path: Path, start: StartRecord) -> Path:
    write_record(tmp_path / "out", START, start)
    write_record(tmp_path / "out", "read_edc", JOB)
    return tmp_path / "out"


def test_what_is_written_is_read_again(results: Path, start: StartRecord) -> None:
    assert read_start(results) == start
    assert read_job_records(results) == {"read_edc": JOB}


def test_nothing_is_known_of_a_folder_without_records(tmp_path: Path) -> None:
    assert read_start(tmp_path) is None
    assert read_job_records(tmp_path) == {}
    require_unchanged(tmp_path, [tmp_path / "any.csv"])


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"spec": 1}', None])
def test_a_damaged_record_counts_as_none(results: Path, content: bytes | None) -> None:
    for name in (START, "read_edc"):
        file = results / RECORDS / f"{name}.json"
        file.write_bytes(file.read_bytes()[:-4] if content is None else content)
    assert read_start(results) is None
    assert read_job_records(results) == {}


def test_files_are_known_as_seen_from_the_results(tmp_path: Path) -> None:
    (tmp_path / "a" / "edc").mkdir(parents=True)
    (tmp_path / "a" / "edc" / "dm.csv").write_text("1", encoding="utf-8")
    paths = [Path("edc") / name for name in ("dm.csv", "none.csv")]
    before = hash_paths(tmp_path / "a" / "out", [tmp_path / "a" / path for path in paths])
    assert [*before] == ["../edc/dm.csv", "../edc/none.csv"]
    assert before["../edc/none.csv"] == ""
    shutil.move(tmp_path / "a", tmp_path / "b")
    assert hash_paths(tmp_path / "b" / "out", [tmp_path / "b" / path for path in paths]) == before


def test_every_changed_file_is_named_and_no_other(results: Path, start: StartRecord) -> None:
    edc = results.parent / "edc"
    edc.mkdir()
    given, unknown = edc / "bl.csv", edc / "notes.csv"
    made = results / "edc" / "dm.parquet"
    made.parent.mkdir()
    for path in (given, made, unknown):
        path.write_text("as it was", encoding="utf-8")
    files = hash_paths(results, [given])
    write_record(results, START, start.model_copy(update={"files": files}))
    outputs = hash_paths(results, [made])
    write_record(results, "read_edc", JOB.model_copy(update={"outputs": outputs}))
    require_unchanged(results, [given, made, unknown])
    for path in (given, made, unknown):
        path.write_text("changed", encoding="utf-8")
    with pytest.raises(DataError) as stop:
        require_unchanged(results, [given, made, unknown])
    assert str(stop.value).splitlines()[1:] == [f"  - {given}", f"  - {made}"]
    given.unlink()
    with pytest.raises(DataError, match=r"bl\.csv"):
        require_unchanged(results, [given])
