"""The made-up data sets are drawn as those of the models, by the module in the folder beside."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "models"))
