"""Thousands of trials in one call on two cores; R, for scale, fits a few of them one by one."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.bench import Bench, Sizes, name_rival
from benchmarks.data import draw_samples, write_samples
from benchmarks.findings import Findings, Row, compare
from benchmarks.parts.one_trial import SAME
from benchmarks.rounds import Contestant, Spread, alternate

STREAM = 3
MOST_SECONDS = 20.0
SAMPLE = "sample"
SAME_ODDS = 1e-12
"""Win odds are a ratio of counts."""


@dataclass(frozen=True)
class Batch:
    """A batch method; R's functions for the same, of which the first checks the estimates.

    ``p``: columns that R reads, and estimates of a trial.
    """

    what: str
    method: str
    rivals: Sequence[str]
    p: int
    tolerance: float


BATCHES = (
    Batch("proportional odds, arm alone", "batch_arm", ("clm", "orm.fit"), 1, SAME),
    Batch("proportional odds, 8 columns", "batch_columns", ("clm", "orm.fit"), 8, SAME),
    Batch("win odds", "batch_win_odds", ("wilcox.test",), 1, SAME_ODDS),
)


def measure_batches(bench: Bench) -> Findings:
    """Every batch on the same trials; its time includes starting the workers."""
    sizes = bench.sizes
    sample = draw_samples(STREAM, sizes.sampled_trials, sizes.n)
    found = Findings()
    with ExitStack() as stack:
        engine = stack.enter_context(bench.start_engine())
        engine.ask("draw", STREAM, sizes.trials, sizes.n)
        r = stack.enter_context(bench.start_r()) if bench.rscript else None
        for batch in BATCHES:
            rivals = []
            if r:
                kept = sample.keep_columns(batch.p)
                write_samples(bench.folder, SAMPLE, kept)
                r.ask("read", SAMPLE, *kept.shape)
                rivals = [Contestant(r, rival) for rival in bench.keep_able(batch.rivals)]
            found = found.join(_measure(sizes, batch, Contestant(engine, batch.method), rivals))
    return found


def _measure(
    sizes: Sizes, batch: Batch, contestant: Contestant, rivals: Sequence[Contestant]
) -> Findings:
    """The estimates are the warm-up. R's seconds are those that all trials would take on as many
    cores, perfectly shared.
    """
    what = f"{sizes.trials:,} trials, n = {sizes.n}, {sizes.workers} cores: {batch.what}"
    agreements = []
    estimates = contestant.estimate()
    for rival in rivals:
        theirs = rival.estimate()
        if rival.method == batch.rivals[0]:
            pairs = _pair(batch, sizes.sampled_trials, estimates, theirs)
            agreements.append(compare(what, name_rival(rival.method), *pairs, batch.tolerance))
    ours, *samples = alternate([contestant, *rivals], sizes.batch_rounds)
    share = sizes.trials / sizes.sampled_trials / sizes.workers
    row = Row(what, Spread.of(ours), limit=MOST_SECONDS)
    scale = replace(row, limit=None)
    rows = [row]
    for rival, seconds in zip(rivals, samples, strict=True):
        name = f"{name_rival(rival.method)}, extrapolated from {sizes.sampled_trials} trials"
        rows.append(scale.against(name, ours, [share * value for value in seconds]))
    return Findings(rows, agreements)


def _pair(
    batch: Batch, trials: int, ours: Sequence[float], theirs: Sequence[float]
) -> tuple[Sequence[float], Sequence[float]]:
    """The estimates of the sampled trials; R's without the cut points that come first."""
    matched = np.reshape(theirs, (trials, -1))[:, -batch.p :].ravel()
    return ours[: trials * batch.p], [float(value) for value in matched]
