"""Chinese figures: every word has its Chinese, and none of the English is left."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from matplotlib.text import Text

import analysis.display
from analysis.config import Plan, load_plan
from analysis.config.per_protocol_reasons import REASONS
from analysis.display.ard import Ard
from analysis.display.drawing.typography import text_width, wrap_text
from analysis.display.figures.forest import sensitivity as forest_sensitivity
from analysis.display.figures.grotta import bars, captions, difference_strip, panels
from analysis.display.outline.displays import FIGURES
from analysis.display.presets import HOUSE, Preset, find_preset, use_preset
from analysis.display.rows import shift, subgroups, tipping
from analysis.display.rows.plan_labels import find_untranslated, list_labels
from analysis.display.text import format, labels, wording
from analysis.display.text.chinese import read_chinese
from analysis.display.text.conclusion import confirmatory
from analysis.display.text.format import format_estimate
from analysis.display.text.language import join_sentences, join_words, say, say_label
from analysis.errors import AnalysisError
from analysis.run.settings.figure_presets import LABELS_FILE, read_labels

DISPLAY = Path(analysis.display.__file__).parent
STAMP = "REHEARSAL - NOT TRIAL RESULTS"
HAN = re.compile("[\u4e00-\u9fff]")
CHINESE = read_chinese().words
NAMED = {
    "reasons.REASONS": REASONS.values(),
    "wording.SETS": wording.SETS.values(),
    "wording.MRS_LABELS": wording.MRS_LABELS.values(),
    "wording.COVARIATE_WORDS": wording.COVARIATE_WORDS.values(),
    "wording.SCREENING": (wording.SCREENED, *wording.SCREENING_REASONS.values()),
    "confirmatory.CONFIRMATORY": confirmatory.CONFIRMATORY.values(),
    "labels.VARIABLE_LABELS": labels.VARIABLE_LABELS.values(),
    "labels.CATEGORY_LABELS": [
        name for names in labels.CATEGORY_LABELS.values() for name in names.values()
    ],
    "subgroup_lines": (*subgroups.YES_NO.values(), subgroups.NO_CLAIM),
    "shift_lines": (shift.SENSITIVITY_SECTION, shift.SUPPLEMENTARY_SECTION),
    "one by one": (
        forest_sensitivity.NOTHING, subgroups.NO_SUBGROUPS,
        tipping.NOT_RUN, format.NOT_ESTIMABLE, format.NOT_COLLECTED, bars.NO_OUTCOME,
        difference_strip.WHAT,
        panels.PERCENT_NAME, captions.UNADJUSTED, captions.STANDARDISED,
        "at or below", "above", "All subjects (%)", *wording.cut_label.__defaults__,
    ),
}  # fmt: skip
"""Tables of texts that are said by a name, not as they stand."""

KEPT = {
    "mRS", "NIHSS", "ASPECTS", "eTICI", "TOAST", "CI", "Rankin", "Kaplan-Meier", "CONSORT",
    "Miettinen-Nurminen", "delta", "EQ-", "EQ-VAS", "IMPACT-LVO", "NCT", "logistic", "log-rank",
    "logit", "Love", "mmHg", "mmol", "mol", "INR", "ICA", "eGFR",
}  # fmt: skip
"""Names that Chinese journals write in Latin letters too."""


FIRST_TEXT = {"say": 0, "say_by_measure": 1}
"""What says a text, with the place of its first one."""


def find_said() -> Iterator[tuple[str, str]]:
    """Every text that a module says as it stands, with the module."""
    for file in sorted(DISPLAY.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            said = node.args[FIRST_TEXT[name] :] if name in FIRST_TEXT else []
            for text in said:
                if isinstance(text, ast.Constant):
                    yield file.name, str(text.value)


def find_named() -> Iterator[tuple[str, str]]:
    """Every text of the tables that modules say entry by entry, with the table."""
    for table, texts in NAMED.items():
        for text in texts:
            yield table, text


def list_fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.fixture
def chinese(draw_chinese: Callable[[str], Preset], plan: Plan) -> Preset:
    """The house's preset in Chinese, drawn with a font of boxes."""
    labels = {label: f"标签{number}" for number, label in enumerate(list_labels(plan))}
    marks = ("、和、。", string.printable.strip(), " ±≥≤→↑µ−")
    said = (*CHINESE.values(), *read_chinese().reasons.values())
    preset = draw_chinese("".join((*said, *labels.values(), *marks)))
    return replace(preset, labels=labels)


@pytest.mark.parametrize(("module", "text"), sorted({*find_said(), *find_named()}))
def test_every_text_has_its_chinese_with_the_same_fields(module: str, text: str) -> None:
    assert text in CHINESE, module
    assert list_fields(CHINESE[text]) == list_fields(text)
    assert HAN.search(CHINESE[text]) or not re.search("[a-z]{3}", re.sub("{.*?}", "", text))


def test_nothing_says_what_is_left_over() -> None:
    said = {text for _, text in (*find_said(), *find_named())}
    assert set(CHINESE) - said == set()


@pytest.mark.parametrize("name", FIGURES)
def test_no_english_is_left(name: str, chinese: Preset, whole: Ard, small_plan: Plan) -> None:
    with use_preset(chinese):
        figure = FIGURES[name].draw(whole, small_plan, STAMP)
    texts = [text for text in figure.findobj(Text) if text.get_visible()]
    words = [text.get_text() for text in texts] + [str(figure.get_label())]
    said = " ".join(words).replace(STAMP, "").replace(small_plan.trial.registry_id, "")
    left = {word for word in re.findall(r"[A-Za-z][A-Za-z-]{2,}", said) if word not in KEPT}
    assert not left
    assert HAN.search(said)


def test_english_stays_as_it_is_outside_of_a_chinese_preset() -> None:
    assert say("Up to") == "Up to"
    assert say("{level} CI", level="95%") == "95% CI"
    assert say_label("Placebo") == "Placebo"
    assert format_estimate(1.3, 1.1, 1.6) == "1.30 (1.10 to 1.60)"
    assert (join_words(["a", "b", "c"]), join_sentences(("A.", "", "B."))) == (
        "a, b and c",
        "A. B.",
    )


def test_chinese_words_lists_and_intervals(chinese: Preset) -> None:
    with use_preset(chinese):
        assert say("Up to") == CHINESE["Up to"]
        assert format_estimate(1.3, 1.1, 1.6) == "1.30 (1.10～1.60)"
        assert (join_words(["甲", "乙", "丙"]), join_words(["甲"])) == ("甲、乙和丙", "甲")
        assert join_sentences(("甲。", "乙。")) == "甲。乙。"
        with pytest.raises(AnalysisError, match="no Chinese for 'Unheard of'"):
            say("Unheard of")


def test_labels_that_need_no_chinese_stay(chinese: Preset) -> None:
    with use_preset(replace(chinese, labels={"Placebo": "安慰剂"})):
        assert say_label("Placebo") == "安慰剂"
        assert [say_label(text) for text in ("M1", "<70", "替奈普酶")] == ["M1", "<70", "替奈普酶"]
        with pytest.raises(AnalysisError, match="'Tenecteplase' has no Chinese"):
            say_label("Tenecteplase")


def test_the_shipped_labels_are_those_of_the_shipped_plan() -> None:
    plan, labels = load_plan(Path("config/trial.yaml")), read_labels(LABELS_FILE)
    assert find_untranslated(plan, replace(find_preset("house-zh"), labels=labels)) == ()
    assert set(labels) <= set(list_labels(plan))
    assert all(HAN.search(chinese) for chinese in labels.values())


def test_chinese_breaks_between_characters_but_not_at_its_marks(chinese: Preset) -> None:
    text = "第90天mRS评分的分布，意向性分析集；百分比修约后合计为100。（95% CI）"
    with use_preset(chinese):
        lines = wrap_text(text, 7, 0.7)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert len(lines) > 3
        assert all(line[0] not in "，。；）%" and line[-1] not in "（" for line in lines)
        assert all(text_width(line, 7) <= 0.7 + text_width("。", 7) for line in lines)


def test_the_house_speaks_english() -> None:
    assert HOUSE.language == "en"
