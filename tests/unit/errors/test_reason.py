"""Reasons are data: each is written and read back by one template, and none loses its fields."""

from __future__ import annotations

import pickle

import pytest

from analysis.errors import EstimationError
from analysis.errors.reason import (
    PREFIX,
    Field,
    Reason,
    is_absent,
    list_fields,
    read_reason,
)
from analysis.errors.reason_codes import ReasonCode

SEPARATION = Reason.of(ReasonCode.SEPARATION, columns="AGE, OCCLOC=M2: distal")
TEXTS = {"reason": SEPARATION, "text": "of a kind that nobody foresaw"}


def build(code: ReasonCode) -> Reason:
    """A reason of the code with a field of each kind."""
    numbers = iter(range(3, 20))
    fields: dict[str, Field] = {
        name: next(numbers) if spec == "d" else TEXTS.get(name, f"the {name} of it, and more")
        for name, spec in list_fields(code.value).items()
    }
    return Reason(code, fields)


@pytest.mark.parametrize("code", ReasonCode)
def test_every_reason_reads_back_as_it_was_written(code: ReasonCode) -> None:
    reason = build(code)
    assert read_reason(str(reason)) == reason
    assert read_reason(f"{PREFIX}{reason}") == reason


@pytest.mark.parametrize("code", [c for c in ReasonCode if "reason" in list_fields(c.value)])
@pytest.mark.parametrize("behind", [c for c in ReasonCode if c is not ReasonCode.OTHER])
def test_the_reason_behind_another_reads_back(code: ReasonCode, behind: ReasonCode) -> None:
    reason = Reason(code, {**build(code).fields, "reason": build(behind)})
    assert read_reason(str(reason)) == reason


def test_a_template_holds_nothing_but_fields_that_can_be_read_back() -> None:
    for code in ReasonCode:
        assert set(list_fields(code.value).values()) <= {"", "d"}, code
        assert str(build(code)) not in {str(build(other)) for other in ReasonCode if other != code}


@pytest.mark.parametrize(
    "text", ["Age, years: 2 missing, set to 68", "imputation of the outcome: not asked for", "x"]
)
def test_another_text_stays_as_it_is(text: str) -> None:
    assert read_reason(text) == Reason.of(ReasonCode.OTHER, text=text)
    assert not is_absent(text)
    assert is_absent(f"{PREFIX}{text}")


def test_no_text_is_no_reason() -> None:
    assert str(read_reason("")) == "no reason given"


def test_columns_are_numbers_until_they_have_names() -> None:
    reason = Reason.of(ReasonCode.SEPARATION, columns=(0, 2))
    assert str(reason) == "separation along column [0, 2]: no finite estimate exists"
    behind = Reason.of(ReasonCode.IN_IMPUTATION, number=3, reason=reason)
    assert str(behind.with_columns(["arm", "AGE", "SEX"])) == (
        "imputation 3: separation along column arm, SEX: no finite estimate exists"
    )


def test_rows_are_subjects_beside_terms() -> None:
    reason = Reason.of(ReasonCode.TOO_FEW_ROWS, width=3, rows=2)
    assert str(reason) == "3 columns for 2 rows"
    assert str(reason.with_columns([])) == "too few subjects, 2 for 3 columns"


def test_arms_and_variables_take_the_names_of_the_plan() -> None:
    model = Reason.of(
        ReasonCode.IN_IMPUTATION_MODEL,
        variable="auxiliary 1",
        reason=Reason.of(ReasonCode.NO_ORDERED_DRAW, draws=1000),
    )
    reason = Reason.of(ReasonCode.IN_ARM, arm="arm 1", reason=model)
    names = {"arm 1": "MPSS", "auxiliary 1": "NIHSS7", "auxiliary 10": "MRS30"}
    assert str(reason.renamed(names)) == (
        "MPSS: imputation model of NIHSS7: no ordered cut points in 1000 draws"
    )
    assert reason.renamed({}) == reason


def test_an_error_carries_its_reason_to_another_process() -> None:
    error = EstimationError(ReasonCode.ONE_LEVEL, level=2)
    assert error.reason == Reason.of(ReasonCode.ONE_LEVEL, level=2)
    assert str(error) == "the outcome has one observed level (2)"
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.reason) == (EstimationError, error.reason)
    assert EstimationError(error.reason).reason == error.reason


def test_an_error_of_a_caller_keeps_its_text() -> None:
    error = EstimationError("alpha must lie between 0 and 1, not {2}")
    assert error.reason.code is ReasonCode.OTHER
    assert str(error) == "alpha must lie between 0 and 1, not {2}"
