"""A fault of the engine that makes tables does not agree with itself: the numbers differ."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.config.mapping import TableMapping
from analysis.edc.sql.engine import Engine
from analysis.edc.sql.short_form import cells, write
from analysis.edc.sql.short_form.blocks import Part
from analysis.io.verdicts import Verdict
from tests.unit.qc.from_export.exported_trial import (
    Derived,
    ExportedTrial,
    describe_differing,
    find_differing,
)

SPECS: dict[str, dict[str, Any]] = {
    "mrs": {
        "source": "scores",
        "rows": "\"Form's\" LIKE 'score%'",
        "columns": {"SUBJID": "record_id", "MRSSRC": "who"},
        "stack": [{"columns": {"MRS": "mrs_{n}", "MRSDTC": "day_{n}"},
                   "constants": {"VISIT": "D{n}"}, "numbers": [30, 90]}],
    },
    "ich": {
        "source": "images_*",
        "columns": {"ICHDTC": "day"},
        "times": {"ICHDTC": "clock"},
        "lookup": {"SUBJID": {"source": "screening", "match": {"SCR": "scr"}, "take": "id"}},
    },
    "dd": {"sql": "SELECT * FROM deaths WHERE DTHDTC IS NOT NULL"},
    "ds": {"sql": "SELECT * EXCLUDE (x), _file, _row FROM ends"},
}  # fmt: skip
"""``ds`` is a query that the second engine cannot run."""


def read(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)


def reshape(source: Path, folder: Path) -> None:
    """The same trial as another system would export it."""
    shutil.copytree(source, folder)
    scores, images, subjects = (read(folder, name) for name in ("mrs", "ich", "dm"))
    wide = pd.DataFrame({"record_id": scores["SUBJID"], "who": scores["MRSSRC"]})
    for day in ("30", "90"):
        for column, name in (("MRS", "mrs"), ("MRSDTC", "day")):
            wide[f"{name}_{day}"] = scores[column].where(scores["VISIT"] == f"D{day}", "")
    wide["Form's"] = "score, local"
    other = wide.head(20).assign(**{"Form's": "Score", "mrs_90": "6", "day_90": "2026-01-01"})
    pd.concat([other, wide]).to_csv(folder / "scores.csv", index=False)
    numbers = {subject: f"scr {i}" for i, subject in enumerate(subjects["SUBJID"])}
    days = images["ICHDTC"].str.partition("T")
    known = images["SUBJID"].map(numbers).fillna(images["SUBJID"])
    parts = images.drop(columns=["SUBJID", "ICHDTC"]).assign(SCR=known, day=days[0], clock=days[2])
    parts[::2].to_csv(folder / "images_1.csv", index=False)
    parts[1::2].to_csv(folder / "images_2.csv", index=False)
    pd.DataFrame(list(numbers.items()), columns=["id", "scr"]).to_csv(
        folder / "screening.csv", index=False
    )
    read(folder, "dd").to_csv(folder / "deaths.csv", index=False)
    read(folder, "ds").assign(x="").to_csv(folder / "ends.csv", index=False)
    for name in SPECS:
        (folder / f"{name}.csv").unlink()


@pytest.fixture(scope="module")
def queried(trial: ExportedTrial, tmp_path_factory: pytest.TempPathFactory) -> ExportedTrial:
    """The trial by a mapping of every short key; ``ds`` as a query that DuckDB alone can run."""
    folder = tmp_path_factory.mktemp("queried") / "edc"
    reshape(trial.edc, folder)
    tables = {
        name: TableMapping.model_validate_json(json.dumps(spec)) for name, spec in SPECS.items()
    }
    tables["ds"] = TableMapping(source="ends")
    mapping = trial.mapping.model_copy(update={"tables": tables})
    return replace(trial, edc=folder, mapping=mapping)


@pytest.fixture(scope="module")
def right(queried: ExportedTrial) -> Derived:
    return queried.run()


def test_a_right_run_agrees(queried: ExportedTrial, right: Derived, derived: Derived) -> None:
    found = queried.check(right)
    assert describe_differing(found) == []
    assert {item.reason for item in found if item.verdict is Verdict.NOT_CHECKED} == set()
    pd.testing.assert_frame_equal(right.adsl, derived.adsl)


def test_what_the_second_engine_cannot_run_is_not_checked(
    queried: ExportedTrial, right: Derived
) -> None:
    spec = TableMapping.model_validate_json(json.dumps(SPECS["ds"]))
    tables = {**queried.mapping.tables, "ds": spec}
    found = queried.mapped(queried.mapping.model_copy(update={"tables": tables})).check(right)
    assert describe_differing(found) == []
    undecided = {item.level for item in found if item.verdict is Verdict.NOT_CHECKED}
    assert {"DTHFL", "MRS90"} <= undecided
    assert "SICH48FL" not in undecided
    reasons = {item.reason for item in found if item.level == "DTHFL"}
    assert all("cannot run tables.ds.sql" in reason for reason in reasons)


# --- the first engine is wrong -------------------------------------------------------------------


def change_parts(change: Callable[[list[Part]], list[Part]]) -> Callable[[Any], list[Part]]:
    """The blocks of a table as something else."""
    listed = write.list_parts

    def list_others(spec: Any) -> list[Part]:
        return change(listed(spec)) if spec.stack else listed(spec)

    return list_others


def swap(parts: list[Part]) -> list[Part]:
    """The constant of each block under that of another."""
    return [replace(part, constants=other.constants)
            for part, other in zip(parts, reversed(parts), strict=True)]  # fmt: skip


def forget_conditions(part: Part, made: Any) -> tuple[list[str], list[str]]:
    """Every row of the source."""
    written = cells.quote("mrs_90"), cells.quote("mrs_30")
    return ([f"concat({', '.join(written)}) <> ''"] if part.own else []), []


def take_first(engine: Engine, name: str, texts: pd.DataFrame, file: str) -> None:
    """A source without its last rows."""
    add(engine, name, texts.iloc[: len(texts) // 2] if name == "deaths" else texts, file)


def find_nothing(column: str, *_: Any) -> str:
    """No row of the other source."""
    return f"LEFT JOIN (SELECT NULL AS taken) AS {cells.name_lookup(column)} ON false"


add = Engine.add_source
FAULTS: dict[str, tuple[Any, str, Any, str]] = {
    "a block lost": (write, "list_parts", change_parts(lambda p: p[:1]), "ADSL / ITT / MRS90"),
    "a wrong constant": (write, "list_parts", change_parts(swap), "ADSL / ITT / MRS90"),
    "a condition lost": (write, "write_conditions", forget_conditions, "ADSL / ITT / MRS90"),
    "nothing looked up": (write, "write_lookup_join", find_nothing, "ADSL / ITT / SICH48FL"),
    "rows of a source lost": (Engine, "add_source", take_first, "ADSL / ITT / DTHDT"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_the_engine_differs(
    queried: ExportedTrial, right: Derived, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    where, attribute, fault, expected = FAULTS[name]
    monkeypatch.setattr(where, attribute, fault)
    tables, queries = queried.read()
    wrong = queried.derive(tables, queries, right.engine)
    found = find_differing(queried.check(wrong))
    assert any(differing.startswith(expected) for differing in found), list(found)
