"""The jobs of the commands for a mapping: what tells an arm is refused, and nothing is written."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from analysis.config.load import parse_model
from analysis.config.mapping import Mapping
from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.kinds import KINDS
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.jobs.mapping.check_edc import check_mapping_of_export
from analysis.jobs.mapping.map_edc import map_export
from analysis.jobs.mapping.show_mapping import show_queries
from analysis.run.settings.beginning import PLAIN

TOP = Path(__file__).parents[4]
SUBJECTS = [f"01-{number:03d}" for number in range(1, 25)]
RunJob = Callable[..., int]


@pytest.fixture
def export(tmp_path: Path) -> Path:
    folder = tmp_path / "edc"
    folder.mkdir()
    rows = [f"{s},{50 + i},note {i}" for i, s in enumerate(SUBJECTS)]
    text = "\n".join(["SUBJID,Age in years,Remarks", *rows, ""])
    (folder / "Demographics.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def run_job(tmp_path: Path, export: Path) -> RunJob:
    """Run the job of a command, with keys of the mapping; return the status of its process."""

    def run(command: Callable[..., None], **keys: object) -> int:
        (tmp_path / "out" / "logs").mkdir(parents=True, exist_ok=True)
        files = [str(path) for path in sorted(export.iterdir())]
        plan = str(TOP / "config" / "trial.yaml")
        mapping = parse_model(Mapping, {**PLAIN, "edc_dir": str(export), **keys}, "test")
        inputs = _Inputs([*files, plan])
        inputs.export, inputs.plan = files, plan
        params = SimpleNamespace(
            mapping=mapping.model_dump_json(), mapping_hash="0" * 64, simulated=False,
            mapping_file=str(TOP / "config" / "edc.yaml"),
        )  # fmt: skip
        task = SimpleNamespace(
            rule="x", input=inputs, output=[], params=params,
            log=[str(tmp_path / "out" / "logs" / "x.log")],
        )  # fmt: skip
        try:
            command(task)
        except SystemExit as end:
            return int(str(end.code))
        return 0

    return run


class _Inputs(list[str]):
    """Inputs as the workflow engine holds them: a list of which some have a name."""

    export: list[str]
    plan: str


def read_written(folder: Path) -> str:
    return "".join(p.read_text(encoding="utf-8") for p in folder.rglob("*") if p.is_file())


def test_a_mapping_is_written(run_job: RunJob, tmp_path: Path) -> None:
    assert run_job(map_export) == 0
    written = (tmp_path / "out" / "mapping" / "edc.yaml").read_text(encoding="utf-8")
    assert 'AGE: "Age in years"' in written


@pytest.mark.parametrize("command", [map_export, check_mapping_of_export, show_queries])
def test_an_export_with_arms_is_refused(
    run_job: RunJob, export: Path, tmp_path: Path, command: Callable[..., None]
) -> None:
    arms = [f"{s},{'AB'[i % 2]}" for i, s in enumerate(SUBJECTS)]
    (export / "allocation.csv").write_text("\n".join(["SUBJID,ARM", *arms, ""]), encoding="utf-8")
    assert run_job(command) == 1
    assert "holds what looks like the allocation" in read_written(tmp_path / "out" / "logs")
    written = read_written(tmp_path / "out" / "mapping")
    if command is check_mapping_of_export:  # the page says why, and shows nothing of the export
        shown = written.partition('<h2 id="signature">')[0]
        assert "<li>allocation.csv, " in shown
        assert "Demographics.csv" not in shown
        assert "<table" not in shown
    else:
        assert written == ""


@pytest.mark.parametrize("command", [check_mapping_of_export, show_queries])
def test_a_declared_source_that_is_not_there_is_all_that_is_said(
    run_job: RunJob, tmp_path: Path, command: Callable[..., None]
) -> None:
    sources = {"dm": {"file": "demographic.csv", "delimiter": ";"}}
    assert run_job(command, sources=sources) == 1
    said = read_written(tmp_path / "out" / "logs")
    assert "Files that resemble it: Demographics.csv." in said
    assert len({line for line in said.splitlines() if line.startswith("  - ")}) == 1
    page = read_written(tmp_path / "out" / "mapping")
    if command is check_mapping_of_export:
        assert "sources that the export lacks" in page
        assert "<li>source dm: the export holds no file demographic.csv" in page
    else:
        assert page == ""


def test_a_refusal_names_every_source_that_cannot_be_read(
    run_job: RunJob, export: Path, tmp_path: Path
) -> None:
    for name in ("allocation", "mrs", "dd"):
        (export / f"{name}.csv").write_text("SUBJID,ARM\nS1\n", encoding="utf-8")
    assert run_job(map_export) == 1
    said = read_written(tmp_path / "out" / "logs")
    assert [n for n in ("allocation", "mrs", "dd") if f"- {n}.csv" not in said] == []


def test_the_texts_of_columns_are_written_beside_the_mapping(
    run_job: RunJob, export: Path, tmp_path: Path
) -> None:
    rows = [f"{s},{'男女'[i % 2]},Anna Weber {'x' * i},note" for i, s in enumerate(SUBJECTS)]
    text = "\n".join(["SUBJID,Sex,Patient name,Form", *rows, ""])
    (export / "More.csv").write_text(text, encoding="utf-8")
    assert run_job(map_export) == 0
    page = (tmp_path / "out" / "mapping" / "texts.html").read_text(encoding="utf-8")
    assert "女 (12); 男 (12)" in page
    assert "note (24)" in page
    assert "99-999 (24)" in page
    assert "Weber" not in page
    assert "01-001" not in page


def test_each_source_is_read_once_for_the_page(
    run_job: RunJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    read_rows = KINDS[".csv"].read

    def count(file: SourceFile, part: str, options: ReadOptions) -> LabelledTable:
        read.append(file.name)
        return read_rows(file, part, options)

    monkeypatch.setitem(KINDS, ".csv", dataclasses.replace(KINDS[".csv"], read=count))
    assert run_job(check_mapping_of_export) == 1
    assert read == ["Demographics.csv"]


def test_the_page_holds_every_finding(run_job: RunJob, tmp_path: Path) -> None:
    assert run_job(check_mapping_of_export) == 1
    page = (tmp_path / "out" / "mapping" / "mapping.html").read_text(encoding="utf-8")
    assert "table rand: no file in the export" in page
    assert "table mrs: no file in the export" in page
