"""Read a configuration file, whole and strictly, and say in words what is wrong with it."""

import difflib
import json
from collections.abc import Mapping as MappingABC
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from analysis.config.core_yaml import load_core_yaml
from analysis.config.mapping import Mapping
from analysis.config.plan import Plan
from analysis.errors import ConfigError, join_findings

Model = TypeVar("Model", bound=BaseModel)

MAPPING_TEXTS = (
    "missing_values",
    *(f"tables.*.{key}" for key in ("columns", "times", "values.*", "constants", "checkboxes.*")),
    *(f"tables.*.{key}" for key in ("sources", "join.sources", "join.by")),
    *(f"tables.*.lookup.*.{key}" for key in ("match", "where")),
    *(f"tables.*.stack.*.{key}" for key in ("columns", "times", "constants")),
    "tables.*.missing_values.*",
    "sources.*.missing_values",
    *(f"sources.*.rows_by.{key}" for key in ("key", "beside")),
)
"""What of a mapping holds texts of the export, which no reading of YAML may change."""


def read_yaml(path: Path, texts: Sequence[str] = ()) -> dict[str, Any]:
    """Return the mapping that a YAML file holds, by the core schema of YAML 1.2.

    ``texts``: dotted paths of the mappings and lists that hold texts exactly as they are written
    (``01``, ``Yes``); ``*`` for any key, ``""`` for the whole file. Raises ConfigError if the file
    is absent, is not UTF-8, is not YAML, is not a mapping, holds a key twice, or anything but a
    text in ``texts``.
    """
    try:
        raw = load_core_yaml(path.read_text(encoding="utf-8-sig"), texts)
    except (FileNotFoundError, NotADirectoryError):
        raise ConfigError(f"{path}: there is no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as UTF-8 text ({error})") from None
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from None
    except RecursionError:
        raise ConfigError(f"{path}: not valid YAML: blocks within blocks without end") from None
    except yaml.YAMLError as error:
        raise ConfigError(f"{path}: not valid YAML: {' '.join(str(error).split())}") from None
    if not isinstance(raw, dict):
        raise ConfigError(f"{path}: must be a mapping of keys to values")
    return raw


def require_texts(pairs: Any, origin: str) -> dict[str, str]:
    """Return a mapping of text to text as such; raises ConfigError if it is anything else."""
    if not isinstance(pairs, dict):
        raise ConfigError(f"{origin}: must be a mapping of texts to texts")
    for key, value in pairs.items():
        if not (isinstance(key, str) and isinstance(value, str)):
            raise ConfigError(f'{origin}: {key}: write each line as "text": "its Chinese"')
    return pairs


def load_plan(path: Path) -> Plan:
    """Return the plan that ``path`` holds; raises ConfigError naming every wrong key."""
    return parse_model(Plan, read_yaml(path), str(path))


def load_mapping(path: Path, overrides: MappingABC[str, Any] | None = None) -> Mapping:
    """Return the mapping of the export, with ``overrides`` (the command line) put over the file.

    Raises ConfigError naming every wrong key.
    """
    origin = f"{path} with the command line" if overrides else str(path)
    return parse_model(Mapping, {**read_yaml(path, MAPPING_TEXTS), **(overrides or {})}, origin)


def parse_model(model: type[Model], raw: dict[str, Any], origin: str) -> Model:
    """Return ``raw`` as a ``model``; raises ConfigError with one line per wrong key."""
    try:
        text = json.dumps(raw, default=str)
    except (TypeError, ValueError, RecursionError) as error:  # bytes as a key; a block in itself
        raise ConfigError(f"{origin}: not plain keys and values ({error})") from None
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        findings = [_describe(model, finding) for finding in error.errors(include_url=False)]
    raise ConfigError(join_findings(f"{origin}: the configuration is wrong.", findings))


def _describe(model: type[BaseModel], finding: Any) -> str:
    """One wrong key in words: the key, its value and what is allowed.

    A part of a key in parentheses names which of two shapes was meant, and is no key.
    """
    location, kind = finding["loc"], finding["type"]
    key = ".".join(str(part) for part in location if not str(part).startswith("("))
    if kind == "extra_forbidden":
        allowed = _keys_at(model, location[:-1])
        close = difflib.get_close_matches(str(location[-1]), allowed, n=1)
        hint = f" Did you mean '{close[0]}'?" if close else ""
        return f"{key}: unknown key.{hint} Allowed here: {', '.join(allowed)}"
    if kind == "missing":
        return f"{key}: the key is missing; nothing is assumed in its place"
    message = str(finding["msg"]).removeprefix("Value error, ")
    if kind == "value_error":  # between the keys of a block, which the message names
        return f"{key}: {message}" if key else message
    value = json.dumps(finding["input"], ensure_ascii=False, default=str)
    shown = value if len(value) <= 80 else value[:77] + "..."
    return f"{key} = {shown}: {message}"


def _keys_at(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """The keys allowed in the block at ``location`` (list positions are passed over)."""
    current: Any = model
    for part in location:
        if isinstance(part, str) and part in getattr(current, "model_fields", {}):
            current = _block_of(current.model_fields[part].annotation)
    return list(getattr(current, "model_fields", {}))


def _block_of(annotation: Any) -> Any:
    """The model inside an annotation such as ``tuple[Covariate, ...]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = [_block_of(argument) for argument in getattr(annotation, "__args__", ())]
    return next((block for block in reversed(inner) if block is not None), None)
