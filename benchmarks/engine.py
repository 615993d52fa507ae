"""This project's side: answers commands on standard input, as r_engine.R does.

    python -m benchmarks.engine FOLDER WORKERS

    read NAME TRIALS N P   read the trials NAME of FOLDER
    draw STREAM TRIALS N   draw trials in memory
    fit METHOD TIMES       seconds of one pass over the trials, the mean of TIMES passes
    estimate METHOD        estimates of the first trials
    peak                   largest resident memory of this process so far, in bytes
    versions               NAME=VERSION of what computes

An answer is one line of words; ``error TEXT`` where a command cannot be done.
"""

from __future__ import annotations

import gc
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import scipy

from analysis.errors import EstimationError
from benchmarks.data import Samples, draw_samples, read_samples
from benchmarks.methods import list_methods

STATUS = Path("/proc/self/status")
DONE = "done"


class Engine:
    """The trials at hand, and the answers to commands."""

    def __init__(self, folder: Path, workers: int) -> None:
        self.folder = folder
        self.methods = list_methods(workers)
        self.samples: Samples | None = None
        self.commands: dict[str, Callable[..., str]] = {
            "read": self._read,
            "draw": self._draw,
            "fit": self._fit,
            "estimate": self._estimate,
            "peak": _measure_peak,
            "versions": _list_versions,
        }

    def answer(self, line: str) -> str:
        """Do one command; return its answer."""
        command, *words = line.split()
        try:
            return self.commands[command](*words)
        except (EstimationError, ImportError, OSError, KeyError) as error:
            return f"error {type(error).__name__}: {error}"

    def _read(self, name: str, trials: str, n: str, p: str) -> str:
        self.samples = read_samples(self.folder, name, (int(trials), int(n), int(p)))
        return DONE

    def _draw(self, stream: str, trials: str, n: str) -> str:
        self.samples = draw_samples(int(stream), int(trials), int(n))
        return DONE

    def _fit(self, name: str, times: str) -> str:
        method, samples = self.methods[name], self._require_samples()
        gc.collect()
        start = time.perf_counter()
        for _ in range(int(times)):
            method(samples)
        return repr((time.perf_counter() - start) / int(times))

    def _estimate(self, name: str) -> str:
        values = self.methods[name](self._require_samples())
        return " ".join(repr(float(value)) for value in values)

    def _require_samples(self) -> Samples:
        if self.samples is None:
            raise KeyError("no trials were read or drawn")
        return self.samples


def _measure_peak() -> str:
    """``nan`` where the system does not say."""
    if not STATUS.exists():
        return "nan"
    found = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
    return str(1024 * int(found.split()[1]))


def _list_versions() -> str:
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    versions = {
        "Python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "BLAS": f"{blas['name']}-{blas['version']}",
    }
    return " ".join(f"{name}={version}" for name, version in versions.items())


def main(folder: str, workers: str) -> None:
    """Answer every line of standard input."""
    engine = Engine(Path(folder), int(workers))
    for line in sys.stdin:
        print(engine.answer(line), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
