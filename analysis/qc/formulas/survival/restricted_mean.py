"""Restricted mean survival time by the covariance of the curve with itself (SAP 9.1).

The engine adds up squared areas behind each event instead.
"""

import math

import numpy as np

from analysis.qc.formulas.survival.times import Times


def restricted_mean(times: Times, horizon: float) -> tuple[float, float] | None:
    """Return the mean up to the horizon and its error; None where the curve ends before it.

    Between breaks of the curve survival is S_j for a time of w_j: the mean is sum w_j S_j, its
    variance sum over j and k of w_j w_k S_j S_k G_min(j, k), where G is Greenwood's sum.
    """
    passed = [moment for moment in times.moments if moment < horizon]
    pairs = [(times.at_risk(moment), times.died(moment)) for moment in passed]
    dies_out = any(r == d for moment in times.moments
                   for r, d in [(times.at_risk(moment), times.died(moment))])  # fmt: skip
    if not dies_out and not times.at_risk(horizon):
        return None
    widths = np.diff([0.0, *passed, horizon])
    alive = np.cumprod([1.0, *(1.0 - d / r for r, d in pairs)])
    greenwood = np.cumsum([0.0, *(d / (r * (r - d)) if r > d else 0.0 for r, d in pairs)])
    lived = widths * alive
    order = np.arange(len(lived))
    shared = greenwood[np.minimum(order[:, None], order[None, :])]
    return float(lived.sum()), math.sqrt(float(lived @ shared @ lived))
