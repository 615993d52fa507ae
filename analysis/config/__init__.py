"""Configuration: the plan and the mapping of the export, as frozen models."""

from analysis.config.load import load_mapping, load_plan
from analysis.config.mapping import Mapping
from analysis.config.plan import Plan

__all__ = ["Mapping", "Plan", "load_mapping", "load_plan"]
