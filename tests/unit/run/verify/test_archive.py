"""An archive is read whole or refused, and every output beside it is held against its manifest."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import ConfigError
from analysis.run.hashes import hash_file
from analysis.run.verify.archive import find_edited, read_archive
from tests.unit.run.verify.archived_run import ENTRIES, ArchivedRun


def test_a_manifest_says_outputs_and_what_they_came_from(tmp_path: Path) -> None:
    archive = ArchivedRun(tmp_path).write()
    assert list(archive.outputs) == ["ard.csv", "report.html"]
    assert archive.entries == ENTRIES
    assert archive.sha256 == hash_file(tmp_path / "manifest.json")
    assert find_edited(archive) == []


def test_edited_and_missing_outputs_are_named(tmp_path: Path) -> None:
    archive = ArchivedRun(tmp_path).write()
    with (tmp_path / "ard.csv").open("a", encoding="utf-8") as file:
        file.write(" ")
    (tmp_path / "report.html").unlink()
    assert find_edited(archive) == [
        "archive: ard.csv was edited since the manifest was written",
        "archive: report.html is missing",
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"outputs": {"ard.csv": "ab', "no valid JSON, so cut off or damaged"),
        (b"\xff\xfe", "no valid JSON, so cut off or damaged"),
        (b"[" * 100_000, "no valid JSON, so cut off or damaged"),
        (b"[]", "damaged, or no manifest of a run"),
        (b"{}", "damaged, or no manifest of a run"),
        (b'{"outputs": {}}', "damaged, or no manifest of a run"),
        (b'{"outputs": {"ard.csv": "abc"}}', "damaged, or no manifest of a run"),
        (b'{"outputs": {"ard.csv": 1}}', "damaged, or no manifest of a run"),
    ],
)
def test_a_damaged_manifest_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "manifest.json"
    file.write_bytes(content)
    with pytest.raises(ConfigError, match=words):
        read_archive(file)


def test_a_manifest_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no such file\. There is nothing to verify: make a run"):
        read_archive(tmp_path / "manifest.json")


def test_a_folder_in_place_of_a_manifest(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_archive(tmp_path)


def test_withdrawn_results_are_called_so(tmp_path: Path) -> None:
    ArchivedRun(tmp_path / "withdrawn").write()
    with pytest.raises(ConfigError, match=r"The results were withdrawn .*WHY\.txt"):
        read_archive(tmp_path / "manifest.json")
