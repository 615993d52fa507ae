"""Newton's method, roots, Wald and t intervals; separation (a likelihood without a maximum)."""

from analysis.models.numerics.newton import (
    Convergence,
    Derivatives,
    NewtonFit,
    Optimum,
    condition_number,
    maximise,
)
from analysis.models.numerics.roots import find_root
from analysis.models.numerics.separation import (
    require_no_separation,
    require_no_vanishing_risk,
    separates,
)
from analysis.models.numerics.wald import LARGEST_LOG, Interval, t_interval, wald_interval

__all__ = [
    "LARGEST_LOG", "Convergence", "Derivatives", "Interval", "NewtonFit", "Optimum",
    "condition_number", "find_root", "maximise", "require_no_separation",
    "require_no_vanishing_risk", "separates", "t_interval", "wald_interval",
]  # fmt: skip
