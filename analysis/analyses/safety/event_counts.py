"""Adverse events by arm, by class and preferred term: counts and risk differences (SAP 9.3)."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.analyses.model_data.arms import BOTH, share_of
from analysis.analyses.model_data.covariates import SUBJECT
from analysis.analyses.statistics.risks import describe_risk_difference
from analysis.config import Plan
from analysis.config.blocks.safety.adverse_events import SpecialInterest
from analysis.io.result import Statistic

CONTRAST_METHOD = "risk difference, Miettinen-Nurminen interval"

CLASS, TERM = "AEBODSYS", "AEDECOD"
ANY = "any"
NOT_CODED = {CLASS: "Class not coded", TERM: "Term not coded"}


@dataclass(frozen=True)
class EventCounter:
    """``totals``: subjects by arm code. ``arm``: the column of the arm."""

    totals: Mapping[str, int]
    arm: str
    plan: Plan

    def count(self, events: pd.DataFrame, **keys: str) -> list[Statistic]:
        """Return n (subjects), N, pct and events of each arm and of both, from rows of events."""
        statistics = []
        for group, rows, total in self._iter_groups(events):
            subjects = int(rows[SUBJECT].nunique())
            statistics += [
                Statistic("n", subjects, group=group, **keys),
                Statistic("N", total, group=group, **keys),
                share_of(subjects, total, group=group, **keys),
                Statistic("events", len(rows), group=group, **keys),
            ]
        return statistics

    def contrast(self, events: pd.DataFrame, *, with_p: bool, **keys: str) -> list[Statistic]:
        """Return the risk difference, treatment minus reference, with its interval.

        ``with_p``: with the p-value of Fisher's exact test beside it.
        """
        arms = [g for g in self._iter_groups(events) if g[0] != BOTH]
        counts = [int(rows[SUBJECT].nunique()) for _, rows, _ in arms]
        totals = [total for _, _, total in arms]
        described = describe_risk_difference(
            counts, totals, self.plan.inference.other_alpha, **keys
        )
        effect = [statistic for statistic in described if statistic.name != "p_value"]
        return [*effect, *_test(counts, totals, effect[0], **keys)] if with_p else effect

    def _iter_groups(self, events: pd.DataFrame) -> list[tuple[str, pd.DataFrame, int]]:
        codes = self.plan.arms.codes
        totals = [self.totals[code] for code in codes]
        by_arm = [events[events[self.arm] == code] for code in codes]
        return [*zip(codes, by_arm, totals, strict=True), (BOTH, events, sum(totals))]


def count_terms(counter: EventCounter, events: pd.DataFrame, *, contrasts: bool) -> list[Statistic]:
    """Return counts, and ``contrasts`` if wished: any event, each class, each term below its class.

    ``variable`` tells them apart: AE, AEBODSYS, AEDECOD. Classes, and terms within them, stand in
    order of falling number of subjects of both arms, then of the alphabet. ``level`` is the name; a
    term of several classes, or of the name of a class, carries its class too.
    """
    coded = events.assign(
        **{name: events[name].fillna(text).astype("str") for name, text in NOT_CODED.items()}
    )

    def describe(rows: pd.DataFrame, variable: str, level: str) -> list[Statistic]:
        keys = {"variable": variable, "level": level}
        counts = counter.count(rows, **keys)
        return counts + counter.contrast(rows, with_p=False, **keys) if contrasts else counts

    statistics = describe(coded, "AE", ANY)
    classes = coded.groupby(TERM)[CLASS].nunique()
    taken = {ANY, *coded[CLASS]}
    for class_name in _order_by_subjects(coded, CLASS):
        of_class = coded[coded[CLASS] == class_name]
        statistics += describe(of_class, CLASS, class_name)
        for term in _order_by_subjects(of_class, TERM):
            is_alone = classes[term] == 1 and term not in taken
            level = term if is_alone else f"{term} ({class_name})"
            statistics += describe(of_class[of_class[TERM] == term], TERM, level)
    return statistics


def find_special(events: pd.DataFrame, special: SpecialInterest) -> pd.Series:
    """Return which events are of special interest; capitals do not matter."""
    terms = [term.casefold() for term in special.preferred_terms]
    classes = [name.casefold() for name in special.system_organ_classes]
    return events[TERM].str.casefold().isin(terms) | events[CLASS].str.casefold().isin(classes)


def _test(
    counts: list[int], totals: list[int], estimate: Statistic, **keys: str
) -> list[Statistic]:
    """Fisher's exact two-sided p, as long as there is an estimate beside it."""
    from scipy.stats import fisher_exact  # slow to import

    if estimate.value is None:
        return [Statistic("p_value", None, **keys, warning=estimate.warning)]
    without = [total - count for count, total in zip(counts, totals, strict=True)]
    p_value = float(fisher_exact([counts, without]).pvalue)
    return [Statistic("p_value", p_value, **keys)]


def _order_by_subjects(events: pd.DataFrame, column: str) -> list[str]:
    subjects = events.groupby(column)[SUBJECT].nunique()
    return sorted(map(str, subjects.index), key=lambda name: (-subjects[name], name))
