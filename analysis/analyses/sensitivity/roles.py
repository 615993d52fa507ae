"""Which analyses are sensitivity analyses, and which estimate something else (SAP 6)."""

from __future__ import annotations

from dataclasses import replace

from analysis.result import AnalysisResult, Statistic

SENSITIVITY = (
    "sens_in_window",
    "sens_mi",
    "sens_worst",
    "sens_best",
    "sens_tipping",
    "sens_locf",
    "sens_site_cluster",
    "sens_site_random",
)
"""The estimand of the primary analysis under other assumptions; all others are supplementary."""
ROLE_NAME = "same_estimand"


def mark_role(result: AnalysisResult) -> AnalysisResult:
    """Return the result with its role: statistic ``same_estimand`` (1 or 0) and diagnostic."""
    is_sensitivity = result.analysis_id in SENSITIVITY
    role = "sensitivity analysis" if is_sensitivity else "supplementary analysis"
    return replace(
        result,
        statistics=(*result.statistics, Statistic(ROLE_NAME, int(is_sensitivity))),
        diagnostics={**result.diagnostics, "role": role},
    )
