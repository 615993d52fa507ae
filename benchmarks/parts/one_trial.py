"""Fits to one trial of 1060 patients, many times in turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

from benchmarks.bench import Bench, name_rival
from benchmarks.data import Samples, draw_samples, write_samples
from benchmarks.findings import Agreement, Findings, Row, compare
from benchmarks.rounds import Spread, alternate

FIXED_STREAM, SITES_STREAM = 1, 4
SITE_DEVIATION = 0.5
SAME = 1e-6
"""The Newton steps of both end far below this."""
SAME_CLMM = 1e-4
"""clmm maximises by finite differences and ends about 1e-5 from the maximum."""
SAME_LIKELIHOOD = 1e-6
"""The log likelihood is flat at its maximum: 1e-5 in an estimate is less than this."""


@dataclass(frozen=True)
class Duel:
    """A method against R's functions, each with the ratio that it must reach, or None.

    ``tolerance`` of the estimates; ``has_likelihood``: the last of them is the log likelihood.
    """

    what: str
    method: str
    rivals: Mapping[str, float | None]
    samples: Samples
    rounds: int
    warm_passes: int
    tolerance: float
    has_likelihood: bool = False


def measure_one_fit(bench: Bench) -> Findings:
    """Proportional odds against R's functions, and for scale against what they call inside."""
    sizes = bench.sizes
    duel = Duel(
        what=f"one fit, n = {sizes.n}, 8 columns",
        method="proportional_odds",
        rivals={"clm": 8.0, "orm": 15.0, "clm.fit": None, "orm.fit": None},
        samples=draw_samples(FIXED_STREAM, 1, sizes.n),
        rounds=sizes.rounds,
        warm_passes=sizes.warm_passes,
        tolerance=SAME,
    )
    return fight(bench, duel)


def measure_sites(bench: Bench) -> Findings:
    """A random intercept by site, by 15 quadrature nodes."""
    sizes = bench.sizes
    duel = Duel(
        what=f"random intercept, 40 sites, n = {sizes.n}, 15 nodes",
        method="random_intercept",
        rivals={"clmm": 5.0},
        samples=draw_samples(SITES_STREAM, 1, sizes.n, site_deviation=SITE_DEVIATION),
        rounds=sizes.site_rounds,
        warm_passes=1,
        tolerance=SAME_CLMM,
        has_likelihood=True,
    )
    return fight(bench, duel)


def fight(bench: Bench, duel: Duel) -> Findings:
    """Compare the estimates, warm up, measure in turn."""
    write_samples(bench.folder, duel.method, duel.samples)
    agreements: list[Agreement] = []
    with ExitStack() as stack:
        contestants = bench.start(stack, duel.method, duel.rivals)
        for worker in {contestant.worker for contestant in contestants}:
            worker.ask("read", duel.method, *duel.samples.shape)
        ours, *theirs = (contestant.estimate() for contestant in contestants)
        for contestant, estimates in zip(contestants[1:], theirs, strict=True):
            agreements += _agree(duel, contestant.method, ours, estimates)
        ready = [each.warm_up(duel.warm_passes, bench.sizes.seconds) for each in contestants]
        seconds = alternate(ready, duel.rounds)
    methods = [contestant.method for contestant in contestants]
    return Findings(_list_rows(duel, dict(zip(methods, seconds, strict=True))), agreements)


def _agree(
    duel: Duel, rival: str, ours: Sequence[float], theirs: Sequence[float]
) -> list[Agreement]:
    name = name_rival(rival)
    if not duel.has_likelihood:
        return [compare(duel.what, name, ours, theirs, duel.tolerance)]
    likelihood = f"{duel.what}: log likelihood"
    return [
        compare(duel.what, name, ours[:-1], theirs[:-1], duel.tolerance),
        compare(likelihood, name, ours[-1:], theirs[-1:], SAME_LIKELIHOOD),
    ]


def _list_rows(duel: Duel, seconds: Mapping[str, Sequence[float]]) -> list[Row]:
    ours = seconds[duel.method]
    row = Row(duel.what, Spread.of(ours))
    return [
        replace(row, fewest_times=target).against(name_rival(rival), ours, seconds.get(rival))
        for rival, target in duel.rivals.items()
    ]
