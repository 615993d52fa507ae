"""Conventions of NEJM, JAMA and The Lancet for the results paragraph of an abstract.

NEJM: Results; ``(odds ratio, 1.60; 95% confidence interval [CI], 1.29 to 2.00; P<0.001)``, no
p-values of outcomes that nothing adjusts for multiplicity. JAMA: Results; ``(odds ratio, 1.60 [95%
CI, 1.29-2.00]; P < .001)``. The Lancet: Findings; ``(odds ratio 1·60 [95% CI 1·29–2·00];
p<0·0001)``. The sources are those of :mod:`analysis.display.text.number_style`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.config import Plan
from analysis.config.plan import Arm
from analysis.display.ard import Effect
from analysis.display.text.format import NOT_COLLECTED, NOT_ESTIMABLE, scale_exactly
from analysis.display.text.number_style import (
    JAMA_NUMBERS,
    LANCET_NUMBERS,
    NEJM_NUMBERS,
    NumberStyle,
)

POINTS = " percentage points"

AMERICAN = {
    "andomis": "andomiz",
    "aemorrhag": "emorrhag",
    "analysed": "analyzed",
}
"""British and American, of the words that the sentences use."""


@dataclass(frozen=True)
class EffectMeasure:
    """An effect measure: its name, no effect, decimals and the factor that it is shown by."""

    name: str
    null: float = 1.0
    decimals: int = 2
    scale: int = 1


@dataclass(frozen=True)
class Journal:
    """The conventions of one journal.

    ``after_name``, ``after_ci``: what stands between a measure, or "CI", and its number.
    ``brackets``: what holds an interval inside parentheses. ``share``: a count of a total.
    ``expands_ci``: "CI" is written out where it stands first. ``is_american``: spelling.
    """

    name: str
    heading: str
    numbers: NumberStyle
    after_name: str
    after_ci: str
    brackets: tuple[str, str]
    share: str
    quartiles: str
    points: str
    shows_nominal_p: bool
    expands_ci: bool
    is_american: bool
    dates: str
    month: str
    enrolled: str

    def clause(self, measure: EffectMeasure, effect: Effect, plan: Plan, has_p: bool) -> str:
        """Return ``risk ratio, 0.70 [95% CI, 0.55-0.90]; P = .005``, for inside parentheses."""
        if effect.estimate is None or effect.low is None or effect.high is None:
            return f"{measure.name} {_name_absence(effect)}"
        opening, closing = self.brackets
        text = (
            f"{measure.name}{self.after_name}{self._point(measure, effect.estimate)}"
            f"{opening}{self._interval(measure, effect, plan)}{closing}"
        )
        return (
            f"{text}; {self.numbers.p_value(effect.p_value, *plan.inference.boundaries)}"
            if has_p
            else text
        )

    def estimate(self, measure: EffectMeasure, effect: Effect, plan: Plan, has_p: bool) -> str:
        """Return ``1.30 (95% CI, 1.13 to 1.49)``, for the running text."""
        if effect.estimate is None or effect.low is None or effect.high is None:
            return _name_absence(effect)
        p_text = (
            f"; {self.numbers.p_value(effect.p_value, *plan.inference.boundaries)}" if has_p else ""
        )
        interval = self._interval(measure, effect, plan)
        return f"{self._point(measure, effect.estimate)} ({interval}{p_text})"

    def contrast(self, effects: Mapping[EffectMeasure, Effect], plan: Plan) -> str:
        """Return one clause after the other; the first that is estimable carries the p-value."""
        first = next((name for name, each in effects.items() if each.estimate is not None), None)
        return "; ".join(
            self.clause(measure, effect, plan, self.shows_nominal_p and measure is first)
            for measure, effect in effects.items()
        )

    def count(self, events: float, total: float, percent: float | None, largest: float) -> str:
        """Return ``88 of 535 patients (16.4%)``, or The Lancet's order; nobody has no percent.

        ``largest``: the largest total beside it, by which both percentages have their decimals.
        """
        share = "" if percent is None else f" ({self.numbers.percent(percent, largest)})"
        counts = {"events": self.numbers.count(events), "total": self.numbers.count(total)}
        return self.share.format(**counts, share=share)

    def spell(self, paragraph: str) -> str:
        """Return a paragraph in the journal's spelling, with CI written out where that is done."""
        if self.is_american:
            for british, american in AMERICAN.items():
                paragraph = paragraph.replace(british, american)
        if self.expands_ci:
            paragraph = paragraph.replace("% CI", "% confidence interval [CI]", 1)
        return paragraph

    def _point(self, measure: EffectMeasure, value: float) -> str:
        number = self.numbers.number(scale_exactly(value, measure.scale), measure.decimals)
        return f"{number}{self.points}" if measure.scale != 1 else number

    def _interval(self, measure: EffectMeasure, effect: Effect, plan: Plan) -> str:
        low, high = effect.low, effect.high
        if low is None or high is None:
            return NOT_ESTIMABLE
        unit = self.points if measure.scale != 1 and self.points != POINTS else ""
        limits = self.numbers.limits(low, high, measure.null, measure.decimals, measure.scale, unit)
        level = self.numbers.confidence(plan.alpha_of(effect.analysis_id))
        return f"{level} CI{self.after_ci}{limits}"


@dataclass(frozen=True)
class Passage:
    """Sentences in their order, and why others are missing, each as a sentence."""

    sentences: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


NEJM = Journal(
    name="The New England Journal of Medicine", heading="Results", numbers=NEJM_NUMBERS,
    after_name=", ", after_ci=", ", brackets=("; ", ""),
    share="{events} of {total} patients{share}", quartiles="interquartile range, {range}",
    points=POINTS, shows_nominal_p=False, expands_ci=True, is_american=True,
    dates="From {first} through {last}, ", month="{name} {year}",
    enrolled="underwent randomisation",
)  # fmt: skip
JAMA = Journal(
    name="JAMA", heading="Results", numbers=JAMA_NUMBERS,
    after_name=", ", after_ci=", ", brackets=(" [", "]"),
    share="{events} of {total} patients{share}", quartiles="IQR, {range}",
    points="%", shows_nominal_p=True, expands_ci=False, is_american=True,
    dates="", month="{name} {year}", enrolled="were randomised",
)  # fmt: skip
LANCET = Journal(
    name="The Lancet", heading="Findings", numbers=LANCET_NUMBERS,
    after_name=" ", after_ci=" ", brackets=(" [", "]"),
    share="{events}{share} of {total} patients", quartiles="IQR {range}",
    points=POINTS, shows_nominal_p=True, expands_ci=False, is_american=False,
    dates="Between {first}, and {last}, ", month="{name}, {year}",
    enrolled="were enrolled and randomised",
)  # fmt: skip
JOURNALS = (NEJM, JAMA, LANCET)


def _name_absence(effect: Effect) -> str:
    return NOT_COLLECTED if effect.is_not_collected else NOT_ESTIMABLE


def name_group(arm: Arm) -> str:
    """Return ``the placebo group``: generic names are written small inside a sentence."""
    return f"the {name_arm(arm)} group"


def name_arm(arm: Arm) -> str:
    """Return ``placebo``; an abbreviation keeps its capitals."""
    label = arm.label
    return label[0].lower() + label[1:] if label[1:2].islower() else label


def join_passages(parts: Iterable[Passage]) -> Passage:
    """Return everything that the parts say, and leave out, in their order."""
    kept = tuple(parts)
    return Passage(
        tuple(sentence for part in kept for sentence in part.sentences),
        tuple(dict.fromkeys(note for part in kept for note in part.left_out)),
    )
