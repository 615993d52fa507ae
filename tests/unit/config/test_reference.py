"""The reference of the configuration says what the models say."""

from __future__ import annotations

import json
from pathlib import Path

from analysis.config.mapping import Mapping
from analysis.config.plan import Plan
from analysis.config.reference import (
    README_FILE,
    SCHEMA_FILE,
    build_key_table,
    build_schema,
    fill_readme,
)

TOP = Path(__file__).parents[3]


def test_the_schema_is_up_to_date() -> None:
    assert (TOP / SCHEMA_FILE).read_text(encoding="utf-8") == build_schema()


def test_the_tables_of_the_readme_are_up_to_date() -> None:
    text = (TOP / README_FILE).read_text(encoding="utf-8")
    assert fill_readme(text) == text


def test_every_key_has_a_meaning() -> None:
    for model in (Plan, Mapping):
        rows = [row.split(" | ") for row in build_key_table(model).splitlines()[2:]]
        assert all(len(row) == 3 and row[2].strip(" |") for row in rows)


def test_nothing_that_the_plan_fixes_has_a_default() -> None:
    schema = json.loads(build_schema())["plan"]
    for block in (schema, *schema["$defs"].values()):
        assert set(block["required"]) == set(block["properties"])
        assert block["additionalProperties"] is False
