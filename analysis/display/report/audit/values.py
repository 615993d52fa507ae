"""Values of provenance and plan as text: whole, but never a mapping as it stands in a file."""

import json
from collections.abc import Mapping


def spell(value: object) -> str:
    """Return text as it is, a mapping as ``name: value; ...``, a list of them line by line."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {spell(part)}" for name, part in value.items()) or "none"
    if isinstance(value, list | tuple) and _holds_mapping(value):
        return "\n".join(f"- {spell(part)}" for part in value)
    return json.dumps(value, ensure_ascii=False)


def spell_json(text: str) -> str:
    """Return JSON text as it is unless it holds a mapping; what is no JSON stays as well."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        return text
    return spell(value) if _holds_mapping(value) else text


def _holds_mapping(value: object) -> bool:
    if isinstance(value, list | tuple):
        return any(map(_holds_mapping, value))
    return isinstance(value, Mapping)
