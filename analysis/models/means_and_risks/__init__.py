"""Two arms without an ordinal model: proportions, risk ratios, Firth's penalty, means, balance."""

from analysis.models.means_and_risks.firth_logistic import (
    FirthFit,
    fit_firth_logistic,
    profile_firth,
)
from analysis.models.means_and_risks.least_squares import LinearFit, fit_linear
from analysis.models.means_and_risks.modified_poisson import LogRiskFit, fit_log_risk
from analysis.models.means_and_risks.standardised_difference import (
    standardised_mean_difference,
    standardised_share_difference,
)
from analysis.models.means_and_risks.two_proportions import (
    Counts,
    RiskContrast,
    estimate_risk_difference,
    estimate_risk_ratio,
)

__all__ = [
    "Counts", "FirthFit", "LinearFit", "LogRiskFit", "RiskContrast", "estimate_risk_difference",
    "estimate_risk_ratio", "fit_firth_logistic", "fit_linear", "fit_log_risk", "profile_firth",
    "standardised_mean_difference", "standardised_share_difference",
]  # fmt: skip
