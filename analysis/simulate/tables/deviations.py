"""Protocol deviations: the table ``dv``. Major ones are planted as faults."""

import numpy as np

from analysis.simulate.arrays import Columns, pick_texts, to_texts
from analysis.simulate.cohort.cohort import Cohort
from analysis.simulate.randomness.draws import draw_event

MINOR = (
    ("VISIT WINDOW", "第30天随访超出时间窗"),
    ("ASSESSMENT", "24小时NIHSS评分超出时间窗"),
    ("LABORATORY", "漏做一次实验室检查"),
    ("SAMPLE", "血样采集时间晚于规定时间"),
    ("DOCUMENTATION", "病历记录不完整，已补充"),
    ("DRUG STORAGE", "药品储存温度短时超出范围"),
)
MINOR_RATE = 0.06


def build_dv(cohort: Cohort, rng: np.random.Generator) -> Columns:
    """Return the table ``dv`` with minor deviations only."""
    subjects = np.flatnonzero(draw_event(rng, MINOR_RATE, len(cohort)))
    kind = rng.integers(0, len(MINOR), len(subjects))
    codes, terms = (tuple(row[part] for row in MINOR) for part in (0, 1))
    return {
        "SUBJID": cohort.allocation.subjid[subjects],
        "DVSEQ": to_texts(["1"] * len(subjects)),
        "DVDECOD": pick_texts(codes, kind),
        "DVTERM": pick_texts(terms, kind),
        "DVMAJOR": to_texts(["N"] * len(subjects)),
    }
