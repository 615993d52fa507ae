"""Draws the made-up data sets of this folder; run as a script, it writes data/*.csv again.

The CSV files are committed and are what R and the tests read; NumPy's generators with these seeds
gave them (numpy 2.4). Columns: y, the columns x1 ... xp, and w (frequency) or site where there is
one.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent
TRIAL_CUTS = (-1.6, -0.8, -0.2, 0.5, 1.4, 1.8)


def write(name: str, header: str, columns: list[np.ndarray]) -> None:
    lines = [
        header,
        *(",".join(f"{value:g}" for value in row) for row in zip(*columns, strict=True)),
    ]
    (FOLDER / f"{name}.csv").write_text("\n".join(lines) + "\n")


def draw_levels(rng: np.random.Generator, cuts: np.ndarray) -> np.ndarray:
    """Levels from the upper limits (n, cuts) of a logistic latent variable."""
    return (rng.logistic(size=len(cuts))[:, None] > cuts).sum(axis=1)


def make_trial(name: str, n: int, seed: int, effects: tuple[float, ...]) -> None:
    """Arm with the effects given at each cut point, age, two scores, three binary, hours; site."""
    rng = np.random.default_rng(seed)
    arm = rng.integers(0, 2, n)
    age = rng.integers(35, 81, n)
    score = rng.integers(6, 31, n)
    reserve = rng.integers(3, 11, n)
    flags = [rng.random(n) < share for share in (0.25, 0.4, 0.2)]
    hours = np.round(rng.uniform(1, 24, n), 1)
    site = rng.integers(1, 25, n)
    shift = 0.03 * (age - 60) + 0.08 * (score - 15) - 0.15 * (reserve - 7) + 0.02 * (hours - 12)
    shift += 0.3 * flags[0] - 0.25 * flags[1] + 0.3 * flags[2]
    cuts = np.array(TRIAL_CUTS) + np.array(effects) * arm[:, None] - shift[:, None]
    columns = [draw_levels(rng, cuts), arm, age, score, reserve, *flags, hours, site]
    write(name, "y,x1,x2,x3,x4,x5,x6,x7,x8,site", [np.asarray(c, float) for c in columns])


def make_small(seed: int) -> None:
    """n = 60, four levels, an arm and a continuous column."""
    rng = np.random.default_rng(seed)
    arm, value = rng.integers(0, 2, 60), np.round(rng.normal(50, 10, 60), 1)
    cuts = np.array([-1.2, 0.1, 1.2]) + 0.6 * arm[:, None] - 0.03 * (value - 50)[:, None]
    write("small", "y,x1,x2", [draw_levels(rng, cuts), arm, value])


def make_large(seed: int) -> None:
    """20,000 subjects as a table of frequencies: arm, a group of three, a severity of five."""
    rng = np.random.default_rng(seed)
    n = 20_000
    arm, group, severity = (rng.integers(0, k, n) for k in (2, 3, 5))
    shift = 0.4 * (group == 1) - 0.3 * (group == 2) + 0.35 * severity
    effect = np.linspace(0.5, 0.05, 6)
    cuts = np.array([-0.9, -0.1, 0.5, 1.2, 2.2, 2.6]) + effect * arm[:, None] - shift[:, None]
    rows = np.column_stack([draw_levels(rng, cuts), arm, group == 1, group == 2, severity])
    distinct, counts = np.unique(rows, axis=0, return_counts=True)
    write("large", "y,x1,x2,x3,x4,w", [*distinct.T, counts])


def make_scales(seed: int) -> None:
    """Columns on awkward scales, two of them correlated at 0.98; five levels, n = 400."""
    rng = np.random.default_rng(seed)
    n = 400
    year = rng.integers(1990, 2021, n)
    tiny = np.round(rng.normal(0, 1e-4, n), 7)
    base = rng.normal(0, 1, n)
    first = np.round(1e4 * base, 0)
    second = np.round(100 * base + 20 * rng.normal(0, 1, n), 1)
    cuts = np.array([-1.5, -0.4, 0.5, 1.6]) - (0.05 * (year - 2005) + 5e3 * tiny)[:, None]
    cuts = cuts - 0.4 * base[:, None]
    write("scales", "y,x1,x2,x3,x4", [draw_levels(rng, cuts), year, tiny, first, second])


def make_many_levels(seed: int) -> None:
    """Twelve levels, heavy ties in the columns, n = 700; levels 0, 2, 4 ... as they are given."""
    rng = np.random.default_rng(seed)
    arm, grade = rng.integers(0, 2, 700), rng.integers(0, 4, 700)
    cuts = np.linspace(-2.2, 2.4, 11) + 0.4 * arm[:, None] - 0.3 * grade[:, None]
    write("many_levels", "y,x1,x2", [2 * draw_levels(rng, cuts), arm, grade])


def make_sparse(seed: int) -> None:
    """n = 250, seven levels of which two are rare."""
    rng = np.random.default_rng(seed)
    arm, age = rng.integers(0, 2, 250), rng.integers(40, 90, 250)
    flag = rng.random(250) < 0.3
    shift = 0.02 * (age - 65) + 0.5 * flag
    cuts = np.array([-1.8, -1.0, 0.0, 0.8, 1.0, 1.1]) + 0.3 * arm[:, None] - shift[:, None]
    write("sparse", "y,x1,x2,x3", [draw_levels(rng, cuts), arm, age, flag])


if __name__ == "__main__":
    make_trial("trial", 1060, 11, (0.3,) * 6)
    make_trial("trial_crossing", 1060, 12, (0.6, 0.4, 0.2, 0.1, -0.1, -0.2))
    make_small(13)
    make_large(14)
    make_scales(15)
    make_many_levels(16)
    make_sparse(17)
