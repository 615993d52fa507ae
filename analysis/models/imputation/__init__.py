"""Multiple imputation of an ordinal outcome, and the pooling of its estimates."""

from analysis.models.imputation.data import Auxiliary, Kind
from analysis.models.imputation.impute import ArmReport, Imputations, impute_ordinal
from analysis.models.imputation.rubin import PooledEstimate, combine_rubin

__all__ = [
    "ArmReport", "Auxiliary", "Imputations", "Kind", "PooledEstimate", "combine_rubin",
    "impute_ordinal",
]  # fmt: skip
