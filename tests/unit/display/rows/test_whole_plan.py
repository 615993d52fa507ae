"""Figures, tables and sentences of the whole plan, on simulated trials with a planted effect."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pytest
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis.config import Plan
from analysis.config.blocks.subgroups import SEPARATES
from analysis.display.ard import Ard
from analysis.display.drawing.palette import ACCENT
from analysis.display.figures.kaplan_meier_axes import read_curves
from analysis.display.outline.displays import FIGURES as DRAWN
from analysis.display.rows.shift import list_other_analyses
from analysis.display.rows.tipping import Verdict, read_verdicts, say_verdict
from analysis.display.text.conclusion.headline import headline
from analysis.display.text.favours import favoured_arms
from analysis.display.text.format import NOT_ESTIMABLE, format_number, format_p
from tests.projects.analysed_trials import LARGE_BENEFIT, rename_arms, shrink_plan
from tests.unit.display.tables.results_tables import TABLES

Records = list[dict[str, str]]
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
NUMBERED = [name for name in DRAWN if name not in ("cutpoints", "consort", "grotta_pp")]
FIGURES = {name: DRAWN[name].draw for name in NUMBERED}
CAPTIONS = {name: DRAWN[name].caption for name in NUMBERED}
ESTIMATES = (
    "estimate", "ci_low", "ci_high", "p_value", "statistic", "df", "p_interaction",
    "ci_low_cr2", "ci_high_cr2", "p_value_cr2",
)  # fmt: skip
LONG_NAMES = (
    "Intra-arterial plus intravenous methylprednisolone sodium succinate",
    "Intra-arterial plus intravenous matching placebo",
)
REASON = "the columns arm and OCCLOC=ICA separate the levels of the outcome"
TOUCHING = 1.0
"""Pixels that two texts may share: their boxes are a little taller than their letters."""


def read_words(figure: Figure) -> list[str]:
    """Every text that is drawn."""
    return [text.get_text() for text in figure.findobj(Text) if isinstance(text, Text)]


def blank(records: Records, **wanted: str) -> Records:
    """The rows with every estimate of the chosen ones not estimable."""
    return [
        {**row, "stat": "", "warning": f"not estimable: {REASON}"}
        if row["stat_name"] in ESTIMATES and all(row[name] == wanted[name] for name in wanted)
        else row
        for row in records
    ]


def change(records: Records, numbers: Mapping[str, str], **wanted: str) -> Records:
    """The rows with other numbers, by name of the statistic, where the columns are as wanted."""
    return [
        {**row, "stat": numbers[row["stat_name"]]}
        if row["stat_name"] in numbers and all(row[name] == wanted[name] for name in wanted)
        else row
        for row in records
    ]


def read_boxes(figure: Figure, stamp: str) -> list[tuple[str, Bbox]]:
    """Every text with its place in pixels, the watermark apart."""
    figure.canvas.draw()
    texts = [text for text in figure.findobj(Text) if isinstance(text, Text)]
    shown = [text for text in texts if text.get_text().strip() and text.get_text() != stamp]
    return [(text.get_text(), text.get_window_extent()) for text in shown]


def known_numbers(ard: Ard, plan: Plan) -> set[str]:
    """Every number of the frame in the forms of a caption, and those that the plan sets."""
    values = [row.value for row in ard.rows if row.value is not None]
    known = {format_number(value, places) for value in values for places in range(4)}
    known |= {format_number(100 * value, 1) for value in values}
    known |= {part for value in values if 0 <= value <= 1
              for part in NUMBER.findall(format_p(value))}  # fmt: skip
    known |= {part for row in ard.select("recruitment") for part in NUMBER.findall(row.level)}
    known.add(str(plan.trial.n_randomised))
    day = plan.outcome.day
    shifts = {f"{shift:g}" for shift in plan.sensitivity.tipping.shifts}
    return known | shifts | {f"{day}", f"{plan.safety.death_day}", "95", "0", "1", "0.05"}


@pytest.mark.parametrize("name", FIGURES)
def test_every_number_of_a_caption_is_found_in_the_frame(
    name: str, whole: Ard, small_plan: Plan
) -> None:
    caption = CAPTIONS[name](whole, small_plan)
    shown = NUMBER.findall(caption)
    assert shown
    assert [text for text in shown if text not in known_numbers(whole, small_plan)] == []


@pytest.mark.parametrize("name", FIGURES)
def test_stamp_and_registry_number_are_drawn(
    name: str, whole: Ard, small_plan: Plan, stamp: str
) -> None:
    words = read_words(FIGURES[name](whole, small_plan, stamp))
    assert words.count(stamp) == 2
    assert any("NCT07141303" in word for word in words)


@pytest.mark.parametrize("long_names", [False, True])
@pytest.mark.parametrize("name", FIGURES)
def test_no_text_is_cut_and_none_lies_on_another(
    name: str, long_names: bool, whole: Ard, small_plan: Plan, stamp: str
) -> None:
    plan = rename_arms(small_plan, *LONG_NAMES) if long_names else small_plan
    require_readable(FIGURES[name](whole, plan, stamp), stamp)


@pytest.mark.parametrize("name", ["Second Hospital of the Province", "X" * 60, "a site " * 12])
def test_names_of_sites_may_be_long(
    name: str, benefit: Records, small_plan: Plan, stamp: str
) -> None:
    """Each but the first, which shows that the cells of a row stay level."""
    of_sites = (row for row in benefit if row["analysis_id"] == "recruitment")
    sites = sorted(
        {row["level"].partition(":")[0] for row in of_sites if row["variable"] == "SITEID"}
    )
    renamed = [
        {**row, "level": row["level"].replace(site, f"{name} {site}", 1)}
        if row["analysis_id"] == "recruitment" and row["variable"] == "SITEID" and site != sites[0]
        else row
        for row in benefit for site in [row["level"].partition(":")[0]]
    ]  # fmt: skip
    figure = FIGURES["recruitment"](Ard.from_records(renamed), small_plan, stamp)
    require_readable(figure, stamp)
    assert name.split()[0][:8] in " ".join(read_words(figure))


def require_readable(figure: Figure, stamp: str) -> None:
    """Require that no text of a figure is cut and that none lies on another."""
    boxes = read_boxes(figure, stamp)
    width, height = figure.bbox.width, figure.bbox.height
    cut = [text for text, box in boxes
           if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height]  # fmt: skip
    assert cut == []
    overlapping = [
        (first, second)
        for (first, a), (second, b) in combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > TOUCHING
        and min(a.y1, b.y1) - max(a.y0, b.y0) > 2 * TOUCHING
    ]
    assert overlapping == []


def test_the_planted_effects_are_in_the_data(frames: Path) -> None:
    means = json.loads((frames / "means.json").read_text(encoding="utf-8"))
    assert means["benefit"]["MPSS"] < means["benefit"]["PLACEBO"] - 0.5
    assert means["harm"]["MPSS"] > means["harm"]["PLACEBO"] + 0.5


def read_diamonds(figure: Figure) -> list[Bbox]:
    """Where the diamonds lie, in pixels; the bands have another colour."""
    figure.canvas.draw()
    shapes = [shape for shape in figure.findobj(PolyCollection)
              if isinstance(shape, PolyCollection)]  # fmt: skip
    return [
        shape.get_window_extent()
        for shape in shapes
        if to_hex(shape.get_facecolor()[0]).upper() == ACCENT
    ]


@pytest.mark.parametrize("kind", ["benefit", "harm"])
def test_a_planted_effect_is_shown_on_its_own_side(
    kind: str, benefit: Records, harm: Records, small_plan: Plan
) -> None:
    ard = Ard.from_records(benefit if kind == "benefit" else harm)
    plan = small_plan if kind == "benefit" else shrink_plan(small_plan, 1 / LARGE_BENEFIT)
    figure = FIGURES["forest_sensitivity"](ard, plan, "")
    words = dict(read_boxes(figure, ""))
    (diamond,) = read_diamonds(figure)
    left, right = words["Favours Placebo"], words["Favours Methylprednisolone"]
    assert left.x1 < right.x0
    assert diamond.x0 > left.x1 if kind == "benefit" else diamond.x1 < right.x0
    sentence = headline(ard, plan)
    expected = "lower (better)" if kind == "benefit" else "higher (worse)"
    assert sentence.startswith(f"Methylprednisolone led to a {expected} mRS at day 90 than Placebo")
    assert set(read_verdicts(ard, plan).values()) == {
        Verdict.BENEFIT if kind == "benefit" else Verdict.HARM
    }


def test_the_upper_grotta_bar_is_the_better_one_after_a_benefit(
    whole: Ard, small_plan: Plan
) -> None:
    treated, control = (
        sum(whole.require("mrs_distribution", "n", "ITT", code, str(level)) * level
            for level in small_plan.outcome.levels)
        / whole.require("mrs_distribution", "N", "ITT", code)
        for code in small_plan.arms.codes
    )  # fmt: skip
    assert treated < control


def test_sides_turn_with_the_plan(small_plan: Plan) -> None:
    below = small_plan.inference.model_copy(update={"favours_treatment": "below_1"})
    turned = small_plan.model_copy(update={"inference": below})
    assert favoured_arms(small_plan) == {-1: ("Placebo", "higher mRS"),
                                         1: ("Methylprednisolone", "lower mRS")}  # fmt: skip
    assert favoured_arms(turned) == {-1: ("Methylprednisolone", "lower mRS"),
                                     1: ("Placebo", "higher mRS")}  # fmt: skip


def test_roles_are_those_of_the_plan(whole: Ard, small_plan: Plan) -> None:
    sections = {line.analysis_id: line.section for line in list_other_analyses(whole, small_plan)}
    kept = {name for name, section in sections.items() if section.startswith("Sensitivity")}
    assert kept == {
        "sens_mi", "sens_worst", "sens_best", "sens_tipping", "sens_locf", "sens_in_window",
        "sens_site_cluster",
    }  # fmt: skip
    assert set(sections) - kept == {
        "sens_pp", "sens_unadjusted", "sens_merge56", "sens_as_treated", "sens_site_random",
    }  # fmt: skip


def test_a_level_without_subjects_stands_with_its_reason(
    benefit: Records, small_plan: Plan
) -> None:
    place = {"analysis_id": "subgroup_toast", "level": "OTHER"}
    ard = Ard.from_records(change(blank(benefit, **place), {"n": "0"}, **place))
    words = read_words(FIGURES["forest_subgroups"](ard, small_plan, ""))
    assert "0 / 0" in words
    assert words.count(NOT_ESTIMABLE) == 1
    assert REASON in " ".join(words)
    table = TABLES["t_subgroups"](ard, small_plan, "")
    (row,) = [row for row in table.rows if row.group.startswith("Cause") and row.label == "Other"]
    assert row.cells[:3] == ("0", "0", NOT_ESTIMABLE)
    assert any(f"Other ({REASON})" in note for note in table.footnotes)


def test_a_safety_outcome_without_an_estimate_says_why(benefit: Records, small_plan: Plan) -> None:
    ard = Ard.from_records(
        blank(blank(benefit, analysis_id="sich_48h_rr"), analysis_id="sich_48h_rd")
    )
    table = TABLES["t_safety"](ard, small_plan, "")
    rows = [row for row in table.rows if row.group.startswith("Symptomatic")]
    cells = {row.label: row.cells[2:] for row in rows}
    assert cells["Risk ratio"] == cells["Risk difference, %"] == (NOT_ESTIMABLE, "")
    assert cells["Risk ratio, adjusted"][0] != NOT_ESTIMABLE
    assert any(REASON in note for note in table.footnotes)


def test_no_events_in_an_arm_give_the_interval_without_an_estimate(
    benefit: Records, small_plan: Plan
) -> None:
    place = {"analysis_id": "sich_48h_rr"}
    cases = {
        ("0.0", "0.81"): "not estimable (0.00 to 0.81)",
        ("1.31", ""): "not estimable (1.31 or more)",
    }
    for (low, high), expected in cases.items():
        rows = change(blank(benefit, **place), {"ci_low": low, "ci_high": high}, **place)
        table = TABLES["t_safety"](Ard.from_records(rows), small_plan, "")
        (row,) = [row for row in table.rows
                  if row.group.startswith("Symptomatic") and row.label == "Risk ratio"]  # fmt: skip
        assert row.cells[2:] == (expected, "")


def test_a_trial_without_deaths_is_drawn(benefit: Records, small_plan: Plan) -> None:
    flat = change(benefit, {"estimate": "1.0", "events": "0"}, analysis_id="death_km")
    for name in ("death_hr", "death_logrank", "death_schoenfeld"):
        flat = blank(flat, analysis_id=name)
    ard = Ard.from_records(flat)
    words = read_words(FIGURES["km_death"](ard, small_plan, ""))
    assert any(word.startswith("Adjusted hazard ratio not estimable") for word in words)
    assert "Log-rank test: not estimable" in words
    rows = TABLES["t_safety"](ard, small_plan, "").rows
    (hazard,) = [row for row in rows if row.label.startswith("Hazard")]
    assert hazard.cells[2:] == (NOT_ESTIMABLE, "")


def test_curves_end_where_the_estimates_do(whole: Ard, small_plan: Plan) -> None:
    curves = read_curves(whole, small_plan)
    for curve in curves:
        alive = whole.require("death_km", "estimate", "SAF", curve.arm.code, "90")
        assert curve.dead[-1] == pytest.approx(1 - alive)
        events = whole.require("death_km", "events", "SAF", curve.arm.code)
        left = curve.at_risk[0] - curve.at_risk[-1]
        assert len(curve.censored) <= left - events + 1


def test_a_result_that_turns_is_said_with_its_nearest_shift(
    benefit: Records, small_plan: Plan
) -> None:
    level = "MPSS=2;PLACEBO=0"
    turned = change(
        benefit, {"estimate": "1.1", "ci_low": "0.9", "ci_high": "1.3", "p_value": "0.4"},
        analysis_id="sens_tipping", level=level,
    )  # fmt: skip
    ard = Ard.from_records(turned)
    assert "turns nowhere" in say_verdict(Ard.from_records(benefit), small_plan)
    assert say_verdict(ard, small_plan).endswith(
        "Methylprednisolone 2, Placebo 0, p of 0.05 or more."
    )
    words = read_words(FIGURES["tipping_point"](ard, small_plan, ""))
    assert {"p < 0.05 in favour of Methylprednisolone", "p of 0.05 or more"} <= set(words)


def test_the_primary_p_value_alone_is_confirmatory(whole: Ard, small_plan: Plan) -> None:
    table = TABLES["t_estimands"](whole, small_plan, "")
    place = table.columns.index("p") - 1
    labels = [row.cells[place].partition(" ")[2] for row in table.rows]
    assert labels == ["(confirmatory)"] + ["(nominal)"] * (len(labels) - 1)
    assert any("all randomised" in note or "randomised" in note for note in table.footnotes)


@pytest.mark.parametrize("name", TABLES)
def test_no_p_value_stands_without_an_estimate_or_a_statistic(
    name: str, benefit: Records, small_plan: Plan
) -> None:
    ard = Ard.from_records(
        [{**row, "stat": ""} if row["stat_name"] in ("estimate", "statistic") and row["level"] == ""
         and not row["group"] else row for row in benefit]
    )  # fmt: skip
    table = TABLES[name](ard, small_plan, "")
    columns = [place - 1 for place, column in enumerate(table.columns) if column == "p"]
    for row in table.rows:
        for place in columns:
            assert not (row.cells[place] and NOT_ESTIMABLE in row.cells[place - 1]), row.label


def test_what_the_plan_does_not_run_is_said(whole: Ard, small_plan: Plan) -> None:
    nothing = small_plan.analyses.model_copy(update={"run": ()})
    none = small_plan.subgroups.model_copy(update={"factors": ()})
    fewer = small_plan.model_copy(update={"analyses": nothing, "subgroups": none})
    captions = {name: caption(whole, fewer) for name, caption in CAPTIONS.items()}
    assert "runs no other analysis" in captions["forest_sensitivity"]
    assert "names no subgroup" in captions["forest_subgroups"]
    assert "does not run the tipping-point analysis" in captions["tipping_point"]
    for name, draw in FIGURES.items():
        assert captions[name].split()[0] in " ".join(read_words(draw(whole, fewer, "")))
    for build in TABLES.values():
        assert build(whole, fewer, "").footnotes is not None


def test_a_level_whose_model_leaves_covariates_out_is_marked(benefit: Records, plan: Plan) -> None:
    """Its number stays; the caption says which covariates its model lacks."""
    changed = [
        {**row, "warning": f"M: IVT {SEPARATES}"}
        if (row["analysis_id"], row["level"]) == ("subgroup_sex", "M") and row["stat_name"] != "n"
        else row
        for row in benefit
    ]
    plain, marked = Ard.from_records(benefit), Ard.from_records(changed)
    small = shrink_plan(plan, LARGE_BENEFIT)
    before, after = (read_words(FIGURES["forest_subgroups"](ard, small, "")) for ard in
                     (plain, marked))  # fmt: skip
    (name,) = [text for text in after if text.endswith("*") and text[:-1] in before]
    assert name not in before
    said = CAPTIONS["forest_subgroups"](marked, small)
    assert "* Without covariates that separate the outcome of the level: Sex" in said
    assert "(intravenous thrombolysis)." in said
    assert "Without covariates" not in CAPTIONS["forest_subgroups"](plain, small)
