"""What a lock fixes of the plan and the mapping, key by key, and when two values are the same."""

import json
from collections.abc import Iterator
from collections.abc import Mapping as MappingABC
from enum import Enum
from typing import Any

from pydantic import JsonValue

from analysis.config import Mapping, Plan
from analysis.run.hashes import hash_bytes

PLAN_PREFIX = "plan."
MAPPING_PREFIX = "edc."
INPUT_PREFIX = "edc/"
ENVIRONMENT_PREFIX = "environment."
"""How keys of the plan and the mapping, input files and libraries are named in findings."""
PATHS_AND_MODE = frozenset({"edc_dir", "unblinding_dir", "results", "rehearsal"})
"""Keys of the mapping that say where things lie and in which mode: free after the lock."""
FREE = PATHS_AND_MODE | {"query_seconds"}
"""Keys of the mapping that do not say how the export is read."""


class Absent(Enum):
    """A key that is not there, which is neither null nor empty."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT
Value = JsonValue | Absent
Values = MappingABC[str, JsonValue]


def flatten(
    content: MappingABC[str, Any], separator: str, prefix: str = ""
) -> Iterator[tuple[str, Any]]:
    """Yield every value with the keys that lead to it; a block without keys has none."""
    for name, value in content.items():
        if isinstance(value, dict):
            yield from flatten(value, separator, f"{prefix}{name}{separator}")
        else:
            yield f"{prefix}{name}", value


def flatten_plan(plan: Plan) -> dict[str, JsonValue]:
    """Return the plan by dotted key, e.g. ``inference.alpha``; a list is one value."""
    return dict(flatten(plan.model_dump(mode="json"), "."))


def flatten_mapping(mapping: Mapping) -> dict[str, JsonValue]:
    """Return by dotted key how the export is read: the mapping without the keys that are free."""
    content = mapping.model_dump(mode="json", exclude=set(FREE), exclude_defaults=True)
    return dict(flatten(content, "."))


def hash_plan(plan: Plan) -> str:
    """Return the hash of the plan: of its content, not of its comments or its layout."""
    return hash_bytes(plan.model_dump_json().encode())


def hash_mapping(mapping: Mapping) -> str:
    """Return the hash of how the export is read: of the mapping without the keys that are free."""
    return hash_bytes(mapping.model_dump_json(exclude=set(FREE)).encode())


def name_values(
    plan: Values, mapping: Values, environment: Values | None = None
) -> dict[str, JsonValue]:
    """Return all by the keys of findings and amendments.

    These begin ``plan.``, ``edc.`` and ``environment.``.
    """
    parts = {PLAN_PREFIX: plan, MAPPING_PREFIX: mapping, ENVIRONMENT_PREFIX: environment or {}}
    return {
        f"{prefix}{key}": value for prefix, part in parts.items() for key, value in part.items()
    }


def find_changed_keys(old: Values, new: Values) -> list[str]:
    """Return the keys whose values differ, or that only one has, in the order of ``old``."""
    keys = [*old, *(key for key in new if key not in old)]
    return [key for key in keys if not is_same(old.get(key, ABSENT), new.get(key, ABSENT))]


def is_same(one: Value, other: Value) -> bool:
    """Whether two values are the same in JSON: 5 is 5.0, but neither "5" nor true."""
    return canonical(one) == canonical(other)


def canonical(value: Value) -> str:
    """Return one text for all ways to write a value; that of an absent key is no JSON."""
    if isinstance(value, Absent):
        return value.value
    return json.dumps(_with_whole_numbers(value), sort_keys=True)


def show_value(value: Value) -> str:
    """Return a value as a YAML file may hold it, or ``absent``."""
    if isinstance(value, Absent):
        return value.value
    return json.dumps(value, ensure_ascii=False)


def _with_whole_numbers(value: JsonValue) -> JsonValue:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_with_whole_numbers(part) for part in value]
    if isinstance(value, dict):
        return {key: _with_whole_numbers(part) for key, part in value.items()}
    return value
