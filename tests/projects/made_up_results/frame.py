"""A results frame of made-up counts and estimates, laid out as a run lays it out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

ARMS = ("MPSS", "PLACEBO")
BOTH = (*ARMS, "")
Record = dict[str, str]

ITT_COUNTS = {"MPSS": (62, 84, 73, 76, 83, 38, 103), "PLACEBO": (43, 78, 68, 73, 88, 57, 114)}
PP_COUNTS = {"MPSS": (58, 79, 69, 70, 76, 33, 92), "PLACEBO": (40, 73, 63, 68, 81, 51, 103)}
REASON_COUNTS = {
    "IE": (3, 4), "IN01": (2, 1), "IN02": (1, 2), "IN03": (0, 1), "IN04": (2, 0), "IN05": (1, 1),
    "IN06": (2, 3), "IN07": (1, 0), "EX02": (2, 2), "EX06": (1, 1), "EX08": (0, 1), "EX10": (1, 0),
    "EX14": (1, 2), "EX15A": (4, 5), "EX15B": (3, 3), "DOSEIA": (4, 3), "DOSEIV": (9, 8),
    "KIT": (1, 1), "DV": (5, 4), "NOMRS": (11, 9), "WINDOW": (6, 5),
}  # fmt: skip
DISPOSITION = {
    "randomised": (530, 530), "treated": (526, 525), "not_treated": (4, 5), "died": (103, 114),
    "withdrew": (5, 4), "lost": (6, 5), "outcome_observed": (519, 521),
    "outcome_missing": (11, 9), "pp": (477, 479), "pp_excluded": (53, 51),
}  # fmt: skip
MISSING = {
    "": (11, 9), "KNOWN ALIVE": (9, 6), "DIED LATER": (1, 0), "STATUS UNKNOWN": (2, 3),
    "OUT OF WINDOW": (4, 5),
}  # fmt: skip
SCREENING = {"screened": 2114, "excluded": 1054, "not_eligible": 871, "declined": 142, "other": 41}
CONTINUOUS = {
    "AGE": 66.4, "WEIGHT": 66.0, "NIHSSBL": 15.2, "ASPECTS": 7.6, "LKWRNDH": 8.9, "PASSES": 1.8,
    "PUNCRECM": 52.0, "SBP": 148.3, "DBP": 84.1, "GLUC": 7.4,
}  # fmt: skip
CATEGORIES = {
    "SEX": ("M", "F"), "OCCLOC": ("M1", "ICA", "M2", "OTHER"), "OCCSIDE": ("L", "R", "B"),
    "MRSPRE": ("0", "1", "2"), "TOAST": ("LAA", "CE", "OTHER", "UNDETERMINED"),
    "ETICI": ("2B50", "2B67", "2C", "3"), "ANESTH": ("GA", "CS", "LA"),
}  # fmt: skip
YES_NO = ("IVT", "RESCUE", "HTN", "DIAB", "AFIB", "CAD", "STROKEHX", "SMOKE", "ANTIPLT", "ANTICOAG")
COVARIATES = ("AGE", "NIHSSBL", "ASPECTS", "OCCLOC", "LKWRNDH", "IVT", "MRSPRGR1")
TERMS = (
    "arm", "AGE", "NIHSSBL", "ASPECTS", "OCCLOC=ICA", "OCCLOC=M2", "LKWRNDH", "IVT=Y",
    "MRSPRGR1=>=1",
)  # fmt: skip


class Frame:
    """Collects the rows of a frame."""

    def __init__(self, allocation: str = "rehearsal") -> None:
        self.records: list[Record] = []
        self.allocation = allocation

    def add(
        self, analysis_id: str, population: str, stats: Mapping[str, float | None],
        group: str = "", variable: str = "", level: str = "", method: str = "counts",
        warning: str = "",
    ) -> None:  # fmt: skip
        """Append one row per statistic."""
        self.records += [
            {
                "analysis_id": analysis_id, "population": population, "group": group,
                "variable": variable, "level": level, "stat_name": name,
                "stat": "" if value is None else repr(value), "method": method,
                "warning": warning, "allocation": self.allocation,
            }
            for name, value in stats.items()
        ]  # fmt: skip

    def add_effect(
        self, analysis_id: str, population: str, numbers: tuple[float, float, float, float],
        method: str, **where: str,
    ) -> None:  # fmt: skip
        """Append estimate, ci_low, ci_high and p_value."""
        names = ("estimate", "ci_low", "ci_high", "p_value")
        self.add(
            analysis_id, population, dict(zip(names, numbers, strict=True)), method=method, **where
        )


def percent(part: float, whole: float) -> float:
    """A percentage at 12 significant digits."""
    return float(f"{100 * part / whole:.11e}") if whole else 0.0


def _add_counts(frame: Frame) -> None:
    for population, n in {"ITT": (530, 530), "PP": (477, 479), "SAF": (526, 525)}.items():
        for group, value in zip(BOTH, (*n, sum(n)), strict=True):
            frame.add("populations", population, {"n": value}, group)
    for level, value in SCREENING.items():
        frame.add("disposition", "ITT", {"n": value}, "", "DISPOSITION", level)
    for level, n in DISPOSITION.items():
        for group, value in zip(BOTH, (*n, sum(n)), strict=True):
            frame.add("disposition", "ITT", {"n": value}, group, "DISPOSITION", level)
    for level, n in MISSING.items():
        for group, value in zip(BOTH, (*n, sum(n)), strict=True):
            frame.add("missing_outcome", "ITT", {"n": value}, group, "MRS", level)
    for group, value in zip(BOTH, (530, 530, 1060), strict=True):
        frame.add("missing_outcome", "ITT", {"N": value}, group, "MRS")
    for code, n in REASON_COUNTS.items():
        for group, value in zip(BOTH, (*n, sum(n)), strict=True):
            frame.add("pp_reasons", "ITT", {"n": value}, group, "REASON", code)


def add_distribution(
    frame: Frame, population: str, counts: Mapping[str, Iterable[int]], missing: int
) -> None:
    """Append the mRS distribution of one analysis set."""
    for arm, numbers in counts.items():
        values = tuple(numbers)
        for level, n in enumerate(values):
            stats = {"n": n, "pct": percent(n, sum(values))}
            frame.add("mrs_distribution", population, stats, arm, "MRS", str(level))
        frame.add("mrs_distribution", population, {"N": sum(values)}, arm, "MRS")
        frame.add("mrs_distribution", population, {"n": missing}, arm, "MRS", "missing")


def _add_continuous(frame: Frame, variable: str, mean: float) -> None:
    for shift, group in enumerate(BOTH):
        n = 1060 if not group else 530
        value = round(mean + 0.1 * shift, 2)
        stats = {"n": n - 2, "mean": value, "sd": round(mean / 6, 3), "median": round(mean),
                 "q1": round(mean * 0.85), "q3": round(mean * 1.15), "min": round(mean * 0.4),
                 "max": round(mean * 1.6)}  # fmt: skip
        frame.add("baseline", "ITT", stats, group, variable)
        frame.add("baseline", "ITT", {"n": 2}, group, variable, "missing")


def _add_categorical(frame: Frame, variable: str, levels: tuple[str, ...]) -> None:
    for group in BOTH:
        total = 1060 if not group else 530
        left = total
        for position, level in enumerate(levels):
            n = left if position == len(levels) - 1 else left * 3 // 5
            left -= n
            stats = {"n": n, "pct": percent(n, total)}
            frame.add("baseline", "ITT", stats, group, variable, level)
        frame.add("baseline", "ITT", {"n": 0}, group, variable, "missing")


def _add_baseline(frame: Frame) -> None:
    for variable, mean in CONTINUOUS.items():
        _add_continuous(frame, variable, mean)
    for variable, levels in CATEGORIES.items():
        _add_categorical(frame, variable, levels)
    for variable in YES_NO:
        _add_categorical(frame, variable, ("N", "Y"))


def _add_models(frame: Frame) -> None:
    adjusted = "cumulative-logit proportional-odds model, Wald interval"
    models = {
        ("primary", "ITT"): ((1.3648, 1.0952, 1.7008, 0.00561), (519, 521), adjusted),
        ("sens_pp", "PP"): ((1.3391, 1.0612, 1.6897, 0.01382), (477, 479), adjusted),
        ("sens_unadjusted", "ITT"): ((1.2804, 1.0318, 1.5889, 0.02481), (519, 521), adjusted),
        ("win_odds", "ITT"): ((1.2067, 1.0264, 1.4187, 0.02286), (519, 521), "WMW, ties split"),
    }
    for (analysis_id, population), (numbers, n, method) in models.items():
        frame.add_effect(analysis_id, population, numbers, method, variable="MRS")
        frame.add(analysis_id, population, {"log_estimate": 0.311, "std_error": 0.1123})
        for group, value in zip(BOTH, (*n, sum(n)), strict=True):
            frame.add(analysis_id, population, {"n": value}, group, "MRS", method=method)
    profile = {"ci_low_profile": 1.0955, "ci_high_profile": 1.7014, "p_value_lr": 0.00554}
    frame.add("primary", "ITT", profile, variable="MRS", method=adjusted)
    frame.add("win_odds", "ITT", {"win_probability": 0.54683}, variable="MRS")
    for term in TERMS:
        frame.add_effect(
            "primary_coefficients", "ITT", (0.9693, 0.9541, 0.9848, 0.00012), "coefficients",
            variable=term.split("=")[0], level=term,
        )  # fmt: skip
    cuts = (
        (1.55, 1.02, 2.3561),
        (1.4402, 1.0731, 1.9328),
        (1.3604, 1.0429, 1.7745),
        (1.3307, 1.0201, 1.7359),
        (1.4111, 1.0542, 1.8889),
        (1.1408, 0.8216, 1.5841),
    )
    for level, limits in enumerate(cuts):
        frame.add_effect(
            "cutpoint", "ITT", (*limits, 0.0123 + 0.07 * level), "logistic regression",
            variable="MRS", level=str(level),
        )  # fmt: skip
    frame.add("cutpoint", "ITT", {"n": 1040}, variable="MRS")
    for population in ("ITT", "PP"):
        for level in range(6):
            frame.add_effect(
                "mrs_distribution_rd", population, (0.0311 + level / 90, -0.0104, 0.0795, 0.1311),
                "risk difference", variable="MRS", level=str(level),
            )  # fmt: skip


def _add_checks(frame: Frame) -> None:
    for variable in COVARIATES:
        warning = (
            "ASPECTS: 2 missing, set to 8.0; Occlusion site: OTHER (3 subjects) merged into M1"
        )
        n = 2 if variable == "ASPECTS" else 0
        frame.add("imputation", "ITT", {"n": n}, "", "", variable, warning=warning)
    queries = {("error", "type"): 4, ("warning", "range"): 27,
               ("warning", "unknown_subject"): 2, ("note", "identical_row"): 3}  # fmt: skip
    frame.add("queries", "", {"n": sum(queries.values())})
    for (severity, rule), n in queries.items():
        frame.add("queries", "", {"n": n}, "", severity, f"{severity} {rule}")
    _add_queries_by_site(frame)


def _add_queries_by_site(frame: Frame) -> None:
    """As the analysis orders them: sites, their sum first, then what has no site."""
    frame.add("queries_by_site", "", {"n": 36})
    for site, rule, n, subjects in (
        ("01", "all rules", 30, 22), ("01", "identical_row", 3, 3), ("01", "range", 27, 20),
        ("02", "all rules", 4, 3), ("02", "type", 4, 3), ("", "all rules", 2, 2),
        ("", "unknown_subject", 2, 2),
    ):  # fmt: skip
        counts = {"n": n, "n_subjects": subjects}
        frame.add("queries_by_site", "", counts, "", site, f"{site} {rule}".strip())


def _add_door(frame: Frame) -> None:
    together = {"rows_read": 6123, "rows_used": 6108, "rows_lost": 11, "filled": 48210,
                "set_missing": 31, "out_of_range": 9}  # fmt: skip
    frame.add("door", "", together)
    rows = ("rows_read", "rows_used", "left_out_missing_key", "left_out_unknown_subject",
            "left_out_identical_row", "subjects_without_row", "rows_lost")  # fmt: skip
    cells = ("filled", "typed", "mapped", "set_missing", "out_of_range")
    for table, numbers in {"rand": (1060, 1060, 0, 0, 0, 0, 0), "dm": (1060, 1058, 0, 1, 1, 2, 1),
                           "mrs": (3069, 3056, 5, 4, 4, 0, 9)}.items():  # fmt: skip
        frame.add("door", "", dict(zip(rows, numbers, strict=True)), "", table, table)
    frame.add("door", "", {"missing: not done": 12, "read: spelling of yes": 1044}, "", "dm",
              "dm.HTN")  # fmt: skip
    for column, numbers in {"dm.AGE": (1056, 1056, 0, 0, 2), "dm.SEX": (1056, 1056, 0, 0, 0),
                            "mrs.MRS": (3063, 3055, 12, 8, 0)}.items():  # fmt: skip
        frame.add("door", "", dict(zip(cells, numbers, strict=True)), "", column[:2], column)
    frame.add("door", "", {"imputed": 4}, "", "dm", "dm.AGE")


def _add_safety(frame: Frame) -> None:
    total = {"SAF": (526, 525), "ITT": (530, 530)}
    outcomes = [("death_90d", "SAF", (101, 112)), ("death_90d", "ITT", (103, 114)),
                ("sich_48h", "SAF", (18, 15)), ("ich_any_48h", "SAF", (121, 110))]  # fmt: skip
    for outcome, population, events in outcomes:
        for arm, n, whole in zip(ARMS, events, total[population], strict=True):
            stats = {"events": n, "N": whole, "pct": percent(n, whole)}
            frame.add(outcome, population, stats, arm)
            if outcome != "death_90d":
                frame.add(outcome, population, {"n_unknown": 7}, arm)
        frame.add_effect(f"{outcome}_rr", population, (0.9001, 0.7083, 1.1438, 0.3894), "log-Wald")
        frame.add_effect(
            f"{outcome}_rd", population, (-0.02131, -0.07056, 0.02791, 0.3951), "Miettinen-Nurminen"
        )


def build_records(allocation: str = "rehearsal") -> list[Record]:
    """The rows of the made-up frame."""
    frame = Frame(allocation)
    _add_counts(frame)
    add_distribution(frame, "ITT", ITT_COUNTS, 11)
    add_distribution(frame, "PP", PP_COUNTS, 0)
    _add_baseline(frame)
    _add_models(frame)
    _add_checks(frame)
    _add_door(frame)
    _add_safety(frame)
    return frame.records


def replace_distribution(
    records: list[Record], population: str, counts: Mapping[str, Iterable[int]]
) -> list[Record]:
    """The rows with another mRS distribution of one analysis set."""
    frame = Frame()
    add_distribution(frame, population, counts, 11)
    kept = [
        row
        for row in records
        if (row["analysis_id"], row["population"]) != ("mrs_distribution", population)
    ]
    return kept + frame.records


def blank_estimates(records: list[Record], *analysis_ids: str) -> list[Record]:
    """The rows with every estimate of the named analyses not estimable."""
    names = ("estimate", "ci_low", "ci_high", "p_value")
    return [
        {**row, "stat": "", "warning": "not estimable: separation, an arm has no event"}
        if row["analysis_id"] in analysis_ids and row["stat_name"] in names
        else row
        for row in records
    ]
