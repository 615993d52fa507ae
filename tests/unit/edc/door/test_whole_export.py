"""Findings between tables: subjects without rows, dates, units against each other, kits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from analysis.config import Plan
from analysis.edc.door.covariates import account_subjects, count_imputed
from analysis.edc.door.whole_export import find_in_export
from analysis.edc.layout import Layout
from tests.unit.edc.door.conftest import SUBJECTS, first

if TYPE_CHECKING:
    from tests.unit.edc.door.conftest import Read

Tables = dict[str, pd.DataFrame]
Find = Callable[..., list[str]]
KITS = frozenset(f"{n:05d}" for n in range(300))
GOOD: dict[str, dict[str, object]] = {
    "rand": {"RANDNO": str, "RANDDTC": "2026-04-11T10:00", "KITNO": lambda i: f"{i:05d}"},
    "dm": {"SITEID": "1", "AGE": "70", "WEIGHT": "66", "HEIGHT": "165"},
    "bl": {"LKWDTC": "2026-04-11T03:00", "NIHSSBL": "14", "ASPECTS": "8", "OCCLOC": "M1",
           "IVT": "Y", "MRSPRE": "0"},
    "evt": {"PUNCDTC": "2026-04-11T08:00", "RECANDTC": "2026-04-11T08:45"},
    "ex": {"EXSEQ": "1", "EXROUTE": "IV", "EXDAY": "1", "EXPDOSE": "132",
           "EXKIT": lambda i: f"{i:05d}"},
    "ds": {"DSDECOD": "COMPLETED", "DSSTDTC": "2026-07-10"},
}  # fmt: skip


@pytest.fixture
def make(read: Read) -> Callable[..., Tables]:
    """A whole export; the cells of a table changed, or ``n`` rows of it."""

    def build(**changes: dict[str, object]) -> Tables:
        return {
            name: read(name, **{**cells, **changes.get(name, {})}).frame  # type: ignore[arg-type]
            for name, cells in GOOD.items()
        }

    return build


@pytest.fixture
def find(make: Callable[..., Tables], plan: Plan, layout: Layout) -> Find:
    return lambda kits=KITS, **changes: find_in_export(make(**changes), kits, plan, layout, [])


def test_a_good_export_has_no_finding(find: Find) -> None:
    assert find() == []
    assert find(frozenset()) == []


def test_a_file_of_half_the_subjects(find: Find) -> None:
    messages = find(bl={"n": 150})
    assert messages[0].startswith("table bl: 150 of 300 randomised subjects have no row, more than")


@pytest.mark.parametrize("n", [8, 10, 15, 16])
def test_few_subjects_without_a_row(find: Find, n: int) -> None:
    assert len(find(evt={"n": 300 - n})) == (n > 15)


def test_exchanged_columns(find: Find) -> None:
    exchanged = {"PUNCDTC": GOOD["evt"]["RECANDTC"], "RECANDTC": GOOD["evt"]["PUNCDTC"]}
    (message,) = find(evt=exchanged)
    assert "recanalisation before puncture (evt.PUNCDTC) in 300 of 300 dates" in message


def test_negative_times_of_a_site(find: Find) -> None:
    after, before = find(bl={"LKWDTC": first(40, "2026-04-11T15:00", "2026-04-11T03:00")})
    assert "last known well after randomisation (rand.RANDDTC) in 40 of 300 dates" in after
    assert "puncture before last known well (bl.LKWDTC) in 40 of 300 dates" in before


@pytest.mark.parametrize(("weight", "unit"), [("132", "jin"), ("145.5", "lb")])
def test_the_dose_tells_the_unit_of_the_weight(find: Find, weight: str, unit: str) -> None:
    messages = find(dm={"WEIGHT": weight})
    (dose,) = [message for message in messages if message.startswith("table ex")]
    assert f"as from {unit}, would fit" in dose
    assert "`tables: {dm: {factors: {WEIGHT: 0.4" in dose or "{WEIGHT: 0.5" in dose


def test_weights_inside_every_band_that_do_not_fit_the_doses(find: Find) -> None:
    (message,) = find(dm={"WEIGHT": "100"})
    assert "1.32 mg per kg of dm.WEIGHT in the median of 300, where the plan has 2" in message


def test_weight_against_height(find: Find) -> None:
    messages = find(dm={"HEIGHT": "120"})
    assert any("the body mass index is 45.83 kg/m2" in message for message in messages)


def test_a_covariate_that_a_third_lack(find: Find) -> None:
    (message,) = find(bl={"ASPECTS": first(100, "", "8")})
    assert "column ASPECTS: 100 of 300 randomised subjects have no usable value" in message
    assert find(bl={"ASPECTS": first(20, "", "8")}) == []
    assert find(bl={"SBP": first(200, "", "140")}) == []  # no covariate of the plan


def test_a_derived_covariate_is_counted_where_it_comes_from(
    make: Callable[..., Tables], plan: Plan
) -> None:
    counts = count_imputed(make(bl={"LKWDTC": first(12, "", "2026-04-11T03:00")}), plan)
    assert counts["bl"]["LKWDTC"] == 12
    assert counts["dm"] == {"AGE": 0}


def test_kits_without_zeros(find: Find) -> None:
    (message,) = find(ex={"EXKIT": lambda i: str(i)})
    assert "the kits of 300 of 300 doses are not on kit_list.csv" in message
    assert "`tables: {ex: {identifiers: {EXKIT: {zero_fill: [5]}}}}`" in message
    (blinded,) = find(frozenset(), ex={"EXKIT": lambda i: str(i)})
    assert "are not among those assigned in rand (KITNO)" in blinded


def test_a_blinded_trial_with_a_kit_for_each_dose_goes_on(find: Find) -> None:
    assert find(frozenset(), ex={"EXKIT": lambda i: f"K{i}-{i % 4}"}) == []


def test_the_account_holds_who_lacks_a_row_or_a_covariate(read: Read, plan: Plan) -> None:
    typed = {name: read(name, **cells) for name, cells in GOOD.items() if name != "evt"}  # type: ignore[arg-type]
    typed["evt"] = read("evt", 290, **GOOD["evt"])  # type: ignore[arg-type]
    tables = {name: each.frame for name, each in typed.items()}
    accounts = {
        each.table: each
        for each in account_subjects([each.account for each in typed.values()], tables, plan)
    }
    assert (accounts["evt"].without_row, accounts["bl"].without_row) == (10, 0)
    assert accounts["bl"].columns["ASPECTS"].imputed == 0
    assert accounts["bl"].columns["SBP"].imputed is None
    assert len(SUBJECTS) == 300
