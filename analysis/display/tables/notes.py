"""Footnotes that several tables share: of whom they are, and for what their models are adjusted."""

from __future__ import annotations

from analysis.config import Plan
from analysis.display.wording import SETS, covariates_in_words


def name_set(population: str) -> str:
    """Return ``Intention-to-treat set.``."""
    return f"{SETS[population].capitalize()}."


def name_covariates(plan: Plan) -> str:
    """Return what models that are adjusted hold beside the arm."""
    return (
        f"Covariates: {covariates_in_words(plan)}." if plan.primary.covariates else "No covariates."
    )


def name_model(plan: Plan, population: str) -> str:
    """Return the analysis set and the covariates of its models."""
    return f"{name_set(population)} {name_covariates(plan)}"
