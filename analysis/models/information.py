"""Which information a score test takes."""

from __future__ import annotations

from enum import StrEnum

from analysis.errors import EstimationError


class Information(StrEnum):
    """The information of a score test: Fisher's, as SAS PROC LOGISTIC, or minus the Hessian."""

    EXPECTED = "expected"
    OBSERVED = "observed"


def read_information(information: str) -> Information:
    """Return the kind of information; EstimationError for any other."""
    try:
        return Information(information)
    except ValueError as error:
        raise EstimationError(f"information is expected or observed, not {information}") from error
