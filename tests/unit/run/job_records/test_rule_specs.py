"""Rule specifications: settings and script of a rule, and its inputs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from analysis.run.job_records import rule_specs
from analysis.run.job_records.rule_specs import list_inputs, read_rule_specs

TOP = Path(__file__).parents[4]
RULE = re.compile(r"\brule ?(\w*):(.*?)(?=\n\s*rule\b|\Z)", re.DOTALL)


class Params(list[object]):
    """Settings as the workflow engine holds them: a list of which some have a name."""

    def __init__(self, *values: object, **named: object) -> None:
        super().__init__([*values, *named.values()])
        self._named = named

    def items(self) -> list[tuple[str, object]]:
        return list(self._named.items())


@dataclass
class MadeUpRule:
    name: str = "draw"
    input: tuple[str, ...] = ("ard.csv",)
    output: tuple[str, ...] = ("figure.svg",)
    params: Params = field(default_factory=lambda: Params(code="abc", stamp="", sizes=(1, 2)))
    script: str | None = "../scripts/draw.py"


@pytest.fixture(autouse=True)
def scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "scripts"
    folder.mkdir()
    (folder / "draw.py").write_text("draw()\n", encoding="utf-8")
    monkeypatch.setattr(rule_specs, "SCRIPTS", folder)
    return folder


def digest(rule: MadeUpRule) -> str:
    (spec,) = read_rule_specs([rule])
    return spec.digest


def test_a_script_in_a_folder_is_found_there(scripts: Path) -> None:
    (scripts / "queries").mkdir()
    other = scripts / "queries" / "draw.py"
    other.write_text("gather()\n", encoding="utf-8")
    inside = MadeUpRule(script="../scripts/queries/draw.py")
    before = digest(inside)
    assert before != digest(MadeUpRule())
    other.write_text("gather_all()\n", encoding="utf-8")
    assert digest(inside) != before


def test_the_same_rule_has_the_same_digest() -> None:
    assert digest(MadeUpRule()) == digest(MadeUpRule())
    listed = Params(code="abc", stamp="", sizes=[1, 2])
    assert digest(MadeUpRule()) == digest(MadeUpRule(params=listed)), "as JSON holds them"


@pytest.mark.parametrize(
    "params",
    [
        Params(code="abd", stamp="", sizes=(1, 2)), Params(code="abc", stamp="x", sizes=(1, 2)),
        Params("abc", "", (1, 2)), Params(code="abc", stamp="", sizes=(2, 1)), Params(),
    ],
)  # fmt: skip
def test_other_settings_are_another_specification(params: Params) -> None:
    assert digest(MadeUpRule(params=params)) != digest(MadeUpRule())


def test_an_edited_script_is_another_specification(scripts: Path) -> None:
    before = digest(MadeUpRule())
    (scripts / "draw.py").write_text("draw(1)\n", encoding="utf-8")
    assert digest(MadeUpRule()) != before


def test_rules_that_make_nothing_have_no_specification() -> None:
    rules = [MadeUpRule(name="all", output=(), script=None), MadeUpRule()]
    assert [spec.rule for spec in read_rule_specs(rules)] == ["draw"]


class Inputs(list[str]):
    """Inputs as the workflow engine holds them."""

    plan = "config/trial.yaml"


def test_the_plan_is_no_input_of_a_specification() -> None:
    found = list_inputs(Inputs(["adam/adsl.parquet", "config/trial.yaml"]))
    assert found == (Path("adam/adsl.parquet"),)
    assert list_inputs(["a", "b"]) == (Path("a"), Path("b"))


def test_the_rule_of_the_report_has_all_that_results_depend_on_among_its_settings() -> None:
    rules = (TOP / "workflow" / "rules" / "display.smk").read_text(encoding="utf-8")
    (body,) = (body for name, body in RULE.findall(rules) if name == "build_report")
    assert "description=describe_run(run)" in body


def test_every_rule_that_reads_the_plan_has_it_among_its_settings() -> None:
    by_content = ("run.plan_hash", "run.describe(", "describe_run(run)", "settings=run.inputs")
    reading = [
        name or body
        for file in sorted((TOP / "workflow" / "rules").glob("*.smk"))
        for name, body in RULE.findall(file.read_text(encoding="utf-8"))
        if "plan=run.plan_file" in body and not any(each in body for each in by_content)
    ]
    assert reading == []
