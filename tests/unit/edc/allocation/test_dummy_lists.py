"""The dummy allocation: permuted blocks over the numbers of the export, kits after the subjects."""

from __future__ import annotations

import inspect
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.config import load_plan
from analysis.config.blocks.dummy_allocation import DummyAllocation
from analysis.config.plan import Arms
from analysis.edc.allocation.dummy_lists import draw_lists
from analysis.edc.allocation.lists import Lists, find_unlisted

ARMS: Arms = load_plan(Path(__file__).parents[4] / "config" / "trial.yaml").arms
TREATMENT, REFERENCE = ARMS.codes
Rows = list[tuple[str | None, ...]]
SEED = 7


def frame(columns: str, rows: Rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns.split(), dtype="str")


def tables(rand: Rows, ex: Rows = ()) -> dict[str, pd.DataFrame]:
    """Rows (SUBJID, RANDNO, KITNO) and (SUBJID, EXKIT, EXDOSE) as the typed tables."""
    doses = frame("SUBJID EXKIT EXDOSE", list(ex))
    return {
        "rand": frame("SUBJID RANDNO KITNO", rand),
        "ex": doses.assign(EXDOSE=doses["EXDOSE"].astype("float64")),
    }


def subjects(count: int) -> Rows:
    """Subjects whose order of SUBJID is not that of RANDNO."""
    return [(f"S{i:03d}", f"R{(i * 37) % 1009:04d}", f"K{i:03d}") for i in range(count)]


def draw(
    given_tables: dict[str, pd.DataFrame],
    *,
    ratio: tuple[int, int] = (1, 1),
    block_size: int = 4,
    seed: int = SEED,
) -> Lists:
    settings = DummyAllocation(source="assumption", seed=seed, block_size=block_size)
    return draw_lists(given_tables, settings, ARMS, ratio)


@pytest.mark.parametrize(
    ("ratio", "block_size", "per_block"),
    [((1, 1), 4, 2), ((1, 1), 2, 1), ((2, 1), 3, 2), ((2, 1), 6, 4), ((1, 2), 6, 2)],
)
def test_every_block_of_the_sorted_numbers_has_the_ratio(
    ratio: tuple[int, int], block_size: int, per_block: int
) -> None:
    lists = draw(tables(subjects(60)), ratio=ratio, block_size=block_size)
    arms = [lists.arm_of_randno[number] for number in sorted(lists.arm_of_randno)]
    blocks = [arms[start : start + block_size] for start in range(0, 60, block_size)]
    assert {block.count(TREATMENT) for block in blocks} == {per_block}
    assert len({tuple(block) for block in blocks}) > 1  # permuted, not alternating


@given(count=st.integers(0, 40), seed=st.integers(0, 2**64), block_size=st.sampled_from([2, 4, 6]))
def test_an_incomplete_last_block_is_out_of_balance_by_half_a_block_at_most(
    count: int, seed: int, block_size: int
) -> None:
    arms = list(
        draw(tables(subjects(count)), block_size=block_size, seed=seed).arm_of_randno.values()
    )
    assert len(arms) == count
    assert set(arms) <= {TREATMENT, REFERENCE}
    assert abs(arms.count(TREATMENT) - arms.count(REFERENCE)) <= block_size / 2


def test_the_seed_alone_tells_two_drawings_apart() -> None:
    export = tables(subjects(60))
    assert draw(export) == draw(export)
    assert draw(export) != draw(export, seed=SEED + 1)


@given(order=st.permutations(range(12)))
def test_the_order_of_the_rows_does_not_matter(order: list[int]) -> None:
    rand = subjects(12)
    ex = [(rand[i % 12][0], f"K{i % 5:03d}", str(i % 3)) for i in range(24)]
    expected = draw(tables(rand, ex))
    shuffled = draw(tables([rand[i] for i in order], [ex[i] for i in order] + ex[12:]))
    again = draw(tables([rand[i] for i in order], ex[12:] + [ex[i] for i in order]))
    assert expected == shuffled == again
    assert list(expected.arm_of_randno) == list(shuffled.arm_of_randno)
    assert list(expected.arm_of_kit) == list(shuffled.arm_of_kit)


def test_no_row_of_the_trial_can_tell_the_drawing_but_its_numbers() -> None:
    """Other subjects, dates and sites with the same numbers get the same arms."""
    export = tables(subjects(20))
    other = {**export, "rand": export["rand"].assign(SUBJID=[f"X{i}" for i in range(20)])}
    assert draw(export).arm_of_randno == draw(other).arm_of_randno
    assert list(inspect.signature(draw_lists).parameters) == ["tables", "settings", "arms", "ratio"]


def test_kits_assigned_and_used_have_the_arm_of_their_subject() -> None:
    rand = subjects(30)
    ex = [(subject, f"U{subject}", "40") for subject, _, _ in rand]
    lists = draw(tables(rand, ex))
    for subject, number, kit in rand:
        arm = lists.arm_of_randno[str(number)]
        assert lists.arm_of_kit[str(kit)] == lists.arm_of_kit[f"U{subject}"] == arm
    assert len(lists.arm_of_kit) == 60


@pytest.mark.parametrize(
    ("kits", "ex", "owner"),
    [
        ((None, None), [("S2", "K", "40"), ("S1", "K", "40")], "R1"),  # the first SUBJID
        (("K", "K"), [], "R1"),
        ((None, "K"), [("S1", "K", "40")], "R2"),  # assigned goes before given
        ((None, None), [("S1", "K", "0"), ("S2", "K", "40")], "R2"),  # given before recorded
        ((None, None), [("S1", "K", None), ("S2", "K", "0")], "R1"),
    ],
)
def test_a_kit_that_two_subjects_share_has_one_owner(
    kits: tuple[str | None, str | None], ex: Rows, owner: str
) -> None:
    rand: Rows = [("S1", "R1", kits[0]), ("S2", "R2", kits[1])]
    lists = draw(tables(rand, ex), block_size=2)
    assert lists.arm_of_randno["R1"] != lists.arm_of_randno["R2"]
    assert lists.arm_of_kit == {"K": lists.arm_of_randno[owner]}


def test_what_is_not_in_the_export_is_on_no_list() -> None:
    rand: Rows = [("S1", "R1", None), ("S2", None, "K2"), ("S3", "R3", "K3")]
    lists = draw(tables(rand, [("S2", "K9", "40"), ("S1", None, "40"), ("S7", "K7", "40")]))
    assert list(lists.arm_of_randno) == ["R1", "R3"]
    assert list(lists.arm_of_kit) == ["K3"]
    assert find_unlisted(tables(rand)["rand"], lists) == []


def test_an_export_without_subjects_has_empty_lists() -> None:
    assert draw(tables([])) == Lists({}, {})
