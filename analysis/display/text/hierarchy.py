"""The levels of the win ratio in words, with their margins."""

from analysis.config import Plan
from analysis.config.blocks.supportive import HierarchyLevel
from analysis.display.text.format import format_plain

UNITS = {"death": "days", "mrs": "levels"}


def name_level(level: HierarchyLevel, plan: Plan) -> str:
    """Return a level in words, as ``Death by day 90, by more than 7 days``."""
    day, visits = plan.outcome.day, plan.visits
    name = {
        "death": f"Death by day {plan.safety.death_day}",
        "mrs": f"mRS at day {day}",
        "nihss_h24": f"NIHSS at {format_plain(visits.nihss_h24_hours)} h",
        "nihss_d7": f"NIHSS at day {visits.nihss_d7_day}",
        "eq5d": f"EQ-5D-5L utility at day {day}",
        "eqvas": f"EQ-VAS at day {day}",
        "uw_mrs": f"Utility-weighted mRS at day {day}",
    }[level.outcome]
    if level.margin == 0.0:
        return name
    return f"{name}, by more than {format_plain(level.margin)} {UNITS.get(level.outcome, 'units')}"
