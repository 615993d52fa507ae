"""Draws ``rows.csv``, the made-up trial of this folder: run once, the file is what counts."""

from pathlib import Path

import numpy as np

SEED, ROWS, LAST_DAY = 20261201, 180, 90
HEAD = "arm,days,died,mrs,utility,age,site"


def main() -> None:
    rng = np.random.default_rng(SEED)
    arm = rng.permutation(np.arange(ROWS) % 3 > 0)
    age = rng.integers(30, 91, ROWS)
    site = rng.choice(9, ROWS, p=[0.3, 0.2, 0.15, 0.1, 0.1, 0.06, 0.05, 0.03, 0.01])
    latent = -0.4 * arm + 0.03 * (age - 65) + rng.logistic(size=ROWS)
    mrs = np.digitize(latent, [-2.2, -1.2, -0.4, 0.4, 1.3, 1.7])
    died = mrs == 6
    days = np.where(died, rng.integers(0, LAST_DAY + 1, ROWS), LAST_DAY)
    lost = ~died & (rng.random(ROWS) < 0.1)
    days = np.where(lost, rng.integers(5, LAST_DAY, ROWS), days)
    utility = np.where(died, 0.0, np.clip(1.0 - 0.15 * mrs + rng.normal(0, 0.1, ROWS), -0.3, 1.0))
    utility = np.where(rng.random(ROWS) < 0.15, np.nan, utility.round(3))
    with Path(__file__).with_name("rows.csv").open("w", encoding="utf-8") as file:
        file.write(HEAD + "\n")
        for row in zip(arm, days, died, mrs, utility, age, site, strict=True):
            whole = [str(int(value)) for value in (*row[:4], *row[5:])]
            score = "" if np.isnan(row[4]) else f"{row[4]:.3f}"
            file.write(",".join([*whole[:4], score, *whole[4:]]) + "\n")


if __name__ == "__main__":
    main()
