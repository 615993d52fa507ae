"""Missing outcomes: how many, why, at which visits, and of whom (SAP 7)."""

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.tables.arms import arm_columns, share_cells
from analysis.display.tables.effects import list_not_collected, list_notes, name_set
from analysis.display.tables.table import Row, Table, keep_sentences
from analysis.display.tables.trial.baseline import HOW_TO_READ, Group, baseline_rows
from analysis.display.text.conclusion.missing import missing_sentence
from analysis.display.text.format import NOT_COLLECTED, format_count
from analysis.display.text.visits import name_visit
from analysis.display.text.wording import outcome_name, registry_line

REASONS = {
    "COMPLETED": "Completed, no assessment",
    "DEATH": "Died after the outcome was due, or on an unknown day",
    "LOST TO FOLLOW-UP": "Lost to follow-up",
    "WITHDRAWAL BY SUBJECT": "Withdrawal by subject",
    "OTHER": "Other",
    "NOT RECORDED": "Not recorded",
}
KNOWN = {
    "KNOWN ALIVE": "Known alive on day {day}",
    "DIED LATER": "Of whom died later",
    "STATUS UNKNOWN": "Status unknown",
}
OUT_OF_WINDOW = "OUT OF WINDOW"
BY_STATUS = "Of these, by what is known of them"
BY_REASON = "Of these, by what was recorded at the end"
STATES = {"OBSERVED": "With", "MISSING": "Without"}


def build_missing(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return the missing outcomes by arm and reason, by visit, and what else was observed."""
    return Table(
        id="t_missing",
        title="Missing outcomes",
        columns=("Subjects", *arm_columns(plan), "Both arms"),
        rows=(*_outcome_rows(ard, plan), *_visit_rows(ard, plan), *_pattern_rows(ard, plan)),
        footnotes=keep_sentences(
            (
                name_set("ITT"),
                *_say_missing(ard, plan),
                "Reasons: percentages of those without an outcome. Visits: of the randomised.",
            )
        ),
        stamp=stamp,
        registry=registry_line(plan),
    )


def _say_missing(ard: Ard, plan: Plan) -> tuple[str, ...]:
    """The analysis's own warnings, whose counts say of whom; none are missing: how many."""
    texts = ard.warnings("missing_outcome")
    return tuple(f"{text[:1].upper()}{text[1:]}." for text in texts) or (
        missing_sentence(ard, plan),
    )  # fmt: skip


def build_missing_baseline(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return the baseline of the subjects with and of those without the primary outcome."""
    groups = {
        (state, code): Group("missing_baseline", code, state)
        for state in STATES
        for code in plan.arms.codes
    }
    labels = dict(zip(plan.arms.codes, arm_columns(plan), strict=True))
    columns = [
        f"{STATES[state]}: {labels[code]} (n = {_count_state(ard, state, code)})"
        for state, code in groups
    ]
    return Table(
        id="t_missing_baseline",
        title=f"Baseline of the subjects with and without an {outcome_name(plan)}",
        columns=("Characteristic", *columns),
        rows=baseline_rows(ard, tuple(groups.values())),
        footnotes=keep_sentences(
            (
                name_set("ITT"),
                HOW_TO_READ,
                "Described, not tested.",
                *list_notes(ard, "missing_baseline"),
                list_not_collected(ard, "missing_baseline"),
            )
        ),
        stamp=stamp,
        registry=registry_line(plan),
    )


def _count_state(ard: Ard, state: str, group: str) -> str:
    return format_count(ard.number("missing_baseline", "n", "ITT", group, state))


def _groups(plan: Plan) -> tuple[str, ...]:
    return *plan.arms.codes, ""


def _cells(ard: Ard, plan: Plan, analysis_id: str, level: str, stat_name: str) -> tuple[str, ...]:
    return tuple(
        NOT_COLLECTED
        if ard.is_not_collected(analysis_id, stat_name, "ITT", group, level)
        else format_count(ard.number(analysis_id, stat_name, "ITT", group, level))
        for group in _groups(plan)
    )


def _outcome_rows(ard: Ard, plan: Plan) -> list[Row]:
    section = outcome_name(plan)
    rows = [
        Row("Randomised", _cells(ard, plan, "missing_outcome", "", "N"), section),
        Row(f"Without {section}", share_cells(ard, plan, "missing_outcome", ""), section),
    ]
    counts = ard.select("missing_outcome", "ITT", group="", stat_name="n")
    reasons = [row.level for row in counts if row.level not in ("", OUT_OF_WINDOW, *KNOWN)]
    for code in reasons:
        label = REASONS.get(code, code.capitalize())
        shares = share_cells(ard, plan, "missing_outcome", code)
        rows.append(Row(label, shares, section, BY_REASON))
    for code, words in KNOWN.items():
        shares = share_cells(ard, plan, "missing_outcome", code)
        rows.append(Row(words.format(day=plan.outcome.day), shares, section, BY_STATUS))
    late = share_cells(ard, plan, "missing_outcome", OUT_OF_WINDOW)
    rows.append(Row(f"With {section}, assessed outside the window", late, section))
    return rows


def _visit_rows(ard: Ard, plan: Plan) -> list[Row]:
    """Assessed, dead and missing at every visit."""
    counts = ard.select("missing_visits", "ITT", group="", stat_name="N")
    parts = {"n_observed": "Assessed", "n_died": "Dead"}
    rows = []
    for visit in (row.level for row in counts):
        headings = {"section": "By visit", "group": name_visit(plan, visit)}
        rows += [
            Row(label, _cells(ard, plan, "missing_visits", visit, name), **headings)
            for name, label in parts.items()
        ]
        rows.append(Row("Missing", share_cells(ard, plan, "missing_visits", visit), **headings))
    return rows


def _pattern_rows(ard: Ard, plan: Plan) -> list[Row]:
    """What was observed of those without an outcome; patterns that nobody has are left out."""
    counts = ard.select("missing_patterns", "ITT", group="", stat_name="n")
    section = f"Without {outcome_name(plan)}: what was assessed before"
    if counts and all(row.is_not_collected for row in counts):
        return [Row("All patterns", (NOT_COLLECTED,) * len(_groups(plan)), section)]
    return [
        Row(
            _name_pattern(plan, row.level),
            _cells(ard, plan, "missing_patterns", row.level, "n"),
            section,
        )
        for row in counts
        if row.value
    ]


def _name_pattern(plan: Plan, level: str) -> str:
    if level == "none":
        return "Nothing"
    words = [name_visit(plan, visit) for visit in level.split(" + ")]
    return ", ".join(words)
