"""How three journals write a number: the same rounding, other points, joints and p-values.

Digits come from :mod:`analysis.display.text.format`; a journal only chooses how many there are and
what stands between them. Rounding never moves a number onto or across alpha or no effect (SAP 1.5).

Sources: NEJM, Statistical Reporting Guidelines for authors (2019: p-values larger than 0.01 to two
decimals, from 0.01 to 0.001 to three, below as P<0.001; intervals without p-values where nothing
adjusts for multiplicity); AMA Manual of Style, 11th edition, sections 18.7 and 19.5 (no zero before
the point of P, P < .001, P > .99, hyphen between limits but "to" where one is negative, whole
percentages of fewer than 100); The Lancet, Formatting guidelines for randomised trials (points at
mid-height, p-values to two significant figures and p<0·0001, whole percentages unless the study is
very large: more than 10 000).
"""

from dataclasses import dataclass
from decimal import Decimal

from analysis.display.text.format import (
    LARGE,
    NOT_ESTIMABLE,
    decimals_clear_of,
    exact_decimal,
    format_confidence,
    round_half_away,
    scale_exactly,
)
from analysis.errors import AnalysisError

MINUS = "\N{MINUS SIGN}"
MIDDLE_POINT = "\N{MIDDLE DOT}"
EN_DASH = "\N{EN DASH}"
THIN_SPACE = "\N{THIN SPACE}"
GROUPED_FROM = 10_000
LARGEST_P = 0.99
MOST_P_DECIMALS = 4
TO = " to "
"""Joins limits where a hyphen or a dash could be taken for a sign, or for part of a name."""


@dataclass(frozen=True)
class NumberStyle:
    """One journal's way of writing numbers.

    ``p_figures``: significant figures of a p-value; None for two decimals from 0.01 on and three
    below. ``whole_percent_below``: denominators whose percentages have no decimal.
    """

    point: str
    thousands: str
    joint: str
    p_sign: str
    p_blank: str
    p_has_zero: bool
    p_smallest: float
    p_figures: int | None
    whole_percent_below: int

    def number(self, value: float | None, decimals: int) -> str:
        """Return a number with fixed decimals (none from 1000 on), or "not estimable"."""
        if value is None:
            return NOT_ESTIMABLE
        return self._spell(round_half_away(value, 0 if abs(value) >= LARGE else decimals))

    def count(self, value: float) -> str:
        """Return a count as a whole number."""
        return self._spell(round_half_away(value, 0))

    def percent(self, percent: float, total: float) -> str:
        """Return a share of ``total`` in percent; one that is not nobody is never 0, but <1%.

        Nor is one that is not everybody 100%.
        """
        decimals = 0 if total < self.whole_percent_below else 1
        unit = Decimal(1).scaleb(-decimals)
        rounded, exact = round_half_away(percent, decimals), exact_decimal(percent)
        if rounded == 0 < exact:
            return f"<{self._spell(unit)}%"
        if exact < 100 <= rounded:
            return f">{self._spell(100 - unit)}%"
        return f"{self._spell(rounded)}%"

    def limits(
        self,
        low: float,
        high: float,
        null: float,
        decimals: int = 2,
        scale: int = 1,
        unit: str = "",
    ) -> str:
        """Return both limits of an interval; more decimals where they would round onto ``null``.

        ``scale`` multiplies limits and ``null``; ``unit`` follows either limit.
        """
        ends = [scale_exactly(low, scale), scale_exactly(high, scale)]
        middle = scale_exactly(null, scale)
        places = max(decimals_clear_of(middle, end, decimals) for end in ends)
        return self.range(ends[0], ends[1], places, unit)

    def range(self, low: float, high: float, decimals: int, unit: str = "") -> str:
        """Return ``61-75``, with "to" where a limit is negative."""
        texts = [f"{self.number(end, decimals)}{unit}" for end in (low, high)]
        is_negative = any(text.startswith(MINUS) for text in texts)
        return (TO if is_negative else self.joint).join(texts)

    def p_value(self, p_value: float | None, *boundaries: float) -> str:
        """Return ``P=0.007``, ``P < .001`` or ``p=0·0067``; raises AnalysisError outside 0 to 1."""
        if p_value is None:
            return f"{self.p_sign} {NOT_ESTIMABLE}"
        if not 0 <= p_value <= 1:
            raise AnalysisError(f"a p-value lies between 0 and 1, not {p_value!r}")
        if p_value < self.p_smallest:
            return self._write_p("<", exact_decimal(self.p_smallest))
        if p_value > LARGEST_P:
            return self._write_p(">", exact_decimal(LARGEST_P))
        fewest = self._p_decimals(p_value)
        places = max(
            (decimals_clear_of(each, p_value, fewest) for each in boundaries), default=fewest
        )
        return self._write_p("=", round_half_away(p_value, places))

    def confidence(self, alpha: float) -> str:
        """Return the confidence level of two-sided alpha: ``95%`` for 0.05."""
        return format_confidence(alpha).replace(".", self.point)

    def _p_decimals(self, p_value: float) -> int:
        if self.p_figures is None:
            return 2 if p_value >= 0.01 else 3
        exact = exact_decimal(p_value)
        rounded = round_half_away(p_value, self.p_figures - 1 - exact.adjusted())
        return min(self.p_figures - 1 - rounded.adjusted(), MOST_P_DECIMALS)

    def _write_p(self, sign: str, value: Decimal) -> str:
        text = f"{value:f}" if self.p_has_zero else f"{value:f}".removeprefix("0")
        number = text.replace(".", self.point)
        return f"{self.p_sign}{self.p_blank}{sign}{self.p_blank}{number}"

    def _spell(self, value: Decimal) -> str:
        grouped = f"{abs(value):,f}" if abs(value) >= GROUPED_FROM else f"{abs(value):f}"
        text = grouped.replace(".", self.point).replace(",", self.thousands)
        return f"{MINUS}{text}" if value < 0 else text


NEJM_NUMBERS = NumberStyle(
    point=".", thousands=",", joint=TO, p_sign="P", p_blank="", p_has_zero=True,
    p_smallest=0.001, p_figures=None, whole_percent_below=0,
)  # fmt: skip
JAMA_NUMBERS = NumberStyle(
    point=".", thousands=THIN_SPACE, joint="-", p_sign="P", p_blank=" ", p_has_zero=False,
    p_smallest=0.001, p_figures=None, whole_percent_below=100,
)  # fmt: skip
LANCET_NUMBERS = NumberStyle(
    point=MIDDLE_POINT, thousands=THIN_SPACE, joint=EN_DASH, p_sign="p", p_blank="",
    p_has_zero=True, p_smallest=0.0001, p_figures=2, whole_percent_below=GROUPED_FROM + 1,
)  # fmt: skip
