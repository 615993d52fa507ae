"""Intracranial haemorrhage by Heidelberg class (SAP 9.2)."""

import pandas as pd

from analysis.analyses.model_data.arms import select_set
from analysis.analyses.safety.outcomes import SUBJECTS
from analysis.analyses.statistics.risks import (
    DIFFERENCE_METHOD,
    count_events,
    describe_risk_difference,
)
from analysis.config import Plan
from analysis.config.blocks.safety.outcomes import CLASSES, name_class_flag
from analysis.io.result import AnalysisResult, Statistic

POPULATION = "SAF"
CLASS_ID = "ich_class_48h"
METHOD = "count and percent of subjects with an image of the class"


def analyse_classes(adsl: pd.DataFrame, plan: Plan) -> list[AnalysisResult]:
    """Return ich_class_48h and ich_class_48h_rd; ``level`` is the class.

    A subject with images of several classes in the window counts in each.
    """
    members, arm = select_set(adsl, POPULATION)
    by_arm = [members[members[arm] == code] for code in plan.arms.codes]
    totals = [len(rows) for rows in by_arm]
    counted: list[Statistic] = []
    differences: list[Statistic] = []
    for kind in CLASSES:
        flag = name_class_flag(kind)
        keys = {"variable": flag, "level": kind}
        events = [int((rows[flag] == "Y").sum()) for rows in by_arm]
        counted += count_events(plan, events, totals, **keys)
        differences += describe_risk_difference(events, totals, plan.inference.other_alpha, **keys)
    hours = f"{plan.safety.haemorrhage_hours:g} h of randomisation"
    estimand = f"intracranial haemorrhage of the class within {hours}; {SUBJECTS[POPULATION]}"
    return [
        AnalysisResult(CLASS_ID, POPULATION, METHOD, tuple(counted), estimand),
        AnalysisResult(
            f"{CLASS_ID}_rd", POPULATION, DIFFERENCE_METHOD, tuple(differences), estimand
        ),
    ]
