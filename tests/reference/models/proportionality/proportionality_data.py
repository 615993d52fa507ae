"""The data sets of this folder.

Real ones: arthritis (Koch & Edwards 1988) and cheese (McCullagh & Nelder 1989), both counts;
survey (MASS: complete rows of smoking, sex and height); wine (Randall 1989, as in ordinal). The
others are drawn by data/make_data.py.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Data:
    """One CSV file."""

    y: np.ndarray
    x: np.ndarray
    w: np.ndarray | None
    site: np.ndarray | None


def read_data(name: str) -> Data:
    with (FOLDER / "data" / f"{name}.csv").open() as file:
        rows = list(csv.DictReader(file))
    table = {key: np.array([float(row[key]) for row in rows]) for key in rows[0]}
    x = np.column_stack([values for key, values in table.items() if key.startswith("x")])
    return Data(table["y"].astype(int), x, table.get("w"), table.get("site"))
