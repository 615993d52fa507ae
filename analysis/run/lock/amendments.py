"""Amendments of a locked plan: read, and followed from the locked value to the present one.

What was changed, when and why: ``config/amendments.yaml``.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import Field, JsonValue, model_validator

from analysis.config.base import IsoDate, Strict, Text, Words
from analysis.config.load import parse_model, read_yaml
from analysis.run.lock.values import (
    ABSENT,
    INPUT_PREFIX,
    Value,
    Values,
    canonical,
    find_changed_keys,
    is_same,
    show_value,
)

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


def find_pending(amendments: Sequence[Amendment], done: Iterable[Amendment]) -> list[Numbered]:
    """Return the amendments with their places in the file, without the ``done`` ones."""
    left = list(enumerate(amendments))
    for each in done:
        same = next((item for item in left if _text_of(item[1]) == _text_of(each)), None)
        if same is not None:
            left.remove(same)
    return left


def dump_amendment(amendment: Amendment) -> dict[str, JsonValue]:
    """Return an amendment as plain values; a key that was left out stays out."""
    return amendment.model_dump(mode="json", exclude_unset=True)


def _text_of(amendment: Amendment) -> str:
    return canonical(dump_amendment(amendment))


@dataclass(frozen=True)
class PlanChange:
    """One change of the locked plan or mapping, with its date and reason."""

    key: str
    old: Value
    new: Value
    date: date
    reason: str


@dataclass(frozen=True)
class Resolved:
    """Amendments set against the plan.

    ``changes``: those that hold, in the order of the file. ``faults``: what is wrong with the
    others, in words. ``unamended``: keys that differ from the locked plan without an amendment.
    """

    changes: tuple[PlanChange, ...]
    faults: tuple[str, ...]
    unamended: tuple[str, ...]


def resolve_amendments(
    locked: Values,
    current: Values,
    amendments: Sequence[Amendment],
    done: Iterable[Amendment] = (),
) -> Resolved:
    """Set ``amendments`` against the locked and the current values, by prefixed key.

    Those of one key are followed in the order of the file: the first starts at the locked value,
    each later one where the one before ends, the last ends at the current value. ``done``: those
    that a later lock has taken in; they stay in the file and are passed over.
    """
    chains: dict[str, list[Numbered]] = {}
    for number, amendment in find_pending(amendments, done):
        chains.setdefault(amendment.key, []).append((number, amendment))
    faults = {key: _find_fault(chain, locked, current) for key, chain in chains.items()}
    holding = sorted(
        (numbered for key, chain in chains.items() if not faults[key] for numbered in chain),
        key=lambda numbered: numbered[0],
    )
    return Resolved(
        changes=tuple(
            PlanChange(each.key, each.before, each.after, each.date, each.reason)
            for _, each in holding
        ),
        faults=tuple(fault for fault in faults.values() if fault),
        unamended=tuple(key for key in find_changed_keys(locked, current) if key not in chains),
    )


def _find_fault(chain: list[Numbered], locked: Values, current: Values) -> str:
    """What is wrong with the amendments of one key; empty if they lead from locked to current."""
    key, last = chain[0][1].key, chain[-1][1]
    name = f"amendments.{chain[-1][0]} ({key})"
    now = current.get(key, ABSENT)
    if key not in locked and key not in current and last.after is not ABSENT:
        return f"{name}: {_explain_unknown(key, {**locked, **current})}"
    if broken := _find_break(chain, locked.get(key, ABSENT)):
        return f"{broken} (now: {show_value(now)})"
    if not is_same(last.after, now):
        return f"{name}: new = {show_value(last.after)}, but the value is now {show_value(now)}"
    return ""


def _find_break(chain: list[Numbered], start: Value) -> str:
    """The first amendment that does not go on where the one before it, or the lock, ends."""
    value, before, day = start, "the locked value is", date.min
    for number, amendment in chain:
        name = f"amendments.{number} ({amendment.key})"
        if not is_same(amendment.before, value):
            return f"{name}: old = {show_value(amendment.before)}, but {before} {show_value(value)}"
        if amendment.date < day:
            return f"{name}: dated {amendment.date}, but the one before it {day}"
        value, before, day = amendment.after, "the amendment before it ends at", amendment.date
    return ""


def _explain_unknown(key: str, known: Values) -> str:
    if key.startswith(INPUT_PREFIX):
        return "an input file cannot be amended; lock the data set again with a reason"
    inside = [name for name in known if name.startswith(f"{key}.")]
    if inside:
        return f"a block, not a key; amend the keys that differ: {', '.join(inside)}"
    close = difflib.get_close_matches(key, known, n=1)
    hint = f" Did you mean '{close[0]}'?" if close else ""
    return f"no such key in the plan (plan.) or the mapping (edc.).{hint}"
