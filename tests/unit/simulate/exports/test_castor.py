"""The structure of a Castor export: semicolons, days first, user missings, repeating data."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.simulate.exports.castor.study import MISSING, SUBJECT
from analysis.simulate.exports.shapes import write_shape
from tests.unit.simulate.exports.conftest import WriteShape, read_csv


@pytest.fixture(scope="module")
def study(written: WriteShape) -> pd.DataFrame:
    return read_csv(written("castor")[0] / "IMPACT-LVO_export.csv", ";")


def test_a_row_a_participant(study: pd.DataFrame) -> None:
    assert study["Participant Id"].is_unique
    assert list(study.columns[:3]) == ["Participant Id", "Participant Status", "Site Abbreviation"]


def test_days_stand_first_and_times_have_a_field(study: pd.DataFrame) -> None:
    randomised = study[study["rand_no"] != ""]
    assert randomised["rand_dt_date"].str.fullmatch(r"\d\d-\d\d-\d{4}").all()
    assert randomised["rand_dt_time"].str.fullmatch(r"\d\d:\d\d").all()


def test_unknown_parts_of_a_date_are_uk(written: WriteShape) -> None:
    events = read_csv(written("castor")[0] / "IMPACT-LVO_export_adverse_event.csv", ";")
    partial = events.loc[events["ae_start"].str.startswith("UK"), "ae_start"]
    assert len(partial)
    assert partial.str.fullmatch(r"UK-(UK|\d\d)-\d{4}").all()


def test_user_missings_are_in_the_options(written: WriteShape, study: pd.DataFrame) -> None:
    options = read_csv(written("castor")[0] / "IMPACT-LVO_export_optiongroups.csv", ";")
    assert set(MISSING) <= set(options["Option value"])
    assert set(study["age_yrs"]) & set(MISSING)


def test_a_semicolon_becomes_a_hyphen_and_is_counted(
    small: dict[str, pd.DataFrame], tmp_path_factory: pytest.TempPathFactory
) -> None:
    events = small["ae"].reset_index(drop=True)
    events.loc[0, "AETERM"] = "one; two"
    carrier = write_shape("castor", {**small, "ae": events}, tmp_path_factory.mktemp("castor"))
    (loss,) = (loss for loss in carrier.losses if loss.table == "ae")
    assert (loss.column, loss.cells) == ("AETERM", 1)
    assert carrier.tables["ae"].loc[0, "AETERM"] == "one- two"


@pytest.mark.parametrize(("text", "written"), [("01-001", "01001"), ("23-S0918", "23S0918")])
def test_participants_have_no_dash(text: str, written: str) -> None:
    assert SUBJECT.write(text) == written
    assert SUBJECT.restore(text) == text
