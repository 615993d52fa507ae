"""The screening log: the table ``screening``."""

import numpy as np

from analysis.simulate.arrays import (
    Columns,
    Ints,
    Texts,
    Times,
    add_minutes,
    pick_texts,
    to_texts,
    write_date,
    write_padded,
)
from analysis.simulate.cohort.cohort import Cohort
from analysis.simulate.randomness.draws import draw_same_level
from analysis.simulate.tables.columns import keep_rows

PER_RANDOMISED = 1.9  # screened and not randomised, for each one randomised
RESULTS = ("NOT ELIGIBLE", "DECLINED", "OTHER")
REASONS = (
    (
        ("年龄大于80岁", 0.27),
        ("发病前mRS评分≥2分", 0.13),
        ("发病至随机超过24小时", 0.06),
        ("再通未达到eTICI 2b50", 0.19),
        ("ASPECTS评分小于3分", 0.07),
        ("NIHSS评分小于6分", 0.09),
        ("取栓次数大于3次", 0.10),
        ("术中并发症", 0.04),
        ("肾功能不全", 0.05),
    ),
    (("家属拒绝参加", 0.8), ("患者拒绝参加", 0.2)),
    (("研究药物未到位", 0.5), ("研究者认为不宜入组", 0.5)),
)


def build_screening(cohort: Cohort, rng: np.random.Generator) -> Columns:
    """Return the table ``screening``: everyone randomised and those who were not, by date."""
    n = len(cohort)
    others = int(PER_RANDOMISED * n)
    like = rng.integers(0, n, others)  # site and season of someone randomised
    shift = np.floor(rng.normal(0, 12, others)) * 1440
    result = draw_same_level(rng, (0.76, 0.2, 0.04), others)
    when: Times = np.concatenate(
        [cohort.procedure.puncture, add_minutes(cohort.allocation.randomised[like], shift)]
    )
    allocation = cohort.allocation
    table: Columns = {
        "SUBJID": np.concatenate([allocation.subjid, to_texts([""] * others)]),
        "SITEID": np.concatenate([allocation.siteid, allocation.siteid[like]]),
        "SCRDTC": write_date(when),
        "SCRRES": np.concatenate([to_texts(["RANDOMISED"] * n), pick_texts(RESULTS, result)]),
        "SCRREAS": np.concatenate([to_texts([""] * n), _draw_reasons(result, rng)]),
    }
    numbers = write_padded(np.arange(1, n + others + 1), max(5, len(str(n + others))))
    return {"SCRNO": numbers, **keep_rows(table, np.argsort(when, kind="stable"))}


def _draw_reasons(result: Ints, rng: np.random.Generator) -> Texts:
    """Why a patient was not randomised."""
    reasons = to_texts([""] * len(result))
    for code, choices in enumerate(REASONS):
        members = np.flatnonzero(result == code)
        texts, shares = zip(*choices, strict=True)
        reasons[members] = pick_texts(texts, draw_same_level(rng, shares, len(members)))
    return reasons
