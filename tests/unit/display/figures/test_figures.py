"""Every figure says what it shows, carries its stamp, and is the same to the byte."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from xml.etree import ElementTree

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.drawing.letters import number_letters
from analysis.display.drawing.save import render_figure
from analysis.display.figures.flow_diagram import draw_consort
from analysis.display.figures.forest.cut_points import draw_cutpoints
from analysis.display.figures.grotta.arms import draw_grotta
from analysis.display.text.format import NOT_ESTIMABLE
from analysis.errors import AnalysisError

Records = list[dict[str, str]]
Distribution = Callable[[Mapping[str, Iterable[int]]], Ard]

DATE_TIME = 306
"""The tag of a TIFF that would hold when it was written."""

FIGURES: dict[str, Callable[[Ard, Plan, str], Figure]] = {
    "grotta_itt": lambda ard, plan, stamp: draw_grotta(ard, plan, "ITT", stamp),
    "grotta_pp": lambda ard, plan, stamp: draw_grotta(ard, plan, "PP", stamp),
    "cutpoints": draw_cutpoints,
    "consort": draw_consort,
}


def read_words(figure: Figure) -> list[str]:
    """Every text that is drawn."""
    return [text.get_text() for text in figure.findobj(Text) if isinstance(text, Text)]


def without(records: Records, analysis_id: str, **columns: str) -> Ard:
    """A frame that lacks some rows of an analysis."""
    wanted = {"analysis_id": analysis_id, **columns}
    kept = [row for row in records if any(row[name] != text for name, text in wanted.items())]
    assert len(kept) < len(records)
    return Ard.from_records(kept)


@pytest.mark.parametrize("name", FIGURES)
def test_stamp_and_registry_number_are_drawn(name: str, ard: Ard, plan: Plan, stamp: str) -> None:
    words = read_words(FIGURES[name](ard, plan, stamp))
    assert words.count(stamp) == 2
    assert any("NCT07141303" in word for word in words)


@pytest.mark.parametrize("name", FIGURES)
def test_a_trial_carries_no_stamp(name: str, ard: Ard, plan: Plan) -> None:
    assert not any("NOT TRIAL" in word for word in read_words(FIGURES[name](ard, plan, "")))


@pytest.mark.parametrize("name", ["grotta_itt", "consort"])
def test_the_same_figure_gives_the_same_bytes(
    name: str, ard: Ard, plan: Plan, stamp: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []
    for epoch in ("1000000000", "1700000000"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        figure = FIGURES[name](ard, plan, stamp)
        written.append({form: render_figure(figure, form) for form in ("svg", "pdf", "png")})
    assert written[0] == written[1]
    text = b"".join(written[0].values())
    assert b"CreationDate" not in text
    assert b"Matplotlib" not in text.replace(b"/Matplotlib", b"")


def test_svg_has_title_description_and_stamp(ard: Ard, plan: Plan, stamp: str) -> None:
    text = render_figure(draw_grotta(ard, plan, "ITT", stamp), "svg")
    root = ElementTree.fromstring(text.decode())
    space = "{http://www.w3.org/2000/svg}"
    assert root.attrib["role"] == "img"
    assert "Modified Rankin Scale at day 90" in (root.findtext(f"{space}title") or "")
    description = root.findtext(f"{space}desc") or ""
    assert description.startswith(stamp)
    assert "mRS 6 19.8% (103)" in description


def test_a_tiff_is_dense_opaque_compressed_and_undated(ard: Ard, plan: Plan, stamp: str) -> None:
    figure = draw_consort(ard, plan, stamp)
    first, second = (render_figure(figure, "tiff") for _ in range(2))
    assert first == second
    with Image.open(BytesIO(first)) as image:
        assert isinstance(image, TiffImageFile)
        assert image.info["compression"] == "tiff_lzw"
        assert [float(part) for part in image.info["dpi"]] == [600, 600]
        assert image.mode == "RGB"
        assert image.width == round(600 * figure.get_size_inches()[0])
        assert DATE_TIME not in image.tag_v2


def test_another_format_is_refused(ard: Ard, plan: Plan) -> None:
    with pytest.raises(AnalysisError, match="not as eps"):
        render_figure(draw_consort(ard, plan, ""), "eps")


def test_a_label_without_glyphs_is_drawn_as_a_number(ard: Ard, plan: Plan) -> None:
    arm = plan.arms.treatment.model_copy(update={"label": "甲泼尼龙"})
    chinese = plan.model_copy(update={"arms": plan.arms.model_copy(update={"treatment": arm})})
    with number_letters() as letters:
        words = read_words(draw_grotta(ard, chinese, "ITT", ""))
    assert letters == {"[1]": "甲泼尼龙"}
    assert [word for word in words if word.startswith("[1]")]
    assert not [word for word in words if "甲" in word]


def test_grotta_says_estimate_set_model_and_direction(ard: Ard, plan: Plan) -> None:
    caption = " ".join(read_words(draw_grotta(ard, plan, "ITT", "")))
    assert "common odds ratio 1.36 (95% CI 1.10 to 1.70), p = 0.006" in caption
    assert "> 1 favours Methylprednisolone: lower mRS" in caption
    assert "intention-to-treat set" in caption
    assert "adjusted for age, baseline NIHSS" in caption
    assert "(n = 1040)" in caption
    assert "11 (Methylprednisolone) and 11 (Placebo)" in caption


def test_grotta_of_the_per_protocol_set_shows_its_own_estimate(ard: Ard, plan: Plan) -> None:
    caption = " ".join(read_words(draw_grotta(ard, plan, "PP", "")))
    assert "common odds ratio 1.34 (95% CI 1.06 to 1.69)" in caption
    assert "per-protocol set" in caption


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("grotta_pp", "The plan runs no estimate in this set."),
        ("cutpoints", "The plan does not run the cut points."),
    ],
)
def test_what_the_plan_does_not_run_is_said(name: str, words: str, ard: Ard, plan: Plan) -> None:
    nothing = plan.analyses.model_copy(update={"run": ()})
    fewer = plan.model_copy(update={"analyses": nothing})
    assert words in " ".join(read_words(FIGURES[name](ard, fewer, "")))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"MPSS": (5, 5, 0, 5, 5, 5, 5), "PLACEBO": (5, 5, 5, 5, 5, 5, 5)}, "2: 0.0% (0)"),
        ({"MPSS": (0, 0, 0, 9, 0, 0, 0), "PLACEBO": (5, 5, 5, 5, 5, 5, 5)}, "100.0%"),
        ({"MPSS": (90, 1, 1, 1, 1, 1, 1), "PLACEBO": (1, 1, 1, 1, 1, 1, 90)}, "6: 1.0% (1)"),
        ({"MPSS": (0, 0, 0, 0, 0, 0, 0), "PLACEBO": (5, 5, 5, 5, 5, 5, 5)}, "no outcome observed"),
    ],
)
def test_extreme_distributions_are_drawn(
    with_distribution: Distribution,
    plan: Plan,
    counts: Mapping[str, Iterable[int]],
    expected: str,
) -> None:
    assert expected in read_words(draw_grotta(with_distribution(counts), plan, "ITT", ""))


def test_a_lacking_level_is_an_error(records: Records, plan: Plan) -> None:
    ard = without(records, "mrs_distribution", population="ITT", level="3")
    with pytest.raises(AnalysisError, match="mrs_distribution / ITT / n, group MPSS, level 3"):
        draw_grotta(ard, plan, "ITT", "")


@pytest.mark.parametrize("name", ["grotta_itt", "cutpoints"])
def test_what_is_not_estimable_is_said_with_its_reason(
    name: str, unestimable: Callable[..., Ard], plan: Plan
) -> None:
    ard = unestimable("primary", "cutpoint")
    words = " ".join(read_words(FIGURES[name](ard, plan, "")))
    assert NOT_ESTIMABLE in words
    assert "separation, an arm has no event" in words


def test_cut_points_stand_with_their_numbers_and_directions(ard: Ard, plan: Plan) -> None:
    words = read_words(draw_cutpoints(ard, plan, ""))
    for expected in (
        "mRS 0-2 versus 3-6",
        "1.36 (1.04 to 1.77)",
        "1.14 (0.82 to 1.58)",
        "1.36 (1.10 to 1.70)",
        "Favours Placebo",
        "Favours Methylprednisolone",
    ):
        assert expected in words


def test_flow_counts_every_box(ard: Ard, plan: Plan) -> None:
    words = read_words(draw_consort(ard, plan, ""))
    for expected in (
        "Assessed for eligibility (n = 2114)",
        "Not eligible (n = 871)",
        "Randomised (n = 1060)",
        "Did not receive study drug (n = 4)",
        "Without mRS at day 90 (n = 11)",
        "Per protocol (n = 477)",
        "More than 3 thrombectomy passes",
    ):
        assert expected in words


def test_flow_without_a_screening_log_starts_at_randomisation(records: Records, plan: Plan) -> None:
    levels = ("screened", "not_eligible", "declined", "other")
    ard = Ard.from_records([row for row in records if row["level"] not in levels])
    words = read_words(draw_consort(ard, plan, ""))
    assert not any("eligibility (n = 2114)" in word for word in words)
    assert "No screening log was exported." in " ".join(words)
