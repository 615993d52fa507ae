"""The cumulative-logit likelihood; what every fit of it holds, and its two informations."""

from analysis.models.cumulative_logit.covariance import Information
from analysis.models.cumulative_logit.fitted import OrdinalFit

__all__ = ["Information", "OrdinalFit"]
