"""How a method is named by the residuals that its variance squares (SAP 5.8)."""

from analysis.models.data.residuals import Residuals

WORDS = "leave-one-out residuals"


def name_residuals(method: str, residuals: Residuals) -> str:
    """Return the method, with its residuals before the last clause if they are not the fit's.

    >>> name_residuals("risk difference, Wald interval", Residuals.LEAVE_ONE_OUT)
    'risk difference, leave-one-out residuals, Wald interval'
    """
    if residuals is Residuals.FITTED:
        return method
    first, _, last = method.rpartition(", ")
    return f"{first}, {WORDS}, {last}"
