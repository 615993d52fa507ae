"""The check takes "not collected" from nobody: it finds it itself, or the two differ."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.io.not_collected import mark_not_collected
from analysis.io.verdicts import Verdict
from analysis.qc.compare import compare
from analysis.qc.not_collected import withhold
from analysis.qc.recomputed import assign, count
from analysis.qc.subjects import Trial

(EVENTS,) = assign([count("events", 0, "MPSS")], analysis_id="sich_48h", population="SAF")
SOURCE = {"SICH48FL": "ich.SICH"}


def build(trial: Trial, adsl: pd.DataFrame, *, empty: bool) -> Trial:
    flag = pd.Series([None] * len(adsl), index=adsl.index, dtype="str")
    return replace(trial, adsl=adsl.assign(SICH48FL=flag) if empty else adsl)


def test_both_find_that_it_was_not_collected(trial: Trial) -> None:
    built = build(trial, mark_not_collected(trial.adsl, SOURCE), empty=True)
    found = withhold(EVENTS, built)
    assert found.value is None
    comparison = compare(found, "")
    assert comparison.verdict is Verdict.NOT_CHECKED
    assert "not collected: SICH48FL (ich.SICH)" in comparison.reason
    assert compare(found, "0").verdict is Verdict.DIFFERS  # the engine gives a count


def test_the_word_of_the_data_set_alone_is_not_taken(trial: Trial) -> None:
    built = build(trial, mark_not_collected(trial.adsl, SOURCE), empty=False)
    assert compare(withhold(EVENTS, built), "").verdict is Verdict.DIFFERS


def test_nor_are_missing_values_alone(trial: Trial) -> None:
    built = build(trial, trial.adsl, empty=True)
    assert compare(withhold(EVENTS, built), "").verdict is Verdict.DIFFERS
