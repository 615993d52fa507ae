"""The cumulative-logit likelihood, what every fit holds, and expected or observed information."""

from analysis.models.cumulative_logit.covariance import Information
from analysis.models.cumulative_logit.fitted import OrdinalFit

__all__ = ["Information", "OrdinalFit"]
