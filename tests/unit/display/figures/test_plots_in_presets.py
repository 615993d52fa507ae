"""The plots in the presets of journals: every text inside the sheet, apart, and large enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations, pairwise, product

import numpy as np
import pytest
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.drawing.frame import MARGIN, sheet_width
from analysis.display.drawing.layout import across, wrap_label
from analysis.display.drawing.typography import line_height, text_width
from analysis.display.figures.flow_exclusions import build_reasons_box
from analysis.display.figures.tipping_grid import (
    INDENT,
    INTERVAL_SIZE,
    KEY_SIZE,
    LEFT,
    lay_grid,
    place_key,
    right_edge,
)
from analysis.display.figures.tipping_point import caption
from analysis.display.outline.displays import FIGURES
from analysis.display.presets import HOUSE, JOURNALS, Language, Preset, use_preset
from analysis.display.rows.disposition import read_reasons
from analysis.display.rows.tipping import Verdict
from analysis.display.text.model_reasons import say_absence, say_reason
from analysis.errors import EstimationError
from analysis.errors.reason import read_reason
from analysis.models.proportional_odds import fit_proportional_odds
from tests.projects.analysed_trials import rename_arms
from tests.unit.display.rows.test_whole_plan import LONG_NAMES

Records = list[dict[str, str]]
PLOTS = (
    "consort", "cutpoints", "forest_sensitivity", "forest_subgroups", "km_death", "love_plot",
    "missing_pattern", "recruitment", "tipping_point",
)  # fmt: skip
JOURNALS_OF_A_PAGE = ("nejm", "jama", "lancet")
DPI = 300
"""That of the PNG: letters are measured as they are printed."""

TOUCHING = 1 / 72
"""Inches that two texts may share: their boxes are a little taller than their letters."""

TALLEST = 9.6
"""Inches: 9, and some for the lines that this font takes more than that of a journal."""

ROUNDING = 1e-9


@contextmanager
def set_in(journal: str) -> Iterator[Preset]:
    """A journal's preset in the font that every machine has, which is wider than its own."""
    preset = replace(JOURNALS[journal], families=HOUSE.families)
    with use_preset(preset):
        yield preset


def read_texts(figure: Figure, stamp: str) -> list[tuple[Text, Bbox]]:
    """Every text that is shown with its place in inches, stamp and watermark apart."""
    figure.set_dpi(DPI)
    renderer, inches = RendererAgg(1, 1, DPI), figure.dpi_scale_trans.inverted()
    texts = [text for text in figure.findobj(Text) if isinstance(text, Text)]
    shown = [text for text in texts if text.get_text().strip() not in ("", stamp)]
    boxes = [(text, text.get_window_extent(renderer).transformed(inches)) for text in shown]
    return [(text, box) for text, box in boxes if box.width > 0]


def find_faults(figure: Figure, stamp: str, preset: Preset) -> list[str]:
    """What would not be printed well: cut, on another text, or smaller than allowed."""
    width, height = figure.get_size_inches()
    texts = read_texts(figure, stamp)
    assert texts
    cut = [f"cut: {text.get_text()}" for text, box in texts
           if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height]  # fmt: skip
    small = [f"small: {text.get_text()}" for text, _ in texts
             if text.get_fontsize() < preset.smallest - ROUNDING]  # fmt: skip
    overlapping = [
        f"overlapping: {first.get_text()} | {second.get_text()}"
        for (first, a), (second, b) in combinations(texts, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > TOUCHING
        and min(a.y1, b.y1) - max(a.y0, b.y0) > 2 * TOUCHING
    ]
    return [*cut, *small, *overlapping]


@pytest.mark.parametrize(("name", "journal"), list(product(PLOTS, JOURNALS_OF_A_PAGE)))
def test_a_plot_fits_the_width_of_every_journal(
    name: str, journal: str, whole: Ard, small_plan: Plan, stamp: str
) -> None:
    with set_in(journal) as preset:
        figure = FIGURES[name].draw(whole, small_plan, stamp)
        assert figure.get_size_inches()[0] == pytest.approx(preset.width)
        assert figure.get_size_inches()[1] <= TALLEST
        assert find_faults(figure, stamp, preset) == []


@pytest.mark.parametrize("name", PLOTS)
def test_long_names_of_arms_fit_the_narrowest_journal(
    name: str, whole: Ard, small_plan: Plan, stamp: str
) -> None:
    with set_in("lancet") as preset:
        figure = FIGURES[name].draw(whole, rename_arms(small_plan, *LONG_NAMES), stamp)
        assert find_faults(figure, stamp, preset) == []


def test_columns_keep_their_share_of_the_sheet() -> None:
    assert across(3.3) == 3.3
    with set_in("lancet"):
        assert across(HOUSE.width) == pytest.approx(sheet_width())
        assert across(HOUSE.width / 2) == pytest.approx(sheet_width() / 2)


def test_reasons_stand_once_with_the_numbers_of_both_arms(ard: Ard, plan: Plan) -> None:
    box = build_reasons_box(read_reasons(ard, plan), plan)
    assert box.head == ("Excluded from per protocol by reason, n: Methylprednisolone / Placebo",)
    rows = [row for column in box.columns for row in column]
    assert len(rows) == len(plan.per_protocol.reasons)
    counts = {" ".join(row.lines): row.counts for row in rows}
    assert counts["More than 3 thrombectomy passes"] == "3 / 3"
    assert counts["Last known well to randomisation over 24 h, or reversed"] == "1 / 2"
    first, second = (sum(len(row.lines) for row in column) for column in box.columns)
    assert abs(first - second) <= max(len(row.lines) for row in rows)


def test_without_a_reason_there_is_no_box(records: Records, plan: Plan) -> None:
    none = [row | {"stat": "0"} if row["analysis_id"] == "pp_reasons" else row for row in records]
    box = build_reasons_box(read_reasons(Ard.from_records(none), plan), plan)
    assert box.columns == ()
    assert box.height == 0


def with_shifts(plan: Plan, step: float) -> Plan:
    """The plan with a grid from -2 to 2."""
    tipping = plan.sensitivity.tipping.model_copy(update={"step": step})
    sensitivity = plan.sensitivity.model_copy(update={"tipping": tipping})
    return plan.model_copy(update={"sensitivity": sensitivity})


def fill_grid(whole: Ard, plan: Plan, numbers: dict[str, float]) -> Ard:
    """The frame with the same numbers at every pair of shifts of the plan."""
    first, second = plan.arms.codes
    shifts = plan.sensitivity.tipping.shifts
    source = [row for row in whole.rows if row.analysis_id == "sens_tipping" and row.level]
    model = {row.stat_name: row for row in source}
    filled = [
        replace(model[name], level=f"{first}={one:g};{second}={other:g}", value=number)
        for one, other in product(shifts, shifts)
        for name, number in numbers.items()
    ]
    return Ard((*(row for row in whole.rows if row not in source), *filled), whole.allocation)


NUMBERS = {"estimate": 1.31, "ci_low": 1.0992, "ci_high": 1.5612, "p_value": 0.003}


def test_intervals_stand_in_one_line_where_they_fit(whole: Ard, small_plan: Plan) -> None:
    with set_in("jama"):
        grid = lay_grid(whole, small_plan, 0.0)
    assert grid.with_intervals
    assert grid.height == pytest.approx(0.34)


def test_long_intervals_take_two_lines_rather_than_smaller_letters(
    whole: Ard, small_plan: Plan
) -> None:
    plan = with_shifts(small_plan, 0.5)
    close = fill_grid(whole, plan, NUMBERS | {"ci_low": 1.00349})
    with set_in("lancet"):
        grid = lay_grid(close, plan, 0.0)
        assert grid.with_intervals
        assert grid.height == pytest.approx(0.34 + line_height(INTERVAL_SIZE))


def test_a_fine_grid_has_no_intervals_and_its_caption_promises_none(
    whole: Ard, small_plan: Plan
) -> None:
    plan = with_shifts(small_plan, 0.25)
    fine = fill_grid(whole, plan, NUMBERS)
    with set_in("lancet"):
        assert not lay_grid(fine, plan, 0.0).with_intervals
        assert "95% CI" not in caption(fine, plan)
    assert "common odds ratio with 95% CI" in caption(whole, small_plan)


@pytest.mark.parametrize(("names", "rows"), [(("A", "B"), 2), (LONG_NAMES, 4)])
def test_the_key_takes_the_rows_that_it_needs(
    names: tuple[str, str], rows: int, small_plan: Plan
) -> None:
    plan = rename_arms(small_plan, *names)
    verdicts = {(float(place), 0.0): verdict for place, verdict in enumerate(Verdict)}
    with set_in("lancet"):
        key = place_key(plan, verdicts, LEFT, right_edge())
        ends = [line.x + INDENT + text_width(line.text, KEY_SIZE) for line in key]
        assert max(ends) <= sheet_width() - MARGIN
    assert [line.verdict for line in key if line.verdict] == list(Verdict)
    beside = [(end, other.x) for end, (line, other) in zip(ends, pairwise(key), strict=False)
              if line.row == other.row]  # fmt: skip
    assert all(end < start for end, start in beside)
    assert key[-1].row + 1 == rows


CHINESE = replace(HOUSE, language=Language.CHINESE)


@pytest.mark.parametrize(
    ("outcome", "arm", "said"),
    [
        ([0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 0, 0, 1, 1, 1, 1], "arm"),
        ([0, 1, 0, 1, 0, 1, 0, 1], [1, 1, 1, 1, 1, 1, 1, 1], "arm"),
        ([2, 2, 2, 2, 2, 2, 2, 2], [0, 1, 0, 1, 0, 1, 0, 1], "2"),
        ([0, 1], [0, 1], "2"),
    ],
)
def test_the_reasons_of_the_models_are_known_in_chinese(
    outcome: list[int], arm: list[int], said: str
) -> None:
    columns = np.array([arm] if len(arm) > 2 else [arm, [3, 4]], dtype=float).T
    with pytest.raises(EstimationError) as raised:
        fit_proportional_odds(np.array(outcome), columns)
    reason = raised.value.reason.with_columns(("arm", "AGE"))
    assert read_reason(str(reason)) == reason
    assert say_reason(reason) == str(reason)
    with use_preset(CHINESE):
        assert say_reason(reason) != str(reason)
        assert said in say_reason(reason)
        assert say_absence(reason) == f"无法估计：{say_reason(reason)}"
        other = read_reason("of a kind that nobody foresaw")
        assert say_reason(other) == "of a kind that nobody foresaw"


def test_chinese_labels_break_between_clauses(
    draw_chinese: Callable[[str], Preset], monkeypatch: pytest.MonkeyPatch
) -> None:
    labels = {
        ("甲泼尼龙 / 安慰剂（n）", 1.0): ("甲泼尼龙 /", "安慰剂（n）"),
        ("交互作用 p值", 0.6): ("交互作用", "p值"),
        ("缺失：甲取最差，乙取最好", 0.8): ("缺失：甲取最差，", "乙取最好"),
        ("颈内动脉", 0.2): ("颈内", "动脉"),
    }
    for module in ("layout", "typography"):
        monkeypatch.setattr(
            f"analysis.display.drawing.{module}.text_width", lambda text, *_: 0.1 * len(text)
        )
    with use_preset(draw_chinese("/" + "".join(text for text, _ in labels))):
        for (text, width), lines in labels.items():
            assert wrap_label(text, 7, width) == lines
