"""Keys and declared texts as they stand in the file; numbers and truths that cannot be doubted."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from analysis.config import load_mapping
from analysis.config.core_yaml import load_core_yaml
from analysis.config.load import read_yaml
from analysis.errors import ConfigError

EDC = Path(__file__).parents[3] / "config" / "edc.yaml"
MessageOf = Callable[..., str]
WriteYaml = Callable[..., Path]

DOUBTFUL = (
    "yes", "Yes", "no", "No", "NO", "on", "off", "y", "N", "01", "010", "0o7", "0x10", "0b1",
    "1_000", "10:30", "1:20:30", "2026-04-11", "2026-04-11T03:52", "=", "tRue",
)  # fmt: skip
"""What YAML 1.1 or 1.2 takes for something else than the text that stands there."""


@pytest.mark.parametrize("text", DOUBTFUL)
def test_what_can_be_doubted_is_a_text(text: str) -> None:
    assert load_core_yaml(f"{text}: {text}\n") == {text: text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True), ("False", False), ("TRUE", True), ("0", 0), ("-12", -12), ("+3", 3),
        ("1.5", 1.5), ("-.5", -0.5), ("5.", 5.0), ("1e3", 1000.0), ("1E-3", 0.001),
        (".inf", math.inf), ("-.Inf", -math.inf), ("null", None), ("~", None), ("", None),
        ("'1'", "1"), ('"no"', "no"),
        ("!!str 1", "1"), ("!!int '7'", 7),
    ],
)  # fmt: skip
def test_what_cannot(text: str, value: object) -> None:
    found = load_core_yaml(f"a: {text}\n")["a"]
    assert found == value
    assert type(found) is type(value)


def test_a_number_that_is_none() -> None:
    assert math.isnan(load_core_yaml("a: .NaN")["a"])


@pytest.mark.parametrize("text", ["!!bool yes", "!!int 0x10", "!!int 010", f"!!int {'9' * 5000}"])
def test_a_tag_does_not_bring_the_old_rules_back(text: str) -> None:
    with pytest.raises(ConfigError, match=r"^line 1: .* is not written as its tag says$"):
        load_core_yaml(f"a: {text}")


@pytest.mark.parametrize("text", ["1", "true", "1.50", "~", "null", "NULL", "2026-01-01", ".nan"])
def test_keys_are_the_texts_that_stand_there(text: str) -> None:
    assert load_core_yaml(f"{text}: a\n") == {text: "a"}


def test_keys_that_differ_as_texts_are_two() -> None:
    assert load_core_yaml("{1: a, 01: b, 1.0: c}") == {"1": "a", "01": "b", "1.0": "c"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a: 1\n<<: {b: 2}\n", "line 2: '<<' does not merge"),
        ("a:\n  ?\n  : 1\n", "line 2: the key before ':' is missing"),
        ("a: 1\n? {b: c}\n: d\n", "line 2: a key must be a text"),
    ],
)
def test_what_is_no_key(content: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        load_core_yaml(content)


MAP = "tables:\n  bl:\n    values:\n      HTN: {%s}\n"


@pytest.fixture
def load(write_yaml: WriteYaml) -> Callable[[str], Any]:
    """Load the shipped mapping with its tables replaced."""
    shipped = EDC.read_text(encoding="utf-8")

    def build(tables: str) -> Any:
        return load_mapping(write_yaml(shipped.replace("tables: {}\n", tables)))

    return build


def test_code_maps_hold_what_stands_in_the_file(load: Callable[[str], Any]) -> None:
    mapping = load(MAP % "Yes: Y, No: N, NO: N, 01: 1, 010: 010, 1.50: 1.50, true: no, null: '~'")
    assert mapping.tables["bl"].values["HTN"] == {
        "Yes": "Y", "No": "N", "NO": "N", "01": "1", "010": "010", "1.50": "1.50", "true": "no",
        "null": "~",
    }  # fmt: skip


def test_texts_for_missing_values_and_columns(write_yaml: WriteYaml) -> None:
    content = "missing_values: [-99, NULL, ~, 08, No, '']\ntables: {bl: {columns: {HTN: 010}}}\n"
    raw = read_yaml(write_yaml(content), ("missing_values", "tables.*.columns"))
    assert raw["missing_values"] == ["-99", "NULL", "~", "08", "No", ""]
    assert raw["tables"]["bl"]["columns"] == {"HTN": "010"}


@pytest.mark.parametrize(
    ("pairs", "reason"),
    [
        ("Yes", "has no text"), ("Yes: ", "has no text"), ("Yes: null", "has no text"),
        ("Yes: ~", "has no text"), ("Yes: [Y]", "must be a text"),
        ("Yes: {Y: N}", "must be a text"),
        ("Yes: Y, 'Yes': N", "key 'Yes' stands twice"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused_with_its_line(
    load: Callable[[str], Any], message_of: MessageOf, pairs: str, reason: str
) -> None:
    message = message_of(load, MAP % pairs)
    assert reason in message
    line = EDC.read_text(encoding="utf-8").partition("tables: {}")[0].count("\n") + 4
    assert f"line {line}: " in message


def test_the_remedy_for_an_empty_text_works(load: Callable[[str], Any]) -> None:
    assert load(MAP % 'unknown: ""').tables["bl"].values["HTN"] == {"unknown": ""}


PLAIN = st.text(st.sampled_from("0123456789_.xobeEnNyYaAsSoOfFtTrRuUlL-+"), min_size=1, max_size=6)


@given(PLAIN, PLAIN)
def test_no_plain_text_of_a_code_map_changes(key: str, value: str) -> None:
    try:
        raw = load_core_yaml(f"{{{key}: {value}}}", ("",))
    except (ConfigError, yaml.YAMLError):
        return
    assert raw == {key: value}
