"""The result objects: what every analysis returns and every display reads.

An :class:`AnalysisResult` holds the numbers of one analysis id. Results of one subject of analysis
are written together as strict JSON; all of them, laid out as one long frame, are ``ard.csv``.
"""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from analysis.errors.reason import Reason

SIGNIFICANT_DIGITS = 12
"""Digits kept of every number: BLAS kernels of different processors differ beyond these."""

ARD_COLUMNS = (
    "analysis_id",
    "population",
    "group",
    "variable",
    "level",
    "stat_name",
    "stat",
    "method",
    "warning",
    "allocation",
)


class Allocation(StrEnum):
    """Whose allocation the results were made with."""

    DUMMY = "dummy"
    REHEARSAL = "rehearsal"
    TRIAL = "trial"

    @property
    def stamp(self) -> str:
        """The words that every display carries; empty for the trial's own allocation."""
        return {
            Allocation.DUMMY: "DUMMY ALLOCATION - NOT TRIAL RESULTS",
            Allocation.REHEARSAL: "REHEARSAL - NOT TRIAL RESULTS",
            Allocation.TRIAL: "",
        }[self]


@dataclass(frozen=True)
class Statistic:
    """One number. ``value`` is None when it is not estimable; ``warning`` is then the reason.

    ``group`` is an arm code, or empty for a contrast or both arms together.
    """

    name: str
    value: int | float | None
    group: str = ""
    variable: str = ""
    level: str = ""
    warning: str | Reason = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", round_significant(self.value))

    @property
    def note(self) -> str:
        """The warning as it is written."""
        return self.warning.note if isinstance(self.warning, Reason) else self.warning


@dataclass(frozen=True)
class AnalysisResult:
    """The numbers of one analysis id in one population, with how they came about."""

    analysis_id: str
    population: str
    method: str
    statistics: tuple[Statistic, ...]
    estimand: str = ""
    diagnostics: Mapping[str, str | int | bool] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def round_significant(value: int | float | None) -> int | float | None:
    """Return ``value`` at 12 significant digits; counts stay integers, NaN becomes None."""
    if value is None or isinstance(value, int):
        return value
    number = float(value)
    if not math.isfinite(number):
        return None
    return float(f"{number:.{SIGNIFICANT_DIGITS - 1}e}")


def write_results_text(
    results: Iterable[AnalysisResult], allocation: Allocation, provenance: Mapping[str, str]
) -> str:
    """Return results of one subject of analysis as strict JSON text (NaN refused)."""
    content = {
        "allocation": allocation.value,
        "stamp": allocation.stamp,
        "provenance": dict(provenance),
        "results": [_lay_out(result) for result in results],
    }
    return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _lay_out(result: AnalysisResult) -> dict[str, Any]:
    """The result as plain values, the warnings as they are written."""
    written = [{**vars(statistic), "warning": statistic.note} for statistic in result.statistics]
    return {**vars(result), "diagnostics": dict(result.diagnostics), "statistics": written}


def build_ard_rows(content: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the rows of ``ard.csv`` for one results file, as text, in the file's order."""
    return [
        {
            "analysis_id": result["analysis_id"],
            "population": result["population"],
            "group": statistic["group"],
            "variable": statistic["variable"],
            "level": statistic["level"],
            "stat_name": statistic["name"],
            "stat": "" if statistic["value"] is None else repr(statistic["value"]),
            "method": result["method"],
            "warning": statistic["warning"] or "; ".join(result["warnings"]),
            "allocation": content["allocation"],
        }
        for result in content["results"]
        for statistic in result["statistics"]
    ]
