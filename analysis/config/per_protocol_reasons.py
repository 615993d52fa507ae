"""The reasons that exclude a subject from the per-protocol set, in the plan's order (SAP 3.2)."""

from collections.abc import Mapping

from analysis.config.plan import Plan

REASONS = {
    "IE": "Site answered an eligibility criterion against eligibility",
    "IN01": "Age below {age_min} or above {age_max} years",
    "IN02": "Last known well to randomisation over {hours} h, or reversed",
    "IN03": "Occlusion site not {occlusion_sites}",
    "IN04": "Baseline NIHSS below {nihss}",
    "IN05": "ASPECTS below {aspects}",
    "IN06": "Final eTICI not {etici}",
    "IN07": "No informed consent recorded, or consent after randomisation",
    "EX02": "Pre-stroke mRS above {prestroke_mrs}",
    "EX06": "Anticoagulated with INR above {inr}",
    "EX08": "eGFR below {egfr} or creatinine above {creatinine} µmol/L",
    "EX10": "Glucose below {glucose_min} or above {glucose_max} mmol/L",
    "EX14": "Complication on angiography",
    "EX15A": "Puncture to recanalisation over {minutes} min",
    "EX15B": "More than {passes} thrombectomy passes",
    "DOSEIA": "Intra-arterial dose outside {dose_low}-{dose_high} % of the dose planned",
    "DOSEIV": (
        "Intravenous total outside {dose_low}-{dose_high} % of the dose planned for the doses due"
    ),
    "KIT": "A kit of the other arm was used",
    "DV": "Major protocol deviation logged",
    "NOMRS": "No day-{day} mRS",
    "WINDOW": "Day-{day} mRS assessed outside the window",
}
"""Every reason by its code; the braces hold what :func:`list_limits` gives."""


def describe_reasons(plan: Plan) -> dict[str, str]:
    """Return the reason in words, with the limits of the plan, by code in the plan's order."""
    limits = {
        name: limit if isinstance(limit, str) else _any_of(limit)
        for name, limit in list_limits(plan).items()
    }
    return {code: REASONS[code].format(**limits) for code in plan.per_protocol.reasons}


def list_limits(plan: Plan) -> Mapping[str, str | tuple[str, ...]]:
    """Return by name the limits of the plan that the reasons speak of; choices as a tuple."""
    rule, dose = plan.eligibility, plan.dosing
    low, high = dose.accepted_percent
    return {
        "age_min": f"{rule.age_min}",
        "age_max": f"{rule.age_max}",
        "hours": f"{rule.lkw_hours_max:g}",
        "occlusion_sites": rule.occlusion_sites,
        "nihss": f"{rule.nihss_min}",
        "aspects": f"{rule.aspects_min}",
        "etici": rule.etici,
        "prestroke_mrs": f"{rule.prestroke_mrs_max}",
        "inr": f"{rule.anticoagulated_inr_max:g}",
        "egfr": f"{rule.egfr_min:g}",
        "creatinine": f"{rule.creatinine_max:g}",
        "glucose_min": f"{rule.glucose_min:g}",
        "glucose_max": f"{rule.glucose_max:g}",
        "minutes": f"{rule.procedure_minutes_max:g}",
        "passes": f"{rule.passes_max}",
        "dose_low": f"{low:g}",
        "dose_high": f"{high:g}",
        "day": f"{plan.outcome.day}",
    }


def _any_of(values: tuple[str, ...]) -> str:
    return values[0] if len(values) == 1 else f"{', '.join(values[:-1])} or {values[-1]}"
