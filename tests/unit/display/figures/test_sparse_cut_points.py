"""Cut points of few events: figure and tables say what stands in place of the adjusted estimate."""

from __future__ import annotations

import pytest

from analysis.config import Plan
from analysis.config.blocks.sparse import CRUDE, FIRTH
from analysis.display.ard import Ard
from analysis.display.figures.forest.cut_points import caption, draw_cutpoints
from analysis.display.tables.efficacy.primary import build_primary
from analysis.display.tables.efficacy.proportionality import build_proportionality
from tests.unit.display.figures.test_figures import read_words

Records = list[dict[str, str]]
METHODS = {"0": f"logistic regression with {FIRTH}", "5": f"logistic regression, {CRUDE}"}


@pytest.fixture
def sparse(records: Records) -> Ard:
    """The first cut point by Firth's penalty, the last one crude."""
    return Ard.from_records([
        {**row, "method": METHODS.get(row["level"], row["method"])}
        if row["analysis_id"] == "cutpoint" else row
        for row in records
    ])  # fmt: skip


def test_the_figure_marks_them_and_its_caption_says_why(sparse: Ard, ard: Ard, plan: Plan) -> None:
    words = read_words(draw_cutpoints(sparse, plan, ""))
    marked = [word for word in words if word.startswith("mRS ") and word.endswith("*")]
    assert marked == ["mRS 0 versus 1-6*", "mRS 0-5 versus 6*"]
    said = caption(sparse, plan)
    assert "* With Firth's penalty, few events: mRS 0 versus 1-6." in said
    assert "* Without covariates, few events: mRS 0-5 versus 6." in said
    assert "few events" not in caption(ard, plan)


@pytest.mark.parametrize("build", [build_primary, build_proportionality])
def test_the_tables_name_it_in_the_row(build: object, sparse: Ard, plan: Plan) -> None:
    run = plan.analyses.model_copy(update={"run": ("win_odds", "sens_unadjusted", "cutpoint")})
    alone = plan.model_copy(update={"analyses": run})
    labels = [row.label for row in build(sparse, alone, "").rows]  # type: ignore[operator]
    assert "mRS 0 versus 1-6 (Firth's penalty)" in labels
    assert "mRS 0-5 versus 6 (without covariates)" in labels
    assert "mRS 0-1 versus 2-6" in labels
