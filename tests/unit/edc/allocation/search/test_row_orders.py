"""A file in the order of its own dates is no message, however near that is to randomisation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.edc.sources.labelled_table import LabelledTable
from tests.unit.edc.allocation.search.ways import Tables, Trial, make_trial, search_changed

N, SITES, A_DAY = 400, 8, 20


def screen(trial: Trial, *, days: bool = True, in_turn: bool = False) -> Tables:
    """The tables with a log of many subjects a day, nearly in the order of randomisation.

    ``days``: with the dates of screening; ``in_turn``: its rows by turns of one arm and the other.
    """
    rand = trial.tables["rand"].texts.sort_values("RANDDTC", kind="stable")
    near = np.arange(N) + np.random.default_rng(7).uniform(0, 3, N)
    subjects = rand["SUBJID"].to_numpy()[np.argsort(near)]
    day = pd.Timestamp("2026-01-01") + pd.to_timedelta(np.arange(N) // A_DAY, unit="D")
    log = pd.DataFrame({
        "SUBJID": subjects,
        "SCRNO": [f"P-{n}" for n in range(1, N + 1)],
        "SCRDTC": day.strftime("%Y-%m-%d") if days else "",
        "SCRRES": "RANDOMISED",
    })  # fmt: skip
    if in_turn:
        side = log["SUBJID"].map(trial.treated).to_numpy(bool)
        place = np.where(side, 2 * np.cumsum(side), 2 * np.cumsum(~side) + 1)
        log = log.iloc[np.argsort(place)].reset_index(drop=True)
    return {**trial.tables, "screening": LabelledTable(log.astype("str"))}


@pytest.fixture(scope="module")
def trial() -> Trial:
    return make_trial(N, SITES)


def test_a_log_in_the_order_of_its_days_and_numbers_passes(trial: Trial) -> None:
    assert search_changed(trial, screen) == []


def test_an_order_that_no_date_explains_is_found(trial: Trial) -> None:
    found = search_changed(trial, lambda trial: screen(trial, days=False))
    assert [finding.column for finding in found] == ["SCRNO", "*"]
    assert found[1].reason.startswith("order of rows: odd numbers: 200 and 200 subjects")


def test_rows_in_turn_of_the_arms_are_found_beside_dates(trial: Trial) -> None:
    (finding,) = search_changed(trial, lambda trial: screen(trial, in_turn=True))
    assert finding.file == "screening.csv"
    assert finding.reason.startswith("order of rows: odd numbers")


def test_arms_one_below_the_other_are_found_beside_dates(trial: Trial) -> None:
    def sort(trial: Trial) -> Tables:
        log = screen(trial)["screening"].texts
        side = log["SUBJID"].map(trial.treated)
        ordered = log.iloc[np.argsort(side.to_numpy(), kind="stable")].reset_index(drop=True)
        return {**trial.tables, "screening": LabelledTable(ordered)}

    assert [finding.file for finding in search_changed(trial, sort)] == ["screening.csv"]
