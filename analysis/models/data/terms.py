"""Terms of a model (one or more columns) and their chi-square tests."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Integral

import numpy as np
from scipy.special import chdtrc

from analysis.errors import EstimationError
from analysis.errors.reason import Reason
from analysis.errors.reason_codes import ReasonCode
from analysis.models.types import Matrix, Vector

SINGULAR = 1e-10
"""Smallest pivot, at a unit diagonal, of a matrix that is inverted: what of a row is not in the
span of the rows before it. Below it, a test statistic keeps fewer than six of sixteen digits."""

Terms = Mapping[str, Sequence[int]] | Sequence[Sequence[int]]


@dataclass(frozen=True)
class TermTest:
    """A chi-square test of some columns; None where it is not estimable, with ``reason``."""

    name: str
    columns: tuple[int, ...]
    statistic: float | None
    df: int
    p_value: float | None
    reason: Reason | None = None


@dataclass(frozen=True)
class ProportionalityTests:
    """A test of proportional odds by ``method``: of all columns together and of every term."""

    method: str
    overall: TermTest
    terms: tuple[TermTest, ...]


@dataclass(frozen=True)
class Term:
    """A name and the numbers of the term's columns."""

    name: str
    columns: tuple[int, ...]

    def test(self, statistic: float, df: int) -> TermTest:
        """Return the test with this chi-square statistic."""
        value = max(statistic, 0.0)
        return TermTest(self.name, self.columns, value, df, float(chdtrc(df, value)))

    def not_estimable(self, reason: Reason, df: int) -> TermTest:
        """Return the test without a statistic."""
        return TermTest(self.name, self.columns, None, df, None, reason)

    def quadratic_test(self, vector: Vector, matrix: Matrix, df: int, what: str) -> TermTest:
        """Return the test with statistic vector' matrix^-1 vector.

        Not estimable if the matrix, named ``what``, is not positive definite.
        """
        form = quadratic_form(vector, matrix)
        if form is None:
            return self.not_estimable(Reason.of(ReasonCode.NOT_POSITIVE_DEFINITE, what=what), df)
        return self.test(form, df)


def quadratic_form(vector: Vector, matrix: Matrix) -> float | None:
    """Return vector' matrix^-1 vector; None unless the matrix is safely positive definite."""
    diagonal = np.diag(matrix)
    if not np.all(np.isfinite(matrix)) or np.any(diagonal <= 0.0):
        return None
    scale = 1.0 / np.sqrt(diagonal)
    try:
        factor = np.linalg.cholesky(matrix * np.outer(scale, scale))
    except np.linalg.LinAlgError:
        return None
    if np.min(np.diag(factor)) ** 2 <= SINGULAR:
        return None
    return float(np.sum(np.linalg.solve(factor, scale * vector) ** 2))


def all_columns(p: int) -> Term:
    """Return the term of all ``p`` columns."""
    return Term("all", tuple(range(p)))


def read_terms(terms: Terms | None, p: int) -> tuple[Term, ...]:
    """Return the terms of a model of ``p`` columns; without any given, each column is one.

    ``terms``: name to column numbers, or groups of column numbers, named by them; may be empty.
    Raises EstimationError for a group that is empty, names a column twice, or one that is not.

    >>> read_terms({"site": (1, 2)}, p=3)
    (Term(name='site', columns=(1, 2)),)
    """
    if terms is None:
        return tuple(Term(str(j), (j,)) for j in range(p))
    if isinstance(terms, Mapping):
        named = [(str(name), group) for name, group in terms.items()]
    elif isinstance(terms, Iterable) and not isinstance(terms, str):
        named = [("", group) for group in terms]
    else:
        raise EstimationError(f"terms must be groups of column numbers, not {terms!r}")
    found = [(name, read_term(group, p)) for name, group in named]
    for name, columns in found:
        if not columns:
            raise EstimationError(f"a term without columns {name}".rstrip())
    return tuple(
        Term(name or ", ".join(str(j) for j in columns), columns) for name, columns in found
    )


def read_term(group: Sequence[int], p: int) -> tuple[int, ...]:
    """Return the column numbers of one group, 0 to p - 1, each once; else EstimationError."""
    try:
        columns = tuple(group)
    except TypeError as error:  # a bare number
        raise EstimationError(f"a term is a group of column numbers, not {group!r}") from error
    for column in columns:
        if isinstance(column, bool) or not isinstance(column, Integral) or not 0 <= column < p:
            raise EstimationError(f"{column!r} is not one of the columns 0 to {p - 1}")
    if len(set(columns)) < len(columns):
        raise EstimationError(f"column {list(columns)} twice in one term")
    return tuple(int(column) for column in columns)
