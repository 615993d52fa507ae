"""The safety outcomes that happen or not: flags, sets and words (SAP 9.1, 9.2)."""

from dataclasses import dataclass

from analysis.config import Plan

SUBJECTS = {
    "SAF": "by the treatment received, subjects of the safety set",
    "ITT": "as randomised, all randomised subjects",
}
HAEMORRHAGE = "within {hours:g} h of randomisation, unknown status is no event"
WORSE = "a rise of the NIHSS by {{points}} or more up to {until}, or death by day {{died}}"
CAUSE = "cause of the deterioration"
"""What ECASS III asks for and no table of the layout holds."""


@dataclass(frozen=True)
class Event:
    """A yes-or-no outcome: analysis id, words, flag, flag of subjects of unknown status, sets.

    ``among``: flag of those who are the denominator; None is the whole set. ``is_adjusted``: with
    an adjusted risk ratio beside the crude. ``lacking``: what it needs that no export of the layout
    holds; it is then not collected.
    """

    analysis_id: str
    words: str
    flag: str
    unknown: str | None
    populations: tuple[str, ...]
    among: str | None = None
    is_adjusted: bool = False
    lacking: str = ""

    def describe(self, plan: Plan) -> str:
        """Return the outcome in words, with the limits of the plan."""
        safety = plan.safety
        return self.words.format(
            day=safety.death_day, hours=safety.haemorrhage_hours, first=safety.sits_most.hours[0],
            last=safety.sits_most.hours[1], points=safety.deterioration.nihss_points,
            died=safety.deterioration.death_last_day, fall=safety.early_improvement.points,
            at_most=safety.early_improvement.at_most, week=plan.visits.nihss_d7_day,
            emergent=plan.adverse_events.last_day,
        )  # fmt: skip

    def describe_estimand(self, population: str, plan: Plan) -> str:
        """Return the outcome and whose it is."""
        return f"{self.describe(plan)}; {SUBJECTS[population]}"


EVENTS = (
    Event("death_90d", "death on or before day {day}", "DTH90FL", None, ("SAF", "ITT"),
          is_adjusted=True),
    Event("sich_48h", f"symptomatic intracranial haemorrhage {HAEMORRHAGE}", "SICH48FL",
          "SICHUNFL", ("SAF",), is_adjusted=True),
    Event("ich_any_48h", f"any intracranial haemorrhage {HAEMORRHAGE}", "ICH48FL", "ICHUNFL",
          ("SAF",)),
    Event("ph_48h", f"parenchymal haematoma {HAEMORRHAGE}", "PH48FL", "ICHUNFL", ("SAF",)),
    Event("ich_any_48h_imaged", "any intracranial haemorrhage within {hours:g} h of randomisation "
          "among those imaged", "ICH48FL", "ICHUNFL", ("SAF",), "ICHIMGFL"),
    Event("sich_ecass2", "symptomatic intracranial haemorrhage by ECASS II: any within {hours:g} h "
          f"of randomisation and {WORSE.format(until='day {week}')}, unknown status is no event",
          "ECASS2FL", "ECASS2UN", ("SAF",)),
    Event("sich_ecass3", "symptomatic intracranial haemorrhage by ECASS III: as ECASS II, if the "
          "haemorrhage is the predominant cause of the deterioration", "ECASS3FL", "ECASS3UN",
          ("SAF",), lacking=CAUSE),
    Event("sich_sits_most", "symptomatic intracranial haemorrhage by SITS-MOST: parenchymal "
          "haematoma of type 2 {first:g} to {last:g} h after randomisation and "
          f"{WORSE.format(until='24 h')}, unknown status is no event", "SITSMFL",
          "SITSMUN", ("SAF",)),
    Event("hemicraniectomy", "hemicraniectomy as a treatment-emergent adverse event up to day "
          "{emergent}", "HEMICRFL", None, ("SAF",)),
    Event("eni_h24", "NIHSS at 24 h lower than at baseline by {fall} or more, or {at_most} or "
          "less, among those whose status is known", "ENIFL", None, ("ITT",), "ENIKNFL",
          is_adjusted=True),
)  # fmt: skip
