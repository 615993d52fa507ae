"""The plan and the mapping of the export: frozen models, the one truth about both."""

from analysis.config.load import load_mapping, load_plan
from analysis.config.mapping import Mapping
from analysis.config.plan import Plan

__all__ = ["Mapping", "Plan", "load_mapping", "load_plan"]
