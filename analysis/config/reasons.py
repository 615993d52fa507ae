"""The reasons that exclude a subject from the per-protocol set, in the plan's order (SAP 3.2)."""

from __future__ import annotations

from analysis.config.plan import Plan


def describe_reasons(plan: Plan) -> dict[str, str]:
    """Return the reason in words, with the limits of the plan, by code in the plan's order."""
    words = _describe_all(plan)
    return {code: words[code] for code in plan.per_protocol.reasons}


def _describe_all(plan: Plan) -> dict[str, str]:
    rule, dose = plan.eligibility, plan.dosing
    low, high = dose.accepted_percent
    share = f"outside {low:g}-{high:g} % of the dose planned"
    return {
        "IE": "Site answered an eligibility criterion against eligibility",
        "IN01": f"Age below {rule.age_min} or above {rule.age_max} years",
        "IN02": f"Last known well to randomisation over {rule.lkw_hours_max:g} h, or reversed",
        "IN03": f"Occlusion site not {_any_of(rule.occlusion_sites)}",
        "IN04": f"Baseline NIHSS below {rule.nihss_min}",
        "IN05": f"ASPECTS below {rule.aspects_min}",
        "IN06": f"Final eTICI not {_any_of(rule.etici)}",
        "IN07": "No informed consent recorded, or consent after randomisation",
        "EX02": f"Pre-stroke mRS above {rule.prestroke_mrs_max}",
        "EX06": f"Anticoagulated with INR above {rule.anticoagulated_inr_max:g}",
        "EX08": f"eGFR below {rule.egfr_min:g} or creatinine above {rule.creatinine_max:g} µmol/L",
        "EX10": f"Glucose below {rule.glucose_min:g} or above {rule.glucose_max:g} mmol/L",
        "EX14": "Complication on angiography",
        "EX15A": f"Puncture to recanalisation over {rule.procedure_minutes_max:g} min",
        "EX15B": f"More than {rule.passes_max} thrombectomy passes",
        "DOSEIA": f"Intra-arterial dose {share}",
        "DOSEIV": f"Intravenous total {share} for the doses due",
        "KIT": "A kit of the other arm was used",
        "DV": "Major protocol deviation logged",
        "NOMRS": f"No day-{plan.outcome.day} mRS",
        "WINDOW": f"Day-{plan.outcome.day} mRS assessed outside the window",
    }


def _any_of(values: tuple[str, ...]) -> str:
    return values[0] if len(values) == 1 else f"{', '.join(values[:-1])} or {values[-1]}"
