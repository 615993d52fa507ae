"""Draws ``rows.csv``, the made-up trial of this folder: run once, the file is what counts.

Missing outcomes depend on arm, age and the early level; an empty cell is missing.
"""

from pathlib import Path

import numpy as np

SEED, ROWS = 20241123, 360


def main() -> None:
    rng = np.random.default_rng(SEED)
    arm = rng.permutation(np.arange(ROWS) % 2)
    age = rng.integers(30, 91, ROWS)
    female = rng.integers(0, 2, ROWS)
    state = -0.5 * arm + 0.03 * (age - 65) + 0.3 * female + rng.logistic(size=ROWS)
    y = np.digitize(state, [-2.0, -1.1, -0.3, 0.5, 1.4, 2.2]).astype(float)
    early = np.digitize(state + 0.7 * rng.logistic(size=ROWS), [-1.5, -0.3, 0.8, 2.0]).astype(float)
    score = np.round(12 + 3 * state + 4 * rng.standard_normal(ROWS), 1)
    fever = (rng.random(ROWS) < 1 / (1 + np.exp(1 - 0.6 * state))).astype(float)
    lost = -1.9 + 0.4 * arm + 0.02 * (age - 65) + 0.3 * (early >= 3)
    y[rng.random(ROWS) < 1 / (1 + np.exp(-lost))] = np.nan
    for auxiliary, share in ((early, 0.06), (score, 0.10), (fever, 0.12)):
        auxiliary[rng.random(ROWS) < share] = np.nan
    path = Path(__file__).with_name("rows.csv")
    table = np.column_stack([arm, age, female, y, early, score, fever])
    cells = [["" if np.isnan(value) else f"{value:g}" for value in row] for row in table]
    lines = ["arm,age,female,y,early,score,fever", *(",".join(row) for row in cells)]
    path.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
