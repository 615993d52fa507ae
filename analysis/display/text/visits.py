"""The names of assessments and their visits."""

from analysis.config import Plan
from analysis.display.text.format import format_plain
from analysis.display.text.language import say

MEASURES = {"MRS": "mRS", "EQ5D": "EQ-5D-5L", "EQVAS": "EQ-VAS"}


def name_visit(plan: Plan, visit: str) -> str:
    """Return ``NIHSS at 24 h`` for ``NIHSS H24``."""
    measure, _, time = visit.partition(" ")
    measure = MEASURES.get(measure, measure)
    if time == "H24":
        hours = format_plain(plan.visits.nihss_h24_hours)
        return say("{measure} at {hours} h", measure=measure, hours=hours)
    return say("{measure} at day {day}", measure=measure, day=time.removeprefix("D"))
