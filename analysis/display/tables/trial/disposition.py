"""Disposition: screening, treatment, end of study and outcome (CONSORT 2025)."""

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.tables.arms import arm_columns_with_n, share_cells
from analysis.display.tables.table import Row, Table, keep_sentences
from analysis.display.tables.trial.missing import BY_REASON, REASONS
from analysis.display.tables.trial.populations import screening_rows
from analysis.display.text.conclusion.missing import missing_sentence, missing_warning
from analysis.display.text.format import format_count
from analysis.display.text.wording import outcome_name, registry_line

ENDINGS = {**REASONS, "COMPLETED": "Completed", "DEATH": "Died"}
"""How the study ended for a subject, by its code; the others are as among the missing outcomes."""


def build_disposition(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return treatment, end of study and outcome of the randomised by arm, with screening if any.

    Those without an outcome stand under what was recorded at the end of the study.
    """
    total = format_count(ard.number("populations", "n", "ITT"))
    screening = screening_rows(ard)
    return Table(
        id="t_disposition",
        title="Disposition of all randomised subjects, as randomised",
        columns=("Subjects", *arm_columns_with_n(ard, plan, "ITT"), f"Both (n = {total})"),
        rows=(
            *screening,
            *_treatment_rows(ard, plan),
            *_ending_rows(ard, plan),
            *_outcome_rows(ard, plan),
        ),
        footnotes=keep_sentences(
            (
                "Percentages are of the randomised; those of reasons, of the subjects without "
                f"{outcome_name(plan)}. Counts, no model.",
                "End of study: as recorded at the last contact, whenever that was.",
                missing_sentence(ard, plan),
                missing_warning(ard, plan),
                "" if screening else "No screening log was exported.",
            )
        ),
        stamp=stamp,
        registry=registry_line(plan),
    )


def _treatment_rows(ard: Ard, plan: Plan) -> list[Row]:
    labels = {
        "randomised": "Randomised",
        "treated": "Received study drug",
        "not_treated": "Did not receive study drug",
        "died": f"Died by day {plan.safety.death_day}",
    }
    return _rows(ard, plan, "disposition", labels, "Treatment and follow-up")


def _ending_rows(ard: Ard, plan: Plan) -> list[Row]:
    counts = ard.select("study_end", "ITT", group="", stat_name="n")
    labels = {row.level: ENDINGS.get(row.level, row.level) for row in counts}
    return _rows(ard, plan, "study_end", labels, "End of study")


def _outcome_rows(ard: Ard, plan: Plan) -> list[Row]:
    outcome = outcome_name(plan)
    known = {"outcome_observed": f"With {outcome}", "outcome_missing": f"Without {outcome}"}
    counts = ard.select("missing_outcome", "ITT", group="", stat_name="n")
    reasons = {row.level: REASONS[row.level] for row in counts if row.level in REASONS}
    return [
        *_rows(ard, plan, "disposition", known, "Outcome"),
        *_rows(ard, plan, "missing_outcome", reasons, "Outcome", BY_REASON),
    ]


def _rows(
    ard: Ard, plan: Plan, analysis_id: str, labels: dict[str, str], section: str, group: str = ""
) -> list[Row]:
    return [
        Row(label, share_cells(ard, plan, analysis_id, level), section, group)
        for level, label in labels.items()
    ]
