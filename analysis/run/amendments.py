"""Amendments: what was changed of a locked plan, when and why (``config/amendments.yaml``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import Field, JsonValue, model_validator

from analysis.config.base import IsoDate, Strict, Text, Words
from analysis.config.load import parse_model, read_yaml
from analysis.run.locked_values import ABSENT, Value, canonical, is_same

AMENDMENTS_FILE = Path("config/amendments.yaml")


class Amendment(Strict):
    """One change of one key: ``plan.`` or ``edc.`` and the dotted key in its file.

    ``old`` is left out for a key that the locked plan does not have, ``new`` for one that was
    taken out; null is a value.
    """

    key: Text
    old: JsonValue = Field(default=None)
    new: JsonValue = Field(default=None)
    date: IsoDate
    reason: Words

    @model_validator(mode="after")
    def _says_a_change(self) -> Amendment:
        if is_same(self.before, self.after):
            raise ValueError("old and new are the same, so nothing is amended")
        return self

    @property
    def before(self) -> Value:
        """The value before."""
        return self.old if "old" in self.model_fields_set else ABSENT

    @property
    def after(self) -> Value:
        """The value after."""
        return self.new if "new" in self.model_fields_set else ABSENT


class _AmendmentsFile(Strict):
    amendments: tuple[Amendment, ...]


Numbered = tuple[int, Amendment]
"""An amendment and its place in the file, from 0 as in the messages about wrong keys."""


def read_amendments(path: Path = AMENDMENTS_FILE) -> tuple[Amendment, ...]:
    """Return the amendments in the order of the file, none if there is no file.

    Raises ConfigError naming every wrong key.
    """
    if not path.exists():
        return ()
    return parse_model(_AmendmentsFile, read_yaml(path), str(path)).amendments


def find_unsettled(amendments: Sequence[Amendment], settled: Iterable[Amendment]) -> list[Numbered]:
    """Return the amendments with their places in the file, without the ``settled`` ones."""
    left = list(enumerate(amendments))
    for done in settled:
        same = next((item for item in left if _text_of(item[1]) == _text_of(done)), None)
        if same is not None:
            left.remove(same)
    return left


def dump_amendment(amendment: Amendment) -> dict[str, JsonValue]:
    """Return an amendment as plain values; a key that was left out stays out."""
    return amendment.model_dump(mode="json", exclude_unset=True)


def _text_of(amendment: Amendment) -> str:
    return canonical(dump_amendment(amendment))
