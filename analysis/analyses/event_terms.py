"""Adverse events by system organ class and preferred term, and by lists of terms (SAP 9.3)."""

from __future__ import annotations

import pandas as pd

from analysis.analyses.event_counts import SUBJECT, EventCounter
from analysis.config.adverse_events import SpecialInterest
from analysis.result import Statistic

CLASS, TERM = "AEBODSYS", "AEDECOD"
ANY = "any"
NOT_CODED = {CLASS: "Class not coded", TERM: "Term not coded"}


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
        place = {"variable": variable, "level": level}
        counts = counter.count(rows, **place)
        return counts + counter.contrast(rows, with_p=False, **place) if contrasts else counts

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


def _order_by_subjects(events: pd.DataFrame, column: str) -> list[str]:
    subjects = events.groupby(column)[SUBJECT].nunique()
    return sorted(map(str, subjects.index), key=lambda name: (-subjects[name], name))
