"""Results that need what the trial did not collect: they say so, in the place of every number."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analysis.analyses.description.populations import EXCLUDED, EXCLUSIONS
from analysis.analyses.model_data.sites import SITE
from analysis.analyses.mrs.roles import CONFIRMATORY_NAME, ROLE_NAME
from analysis.analyses.safety.adverse_events import list_special_columns, name_columns
from analysis.config import Plan
from analysis.config.per_protocol_reasons import describe_reasons
from analysis.errors.reason import Reason
from analysis.errors.reason_codes import ReasonCode
from analysis.io.not_collected import list_not_collected
from analysis.io.result import AnalysisResult, Statistic

AS_TREATED = "TRT01A"
FACTS = (CONFIRMATORY_NAME, ROLE_NAME)
"""Statistics that the plan gives, whatever was collected."""
PARAMETERS = {"EQ5D": "EQ5DUTIL"}
"""Parameter of ADQS of a variable that has another name."""
DISPOSITION, SCREENING_LEVELS = "disposition", (EXCLUDED, *EXCLUSIONS.values())
STRATIFIED = ("win_odds_stratified", "van_elteren", "rerandomisation")
REASONS, PATTERNS, SPECIAL = "pp_reasons", "missing_patterns", "ae_special"


def withhold(
    results: Sequence[AnalysisResult], frames: Iterable[pd.DataFrame | None], plan: Plan
) -> list[AnalysisResult]:
    """Return the results without the numbers that need what was not collected.

    Such a statistic has no value, neither a count nor 0 nor a denominator, and its reason is
    NOT_COLLECTED with what the export lacks. A statistic needs the column that it is of (its
    variable), and what its analysis needs. ``frames``: the data sets of the analysis, which know
    what of them was not collected. A set of subjects that was made with less says so.
    """
    known = [list_not_collected(frame) for frame in frames if frame is not None]
    sources = {name: source for each in known for name, source in each.items()}
    if not sources:
        return list(results)
    withholding = _Withholding(sources, _list_needs(plan), plan)
    return [withholding.apply(result) for result in results]


@dataclass(frozen=True)
class _Withholding:
    """``sources``: by column what the export lacks for it. ``needs``: columns by analysis id."""

    sources: Mapping[str, str]
    needs: Mapping[str, tuple[str, ...]]
    plan: Plan

    def apply(self, result: AnalysisResult) -> AnalysisResult:
        statistics = tuple(self._judge(result, one) for one in result.statistics)
        numbers = [one for one in statistics if one.name not in FACTS]
        if numbers and all(_is_withheld(one) for one in numbers):
            kept = {name: value for name, value in result.diagnostics.items() if name == "role"}
            return replace(result, statistics=statistics, diagnostics=kept, warnings=())
        notes = self._describe_set(result.population)
        return replace(result, statistics=statistics, warnings=(*result.warnings, *notes))

    def _judge(self, result: AnalysisResult, statistic: Statistic) -> Statistic:
        wanted = [
            statistic.variable,
            PARAMETERS.get(statistic.variable, ""),
            *self.needs.get(result.analysis_id, ()),
            *self._list_by_level(result.analysis_id, statistic.level),
        ]
        lacking = [self.sources[name] for name in wanted if name in self.sources]
        if not lacking or statistic.name in FACTS:
            return statistic
        listed = ", ".join(dict.fromkeys(", ".join(lacking).split(", ")))
        reason = Reason.of(ReasonCode.NOT_COLLECTED, source=listed)
        return replace(statistic, value=None, warning=reason)

    def _list_by_level(self, analysis_id: str, level: str) -> Iterator[str]:
        """What the level of a statistic needs: a per-protocol reason, a kind of adverse event."""
        if analysis_id == REASONS:
            yield level
        if analysis_id == DISPOSITION and level in SCREENING_LEVELS:
            yield "SCRRES"
        if analysis_id == SPECIAL:
            yield from list_special_columns(level, self.plan)
        yield from name_columns(analysis_id, level)

    def _describe_set(self, population: str) -> Iterator[str]:
        if population == "PP":
            codes = [code for code in describe_reasons(self.plan) if code in self.sources]
            listed = "; ".join(f"{code} ({self.sources[code]})" for code in codes)
            if codes:
                yield f"the per-protocol set is made without reasons not collected: {listed}"
        if population == "SAF" and AS_TREATED in self.sources:
            source = self.sources[AS_TREATED]
            yield f"{source} was not collected: the arm as treated is that as randomised (SAP 3.3)"


def _is_withheld(statistic: Statistic) -> bool:
    reason = statistic.warning
    return isinstance(reason, Reason) and reason.code is ReasonCode.NOT_COLLECTED


def _list_needs(plan: Plan) -> dict[str, tuple[str, ...]]:
    """The columns that every number of an analysis needs, by analysis id."""
    by_factor = {
        f"{stem}_{factor.name}": (factor.column,)
        for factor in plan.subgroups.factors
        for stem in ("subgroup", "mrs_distribution")
    }
    return {
        **by_factor,
        **dict.fromkeys(STRATIFIED, plan.co_reported.strata),
        "sens_site_cluster": (SITE,),
        "sens_site_random": (SITE,),
        "sens_as_treated": (AS_TREATED,),
        PATTERNS: ("NIHSS",),
    }
