"""Which place of the results frame each cell of a table is read from, by the id of the table."""

from __future__ import annotations

import re

from analysis.config import Plan
from analysis.config.per_protocol_reasons import describe_reasons
from analysis.display.text.hierarchy import name_level
from analysis.display.text.labels import CATEGORY_LABELS, VARIABLE_LABELS
from tests.artefacts.known_numbers import Facts, Place
from tests.artefacts.table_cells import Address

DISPOSITION = {
    "Assessed for eligibility": "screened", "Not eligible": "not_eligible", "Declined": "declined",
    "Other reason": "other", "Randomised": "randomised", "Received study drug": "treated",
    "Did not receive study drug": "not_treated", "Died": "died", "Withdrew": "withdrew",
    "Lost to follow-up": "lost", "With outcome": "outcome_observed",
    "Without outcome": "outcome_missing", "Excluded": "excluded", "Per protocol": "pp",
    "Excluded from per protocol": "pp_excluded",
}  # fmt: skip
SAFETY = {
    "death_90d": "Death by day", "sich_48h": "Symptomatic",
    "ich_any_48h_imaged": ".*of those imaged", "ich_any_48h": "Any intracranial",
    "ph_48h": "Parenchymal", "sich_ecass2": "Haemorrhage symptomatic by ECASS II$",
    "sich_ecass3": "Haemorrhage symptomatic by ECASS III$",
    "sich_sits_most": "Haemorrhage symptomatic by SITS", "hemicraniectomy": "Hemicraniectomy",
    "eni_h24": "Early neurological improvement",
}  # fmt: skip
ENDINGS = {
    "Risk ratio": "_rr", "Risk difference, %": "_rd", "Risk ratio, adjusted": "_rr_adjusted",
    "Risk difference, adjusted, %": "_rd_adjusted", "Odds ratio, adjusted": "_or_adjusted",
    "Risk ratio, without covariates": "_rr_adjusted",
    "Risk difference, without covariates, %": "_rd_adjusted",
    "Odds ratio, without covariates": "_or_adjusted",
    "Odds ratio, adjusted, Firth's penalty": "_or_adjusted",
}  # fmt: skip
DAYS_ALIVE = {
    "Difference alive": "death_km_difference",
    "Days alive": "death_rmst",
    "Difference in days alive": "death_rmst_difference",
}
SCORES = {
    "nihss_h24": "NIHSS at 24 h", "nihss_d7": "NIHSS at day", "eq5d": "EQ-5D-5L",
    "eqvas_survivors": "EQ-VAS.*survivors", "eqvas": "EQ-VAS", "uw_mrs": "Utility-weighted",
}  # fmt: skip
SHIFTS = {
    r"missing outcomes imputed$|^Multiple imputation": "sens_mi", r"^Missing worst": "sens_worst",
    r"^Missing best": "sens_best", r"^Imputed and shifted": "sens_tipping",
    r"^Last score": "sens_locf", r"^Assessed on day": "sens_in_window",
    r"[Ss]ites as clusters": "sens_site_cluster", r"^Random site|and the site$": "sens_site_random",
    r"^Per-protocol set": "sens_pp", r"^No covariates|over all subjects$|^Unadjusted common":
    "sens_unadjusted", r"merged$": "sens_merge56", r"^As treated": "sens_as_treated",
    r"^Win odds, unadjusted|ties split$": "win_odds", r"between subjects of one":
    "win_odds_stratified", r"imbalance of the covariates": "win_odds_adjusted",
}  # fmt: skip
"""Words of a label, and the analysis that they name."""


class Readings:
    """How each table is read: which place a cell's address names, by the table's id."""

    def __init__(self, facts: Facts, plan: Plan) -> None:
        self.facts, self.plan = facts, plan
        self.treatment, self.reference = plan.arms.treatment, plan.arms.reference

    def places(self, table: str, address: Address) -> list[Place]:
        """The places that an address of a table names."""
        read = getattr(self, f"_{table}", None) or self._events
        return [place for place in read(table, address) if place.group == self._arm(address.head)]

    def _arm(self, head: str) -> str:
        for arm in (self.treatment, self.reference):
            if re.search(rf"(?:^|: ){re.escape(arm.label)}(?: \(|$|:|, n$)", head):
                return arm.code
        return ""

    def _of(self, analyses: str, level: str | None = None, population: str = "",
            variable: str = "") -> list[Place]:  # fmt: skip
        return [
            place
            for place in self.facts.of(analyses)
            if level in (None, place.level)
            and population in ("", place.population)
            and variable in ("", place.variable)
        ]

    def _events(self, table: str, at: Address) -> list[Place]:
        """Adverse events: any, a system organ class, or a preferred term."""
        names = {"Any event": "any", "Severe": "severe", "Serious": "serious", "Fatal": "fatal",
                 "Related to the study drug": "related", "Serious and related": "serious_related",
                 "Leading to withdrawal of the study drug": "drug_withdrawn",
                 "Not treatment-emergent, in no other row": "not_emergent"}  # fmt: skip
        analysis = table.removeprefix("t_")
        if table in ("t_ae_overview", "t_ae_special"):
            level = names.get(at.label, at.label) if table == "t_ae_overview" else at.label
            found = self._of(analysis, level)
            return found or self._of(analysis, at.label.lower().replace(" ", "_"))
        if at.label == "Any event":
            return self._of(analysis, at.group or "any", variable="AEBODSYS" if at.group else "AE")
        return self._of(analysis, at.label, variable="AEDECOD")

    def _t_populations(self, table: str, at: Address) -> list[Place]:
        sets = {"Intention-to-treat set": "ITT", "Per-protocol set": "PP", "Safety set": "SAF"}
        if at.label in sets:
            return self._of("populations", "", sets[at.label])
        return self._of("disposition", DISPOSITION.get(self._plain(at.label)))

    def _t_disposition(self, table: str, at: Address) -> list[Place]:
        if at.section == "End of study":
            level = "DEATH" if at.label == "Died" else at.label.upper()
            return self._of("study_end", level)
        if at.group:
            return self._t_missing(table, at)
        label = re.sub(rf" by day {self.plan.safety.death_day}$", "", self._plain(at.label))
        return self._of("disposition", DISPOSITION.get(label, "?"))

    def _plain(self, label: str) -> str:
        return label.replace(f"mRS at day {self.plan.outcome.day}", "outcome")

    def _t_pp_reasons(self, table: str, at: Address) -> list[Place]:
        if at.label == "Excluded for one or more reasons":
            return self._of("disposition", "pp_excluded")
        codes = {text: code for code, text in describe_reasons(self.plan).items()}
        return self._of("pp_reasons", codes.get(at.label, "?"))

    def _t_queries(self, table: str, at: Address) -> list[Place]:
        severity = {"Errors": "error", "Warnings": "warning", "Notes": "note"}.get(at.section)
        return self._of("queries", f"{severity} {at.label}" if severity else "")

    def _t_queries_by_site(self, table: str, at: Address) -> list[Place]:
        site, rule = at.section.removeprefix("Site "), at.label.replace("All rules", "all rules")
        level = rule if site == "Without a site" else f"{site} {rule}"
        return self._of("queries_by_site", level)

    def _t_door(self, table: str, at: Address) -> list[Place]:
        return self._of("door", at.label)

    def _t_door_columns(self, table: str, at: Address) -> list[Place]:
        return self._of("door", f"{at.section}.{at.label.partition(', ')[0]}")

    def _t_baseline(self, table: str, at: Address) -> list[Place]:
        variable, level = self._characteristic(at)
        return self._of("baseline", level, variable=variable)

    def _t_missing_baseline(self, table: str, at: Address) -> list[Place]:
        variable, level = self._characteristic(at)
        state = "OBSERVED" if at.head.startswith("With:") else "MISSING"
        name = f"{state} {variable}={level}" if level else f"{state} {variable}"
        return self._of("missing_baseline", name, variable=variable)

    def _characteristic(self, at: Address) -> tuple[str, str]:
        """Variable and level of a row of the baseline."""
        words = at.group or at.label.removesuffix(": missing")
        variable = next((name for name, text in VARIABLE_LABELS.items() if text == words), words)
        if not at.group:
            return variable, "missing" if at.label.endswith(": missing") else "Y"
        if at.label in ("Mean (SD)", "Median (IQR)", "Range"):
            return variable, ""
        labels = {text: code for code, text in CATEGORY_LABELS.get(variable, {}).items()}
        return variable, "missing" if at.label == "Missing" else labels.get(at.label, at.label)

    def _t_exposure(self, table: str, at: Address) -> list[Place]:
        names = {"Doses given": "NDOSE", "Total dose, mg": "DOSEMG", "Insulin": "CMINSFL",
                 "Total dose, mg per kg": "DOSEMGKG", "Open-label steroid": "CMSTERFL",
                 "Compliance, % of the dose planned for the doses due": "DOSEPCT"}  # fmt: skip
        if at.group in names:
            missing = " missing" if at.label == "Missing" else ""
            return self._of("exposure", f"{names[at.group]}{missing}")
        if at.group == "Number of doses given":
            return self._of("exposure", f"NDOSE={at.label.partition(' ')[0]}")
        if at.group == "Dose given on":
            return self._of("exposure", f"EXD{at.label.removeprefix('Day ')}FL")
        if at.label.startswith("Compliance of"):
            return self._of("exposure", "DOSEPCT in range")
        return self._of("exposure", names.get(at.label, "?"))

    def _t_missing(self, table: str, at: Address) -> list[Place]:
        if at.section.startswith("Without"):
            visits = " + ".join(self._visit(word) for word in at.label.split(", "))
            return self._of("missing_patterns", "none" if at.label == "Nothing" else visits)
        if at.section == "By visit":
            return self._of("missing_visits", self._visit(at.group))
        if at.label == "Randomised":
            return [Place("", "", place.group, "", "", {"n": place.stats["N"]})
                    for place in self._of("missing_outcome", "")]  # fmt: skip
        label = "KNOWN ALIVE" if at.label.startswith("Known alive") else at.label.upper()
        if at.label.startswith("With "):
            label = "OUT OF WINDOW"
        label = label.removeprefix("OF WHOM ")
        level = {"COMPLETED, NO ASSESSMENT": "COMPLETED"}.get(label, label)
        return self._of("missing_outcome", "" if level.startswith("WITHOUT") else
                        "DEATH" if level.startswith("DIED AFTER") else level)  # fmt: skip

    def _visit(self, words: str) -> str:
        """The level of a visit that the plan places on a day."""
        days = {f"NIHSS at day {self.plan.visits.nihss_d7_day}": "NIHSS D7",
                f"mRS at day {self.plan.visits.mrs_d30_day}": "MRS D30",
                f"mRS at day {self.plan.outcome.day}": "MRS D90",
                f"EQ-5D-5L at day {self.plan.outcome.day}": "EQ5D D90",
                f"EQ-VAS at day {self.plan.outcome.day}": "EQVAS D90"}  # fmt: skip
        return days.get(words, "NIHSS H24")

    def _t_coefficients(self, table: str, at: Address) -> list[Place]:
        label, _, against = at.label.rpartition(" against ")
        return self._of("primary_coefficients", self._term(label or against))

    def _term(self, label: str) -> str:
        """The level of a term of the model."""
        if label in (self.treatment.label, "Treatment"):
            return "arm"
        for covariate in self.plan.primary.covariates:
            if label == covariate.label:
                return covariate.name
            if label.startswith(f"{covariate.label}: "):
                return f"{covariate.name}={label.removeprefix(f'{covariate.label}: ')}"
        return ""

    def _t_brant(self, table: str, at: Address) -> list[Place]:
        if at.section.startswith("Non-proportional"):
            return self._of("po_lr_treatment", "")
        return self._of("brant", self._term(at.label))

    def _t_proportionality(self, table: str, at: Address) -> list[Place]:
        name = "partial_po" if "artial" in at.head else "cutpoint"
        return self._of(name, self._cut(at.label))

    def _cut(self, label: str) -> str:
        """The cut point of ``mRS 0-2 versus 3-6``, whichever side stands first."""
        sides = re.findall(r"\d(?:-\d)?", label)
        return next((side[-1] for side in sides if side.startswith("0")), "?")

    def _t_primary(self, table: str, at: Address) -> list[Place]:
        if at.label.startswith("mRS "):
            places = self._of("cutpoint", self._cut(at.label))
            return places if at.head != "n" else self._of("cutpoint", "")
        if at.section == "Per-protocol set":
            return self._of("sens_pp", "")
        return self._of(name_shift(at.label, "primary"), "")

    def _t_estimands(self, table: str, at: Address) -> list[Place]:
        other = "sens_site_cluster" if at.section == "Sites" else "primary"
        return self._of(name_shift(at.label, other), "")

    def _t_sensitivity(self, table: str, at: Address) -> list[Place]:
        name = name_shift(at.label, "primary")
        if name != "sens_tipping" or at.head == "n":
            return self._of(name, "")
        shifts = re.findall(r" (-?\d+(?:\.\d+)?)(?:,|$)", at.label)
        return self._of(name, self._shift(*shifts))

    def _shift(self, treated: str, reference: str) -> str:
        return f"{self.treatment.code}={treated};{self.reference.code}={reference}"

    def _t_tipping_point(self, table: str, at: Address) -> list[Place]:
        return [
            Place(*(place.analysis, place.population, self._arm(at.head), "", ""), place.stats)
            for place in self._of(
                "sens_tipping", self._shift(at.label, at.head.rpartition(" ")[2])
            )
        ]  # fmt: skip

    def _t_subgroups(self, table: str, at: Address) -> list[Place]:
        if at.label == "All subjects":
            return self._of("primary", "")
        factor = next(one for one in self.plan.subgroups.factors if one.label == at.group)
        name = f"subgroup_{factor.name}"
        if at.head == "p for interaction":
            return self._of(name, "")
        return self._of(name, self._code(factor.variable, at.label))

    def _code(self, variable: str, label: str) -> str:
        labels = {text: code for code, text in CATEGORY_LABELS.get(variable, {}).items()}
        plain = label.replace("\N{GREATER-THAN OR EQUAL TO}", ">=").replace(
            "\N{LESS-THAN OR EQUAL TO}", "<="
        )
        return labels.get(label, {"Yes": "Y", "No": "N"}.get(label, plain))

    def _t_safety(self, table: str, at: Address) -> list[Place]:
        population = "SAF" if at.section.startswith("Safety") else "ITT"
        if at.label.startswith("Class "):
            name = "ich_class_48h" if self._arm(at.head) else "ich_class_48h_rd"
            return self._of(name, at.label.removeprefix("Class "))
        name = next((name for name, words in SAFETY.items() if re.match(words, at.group)), "")
        return self._of(self._contrast(name, at), None, population) if name else self._time(at)

    def _time(self, at: Address) -> list[Place]:
        tests = {"Log-rank test": ("death_logrank", ""), "Hazard ratio, adjusted": ("death_hr", ""),
                 "Hazard ratio, without covariates": ("death_hr", ""),
                 "Proportional hazards, arm": ("death_schoenfeld", "arm"),
                 "Proportional hazards, all terms": ("death_schoenfeld", "")}  # fmt: skip
        if at.label.startswith("Alive"):
            return self._of("death_km", str(self.plan.safety.death_day))
        for label, name in DAYS_ALIVE.items():
            if at.label.startswith(label):
                return self._of(name, "")
        return self._of(*tests[at.label])

    def _t_unconditional(self, table: str, at: Address) -> list[Place]:
        if at.label.startswith("mRS"):
            return self._of("marginal_rd", self._cut(at.label) if at.head != "n" else "")
        if not at.section.startswith("Over"):
            return self._of("primary_robust" if "robust" in at.label else "primary", "")
        return self._of("marginal_win_odds" if "Win" in at.label else "marginal_common_odds", "")

    def _t_hierarchical(self, table: str, at: Address) -> list[Place]:
        effects = {"Win odds": "win_odds_hierarchical", "Net benefit, %": "net_benefit"}
        named = [
            level.outcome for level in self.plan.supportive.hierarchy
            if name_level(level, self.plan) == at.label
        ]  # fmt: skip
        return self._of(effects.get(at.label, "win_ratio"), named[0] if named else "")

    def _t_patients(self, table: str, at: Address) -> list[Place]:
        share = {"Better by one level or more": "benefit", "Worse by one level or more": "harm",
                 "Better less worse": "net"}.get(at.label)  # fmt: skip
        if share:
            return self._of("benefit_per_100", share)
        return self._of("number_needed", "win_probability" if "win" in at.label else at.label[-1])

    def _t_randomisation(self, table: str, at: Address) -> list[Place]:
        return self._of("van_elteren" if at.label.startswith("van") else "rerandomisation", "")

    def _contrast(self, name: str, at: Address) -> str:
        """The contrast of a row; in the columns of the arms the outcome itself."""
        return f"{name}{ENDINGS.get(at.label, '')}" if not self._arm(at.head) else name

    def _t_secondary(self, table: str, at: Address) -> list[Place]:
        if at.group.startswith("mRS 0-"):
            return self._of(self._contrast(f"mrs_0_{at.group[-1]}", at), "")
        name = next(name for name, words in SCORES.items() if re.match(words, at.group))
        ending = "_win_odds" if at.label == "Win odds" else ""
        return self._of(f"{name}{ending}", "") + self._of(name, "") if self._arm(at.head) else \
            self._of(f"{name}{ending}", "")  # fmt: skip


def name_shift(label: str, other: str) -> str:
    """The analysis of the primary outcome that a label names; ``other`` where it is the same."""
    return next((name for words, name in SHIFTS.items() if re.search(words, label)), other)
