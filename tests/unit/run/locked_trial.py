"""A small export with its plan and mapping, locked, for tests that tamper with one of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from analysis.config import Mapping, Plan
from analysis.config.load import parse_model
from analysis.edc.layout import load_layout
from analysis.edc.sources.folder import list_tables
from analysis.run.lock.amendments import Amendment
from analysis.run.lock.build import build_lock, write_lock
from analysis.run.lock.differences import compare_with_lock
from analysis.run.lock.file import Lock, read_lock
from analysis.run.lock.inputs import describe_inputs

LOCKED_ON = "2026-11-01"
RELOCKED_ON = "2026-11-20"
Model = TypeVar("Model", Plan, Mapping)
TABLES = {
    "dm.csv": "SUBJID,SITEID,AGE\nS1,001,66\nS2,001,71\n",
    "mrs.csv": "SUBJID,VISIT,MRS,MRSSRC\nS1,D90,2,CENTRAL\nS2,D90,3,CENTRAL\nS2,D90,4,LOCAL\n",
}
"""dm.csv has 18 + 2 * 10 = 38 bytes, mrs.csv 24 + 2 * 17 + 15 = 73."""


class LockedTrial:
    """An export of two tables in ``edc``; the plan and the mapping are changed by dotted key."""

    def __init__(self, folder: Path, plan: Plan, mapping: Mapping) -> None:
        self.edc, self.path = folder / "edc", folder / "lock.json"
        self.plan, self.mapping = plan, mapping
        self.edc.mkdir(parents=True)
        for name, text in TABLES.items():
            self.write(name, text)

    @property
    def files(self) -> list[Path]:
        """The files of the export, as a run lists them."""
        found = list_tables(self.edc, self.mapping).values()
        return [source.path for sources in found for source in sources]

    def write(self, name: str, text: str) -> None:
        """Write one file of the export."""
        (self.edc / name).write_text(text, encoding="utf-8", newline="")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text, which must stand there once, in one file of the export."""
        text = (self.edc / name).read_text(encoding="utf-8")
        assert text.count(old) == 1
        self.write(name, text.replace(old, new))

    def set_plan(self, key: str, value: Any) -> None:
        """Change one key of the plan."""
        self.plan = changed(self.plan, key, value)

    def set_mapping(self, key: str, value: Any) -> None:
        """Change one key of the mapping."""
        self.mapping = changed(self.mapping, key, value)

    def build(self, locked_on: str = LOCKED_ON, name: str = "Final data") -> Lock:
        """The lock of what is there now."""
        inputs = describe_inputs(self.files, self.mapping, load_layout())
        return build_lock(name, locked_on, inputs, self.plan, self.mapping)

    def lock(
        self,
        reason: str | None = None,
        amendments: Sequence[Amendment] = (),
        locked_on: str = LOCKED_ON,
    ) -> Lock:
        """Lock what is there now; again if there is a reason."""
        return write_lock(self.path, self.build(locked_on), amendments, reason)

    def findings(self, amendments: Sequence[Amendment] = ()) -> list[str]:
        """What differs from the lock."""
        lock = read_lock(self.path)
        return compare_with_lock(lock, self.files, self.plan, self.mapping, amendments)

    def edit_lock(self, old: str, new: str) -> None:
        """Replace a text, which must stand there once, in the lock file."""
        text = self.path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        self.path.write_text(text.replace(old, new), encoding="utf-8")


def changed(model: Model, key: str, value: Any) -> Model:
    """A plan or mapping with one dotted key changed, validated anew."""
    plain = json.loads(model.model_dump_json())
    *blocks, last = key.split(".")
    block = plain
    for name in blocks:
        block = block[name]
    block[last] = value
    return parse_model(type(model), plain, "changed")


def amend(key: str, old: Any, new: Any, date: str = "2026-11-05") -> Amendment:
    """One amendment, as the file would hold it."""
    content = {"key": key, "old": old, "new": new, "date": date, "reason": f"Protocol 2.0, {key}"}
    return parse_model(Amendment, content, "amendment")
