"""Terms of a model, as they are given."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import EstimationError
from analysis.models.data.terms import Term, quadratic_form, read_term, read_terms


def test_each_column_is_a_term_unless_said() -> None:
    assert read_terms(None, 2) == (Term("0", (0,)), Term("1", (1,)))


def test_terms_have_the_names_given_or_their_columns() -> None:
    assert read_terms({"arm": [0], "site": (2, 1)}, 3) == (Term("arm", (0,)), Term("site", (2, 1)))
    assert read_terms([(1, 2)], 3) == (Term("1, 2", (1, 2)),)
    assert read_term(np.array([0, 2]), 3) == (0, 2)
    assert read_terms([], 3) == ()


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        ([0, 1], "a term is a group of column numbers, not 0"),
        ([()], "a term without columns"),
        ({"none": ()}, "a term without columns none"),
        ([(0, 3)], "3 is not one of the columns 0 to 2"),
        ([(0, 1.0)], "1.0 is not one of the columns"),
        ([(0, -1)], "-1 is not one of the columns"),
        ([("a",)], "'a' is not one of the columns"),
        ([(1, 1)], r"column \[1, 1\] twice"),
        (3, "terms must be groups of column numbers, not 3"),
        ("ab", "terms must be groups of column numbers, not 'ab'"),
    ],
)
def test_other_terms_are_an_error(terms: object, message: str) -> None:
    with pytest.raises(EstimationError, match=message):
        read_terms(terms, 3)  # type: ignore[arg-type]


def test_a_quadratic_form_does_not_depend_on_scales() -> None:
    """(1, 2) of the matrix [[2, 1], [1, 3]]: its inverse is [[3, -1], [-1, 2]] / 5, so 7 / 5."""
    scale = np.array([1e-9, 1e9])
    matrix = np.array([[2.0, 1.0], [1.0, 3.0]]) * np.outer(scale, scale)
    assert quadratic_form(np.array([1.0, 2.0]) * scale, matrix) == pytest.approx(1.4, rel=1e-12)


@pytest.mark.parametrize(
    "matrix", [[[1, 1], [1, 1]], [[1, 2], [2, 1]], [[0, 0], [0, 1]], [[np.nan, 0], [0, 1]]]
)
def test_a_matrix_that_is_not_positive_definite_has_no_form(matrix: list[list[float]]) -> None:
    assert quadratic_form(np.ones(2), np.array(matrix, dtype=float)) is None
