"""The stages of exports of growing size as a picture: seconds and memory, both axes logarithmic."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

GIGABYTE = 1e9
LEAST = 1e-3
"""Below these seconds a stage is drawn at them."""
GUIDE = "n log n"


class Measured(Protocol):
    """What is drawn of a stage."""

    @property
    def processor(self) -> float:
        """Seconds."""

    @property
    def peak(self) -> float:
        """Bytes."""


def draw_stages(path: Path, found: Mapping[int, Mapping[str, Measured]]) -> None:
    """Draw a line a stage over the number of subjects, beside lines that grow as n log n."""
    figure = Figure(figsize=(11, 5), layout="constrained")
    FigureCanvasSVG(figure)
    seconds, memory = figure.subplots(1, 2)
    sizes = np.array(sorted(found), dtype=float)
    for name in next(iter(found.values())):
        of_stage = [found[int(size)][name] for size in sizes]
        took = np.maximum([stage.processor for stage in of_stage], LEAST)
        seconds.plot(sizes, took, marker="o", label=name)
        memory.plot(sizes, [stage.peak / GIGABYTE for stage in of_stage], marker="o")
    for axes, words in ((seconds, "processor seconds"), (memory, "peak memory, GB")):
        axes.set(xscale="log", yscale="log", xlabel="subjects", ylabel=words)
        axes.grid(visible=True, which="major", linewidth=0.3)
    _draw_guides(seconds, sizes)
    seconds.legend(fontsize=7, loc="upper left")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, format="svg", metadata={"Date": None})


def _draw_guides(axes: Axes, sizes: np.ndarray) -> None:
    growth = sizes * np.log(sizes)
    low, high = axes.get_ylim()
    for number, start in enumerate(np.geomspace(low, high, 6)):
        label = GUIDE if number == 0 else None
        axes.plot(sizes, start * growth / growth[0], color="0.7", linestyle=":", label=label)
    axes.set_ylim(low, high)
