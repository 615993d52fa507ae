"""An arm that nobody was dosed in is said where the result is."""

from __future__ import annotations

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.text.conclusion.undosed import undosed_warning
from tests.unit.display.text.conclusion.frames import Records


def test_an_arm_without_any_dose_is_named(records: Records, plan: Plan) -> None:
    assert undosed_warning(Ard.from_records(records), plan) == ""
    none = [
        {**row, "stat": "0"} if (row["level"], row["group"]) == ("treated", "PLACEBO") else row
        for row in records
    ]
    text = undosed_warning(Ard.from_records(none), plan)
    assert text.startswith("Warning: none of the 530 randomised to Placebo received study drug")
    assert "Methylprednisolone" not in text
