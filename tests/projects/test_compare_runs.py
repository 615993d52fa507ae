"""Two runs of different code: what else than hashes of the code differs is found."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.projects.compare_runs import find_differences
from tests.projects.workflow_project import Project, flip_byte


@pytest.fixture
def results(complete: Project, tmp_path: Path) -> Path:
    """A copy of the results of a complete run."""
    return Path(shutil.copytree(complete.results, tmp_path / "results"))


def exchange_hashes(results: Path) -> None:
    """Give every hash of the code another value, wherever it stands."""
    manifest = json.loads((results / "manifest.json").read_text(encoding="utf-8"))
    analyses = json.loads((results / "analyses" / "safety.json").read_text(encoding="utf-8"))
    own = [manifest["code_hash"], manifest["fingerprint"], analyses["provenance"]["code"]]
    texts = [results / name for name in ("manifest.json", "report.html")]
    for path in [*texts, *(results / "analyses").glob("*.json")]:
        text = path.read_text(encoding="utf-8")
        for each in own:
            text = text.replace(each, each[::-1])
        path.write_text(text, encoding="utf-8")


def test_hashes_of_the_code_may_differ(complete: Project, results: Path) -> None:
    exchange_hashes(results)
    assert (results / "report.html").read_bytes() != complete.outputs()["report.html"]
    assert find_differences(complete.results, results) == []


@pytest.mark.parametrize("name", ["ard.csv", "qc.csv", "tables/t_primary.rtf", "report.html"])
def test_one_changed_byte_is_found(complete: Project, results: Path, name: str) -> None:
    flip_byte(results / name)
    assert find_differences(complete.results, results) == [f"{name}: differs"]


def test_one_changed_word_of_the_document_is_found(complete: Project, results: Path) -> None:
    source, target = complete.results / "report.docx", results / "report.docx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"Placebo", b"Verum", 1))
    assert find_differences(complete.results, results) == ["report.docx: differs"]


def test_files_that_came_or_went_are_named(complete: Project, results: Path) -> None:
    (results / "qc.csv").rename(results / "more.csv")
    assert find_differences(complete.results, results) == [
        f"qc.csv: only in {complete.results}",
        f"more.csv: only in {results}",
    ]


def test_another_entry_of_the_manifest_is_named(complete: Project, results: Path) -> None:
    path = results / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**manifest, "seeds": {"x": 1}}), encoding="utf-8")
    assert find_differences(complete.results, results) == ["manifest.json: seeds"]
