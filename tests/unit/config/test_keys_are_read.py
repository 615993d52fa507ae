"""Every key of the plan acts: code outside the configuration reads it, or the report prints it."""

from __future__ import annotations

import ast
import typing
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from analysis.config import Plan, load_plan
from analysis.config.blocks.eligibility import EligibilityReadings
from analysis.display.report.assumptions import list_settings

TOP = Path(__file__).parents[3]
CONFIG = TOP / "analysis" / "config"
READINGS = "eligibility_readings"
PRINTED = {
    READINGS: "the block of the four readings below, which the report prints by their names",
    f"{READINGS}.ex06": "declares the one reading that is derived, for the report to print",
    f"{READINGS}.ex08": "declares the one reading that is derived, for the report to print",
    f"{READINGS}.ex15": "declares the one reading that is derived, for the report to print",
    f"{READINGS}.onset": "declares the one reading that is derived, for the report to print",
}
"""Keys that no code asks for by name, and why they are there all the same."""
Key = tuple[str, str, str]
"""A dotted key, the block that holds it and the class that declares it."""


def list_keys(model: type[BaseModel], block: str = "") -> Iterator[Key]:
    """The keys of a model and of the blocks in it, lists of blocks included."""
    for name, field in model.model_fields.items():
        key = f"{block}.{name}".lstrip(".")
        owner = next(base for base in model.__mro__ if name in base.__annotations__)
        yield key, block.rpartition(".")[2], owner.__name__
        for inner in list_blocks(field.annotation):
            yield from list_keys(inner, key)


def list_blocks(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that an annotation speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from list_blocks(argument)


def list_names(path: Path) -> set[str]:
    """The attributes that a file reads, and the names it uses.

    Where it hands names to ``getattr``, its texts count as names too.
    """
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    texts = {str(node.value) for node in nodes if isinstance(node, ast.Constant)}
    attributes = {
        node.attr
        for node in nodes
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    }
    return attributes | names | (texts if "getattr" in names else set())


def find_unread(keys: Iterable[Key]) -> set[str]:
    """The keys that no file reads: by its name, in a file that knows its block or the class of it.

    Readers are the package outside its configuration, and the words of the plan's reasons.
    """
    package = (TOP / "analysis").rglob("*.py")
    readers = [path for path in package if not path.is_relative_to(CONFIG)]
    files = [list_names(path) for path in (*readers, CONFIG / "per_protocol_reasons.py")]
    return {
        key
        for key, block, kind in keys
        if not any(key.rpartition(".")[2] in names and names & {block, kind} for names in files)
    }


def test_every_key_of_the_plan_is_read_or_is_said_to_be_printed_only() -> None:
    assert find_unread(list_keys(Plan)) == set(PRINTED)


def test_a_key_that_nothing_reads_is_found() -> None:
    keys = {key for key, _, _ in list_keys(Plan)}
    assert {"trial.registry_id", "sensitivity.tipping.step", "subgroups.factors.cuts"} <= keys
    assert find_unread([("demo.cuts", "demo", "Demo")]) == {"demo.cuts"}


@pytest.mark.parametrize("file", ["trial.yaml", "trial-phase2.yaml"])
def test_what_is_printed_only_is_printed_with_its_value(file: str) -> None:
    plan = load_plan(TOP / "config" / file)
    settings = list_settings(plan, plan.eligibility_readings.source)[READINGS]
    assert {setting.key for setting in settings} == set(PRINTED) - {READINGS}
    for setting in settings:
        assert setting.value == getattr(plan.eligibility_readings, setting.key.partition(".")[2])


@pytest.mark.parametrize("key", sorted({key.rpartition(".")[2] for key in PRINTED} - {READINGS}))
def test_a_reading_that_is_not_derived_is_refused(key: str) -> None:
    plan = load_plan(TOP / "config" / "trial.yaml")
    values = plan.eligibility_readings.model_dump() | {key: "another reading"}
    with pytest.raises(ValidationError, match=key):
        EligibilityReadings(**values)
