"""Wilcoxon-Mann-Whitney and van Elteren tests: by hand, their invariances, and refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.win_odds.wilcoxon import van_elteren_test, wilcoxon_mann_whitney_test

EXACT = 1e-14  # a few operations

# Stratum A: treatment 0, 1 against 1, 2. Stratum B: treatment 0 against 1, 2.
Y = np.array([0, 1, 1, 2, 0, 1, 2])
ARM = np.array([1, 1, 0, 0, 1, 0, 0])
STRATA = np.array(["A"] * 4 + ["B"] * 3)


def test_wilcoxon_mann_whitney_by_hand() -> None:
    """Stratum A alone: midranks 1, 2.5, 2.5, 4; the treatment's 3.5 of 5 expected, variance
    2 * 2 / 12 * (5 - (8 - 2) / (4 * 3)) = 3/2."""
    found = wilcoxon_mann_whitney_test(Y[:4], ARM[:4])
    assert found.z == pytest.approx(1.5 / np.sqrt(1.5), rel=EXACT)
    assert found.chi_square == pytest.approx(1.5, rel=EXACT)
    assert (found.n, found.strata, found.strata_left_out, found.rows_left_out) == (4, 1, 0, 0)


def test_van_elteren_by_hand() -> None:
    """B: ranks 1, 2, 3, sum 1 of 2 expected, variance 1 * 2 / 12 * 4 = 2/3. Weights 1/5, 1/4."""
    found = van_elteren_test(Y, ARM, STRATA)
    z = (1.5 / 5 + 1 / 4) / np.sqrt(1.5 / 25 + 2 / 3 / 16)
    assert found.z == pytest.approx(z, rel=EXACT)
    assert found.chi_square == pytest.approx(z**2, rel=EXACT)
    assert (found.n, found.strata) == (7, 2)


def test_a_known_p_value() -> None:
    """z of 1.959963984540054 is the 97.5 % point: p is taken on both sides."""
    found = wilcoxon_mann_whitney_test([0, 1, 2, 3], [1, 1, 0, 0])
    assert found.z == pytest.approx(2 / np.sqrt(4 * 5 / 12), rel=EXACT)
    assert found.p_value == pytest.approx(0.12133525035848211, rel=1e-12)  # R: 2 * pnorm(-z)


def test_a_stratum_with_an_empty_arm_is_left_out_and_said() -> None:
    extended = van_elteren_test(
        [*Y, 0, 5, 6], [*ARM, 1, 0, 0], [*STRATA, "treated only", "reference", "reference"]
    )
    plain = van_elteren_test(Y, ARM, STRATA)
    assert (extended.z, extended.n, extended.strata) == (plain.z, plain.n, plain.strata)
    assert (extended.strata_left_out, extended.rows_left_out) == (2, 3)


def test_one_row_in_an_arm_is_enough() -> None:
    assert wilcoxon_mann_whitney_test([0, 1, 2], [1, 0, 0]).z > 0


def test_a_single_difference_among_many_ties_keeps_its_digits() -> None:
    """One of n rows is higher, in the reference arm.

    The wins exceed their mean by n1 / 2. Their variance is n1 n0 / (n (n - 1)) times the squared
    deviations of the midranks, (n - 1) / 4 + (n - 1)^2 / 4 = n (n - 1) / 4. Chi-square is n1 / n0.
    """
    n1, n0 = 600_000, 400_000
    y = np.zeros(n1 + n0, dtype=np.int64)
    y[-1] = 1
    found = wilcoxon_mann_whitney_test(y, np.repeat([1, 0], [n1, n0]))
    assert found.chi_square == pytest.approx(n1 / n0, rel=1e-12)


def test_swapped_arms_change_the_sign_alone() -> None:
    found, swapped = van_elteren_test(Y, ARM, STRATA), van_elteren_test(Y, 1 - ARM, STRATA)
    assert swapped.z == pytest.approx(-found.z, rel=EXACT)
    assert swapped.p_value == pytest.approx(found.p_value, rel=EXACT)


def test_one_stratum_is_the_unstratified_test() -> None:
    found = van_elteren_test(Y, ARM, ["all"] * 7)
    assert found == wilcoxon_mann_whitney_test(Y, ARM)


BAD: dict[str, tuple[Any, Any, Any, str]] = {
    "no treatment": (Y, 0 * ARM, STRATA, "arms of 0 and 7 rows; 1 are needed"),
    "one level": (0 * Y, ARM, STRATA, "one observed level"),
    "missing label": (Y, ARM, [None, *STRATA[1:]], "label that is missing"),
    "ties within strata": (
        [1, 1, 2, 2],
        [1, 0, 1, 0],
        [1, 1, 2, 2],
        "no stratum has both arms and different outcomes",
    ),
    "arms are strata": (
        [1, 2, 3, 4],
        [1, 1, 0, 0],
        [1, 1, 2, 2],
        "no stratum has both arms and different outcomes",
    ),
    "missing outcome": ([np.nan, *Y[1:]], ARM, STRATA, "without missing values"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input(name: str) -> None:
    y, arm, strata, reason = BAD[name]
    with pytest.raises(EstimationError, match=reason):
        van_elteren_test(y, arm, strata)
