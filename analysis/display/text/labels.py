"""Names of baseline variables and of their categories, in the order they are shown."""

from analysis.config import Plan
from analysis.display.text.language import say, say_label

SECTION_OTHER = "Other"

SECTIONS = {
    "Demographics": {
        "AGE": "Age, years",
        "SEX": "Sex",
        "WEIGHT": "Weight, kg",
        "HEIGHT": "Height, cm",
    },
    "Medical history": {
        "HTN": "Hypertension",
        "DIAB": "Diabetes",
        "AFIB": "Atrial fibrillation",
        "CAD": "Coronary artery disease",
        "STROKEHX": "Previous stroke",
        "SMOKE": "Smoking",
        "ANTIPLT": "Antiplatelet drug before the stroke",
        "ANTICOAG": "Anticoagulant before the stroke",
    },
    "Stroke": {
        "MRSPRE": "Pre-stroke mRS",
        "NIHSSBL": "NIHSS",
        "ASPECTS": "ASPECTS",
        "OCCLOC": "Occlusion site",
        "OCCSIDE": "Side of the occlusion",
        "TOAST": "Cause (TOAST)",
        "SBP": "Systolic blood pressure, mmHg",
        "DBP": "Diastolic blood pressure, mmHg",
        "GLUC": "Glucose, mmol/L",
    },
    "Treatment": {
        "IVT": "Intravenous thrombolysis",
        "LKWRNDH": "Last known well to randomisation, hours",
        "ANESTH": "Anaesthesia",
        "PUNCRECM": "Arterial puncture to recanalisation, minutes",
        "PASSES": "Thrombectomy passes",
        "RESCUE": "Rescue angioplasty or stenting",
        "ETICI": "Final eTICI",
    },
}

VARIABLE_LABELS = {name: label for part in SECTIONS.values() for name, label in part.items()}
VARIABLE_SECTIONS = {name: section for section, part in SECTIONS.items() for name in part}

CATEGORY_LABELS = {
    "SEX": {"F": "Women", "M": "Men"},
    "MRSPRE": {str(level): str(level) for level in range(7)},
    "OCCLOC": {"ICA": "Internal carotid artery", "M1": "M1", "M2": "M2", "OTHER": "Other"},
    "OCCSIDE": {"L": "Left", "R": "Right", "B": "Both"},
    "TOAST": {
        "LAA": "Large-artery atherosclerosis",
        "CE": "Cardioembolism",
        "OTHER": "Other",
        "UNDETERMINED": "Undetermined",
    },
    "ANESTH": {"GA": "General", "CS": "Conscious sedation", "LA": "Local"},
    "ETICI": {
        "0": "0",
        "1": "1",
        "2A": "2a",
        "2B50": "2b50",
        "2B67": "2b67",
        "2C": "2c",
        "3": "3",
    },
}


def name_variable(variable: str) -> str:
    """Return the name of a baseline variable."""
    return say(VARIABLE_LABELS[variable])


def name_category(variable: str, category: str) -> str:
    """Return a category in words where it is a code; else as the plan labels it."""
    known = CATEGORY_LABELS.get(variable, {})
    return say(known[category]) if category in known else say_label(category)


def name_strata(plan: Plan) -> str:
    """Return ``site``, or the columns whose combinations are the strata."""
    strata = plan.co_reported.strata
    return "site" if strata == ("SITEID",) else f"stratum of {', '.join(strata)}"
