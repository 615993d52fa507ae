"""A configuration file is read whole and strictly; what is wrong is said in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.config import load_mapping, load_plan
from analysis.config.load import parse_model, read_yaml
from analysis.config.plan import Plan

CONFIG = Path(__file__).parents[3] / "config"

EditPlan = Callable[[str, str], Path]
MessageOf = Callable[..., str]
WriteYaml = Callable[..., Path]


@pytest.mark.parametrize(
    ("name", "registry_id", "n"),
    [("trial.yaml", "NCT07141303", 1060), ("trial-phase2.yaml", "NCT07516522", 210)],
)
def test_the_shipped_plans_load(name: str, registry_id: str, n: int) -> None:
    plan = load_plan(CONFIG / name)
    assert (plan.trial.registry_id, plan.trial.n_randomised) == (registry_id, n)
    assert plan.arms.codes == ("MPSS", "PLACEBO")
    assert plan.outcome.levels == tuple(range(7))


def test_the_shipped_plans_differ_in_the_trial_its_size_and_the_demonstration_alone() -> None:
    phase3, phase2 = (load_plan(CONFIG / name) for name in ("trial.yaml", "trial-phase2.yaml"))
    differ = {"trial": True, "demo": True, "inference": {"adjusted_residuals"}}
    assert phase2.model_dump(exclude=differ) == phase3.model_dump(exclude=differ)
    assert phase3.inference.adjusted_residuals == "fitted"
    assert phase2.inference.adjusted_residuals == "leave_one_out"


def test_the_shipped_mapping_is_the_demonstration_trial() -> None:
    mapping = load_mapping(CONFIG / "edc.yaml")
    assert (mapping.edc_dir, mapping.unblinding_dir, mapping.rehearsal) == (None, None, False)
    assert mapping.tables == {}


def test_values_of_the_command_line_go_over_the_file() -> None:
    mapping = load_mapping(CONFIG / "edc.yaml", {"edc_dir": "in", "rehearsal": True})
    assert (mapping.edc_dir, mapping.rehearsal, mapping.encoding) == ("in", True, "utf-8")


# --- the file -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a: \xb7\xbd\n", "cannot be read as UTF-8 text"),
        ("a: 1\n".encode("utf-16"), "cannot be read as UTF-8 text"),
        (b"a: [1, 2\n", "not valid YAML"),
        (b"a:\n\t- 1\n", "not valid YAML"),
        (b"a: 1\x00\n", "not valid YAML"),
        (b"a: !!python/name:os.system\n", "not valid YAML"),
        (b"a: 1\n---\nb: 2\n", "not valid YAML"),
        (b"? [a]\n: b\n", "line 1: a key must be a text, not a list or a block"),
        (b"a: " + b"[" * 1000, "not valid YAML"),
        (b"", "must be a mapping of keys to values"),
        (b"# nothing\n", "must be a mapping of keys to values"),
        (b"- a\n- b\n", "must be a mapping of keys to values"),
        (b"text\n", "must be a mapping of keys to values"),
    ],
)
def test_what_is_no_configuration_file(
    write_yaml: WriteYaml, message_of: MessageOf, content: bytes, reason: str
) -> None:
    path = write_yaml(content)
    message = message_of(read_yaml, path)
    assert message.startswith(f"{path}: ")
    assert reason in message


@pytest.mark.parametrize("name", ["absent.yaml", "trial.yaml/below.yaml"])
def test_an_absent_file(message_of: MessageOf, name: str) -> None:
    assert message_of(read_yaml, CONFIG / name) == f"{CONFIG / name}: there is no such file"


def test_a_folder_is_no_file(message_of: MessageOf) -> None:
    assert "cannot be read" in message_of(read_yaml, CONFIG)


@pytest.mark.parametrize(
    ("content", "line", "key"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "a"),
        ("a: 1\n'a': 1\n", 2, "a"),
        ("a:\n  b:\n    c: 1\n    d: 1\n    c: 2\n", 5, "c"),
        ("a:\n - {x: 1, y: 2}\n - {x: 1, x: 2}\n", 3, "x"),
    ],
)
def test_a_key_given_twice(
    write_yaml: WriteYaml, message_of: MessageOf, content: str, line: int, key: str
) -> None:
    path = write_yaml(content)
    assert message_of(read_yaml, path) == f"{path}: line {line}: key '{key}' stands twice"


def test_dates_stay_text(write_yaml: WriteYaml) -> None:
    assert read_yaml(write_yaml("a: 2026-01-01\n")) == {"a": "2026-01-01"}


def test_a_byte_order_mark_is_no_part_of_the_first_key(write_yaml: WriteYaml) -> None:
    assert read_yaml(write_yaml(b"\xef\xbb\xbfa: 1\n")) == {"a": 1}


def test_a_block_within_itself(write_yaml: WriteYaml, message_of: MessageOf) -> None:
    assert "not plain keys and values" in message_of(load_plan, write_yaml("trial: &x [*x]\n"))


# --- the keys -----------------------------------------------------------------------------------


def test_every_wrong_key_is_told(plain_plan: dict[str, Any], message_of: MessageOf) -> None:
    plain_plan["safety"]["death_day"] = 0
    plain_plan["inference"]["alpha"] = "0.05"
    del plain_plan["dosing"]["ia_mg"]
    plain_plan["demo"]["sead"] = 1
    heading, *lines = message_of(parse_model, Plan, plain_plan, "plan.yaml").splitlines()
    assert heading == "plan.yaml: the configuration is wrong."
    assert [line.split(":")[0].split(" = ")[0] for line in lines] == [
        "  - inference.alpha", "  - dosing.ia_mg", "  - safety.death_day", "  - demo.sead",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("age_max: 80", "agemax: 80", "eligibility.agemax: unknown key. Did you mean 'age_max'?"),
        ("alpha: 0.05", "alhpa: 0.05", "inference.alhpa: unknown key. Did you mean 'alpha'?"),
        ("safety:\n", "saftey:\n", "saftey: unknown key. Did you mean 'safety'?"),
        (
            "kind: continuous, label: ASPECTS", "kinds: continuous, label: ASPECTS",
            "primary.covariates.2.kinds: unknown key. Did you mean 'kind'?",
        ),
    ],
)  # fmt: skip
def test_a_misspelt_key(
    edit_plan: EditPlan, message_of: MessageOf, old: str, new: str, finding: str
) -> None:
    path = edit_plan(old, new)
    message = message_of(load_plan, path)
    assert f"  - {finding}" in message
    right = old.strip(":\n").split(":")[0]
    assert f"{right}: the key is missing; nothing is assumed in its place" in message


def test_an_unknown_key_tells_what_is_allowed(edit_plan: EditPlan, message_of: MessageOf) -> None:
    message = message_of(load_plan, edit_plan("death_day: 90", "death_day: 90\n  hobby: 1"))
    assert message.endswith(
        "safety.hobby: unknown key. Allowed here: source, haemorrhage_hours, parenchymal_types, "
        "death_day, deterioration, sits_most, early_improvement, hemicraniectomy_terms"
    )


def test_no_line_of_the_plan_can_be_left_out(
    plain_plan: dict[str, Any], message_of: MessageOf
) -> None:
    for block, content in list(plain_plan.items()):
        for key in content:
            changed = {**plain_plan, block: {k: v for k, v in content.items() if k != key}}
            message = message_of(parse_model, Plan, changed, "plan.yaml")
            assert message.endswith(
                f"  - {block}.{key}: the key is missing; nothing is assumed in its place"
            )


def test_no_line_of_the_mapping_can_be_left_out(
    write_yaml: WriteYaml, message_of: MessageOf
) -> None:
    message = message_of(load_mapping, write_yaml("edc_dir: in\n"))
    assert message.count("the key is missing; nothing is assumed in its place") == 8


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("age_min: 18", "age_min: '18'", 'eligibility.age_min = "18": Input should be a valid int'),
        ("age_min: 18", "age_min: 18.5", "eligibility.age_min = 18.5: Input should be a valid int"),
        ("age_min: 18", "age_min: true", "eligibility.age_min = true: Input should be a valid int"),
        ("age_min: 18", "age_min:", "eligibility.age_min = null: Input should be a valid int"),
        ("alpha: 0.05", "alpha: 0,05", 'inference.alpha = "0,05": Input should be a valid number'),
        ("phase: \"3\"", "phase: 3", "trial.phase = 3: Input should be '2', '3', '2/3' or '4'"),
        ("acronym: IMPACT-LVO", "acronym: 1", "trial.acronym = 1: Input should be a valid string"),
        ("run: [sens_pp, ", "run: [[sens_pp], ", "analyses.run.0 = "),
        (
            "lkw_hours_max: 24.0", "lkw_hours_max: .nan",
            "eligibility.lkw_hours_max = NaN: Input should be a finite number",
        ),
        (
            "egfr_min: 30.0", "egfr_min: -.inf",
            "eligibility.egfr_min = -Infinity: Input should be a finite number",
        ),
    ],
)  # fmt: skip
def test_a_value_of_another_type(
    edit_plan: EditPlan, message_of: MessageOf, old: str, new: str, finding: str
) -> None:
    assert finding in message_of(load_plan, edit_plan(old, new))


def test_a_whole_number_is_a_number(edit_plan: EditPlan) -> None:
    assert load_plan(edit_plan("egfr_min: 30.0", "egfr_min: 30")).eligibility.egfr_min == 30


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"format": "doc"}, "format = \"doc\": Input should be 'auto', 'csv', 'tsv', "),
        ({"encoding": "utf-7"}, "encoding = \"utf-7\": Input should be 'utf-8', 'utf-16', "),
        ({"missing_values": [-99]}, "missing_values.0 = -99: Input should be a valid string"),
        ({"edc_dir": ""}, 'edc_dir = "": String should have at least 1 character'),
        (
            {"tables": {"mrs": {"colums": {}}}},
            "tables.mrs.colums: unknown key. Did you mean 'columns'? Allowed here: file, source, ",
        ),
        ({"tables": {"mrs": {"columns": {"MRS": 1}}}}, "tables.mrs.columns.MRS = 1: Input should"),
    ],
)
def test_a_wrong_mapping(message_of: MessageOf, changes: dict[str, Any], finding: str) -> None:
    message = message_of(load_mapping, CONFIG / "edc.yaml", changes)
    assert message.startswith(f"{CONFIG / 'edc.yaml'} with the command line: ")
    assert finding in message


def test_a_long_value_is_shortened(edit_plan: EditPlan, message_of: MessageOf) -> None:
    message = message_of(load_plan, edit_plan("age_min: 18", f"age_min: {'x' * 200}"))
    assert "..." in message
    assert "x" * 100 not in message


@pytest.mark.parametrize(
    ("keys", "finding"),
    [
        ({"units": {"GLUC": 1}}, "tables.bl.units.GLUC = 1: Input should be"),
        ({"units": {"GLUC": {"colum": "u"}}}, "tables.bl.units.GLUC.colum: unknown key. Did you"),
        ({"numbers": {"GLUC": {"below": "third"}}}, "tables.bl.numbers.GLUC.below = "),
        ({"missing_values": {"GLUC": {"-9": 1}}}, "tables.bl.missing_values.GLUC.-9 = 1: Input"),
        ({"missing_values": {"GLUC": [-9]}}, "tables.bl.missing_values.GLUC.0 = -9: Input"),
    ],
)
def test_a_wrong_key_of_cells(message_of: MessageOf, keys: dict[str, Any], finding: str) -> None:
    message = message_of(load_mapping, CONFIG / "edc.yaml", {"tables": {"bl": keys}})
    assert finding in message
    assert "(" not in message.partition(finding[:20])[2].partition(":")[0]


def test_texts_for_missing_values_have_reasons_at_every_level(tmp_path: Path) -> None:
    path = tmp_path / "edc.yaml"
    shipped = (CONFIG / "edc.yaml").read_text(encoding="utf-8")
    keys = (
        "missing_values: {-99: unknown}\n"
        "sources: {labs: {file: labs.csv, missing_values: [-98, No]}}\n"
        "tables: {bl: {missing_values: {MRSPRE: {-97: not applicable}, NIHSSBL: [08]}}}\n"
    )
    path.write_text(shipped.replace("missing_values: []\ntables: {}\n", keys), encoding="utf-8")
    mapping = load_mapping(path)
    assert mapping.missing_values == {"-99": "unknown"}
    assert mapping.sources["labs"].missing_values == ("-98", "No")
    assert mapping.tables["bl"].missing_values == {
        "MRSPRE": {"-97": "not applicable"}, "NIHSSBL": ("08",),
    }  # fmt: skip
