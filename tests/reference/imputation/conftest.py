"""The made-up data sets are drawn by the module in the folder of the models."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "models"))
