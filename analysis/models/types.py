"""Types of the arrays of floats that models take and return."""

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]
Stack = NDArray[np.float64]
"""Matrices stacked along the first axis."""
