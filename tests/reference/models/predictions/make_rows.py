"""Draws ``rows.csv``, the made-up trial of this folder: run once, the file is what counts."""

from pathlib import Path

import numpy as np

SEED, ROWS = 20241122, 300


def main() -> None:
    rng = np.random.default_rng(SEED)
    arm = rng.permutation(np.arange(ROWS) % 2)
    age = rng.integers(30, 91, ROWS)
    severity = rng.integers(6, 31, ROWS)
    site = rng.choice(3, ROWS, p=[0.5, 0.3, 0.2])
    worse = -0.5 * arm + 0.03 * (age - 65) + 0.09 * (severity - 16) + np.array([0, 0.5, -0.4])[site]
    latent = worse + 0.4 * arm * (site == 1) + rng.logistic(size=ROWS)
    y = np.digitize(latent, [-2.2, -1.2, -0.4, 0.4, 1.3, 1.9])
    table = np.column_stack([y, arm, age, severity, site])
    path = Path(__file__).with_name("rows.csv")
    np.savetxt(path, table, fmt="%d", delimiter=",", header="y,arm,age,severity,site", comments="")


if __name__ == "__main__":
    main()
