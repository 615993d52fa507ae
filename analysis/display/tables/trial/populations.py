"""Analysis sets and disposition by arm, and reasons against the per-protocol set (SAP 3.2)."""

from analysis.config import Plan
from analysis.config.per_protocol_reasons import describe_reasons
from analysis.display.ard import Ard, ArdRow
from analysis.display.tables.arms import arm_columns, count_cells
from analysis.display.tables.effects import list_not_collected, list_notes
from analysis.display.tables.table import Row, Table, keep_sentences
from analysis.display.text.conclusion.missing import missing_sentence, missing_warning
from analysis.display.text.format import NOT_COLLECTED, format_count
from analysis.display.text.wording import (
    SCREENED,
    SCREENING_REASONS,
    SETS,
    outcome_name,
    registry_line,
)

SCREENING = {"screened": SCREENED, **SCREENING_REASONS}


def build_populations(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return screening (if exported), conduct, outcome and analysis sets by arm."""
    screening = screening_rows(ard)
    return Table(
        id="t_populations",
        title="Subjects and analysis sets",
        columns=("Number of subjects", *arm_columns(plan), "Both arms"),
        rows=(*screening, *_conduct_rows(ard, plan), *_set_rows(ard, plan)),
        footnotes=keep_sentences(
            (
                "Intention to treat and per protocol: as randomised; safety set: as treated.",
                missing_sentence(ard, plan),
                missing_warning(ard, plan),
                "" if screening else "No screening log was exported.",
            )
        ),
        stamp=stamp,
        registry=registry_line(plan),
    )


def build_pp_reasons(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return the number of subjects per reason and arm, every reason of the plan, zeros too."""
    texts = describe_reasons(plan)
    extra = [
        row.level for row in ard.select("pp_reasons", "ITT", group="") if row.level not in texts
    ]
    rows = [
        Row(texts.get(code, code), (code, *count_cells(ard, plan, "pp_reasons", "ITT", code)))
        for code in (*texts, *extra)
    ]
    excluded = count_cells(ard, plan, "disposition", "ITT", "pp_excluded")
    return Table(
        id="t_pp_reasons",
        title="Reasons for exclusion from the per-protocol set",
        columns=("Reason", "Code", *arm_columns(plan), "Both arms"),
        rows=(*rows, Row("Excluded for one or more reasons", ("", *excluded))),
        footnotes=keep_sentences(
            (
                "Intention-to-treat set. A subject counts under every reason that applies.",
                "A criterion whose value is missing is no violation, consent and doses apart; "
                "it is a data query.",
                *list_notes(ard, "pp_reasons"),
                list_not_collected(ard, "pp_reasons"),
            )
        ),
        stamp=stamp,
        registry=registry_line(plan),
        text_columns=frozenset({"Code"}),
    )


def screening_rows(ard: Ard) -> list[Row]:
    """Return how many were screened, and why not randomised; none if no log was exported."""
    rows = {level: ard.find("disposition", "n", "ITT", level=level) for level in SCREENING}
    return [
        Row(SCREENING[level], ("", "", _count(row)), section="Screening")
        for level, row in rows.items()
        if row is not None
    ]


def _count(row: ArdRow) -> str:
    return NOT_COLLECTED if row.is_not_collected else format_count(row.value)


def _conduct_rows(ard: Ard, plan: Plan) -> list[Row]:
    outcome = outcome_name(plan)
    labels = {
        "randomised": "Randomised",
        "treated": "Received study drug",
        "not_treated": "Did not receive study drug",
        "died": "Died",
        "withdrew": "Withdrew",
        "lost": "Lost to follow-up",
        "outcome_observed": f"With {outcome}",
        "outcome_missing": f"Without {outcome}",
    }
    return [
        Row(label, count_cells(ard, plan, "disposition", "ITT", level), section="Conduct")
        for level, label in labels.items()
    ]


def _set_rows(ard: Ard, plan: Plan) -> list[Row]:
    return [
        Row(name.capitalize(), count_cells(ard, plan, "populations", population), "Analysis sets")
        for population, name in SETS.items()
    ]
