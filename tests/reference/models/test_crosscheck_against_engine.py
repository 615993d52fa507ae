"""The second implementation (statsmodels) beside the engine on the made-up data sets."""

from __future__ import annotations

import pytest
from made_data import draw_data_set, load_specifications

from analysis.analyses.crosscheck import check_primary
from analysis.models.proportional_odds import fit_proportional_odds

SPECIFICATIONS = load_specifications()
NAMES = [
    "trial", "sparse_levels", "skipped_level", "heavy_ties", "badly_scaled", "far_from_zero",
    "strong_effect", "empty_in_one_arm", "two_levels",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_both_implementations_agree(name: str) -> None:
    data = draw_data_set(SPECIFICATIONS[name])
    result = check_primary(fit_proportional_odds(data.y, data.x), data.y, data.x)
    assert [item.value for item in result.statistics if item.name == "agrees"] == [1, 1]
