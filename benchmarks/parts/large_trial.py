"""One fit to a million rows: seconds, and the memory of the whole process with its data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from benchmarks.bench import Bench, name_rival
from benchmarks.data import draw_samples, write_samples
from benchmarks.findings import Findings, Row, Unit, compare
from benchmarks.parts.one_trial import FIXED_STREAM, SAME
from benchmarks.rounds import Contestant, Spread

LARGE_STREAM = 2
METHOD = "proportional_odds"
RIVALS = ("clm", "orm")
FEWEST_TIMES = 4.0
MOST_GIGABYTES = 1.5
GIGABYTE = 1e9
WARM, LARGE = "warm", "large"


@dataclass(frozen=True)
class Fit:
    """One fit in a process of its own."""

    seconds: float
    gigabytes: float
    estimates: Sequence[float]


def measure_large_fit(bench: Bench) -> Findings:
    """Fit in turn, each time in a new process that has warmed up with a small trial."""
    sizes = bench.sizes
    shapes = {}
    for name, stream, n in ((WARM, FIXED_STREAM, sizes.n), (LARGE, LARGE_STREAM, sizes.large_n)):
        samples = draw_samples(stream, 1, n)
        write_samples(bench.folder, name, samples)
        shapes[name] = samples.shape
    fits: dict[str, list[Fit]] = {method: [] for method in (METHOD, *bench.keep_able(RIVALS))}
    for _ in range(sizes.large_rounds):
        for method, done in fits.items():
            with bench.start_engine() if method == METHOD else bench.start_r() as worker:
                done.append(_fit(Contestant(worker, method), shapes, sizes.warm_passes))
    what = f"one fit, n = {sizes.large_n:,}, 8 columns"
    estimates = {method: done[0].estimates for method, done in fits.items()}
    ours = estimates.pop(METHOD)
    return Findings(
        [*_list_times(what, fits), *_list_peaks(what, fits)],
        [compare(what, name_rival(rival), ours, its, SAME) for rival, its in estimates.items()],
    )


def _fit(contestant: Contestant, shapes: Mapping[str, tuple[int, ...]], warm_passes: int) -> Fit:
    """The estimates come last: the memory is that of the timed fit."""
    worker = contestant.worker
    worker.ask("read", WARM, *shapes[WARM])
    worker.ask("fit", contestant.method, warm_passes)
    worker.ask("read", LARGE, *shapes[LARGE])
    seconds = contestant.measure()
    peak = worker.ask_numbers("peak")[0] / GIGABYTE
    return Fit(seconds, peak, contestant.estimate())


def _list_times(what: str, fits: Mapping[str, Sequence[Fit]]) -> list[Row]:
    seconds = {method: [fit.seconds for fit in done] for method, done in fits.items()}
    ours = seconds[METHOD]
    row = Row(what, Spread.of(ours), fewest_times=FEWEST_TIMES)
    return [row.against(name_rival(rival), ours, seconds.get(rival)) for rival in RIVALS]


def _list_peaks(what: str, fits: Mapping[str, Sequence[Fit]]) -> list[Row]:
    peaks = {method: [fit.gigabytes for fit in done] for method, done in fits.items()}
    ours = peaks[METHOD]
    row = Row(f"{what}: peak memory", Spread.of(ours), unit=Unit.GIGABYTES)
    rivals = [row.against(name_rival(rival), ours, peaks.get(rival)) for rival in RIVALS]
    return [replace(row, limit=MOST_GIGABYTES), *rivals]
