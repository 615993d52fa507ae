"""Names of months: each means one month, in whatever language."""

from __future__ import annotations

from collections import Counter

from analysis.edc.written.months import find_month, load_months


def test_no_name_means_two_months() -> None:
    months = load_months().months
    assert list(months) == [str(n) for n in range(1, 13)]
    named = Counter(name for m in months.values() for name in {*m.short, *m.full})
    assert set(named.values()) == {1}


def test_case_accents_and_a_dot_do_not_matter_and_a_short_name_is_none_that_is_written_out() -> (
    None
):
    assert [find_month(name) for name in ("AOÛT", "Févr.", "dez", "Janeiro")] == [8, 2, 12, 1]
    assert find_month("March", short_only=True) is None
    assert find_month("Smarch") is None
