"""Allocation: sites, recruitment, permuted blocks within site, and the lists that hold the arms."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.config.plan import Plan
from analysis.edc.allocation.permuted_blocks import permute_blocks
from analysis.errors import ConfigError
from analysis.simulate.arrays import (
    DAY,
    Flags,
    Ints,
    Texts,
    Times,
    add_minutes,
    to_texts,
    write_padded,
)
from analysis.simulate.randomness.streams import Streams

FIRST_DAY = np.datetime64("2025-09-08T00:00", "m")
RECRUITMENT_DAYS = 730
ACTIVATION_DAYS = 240  # the last site opens this long after the first


@dataclass(frozen=True)
class Allocation:
    """Who was randomised where, when and to what: one entry per subject, in order of SUBJID."""

    site: Ints
    siteid: Texts
    subjid: Texts
    randomised: Times
    treated: Flags
    randno: Texts
    kitno: Texts
    spare_kits: dict[bool, list[str]]  # kits of the treatment arm (True) that nobody was assigned
    lists: dict[str, pd.DataFrame]


def allocate(plan: Plan, streams: Streams) -> Allocation:
    """Return the allocation by permuted blocks stratified by site.

    Raises ConfigError if there are more sites than subjects or if the block does not fit the
    allocation ratio.
    """
    sizes = _draw_site_sizes(plan, streams["sites"])
    site = np.repeat(np.arange(len(sizes)), sizes)
    number = np.arange(len(site)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    slot_site, slot_treated = _fill_blocks(plan, sizes, streams["blocks"])
    slot = _slots_used(site, number, slot_site)
    randno = _shuffled_numbers(len(slot_site), 4, streams["blocks"])
    treated = slot_treated[slot]
    kitno, spare, kit_list = _assign_kits(plan, treated, streams["kits"])
    siteid = write_padded(site + 1, max(2, len(str(len(sizes)))))
    return Allocation(
        site=site,
        siteid=siteid,
        subjid=siteid + "-" + write_padded(number + 1, max(3, len(str(sizes.max())))),
        randomised=_draw_recruitment(site, sizes, streams["recruitment"]),
        treated=treated,
        randno=randno[slot],
        kitno=kitno,
        spare_kits=spare,
        lists={
            "randomisation_list": _list_arms(plan, "RANDNO", randno, slot_treated),
            "kit_list": kit_list,
        },
    )


def _draw_site_sizes(plan: Plan, rng: np.random.Generator) -> Ints:
    """Subjects per site: at least one, very unequal, in sum the number planned."""
    demo = plan.demo
    if demo.sites > demo.n:
        raise ConfigError(f"demo.sites = {demo.sites}: more sites than subjects ({demo.n})")
    weight = rng.lognormal(0.0, 0.7, demo.sites)
    return 1 + rng.multinomial(demo.n - demo.sites, weight / weight.sum())


def _draw_recruitment(site: Ints, sizes: Ints, rng: np.random.Generator) -> Times:
    """Times of randomisation, ascending within a site; most strokes arrive by day."""
    opened = np.sort(rng.integers(0, ACTIVATION_DAYS, len(sizes)))
    opened = rng.permutation(opened - opened[0])[site]
    day = np.floor(opened + rng.random(len(site)) * (RECRUITMENT_DAYS - opened))
    minute = np.floor(rng.normal(15.5 * 60, 4.5 * 60, len(site))) % DAY
    elapsed = day * DAY + minute
    ordered = elapsed[np.lexsort((elapsed, site))]
    return add_minutes(np.full(len(site), FIRST_DAY), ordered)


def _fill_blocks(plan: Plan, sizes: Ints, rng: np.random.Generator) -> tuple[Ints, Flags]:
    """Site and arm of every slot of the list: whole permuted blocks and one spare per site."""
    block, cycle = plan.demo.block_size, sum(plan.trial.allocation_ratio)
    if block % cycle:
        raise ConfigError(
            f"demo.block_size = {block}: must be a multiple of {cycle}, the sum of "
            "trial.allocation_ratio"
        )
    blocks = -(-sizes // block) + 1
    treated = permute_blocks(blocks.sum(), block, plan.trial.allocation_ratio, rng)
    return np.repeat(np.arange(len(sizes)), blocks * block), treated


def _slots_used(site: Ints, number: Ints, slot_site: Ints) -> Ints:
    """The slot of each subject: the next of the site, in order of randomisation."""
    return np.searchsorted(slot_site, site) + number


def _shuffled_numbers(count: int, width: int, rng: np.random.Generator) -> Texts:
    """The numbers 1 to ``count`` in random order, so that a number says nothing."""
    return write_padded(rng.permutation(count) + 1, max(width, len(str(count))))


def _assign_kits(
    plan: Plan, treated: Flags, rng: np.random.Generator
) -> tuple[Texts, dict[bool, list[str]], pd.DataFrame]:
    """Kit of each subject, spare kits by arm, and the list of all kits."""
    stock = {arm: int(np.sum(treated == arm) * 1.15) + 10 for arm in (True, False)}
    kit_treated = np.repeat([True, False], [stock[True], stock[False]])
    numbers = _shuffled_numbers(len(kit_treated), 5, rng)
    kitno, spare = to_texts([""] * len(treated)), {}
    for arm in (True, False):
        kits = numbers[kit_treated == arm]
        assigned = int(np.sum(treated == arm))
        kitno[treated == arm] = kits[:assigned]
        spare[arm] = [str(kit) for kit in kits[assigned:]]
    return kitno, spare, _list_arms(plan, "KITNO", numbers, kit_treated)


def _list_arms(plan: Plan, column: str, numbers: Texts, treated: Flags) -> pd.DataFrame:
    """The list of numbers and arms, in order of the number."""
    arms = np.where(treated, *plan.arms.codes).astype(object)
    order = np.argsort(numbers)
    return pd.DataFrame({column: numbers[order], "ARM": arms[order]}, dtype="str")
