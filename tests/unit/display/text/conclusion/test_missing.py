"""The missing are counted by what is known of them, and nothing more is claimed."""

from __future__ import annotations

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.text.conclusion.missing import missing_sentence, missing_warning
from tests.unit.display.text.conclusion.frames import Records, change_missing


def test_from_five_percent_missing_the_reader_is_warned(
    ard: Ard, records: list[dict[str, str]], plan: Plan
) -> None:
    assert missing_warning(ard, plan) == ""
    assert missing_sentence(ard, plan).startswith("20 of 1060 randomised have no mRS at day 90")
    assert missing_sentence(ard, plan).endswith(
        "left out of the model: 15 known alive on day 90 (1 of them died later), 5 of unknown "
        "status."
    )
    many = change_missing(records, {"": 53})
    assert missing_warning(many, plan) == (
        "Warning: 5% or more of the outcomes are missing; the primary analysis is to be read "
        "beside the multiple imputation."
    )


def test_nobody_missing_is_said_as_such(records: Records, plan: Plan) -> None:
    none = change_missing(records, {"": 0, "KNOWN ALIVE": 0, "STATUS UNKNOWN": 0})
    assert missing_sentence(none, plan) == "All 1060 randomised have an mRS at day 90."
    assert missing_warning(none, plan) == ""


def test_nobody_known_alive_is_no_survivor(records: Records, plan: Plan) -> None:
    none = change_missing(records, {"KNOWN ALIVE": 0, "DIED LATER": 0, "STATUS UNKNOWN": 20})
    text = missing_sentence(none, plan)
    assert text.endswith(": 0 known alive on day 90, 20 of unknown status.")
    assert "survivor" not in text
