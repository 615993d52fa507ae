"""The reference of the configuration, generated from the models: JSON schema and key table.

``python -m analysis.config.reference`` writes ``config/schema.json`` and the tables in
``config/README.md``; a test compares them with the models.
"""

import json
import types
import typing
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from analysis.config.base import Block
from analysis.config.mapping import Mapping
from analysis.config.plan import Plan
from analysis.io.files import write_text

SCHEMA_FILE = Path("config/schema.json")
README_FILE = Path("config/README.md")
MARKS: dict[str, type[BaseModel]] = {"plan": Plan, "mapping": Mapping}
"""Name between the marks ``<!-- keys:NAME -->`` and ``<!-- end:NAME -->`` of the README."""


def build_schema() -> str:
    """Return the JSON schema of the plan and of the mapping as text."""
    schemas = {name: model.model_json_schema() for name, model in MARKS.items()}
    return json.dumps(schemas, indent=1, ensure_ascii=False) + "\n"


def build_key_table(model: type[BaseModel]) -> str:
    """Return a Markdown table with one row per key: key, what is allowed, meaning."""
    rows = [f"| `{key}` | {allowed} | {meaning} |" for key, allowed, meaning in _iter_keys(model)]
    return "\n".join(["| key | allowed | meaning |", "|---|---|---|", *rows])


def fill_readme(text: str) -> str:
    """Return the README with the tables between its marks made anew."""
    for name, model in MARKS.items():
        start, end = f"<!-- keys:{name} -->", f"<!-- end:{name} -->"
        before, _, rest = text.partition(start)
        _, _, after = rest.partition(end)
        text = f"{before}{start}\n\n{build_key_table(model)}\n\n{end}{after}"
    return text


def _iter_keys(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, str, str]]:
    for name, field in model.model_fields.items():
        key = f"{prefix}{name}"
        inner, is_list = _inner_model(field.annotation)
        meaning = (field.description or "").replace("|", "\\|")
        if inner is None:
            yield key, _describe(field), meaning
            if choice := _choice_of_model(field.annotation):
                yield from _iter_keys(choice, f"{key}[].")
            continue
        kind = "list of blocks" if is_list else "block"
        source = ", with `source`" if issubclass(inner, Block) else ""
        yield key, f"{kind}{source}", meaning
        yield from _iter_keys(inner, f"{key}[]." if is_list else f"{key}.")


def _inner_model(annotation: Any) -> tuple[type[BaseModel] | None, bool]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, False
    for argument in typing.get_args(annotation):
        if isinstance(argument, type) and issubclass(argument, BaseModel):
            return argument, True
    return None, False


def _choice_of_model(annotation: Any) -> type[BaseModel] | None:
    """The model that a value may be beside something simpler, such as ``text or a block``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_choice_of_model(argument) for argument in typing.get_args(annotation))
    return next((model for model in found if model is not None), None)


def _describe(field: FieldInfo) -> str:
    limits = [
        f"{sign} {_describe_limit(getattr(item, name))}"
        for item in field.metadata
        for name, sign in (("ge", "≥"), ("gt", ">"), ("le", "≤"), ("lt", "<"))
        if hasattr(item, name)
    ]
    patterns = [f"pattern `{p}`" for item in field.metadata if (p := getattr(item, "pattern", ""))]
    return ", ".join([_name_type(field.annotation), *limits, *patterns]).replace("|", "\\|")


def _describe_limit(limit: float | date) -> str:
    return limit.isoformat() if isinstance(limit, date) else f"{limit:g}"


def _name_type(annotation: Any) -> str:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Literal:
        return " or ".join(f"`{argument}`" for argument in arguments)
    if origin is typing.Annotated:
        return _name_type(arguments[0])
    if origin is tuple:
        inner = [argument for argument in arguments if argument is not Ellipsis]
        many = "list of " if Ellipsis in arguments else f"{len(inner)} of "
        return many + _name_type(inner[0])
    if origin is dict:
        return f"mapping to {_name_type(arguments[1])}"
    if origin in (typing.Union, types.UnionType):
        return " or ".join(_name_type(argument) for argument in arguments)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "block"
    names = {str: "text", int: "integer", float: "number", bool: "`true` or `false`"}
    names[date] = "date, `YYYY-MM-DD`"
    return names.get(annotation, "`null`" if annotation is type(None) else str(annotation))


def main() -> None:
    """Write both files, from the top folder of the project."""
    write_text(SCHEMA_FILE, build_schema())
    write_text(README_FILE, fill_readme(README_FILE.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
