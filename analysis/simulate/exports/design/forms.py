"""Forms and fields of the case report form, each with its place in the layout."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from analysis.edc.layout import load_layout

YES_NO = {"Y": "1", "N": "0"}
"""The numbers that systems have for yes and no."""


@dataclass(frozen=True)
class Option:
    """A code of the layout, and the number and words that a form has for it."""

    text: str
    number: str
    label: str
    zh: str


@dataclass(frozen=True)
class Field:
    """A field of a form. ``type``: of the layout; ``is_noted``: the layout has no such column."""

    column: str
    name: str
    label: str
    zh: str
    type: str
    partial: bool = False
    unit: str = ""
    options: tuple[Option, ...] = ()
    is_noted: bool = False

    @property
    def is_moment(self) -> bool:
        """Whether it holds a date, with or without a time."""
        return self.type in ("date", "datetime")

    @property
    def is_number(self) -> bool:
        """Whether it holds a number that is no code."""
        return self.type in ("int", "float")


@dataclass(frozen=True)
class Form:
    """A form and the table of the layout that it fills. ``system``: columns of the system."""

    table: str
    name: str
    label: str
    zh: str
    system: tuple[str, ...]
    repeats: bool
    fields: tuple[Field, ...]

    def field(self, column: str) -> Field:
        """Return the field of a column of the layout; raises KeyError if there is none."""
        return {field.column: field for field in self.fields}[column]


@cache
def load_forms() -> dict[str, Form]:
    """Return the forms by table of the layout.

    >>> load_forms()["mrs"].field("MRS").name
    'mrs_score'
    """
    return {table: _read_form(table, form) for table, form in _read_yaml()["forms"].items()}


@cache
def load_visits() -> dict[str, Option]:
    """Return the visits by their code in the layout, numbered from 1."""
    return {each.text: each for each in _number(_read_yaml()["visits"])}


@cache
def load_codes(table: str, column: str) -> tuple[str, ...]:
    """Return the codes that the layout allows in a column; none where it has no list."""
    return load_layout().tables[table].columns[column].codes


def _read_form(table: str, form: dict[str, Any]) -> Form:
    fields = [_read_field(table, column, words) for column, words in form["fields"].items()]
    noted = [
        Field(column, *_unpack(words), type="str", is_noted=True)
        for column, words in form.get("notes", {}).items()
    ]
    return Form(
        table, form["name"], form["label"], form["zh"], tuple(form["system"]),
        form.get("repeats", False), (*fields, *noted),
    )  # fmt: skip


def _read_field(table: str, column: str, words: list[str]) -> Field:
    rules = load_layout().tables[table].columns[column]
    return Field(
        column,
        *_unpack(words),
        type=rules.type,
        partial=rules.partial,
        unit=rules.unit,
        options=_find_options(column, rules.type),
    )


def _unpack(words: list[str]) -> tuple[str, str, str]:
    name, label, zh = words
    return name, label, zh


def _find_options(column: str, kind: str) -> tuple[Option, ...]:
    if kind == "yn":
        words = _read_yaml()["yes_no"]
        return tuple(Option(text, YES_NO[text], *words[text]) for text in YES_NO)
    return _number(_read_yaml()["options"].get(column, {}))


def _number(words: dict[str, list[str]]) -> tuple[Option, ...]:
    return tuple(Option(text, str(n), *words[text]) for n, text in enumerate(words, start=1))


@cache
def _read_yaml() -> dict[str, Any]:
    text = files(__package__).joinpath("case_report_form.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded
