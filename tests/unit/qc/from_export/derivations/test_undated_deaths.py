"""Deaths that no record dates in full, and a 6 that is none: run and check agree from files on."""

from __future__ import annotations

import shutil
from dataclasses import replace
from itertools import cycle

import pandas as pd
import pytest

from analysis.config.mapping import TableMapping
from analysis.io.verdicts import Verdict
from tests.unit.qc.from_export.exported_trial import (
    Derived,
    ExportedTrial,
    describe_differing,
    find_differing,
)

RECORDS = {"mrs": ("MRS", "6", "MRSDTC"), "ds": ("DSDECOD", "DEATH", "DSSTDTC"),
           "ae": ("AEOUT", "FATAL", "AEENDTC")}  # fmt: skip
"""By table: the column that says of a row that it records a death, what it holds, its date."""
LENGTHS = {"dd": (7, 4, 0), "mrs": (0,), "ds": (7, 0, 0, 0), "ae": (0,)}
"""By table what is left of its dates of deaths in turn: year and month, the year, nothing."""
DECIDED = {"DTHFL", "DTHDT", "DTH90FL", "MRS90", "MRS90RUL"}


@pytest.fixture(scope="module")
def blurred(trial: ExportedTrial, tmp_path_factory: pytest.TempPathFactory) -> ExportedTrial:
    """The trial, with a part of each date of a death at most, and contradicted scores of 6."""
    folder = tmp_path_factory.mktemp("blurred") / "edc"
    shutil.copytree(trial.edc, folder)
    tables = {name: read(trial, name) for name in LENGTHS}
    cut_dates(tables["dd"], "DTHDTC", LENGTHS["dd"])
    for name, (column, meaning, date) in RECORDS.items():
        cut_dates(tables[name], date, LENGTHS[name], tables[name][column] == meaning)
    plant_contradicted(tables)
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False)
    return replace(trial, edc=folder)


def cut_dates(
    table: pd.DataFrame, column: str, lengths: tuple[int, ...], where: pd.Series | None = None
) -> None:
    rows = table.index if where is None else table.index[where]
    texts = zip(table.loc[rows, column], cycle(lengths), strict=False)
    table.loc[rows, column] = [text[:length] for text, length in texts]


def plant_contradicted(tables: dict[str, pd.DataFrame]) -> None:
    """A 6 in every third local score at day 90 of those whom no record calls dead."""
    mrs = tables["mrs"]
    dead = set(tables["dd"]["SUBJID"])
    for name, (column, meaning, _) in RECORDS.items():
        dead |= set(tables[name].loc[tables[name][column] == meaning, "SUBJID"])
    living = (mrs["MRSSRC"] == "LOCAL") & (mrs["VISIT"] == "D90") & ~mrs["SUBJID"].isin(dead)
    mrs.loc[mrs.index[living][::3], "MRS"] = "6"


@pytest.fixture(scope="module")
def dated(blurred: ExportedTrial) -> Derived:
    return blurred.run()


def read(trial: ExportedTrial, name: str) -> pd.DataFrame:
    return pd.read_csv(trial.edc / f"{name}.csv", dtype=str, keep_default_na=False)


def list_imputed(derived: Derived) -> pd.DataFrame:
    """The dead without a full date."""
    return derived.adsl[derived.adsl["DTHDTF"].notna()]


def test_every_date_that_is_left_is_imputed(blurred: ExportedTrial, dated: Derived) -> None:
    imputed = list_imputed(dated)
    assert set(imputed["DTHDTF"]) == {"D", "M", "Y"}
    assert set(read(blurred, "dd")["SUBJID"]) & set(dated.adsl["SUBJID"]) <= set(imputed["SUBJID"])
    assert (imputed["DTHDT"] >= imputed["LSTALVDT"]).all()


def test_run_and_check_agree(blurred: ExportedTrial, dated: Derived) -> None:
    found = blurred.check(dated)
    assert describe_differing(found) == []
    assert {item.verdict for item in found} == {Verdict.AGREES}


def test_a_blinded_run_dates_them_alike(blurred: ExportedTrial, dated: Derived) -> None:
    blinded = replace(blurred, lists=None)
    derived = blinded.run()
    deaths = ["SUBJID", *sorted(DECIDED), "DTHDTF", "DTHADY", "LSTALVDT"]
    pd.testing.assert_frame_equal(derived.adsl[deaths], dated.adsl[deaths])
    assert describe_differing(blinded.check(derived)) == []


def test_a_contradicted_six_is_no_death_and_the_central_score_counts(
    blurred: ExportedTrial, dated: Derived
) -> None:
    mrs = read(blurred, "mrs")
    planted = mrs[(mrs["MRS"] == "6") & (mrs["MRSDTC"] != "")]["SUBJID"]
    adsl = dated.adsl[dated.adsl["SUBJID"].isin(planted)]
    alive = adsl[adsl["DTHFL"] == "N"]
    assert len(alive) > len(adsl) / 2 > 5
    central = mrs[(mrs["MRSSRC"] == "CENTRAL") & (mrs["VISIT"] == "D90")]
    scores = set(zip(central["SUBJID"], central["MRS"], strict=True))
    assert set(zip(alive["SUBJID"], alive["MRS90"].astype("str"), strict=True)) <= scores


def test_another_day_is_found_and_named(blurred: ExportedTrial, dated: Derived) -> None:
    adsl, row = dated.adsl.copy(), list_imputed(dated).index[1]
    adsl.loc[row, "DTHDT"] += pd.Timedelta(days=1)
    found = find_differing(blurred.check(replace(dated, adsl=adsl)))
    assert adsl.loc[row, "SUBJID"] in found["ADSL / ITT / DTHDT / subjects"].reason


# --- signs of life that the check cannot read ----------------------------------------------------


@pytest.fixture(scope="module")
def unread(blurred: ExportedTrial) -> ExportedTrial:
    """``nihss``, a table of signs of life, by a query that the second engine cannot run."""
    folder = blurred.edc.parent / "unread"
    shutil.copytree(blurred.edc, folder)
    read(blurred, "nihss").assign(x="").to_csv(folder / "strokes.csv", index=False)
    (folder / "nihss.csv").unlink()
    spec = TableMapping(sql="SELECT * EXCLUDE (x), _file, _row FROM strokes")
    mapping = blurred.mapping.model_copy(update={"tables": {"nihss": spec}})
    return replace(blurred, edc=folder, mapping=mapping)


def test_they_are_then_taken_as_derived_and_named(unread: ExportedTrial, dated: Derived) -> None:
    adsl, row = dated.adsl.copy(), list_imputed(dated).index[1]
    adsl.loc[row, "DTHDT"] += pd.Timedelta(days=1)
    found = unread.check(replace(dated, adsl=adsl))
    assert describe_differing(found) == []
    (said,) = (item for item in found if item.level == "DTHDT" and item.reason)
    assert said.verdict is Verdict.NOT_CHECKED
    assert said.check == str(len(list_imputed(dated)))
    assert list_imputed(dated)["SUBJID"].min() in said.reason
    assert "cannot run tables.nihss.sql" in said.reason


def test_deaths_with_a_full_date_are_checked_all_the_same(
    unread: ExportedTrial, trial: ExportedTrial, derived: Derived
) -> None:
    folder = unread.edc.parent / "unread_dated"
    shutil.copytree(unread.edc, folder)
    for name in ("dd", *RECORDS):
        shutil.copyfile(trial.edc / f"{name}.csv", folder / f"{name}.csv")
    full = derived.adsl["DTHDT"].notna() & derived.adsl["DTHDTF"].isna()
    adsl, row = derived.adsl.copy(), derived.adsl.index[full][0]
    adsl.loc[row, "DTHDT"] += pd.Timedelta(days=1)
    found = find_differing(replace(unread, edc=folder).check(replace(derived, adsl=adsl)))
    assert adsl.loc[row, "SUBJID"] in found["ADSL / ITT / DTHDT / subjects"].reason
