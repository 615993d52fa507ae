"""YAML by the core schema of its version 1.2, keys and declared texts as they stand in the file.

By version 1.1, which PyYAML reads, ``No`` is false, ``010`` is 8, ``1_000`` is 1000, ``2026-04-11``
a day and ``10:30`` is 630. Here a number or a truth is only what cannot be anything else: ``010``
and ``0x10``, which the versions read differently, are texts, and a key that needs a number refuses
them.
"""

import re
from collections.abc import Sequence
from typing import Any

import yaml

from analysis.errors import ConfigError

TAG = "tag:yaml.org,2002:"
NULL = re.compile(r"~|null|Null|NULL|")
BOOL = re.compile(r"true|True|TRUE|false|False|FALSE")
INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
FLOAT = re.compile(
    r"[-+]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|"
    r"\.(nan|NaN|NAN)"
)
MERGE = "<<"
EVERY = "*"
"""Stands for any key in a path of keys, and for any entry of a list."""


def load_core_yaml(content: str, texts: Sequence[str] = ()) -> Any:
    """Return what YAML text holds; keys are texts, exactly as written.

    ``texts``: dotted paths of the mappings and lists whose values are texts too, exactly as
    written, ``*`` for any key and ``""`` for the whole file. Raises ConfigError with the line for
    a key that stands twice, is empty or no text, and for what is no text in those; yaml.YAMLError.
    """
    loader = _CoreLoader(content)
    try:
        node = loader.get_single_node()
        for path in texts:
            _take_texts(node, path.split(".") if path else [])
        return None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


class _CoreLoader(yaml.SafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = _read_key(key_node)
            if key in found:
                raise ConfigError(f"line {_line(key_node)}: key '{key}' stands twice")
            found[key] = self.construct_object(value_node, deep=deep)
        return found


def _read_key(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise ConfigError(f"line {_line(node)}: a key must be a text, not a list or a block")
    if node.style is None and node.value == MERGE:
        raise ConfigError(
            f"line {_line(node)}: '{MERGE}' does not merge (it did in YAML 1.1): write the keys out"
        )
    if node.style is None and not node.value:
        raise ConfigError(f"line {_line(node)}: the key before ':' is missing")
    return str(node.value)


def _take_texts(node: yaml.Node | None, path: list[str]) -> None:
    """Turn the scalars of every mapping and list at ``path`` into texts as they are written."""
    if not path and isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _take_text(value, f"{key.value}: ", may_be_null=False)
    elif not path and isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _take_text(value, "", may_be_null=True)
    elif path and isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if path[0] in (EVERY, key.value):
                _take_texts(value, path[1:])
    elif path and path[0] == EVERY and isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _take_texts(value, path[1:])


def _take_text(node: yaml.Node, name: str, *, may_be_null: bool) -> None:
    """A cell may hold ``null`` or ``NULL``; as what a text is mapped to, it says nothing."""
    if not isinstance(node, yaml.ScalarNode):
        raise ConfigError(f"line {_line(node)}: {name}must be a text, not a list or a block")
    is_null = node.style is None and NULL.fullmatch(node.value) is not None
    if is_null and (not may_be_null or node.value == ""):
        raise ConfigError(
            f'line {_line(node)}: {name}has no text; write "" for the empty text, in quotes what '
            "is to be taken literally"
        )
    node.tag = f"{TAG}str"


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _construct_null(loader: _CoreLoader, node: yaml.ScalarNode) -> None:
    _require(node, NULL)


def _construct_bool(loader: _CoreLoader, node: yaml.ScalarNode) -> bool:
    return _require(node, BOOL).lower() == "true"


def _construct_int(loader: _CoreLoader, node: yaml.ScalarNode) -> int:
    return int(_require(node, INT))


def _construct_float(loader: _CoreLoader, node: yaml.ScalarNode) -> float:
    return float(re.sub(r"\.(?=[in])", "", _require(node, FLOAT).lower()))


def _require(node: yaml.ScalarNode, form: re.Pattern[str]) -> str:
    """The text, if it has the form that its tag says, be the tag written or understood."""
    if not form.fullmatch(node.value) or len(node.value) > MOST_DIGITS:
        raise ConfigError(f"line {_line(node)}: {node.value[:40]} is not written as its tag says")
    return str(node.value)


MOST_DIGITS = 400
"""Longer than any number a float can hold."""

_FORMS = ((NULL, "null", "~nN"), (BOOL, "bool", "tTfF"), (INT, "int", "-+0123456789"))
_CoreLoader.yaml_implicit_resolvers = {}
for _form, _name, _first in (*_FORMS, (FLOAT, "float", "-+.0123456789")):
    _exact = re.compile(rf"(?:{_form.pattern})\Z")
    _letters = [*_first, *([""] if _form is NULL else [])]
    _CoreLoader.add_implicit_resolver(f"{TAG}{_name}", _exact, _letters)

_KEPT = ("str", "seq", "map")
_CoreLoader.yaml_constructors = {
    **{f"{TAG}{kind}": yaml.SafeLoader.yaml_constructors[f"{TAG}{kind}"] for kind in _KEPT},
    None: yaml.SafeLoader.yaml_constructors[None],
    f"{TAG}null": _construct_null,
    f"{TAG}bool": _construct_bool,
    f"{TAG}int": _construct_int,
    f"{TAG}float": _construct_float,
}
