"""The report from top to bottom, on the page and in the document: its sections and displays.

A figure or table is declared here and nowhere else: rules, files and order follow.
"""

from typing import Any

from analysis.display.outline.parts import (
    DrawingRule,
    FigurePart,
    Kind,
    Part,
    Section,
    Source,
    TablePart,
)

ROOM = "analysis.display"


def _words(name: str) -> Part:
    return Part(Kind.WORDS, name)


def _figure(
    name: str, draw: str, rule: DrawingRule, *, caption: str = "", explained: str = "",
    **further: Any,
) -> Part:  # fmt: skip
    """A figure; its caption is the function ``caption`` of the same module unless named."""
    drawn = f"{ROOM}.figures.{draw}"
    captioned = f"{ROOM}.figures.{caption}" if caption else f"{drawn.partition(':')[0]}:caption"
    return FigurePart(Kind.FIGURE, name, drawn, captioned, rule, explained or name, **further)


def _table(name: str, build: str, kind: Kind = Kind.TABLE, **further: Any) -> Part:
    return TablePart(kind, name, f"{ROOM}.{build}", **further)


def _folded(name: str, build: str, **further: Any) -> Part:
    return _table(name, build, Kind.FOLDED, **further)


def _listing(name: str, build: str, title: str) -> Part:
    return _table(name, build, Kind.LISTING, source=Source.DATA_SETS, title=title)


EVENTS = "tables.safety.adverse_events"

GROTTA = DrawingRule("draw_grotta", "Drawing the Grotta bars")
FLOW = DrawingRule(
    "draw_flow_and_cutpoints", "Drawing the flow of subjects and the cut points"
)  # fmt: skip
FORESTS = DrawingRule("draw_forests_and_curves", "Drawing the forests and the curves")

SECTIONS = (
    Section("result", "Result", (
        _words("headline"),
        _figure("grotta_itt", "grotta.arms:draw_grotta", GROTTA, explained="grotta",
                caption="grotta.captions:caption", options={"population": "ITT"}, in_column=True),
        _figure("grotta_itt_adjusted", "grotta.arms:draw_adjusted", GROTTA,
                caption="grotta.captions:caption_adjusted"),
        _table("t_estimands", "tables.efficacy.estimands:build_estimands"),
    )),
    Section("quality", "Quality checks", (_words("verdict"),)),
    Section("door", "At the door", (
        _words("door"),
        _table("t_door", "tables.trial.door:build_door_rows"),
        _folded("t_door_columns", "tables.trial.door:build_door_cells"),
    )),
    Section("primary", "Primary analysis", (
        _table("t_primary", "tables.efficacy.primary:build_primary"),
        _table("t_coefficients", "tables.efficacy.coefficients:build_coefficients"),
    )),
    Section("proportionality", "Proportional odds", (
        _figure("cutpoints", "forest.cut_points:draw_cutpoints", FLOW),
        _table("t_proportionality", "tables.efficacy.proportionality:build_proportionality"),
        _table("t_brant", "tables.efficacy.proportionality:build_tests"),
    )),
    Section("sensitivity", "Sensitivity and supplementary analyses", (
        _figure("forest_sensitivity", "forest.sensitivity:draw_sensitivity", FORESTS),
        _figure("grotta_sensitivity", "grotta.sensitivity:draw_sensitivity_bars", GROTTA,
                explained="grotta_panels"),
        _table("t_sensitivity", "tables.efficacy.sensitivity:build_sensitivity"),
        _words("tipping"),
        _figure("tipping_point", "tipping_point:draw_tipping_point", FORESTS),
        _folded("t_tipping_point", "tables.efficacy.tipping:build_tipping"),
    )),
    Section("missing", "Missing data", (
        _words("missing"),
        _figure("missing_pattern", "missing_pattern:draw_missing_pattern", FLOW),
        _table("t_missing", "tables.trial.missing:build_missing"),
        _folded("t_missing_baseline", "tables.trial.missing:build_missing_baseline"),
    )),
    Section("secondary", "Secondary outcomes", (
        _table("t_secondary", "tables.efficacy.secondary:build_secondary"),
    )),
    Section("supportive", "Beside the scale", (
        _table("t_unconditional", "tables.efficacy.unconditional:build_unconditional"),
        _table("t_hierarchical", "tables.efficacy.hierarchy:build_hierarchy"),
        _table("t_patients", "tables.efficacy.patients:build_patients"),
        _table("t_randomisation", "tables.efficacy.randomisation:build_randomisation"),
    )),
    Section("subgroups", "Subgroups", (
        _figure("forest_subgroups", "forest.subgroups:draw_subgroups", FORESTS),
        _figure("grotta_subgroups", "grotta.subgroups:draw_subgroup_bars", GROTTA,
                explained="grotta_panels"),
        _folded("t_subgroups", "tables.efficacy.subgroups:build_subgroups"),
    )),
    Section("safety", "Safety", (
        _figure("km_death", "kaplan_meier:draw_survival", FORESTS),
        _table("t_safety", "tables.safety.deaths_and_bleeding:build_safety"),
    )),
    Section("adverse-events", "Adverse events", (
        _table("t_ae_overview", f"{EVENTS}:build_overview"),
        _table("t_ae_special", f"{EVENTS}:build_special"),
        *(_folded(f"t_{each}", f"{EVENTS}:build_by_term", options={"analysis_id": each})
          for each in ("ae_soc_pt", "ae_serious", "ae_fatal", "ae_related", "ae_drug_withdrawn")),
    )),
    Section("exposure", "Exposure", (
        _table("t_exposure", "tables.safety.exposure:build_exposure"),
    )),
    Section("listings", "Listings", (
        _words("listings"),
        _listing("l_deaths", "tables.listings:list_deaths", "Deaths"),
        _listing("l_serious", "tables.listings:list_serious", "Serious adverse events"),
        _listing("l_pp_exclusions", "tables.listings:list_exclusions",
                 "Exclusions from the per-protocol set"),
    )),
    Section("flow", "Flow of subjects", (
        _figure("consort", "flow_diagram:draw_consort", FLOW, is_narrow=True),
        _table("t_disposition", "tables.trial.disposition:build_disposition"),
        _figure("recruitment", "recruitment:draw_recruitment", FLOW),
    )),
    Section("populations", "Analysis sets", (
        _words("analysed"), _table("t_populations", "tables.trial.populations:build_populations"),
    )),
    Section("baseline", "Baseline", (
        _table("t_baseline", "tables.trial.baseline:build_baseline"),
        _figure("love_plot", "love_plot:draw_love_plot", FLOW),
    )),
    Section("per-protocol", "Per-protocol set", (
        _figure("grotta_pp", "grotta.arms:draw_grotta", GROTTA, explained="grotta",
                caption="grotta.captions:caption", options={"population": "PP"}, in_column=True),
        _table("t_pp_reasons", "tables.trial.populations:build_pp_reasons"),
    )),
    Section("words", "Words for the paper", (_words("abstracts"),)),
    Section("checklist", "CONSORT 2025 checklist", (
        _folded("t_consort_checklist", "checklist.table:build_consort_checklist"),
    )),
    Section("methods", "Methods", (_words("methods"),)),
    Section("assumptions", "Assumptions", (
        _words("assumptions"),
        _table("t_assumptions", "report.assumptions:build_assumptions", source=Source.PLAN,
               is_file=False),
    )),
    Section("queries", "Data queries", (
        _table("t_queries", "tables.trial.quality:build_queries"),
        _folded("t_queries_by_site", "tables.trial.queries_by_site:build_queries_by_site"),
    )),
    Section("twice", "Numbers computed twice", (
        _folded("t_quality", "tables.trial.quality:build_quality", source=Source.CHECKS),
    )),
    Section("audit", "Audit", (_words("audit"),)),
)  # fmt: skip
"""The report from top to bottom."""
