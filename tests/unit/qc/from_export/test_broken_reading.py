"""A fault of reading does not agree with itself: whatever is read wrongly differs."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.config.mapping import TableMapping
from analysis.io.verdicts import Comparison
from tests.unit.qc.from_export.exported_trial import (
    Derived,
    ExportedTrial,
    Tables,
    find_differing,
)

Change = Callable[[pd.DataFrame], pd.DataFrame]


def blank(*columns: str) -> Change:
    """The columns are empty, as if the file lacked them."""
    return lambda table: table.assign(**{c: table[c].where(pd.Series(False, table.index)) for c in
                                         columns})  # fmt: skip


def exchange(first: str, second: str) -> Change:
    """Two columns stand in the place of one another."""
    return lambda table: table.assign(**{first: table[second], second: table[first]})


def recode(column: str, codes: dict[str, str]) -> Change:
    """Codes are read as others."""
    return lambda table: table.assign(**{column: table[column].replace(codes)})


def shift(column: str, *, days: int = 0, by: float = 0) -> Change:
    """All values are read too late, or too high."""
    step = pd.Timedelta(days=days) if days else by
    return lambda table: table.assign(**{column: table[column] + step})


def delay(column: str, days: int) -> Change:
    """All dates that are kept as texts, as those that may be partial, are read too late."""

    def change(table: pd.DataFrame) -> pd.DataFrame:
        later = pd.to_datetime(table[column]) + pd.Timedelta(days=days)
        return table.assign(**{column: later.dt.strftime("%Y-%m-%d").astype("str")})

    return change


def turn_round(column: str) -> Change:
    """The values of a column are read from its end."""
    return lambda table: table.assign(**{column: table[column].iloc[::-1].tolist()})


def thin(table: pd.DataFrame) -> pd.DataFrame:
    """Every third row is lost."""
    return table[table.index % 3 != 0].reset_index(drop=True)


Fault = tuple[str, Change, str]
"""A table, what is done to it, and how the name of a number begins that must differ."""

ROUNDS: dict[str, tuple[Fault, ...]] = {
    "rows of rand lost": (("rand", thin, "ADSL / ITT / RANDDTM"),),
    "randomised a day late": (("rand", shift("RANDDTC", days=1), "ADSL / ITT / RANDDTM"),),
    "numbers of others": (("rand", turn_round("RANDNO"), "ADSL / ITT / TRT01P"),),
    "rows lost, and codes turned": (
        ("mrs", thin, "ADSL / ITT / MRS90"),
        ("ich", blank("SICH"), "ADSL / ITT / SICH48FL"),
        ("ae", blank("AESER"), "ADAE / ITT / serious"),
        ("ex", turn_round("EXKIT"), "ADSL / ITT / TRT01A"),
        ("bl", lambda t: t.assign(GLUC=t["GLUC"] * 18), "ppreasons / ITT / EX10"),
        ("evt", shift("PASSES", by=3), "ppreasons / ITT / EX15B"),
        ("dm", lambda t: t.assign(RFICDTC="2031-01-01"), "ppreasons / ITT / IN07"),
        ("ie", recode("IEORRES", {"Y": "N", "N": "Y"}), "ppreasons / ITT / IE"),
        ("dv", recode("DVMAJOR", {"Y": "N", "N": "Y"}), "ppreasons / ITT / DV"),
    ),
    "values wrong": (
        ("mrs", shift("MRS", by=1), "ADSL / ITT / MRS90"),
        ("ich", recode("SICH", {"Y": "N", "N": "Y"}), "ADSL / ITT / SICHUNFL"),
        ("ae", recode("AESER", {"Y": "N", "N": "Y"}), "ADAE / ITT / serious"),
        ("ex", lambda t: t.assign(EXDOSE=t["EXDOSE"] / 2), "ppreasons / ITT / DOSEIV"),
        ("bl", exchange("NIHSSBL", "ASPECTS"), "ppreasons / ITT / IN04"),
    ),
    "columns empty": (
        ("mrs", blank("MRS"), "ADSL / ITT / MRS90"),
        ("ich", blank("ICHTYPE"), "ADSL / ITT / ICH48FL"),
        ("ae", blank("AESTDTC"), "ADAE / ITT / serious, treatment-emergent"),
    ),
    "dates empty, late, rows of events lost": (
        ("mrs", blank("MRSDTC"), "ADSL / ITT / MRS90"),
        ("ich", shift("ICHDTC", days=2), "ADSL / ITT / SICH48FL"),
        ("ae", thin, "ADAE / ITT / all"),
    ),
    "dates late, tables empty": (
        ("mrs", shift("MRSDTC", days=20), "ADSL / ITT / MRS90RUL"),
        ("ich", lambda t: t.iloc[:0], "ADSL / ITT / SICHUNFL"),
        ("ae", lambda t: t.iloc[:0], "ADAE / ITT / serious"),
    ),
    "visits and doses": (
        ("mrs", recode("VISIT", {"D30": "D90", "D90": "D30"}), "ADSL / ITT / MRS90"),
        ("ex", blank("EXDOSE"), "ADSL / ITT / SAFFL"),
    ),
    "sources": (
        ("mrs", recode("MRSSRC", {"LOCAL": "CENTRAL", "CENTRAL": "LOCAL"}), "ADSL / ITT / MRS90"),
    ),
    "rows of dd lost": (("dd", thin, "ADSL / ITT / DTHDT"),),
    "deaths late": (("dd", delay("DTHDTC", 30), "ADSL / ITT / DTH90FL"),),
    "no death in ds": (("ds", recode("DSDECOD", {"DEATH": "OTHER"}), "ADSL / ITT / DTHDT"),),
}
"""What is read wrongly at once: faults whose variables are not those of one another."""


@pytest.fixture(scope="module")
def read(trial: ExportedTrial) -> tuple[Tables, pd.DataFrame]:
    return trial.read()


@pytest.mark.parametrize("name", ROUNDS)
def test_what_is_read_wrongly_differs(
    trial: ExportedTrial, derived: Derived, read: tuple[Tables, pd.DataFrame], name: str
) -> None:
    tables, queries = read
    broken = dict(tables)
    for table, change, _ in ROUNDS[name]:
        broken[table] = change(tables[table].copy())
    broken = {table: keep_subjects(frame, broken["rand"]) for table, frame in broken.items()}
    found = find_differing(trial.check(trial.derive(broken, queries, derived.engine)))
    for _, _, expected in ROUNDS[name]:
        assert any(differing.startswith(expected) for differing in found), expected


def keep_subjects(table: pd.DataFrame, rand: pd.DataFrame) -> pd.DataFrame:
    """The rows of those who are read as randomised."""
    is_known = table["SUBJID"].isin(rand["SUBJID"]) | table["SUBJID"].isna()
    return table[is_known].reset_index(drop=True)


# --- the mapping or the export is wrong, and reading lets it pass --------------------------------


def edit(
    trial: ExportedTrial, folder: Path, table: str, change: Callable[[str], str]
) -> ExportedTrial:
    """A copy of the export in which the text of one file is changed."""
    shutil.copytree(trial.edc, folder)
    path = folder / f"{table}.csv"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    return replace(trial, edc=folder)


def rename(old: str, new: str) -> Callable[[str], str]:
    """Another name in the header."""
    return lambda text: re.sub(rf"\b{old}\b", new, text, count=1)


def read_without(trial: ExportedTrial, table: str, column: str) -> Derived:
    """What a run makes of the export when its reading takes an absent column for an empty one."""
    tables, queries = trial.read()
    return trial.derive({**tables, table: blank(column)(tables[table])}, queries)


def count_zero(found: dict[str, Comparison], name: str) -> bool:
    return found[name].engine == found[name].check == "0"


@pytest.mark.parametrize(
    ("table", "column", "name"),
    [
        ("ich", "SICH", "sich_48h / SAF / MPSS / events"),
        ("ae", "AESER", "ae_overview / SAF / MPSS / serious / n"),
        ("mrs", "MRS", "mrs_distribution / ITT / MPSS / 0 / n"),
    ],
)
def test_a_column_that_the_file_lacks_never_agrees_on_zero(
    trial: ExportedTrial, tmp_path: Path, table: str, column: str, name: str
) -> None:
    without = edit(trial, tmp_path / "edc", table, rename(column, f"X{column}"))
    found = find_differing(without.check(read_without(trial, table, column)))
    assert f"{table}.csv, column {column}: the file holds no such column" in found[name].reason


def test_a_mapping_that_exchanges_two_letters_fails_and_names_its_key(trial: ExportedTrial) -> None:
    wrong = TableMapping(columns={"SICH": "SIHC"})
    mapped = trial.mapped(trial.mapping.model_copy(update={"tables": {"ich": wrong}}))
    found = find_differing(mapped.check(read_without(trial, "ich", "SICH")))
    comparison = found["sich_48h / SAF / MPSS / events"]
    assert count_zero(found, "sich_48h / SAF / MPSS / events")
    assert "ich.csv, column SIHC (for SICH): the file holds no such column" in comparison.reason
    assert "correct tables.ich.columns of the mapping" in comparison.reason


@pytest.mark.parametrize("column", ["ICHTYPE"])
def test_a_mapping_to_another_column_fails(trial: ExportedTrial, column: str) -> None:
    wrong = TableMapping(columns={"SICH": column})
    mapped = trial.mapped(trial.mapping.model_copy(update={"tables": {"ich": wrong}}))
    found = find_differing(mapped.check(read_without(trial, "ich", "SICH")))
    reason = found["sich_48h / SAF / PLACEBO / events"].reason
    assert f"ich.csv, column {column} (for SICH): " in reason
    assert "cells hold nothing that the layout allows" in reason


@pytest.mark.parametrize("prefix", ["IMPACT-"])
def test_subjects_written_in_another_way_fail_and_are_named(
    trial: ExportedTrial, tmp_path: Path, prefix: str
) -> None:
    def respell(text: str) -> str:
        header, *rows = text.splitlines()
        return "\n".join([header, *(prefix + row for row in rows), ""])

    respelt = edit(trial, tmp_path / "edc", "ae", respell)
    found = find_differing(respelt.check(respelt.run()))
    assert count_zero(found, "ae_overview / SAF / MPSS / serious / events")
    reason = found["ae_overview / SAF / MPSS / serious / events"].reason
    assert "ae.csv, column SUBJID: " in reason
    assert "ids that are those of randomised subjects written in another way" in reason


def test_a_third_of_the_subjects_written_in_another_way_fails(
    trial: ExportedTrial, tmp_path: Path
) -> None:
    def lose_zeros(text: str) -> str:
        return "\n".join(row[1:] if row.startswith("01-") else row for row in text.split("\n"))

    respelt = edit(trial, tmp_path / "edc", "mrs", lose_zeros)
    found = find_differing(respelt.check(respelt.run()))
    assert "1-001 for 01-001" in found["ADSL / ITT / MRS90 / subjects"].reason


def test_a_table_of_strangers_alone_fails(trial: ExportedTrial, tmp_path: Path) -> None:
    def estrange(text: str) -> str:
        header, *rows = text.splitlines()
        strange = [f"Z{i:05d},{row.partition(',')[2]}" for i, row in enumerate(rows, 70000)]
        return "\n".join([header, *strange, ""])

    strange = edit(trial, tmp_path / "edc", "ich", estrange)
    found = find_differing(strange.check(strange.run()))
    reason = found["sich_48h / SAF / MPSS / events"].reason
    assert "none of the subjects of ich.csv is randomised" in reason


def test_dates_that_cannot_be_read_fail(trial: ExportedTrial, tmp_path: Path) -> None:
    def turn(text: str) -> str:
        rows = [row.split(",") for row in text.splitlines()]
        place = rows[0].index("MRSDTC")
        for row in rows[1:]:
            row[place] = "/".join(reversed(row[place].split("-")))
        return "\n".join([*map(",".join, rows), ""])

    turned = edit(trial, tmp_path / "edc", "mrs", turn)
    found = find_differing(turned.check(turned.run()))
    assert "mrs.csv, column MRSDTC: " in found["ADSL / ITT / MRS90 / subjects"].reason
