"""The score of the mRS and the level of the plan that holds it; other reasons, other sets."""

from __future__ import annotations

import pytest

from analysis.config import Plan
from tests.unit.adam.small_export import (
    Derived,
    Edit,
    add,
    day,
    derive_cases,
    died,
    drop,
    only_scores,
    score,
)

CENTRAL = "CENTRAL"
CASES: dict[str, list[Edit]] = {
    **{f"scored {mrs}": [*only_scores((CENTRAL, day(90), str(mrs)))] for mrs in range(6)},
    "died on day 40": [died(40), drop("mrs")],
    "a 5 before a death": [died(95), *only_scores((CENTRAL, day(85), "5"))],
    "a 6 on day 88": [*only_scores((CENTRAL, day(88), "6"))],
    "last seen with 5": [drop("mrs"), score(day(30), "5", visit="D30")],
    "late": [*only_scores((CENTRAL, day(110), "5"))],
    "major": [add("dv", DVSEQ="1", DVMAJOR="Y")],
    "not seen": [drop("mrs")],
}


@pytest.fixture(scope="module")
def derived(plan: Plan) -> Derived:
    outcome = plan.outcome.model_copy(update={"levels": (0, 1, 2, 3, 4, 5), "death_level": 5})
    chosen = plan.per_protocol.model_copy(update={"reasons": ("WINDOW", "NOMRS")})
    return derive_cases(plan.model_copy(update={"outcome": outcome, "per_protocol": chosen}), CASES)


@pytest.mark.parametrize(
    ("name", "scored", "level"),
    [
        *((f"scored {mrs}", mrs, mrs) for mrs in range(6)),
        ("died on day 40", 6, 5),
        ("a 5 before a death", 5, 5),
        ("a 6 on day 88", 6, 5),
        ("not seen", None, None),
    ],
)
def test_the_last_level_holds_every_worse_score(
    derived: Derived, name: str, scored: int | None, level: int | None
) -> None:
    assert (derived.value(name, "MRS90SCR"), derived.value(name, "MRS90")) == (scored, level)


def test_a_5_is_no_death(derived: Derived) -> None:
    assert derived.value("scored 5", "DTHFL") == "N"
    assert derived.value("scored 5", "ALV90FL") == "Y"
    assert derived.value("a 6 on day 88", "DTHFL") == "Y"


def test_the_last_score_is_a_level_too(derived: Derived) -> None:
    assert derived.value("last seen with 5", "MRSLAST") == 5


@pytest.mark.parametrize(
    ("name", "flag"), [("late", "N"), ("not seen", "N"), ("major", "Y"), ("died on day 40", "Y")]
)
def test_only_the_reasons_of_the_plan_exclude(derived: Derived, name: str, flag: str) -> None:
    assert derived.value(name, "PPROTFL") == flag
