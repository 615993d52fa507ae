"""A planted effect comes out on its side, from the export to the sentence (SAP 1.2).

Four trials are looked at: a large benefit and a large harm, each reported with odds of a lower and
of a higher mRS. Only the way in which numbers are reported may differ between the last two.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd
import pytest
from matplotlib.text import Text

from analysis.adam.build import AnalysisData, build_analysis_data
from analysis.analyses.description.missing import analyse_missing
from analysis.analyses.description.populations import analyse_populations
from analysis.analyses.mrs.mrs_shift import analyse_mrs_shift
from analysis.analyses.mrs.subgroups import analyse_subgroups
from analysis.analyses.sensitivity.analyse import analyse_sensitivity
from analysis.config import Plan, load_mapping, load_plan
from analysis.display.ard import Ard
from analysis.display.figures.forest.sensitivity import draw_sensitivity
from analysis.display.figures.grotta.captions import caption as caption_grotta
from analysis.display.figures.grotta.segments import Source, build_segments
from analysis.display.text.conclusion.headline import headline
from analysis.display.text.wording import cut_label
from analysis.edc.allocation.lists import read_lists
from analysis.edc.layout import load_layout
from analysis.edc.reading.export import read_export
from analysis.io.frames import write_csv
from analysis.io.result import ARD_COLUMNS, Allocation, build_ard_rows, write_results_text
from analysis.io.verdicts import Verdict
from analysis.qc import EngineNumbers, Trial, check_independently
from analysis.simulate import simulate_trial, write_export, write_lists

CONFIG = Path(__file__).parents[2] / "config"
PLANTED = {"benefit": 3.0, "harm": 1 / 3.0}
"""Common odds ratio of a lower mRS on treatment."""
SUBJECTS = 500
RUN = ("win_odds", "win_odds_adjusted", "cutpoint", "partial_po", "sens_unadjusted", "sens_mi",
       "sens_site_cluster")  # fmt: skip
MIRRORED = (
    ("estimate", "estimate"), ("ci_low", "ci_high"), ("ci_high", "ci_low"),
    ("ci_low_profile", "ci_high_profile"), ("ci_low_cr2", "ci_high_cr2"),
)  # fmt: skip
"""What of one direction is the inverse of what of the other."""
ALMOST = 0.7
"""Share of the planted log odds ratio that an estimate reaches: three standard errors below."""

Side = Literal["above_1", "below_1"]


@dataclass(frozen=True)
class Reported:
    """A trial as one plan reports it. ``is_benefit``: what was planted."""

    plan: Plan
    data: AnalysisData
    rows: pd.DataFrame
    ard: Ard
    is_benefit: bool

    @property
    def sign(self) -> int:
        """Of every log odds ratio: 1 where it must be above 0."""
        is_above = self.plan.inference.favours_treatment == "above_1"
        return 1 if self.is_benefit == is_above else -1

    def find(self, ids: Sequence[str], stat_name: str) -> dict[tuple[str, str], float]:
        """The numbers of a statistic by analysis id and level."""
        chosen = self.rows[
            self.rows["analysis_id"].isin(ids) & self.rows["stat_name"].eq(stat_name)
        ]
        return {
            (str(row.analysis_id), str(row.level)): float(row.stat)
            for row in chosen.itertuples()
            if row.stat
        }


def derive(plan: Plan, folder: Path) -> AnalysisData:
    made = simulate_trial(plan)
    write_export(made.tables, folder / "edc", "csv")
    write_lists(made.lists, folder / "lists")
    mapping, layout = load_mapping(CONFIG / "edc.yaml"), load_layout()
    found, _ = read_export(folder / "edc", mapping, layout)
    lists, _ = read_lists(folder / "lists", mapping, layout, plan.arms)
    return build_analysis_data(found.tables, lists, plan)


def make_plan(odds_ratio: float) -> Plan:
    plan = load_plan(CONFIG / "trial.yaml")
    settings = {"n": SUBJECTS, "sites": 8, "fault_rate": 0.0, "common_odds_ratio": odds_ratio}
    imputation = plan.sensitivity.imputation.model_copy(update={"imputations": 4, "cycles": 2})
    return plan.model_copy(
        update={
            "demo": plan.demo.model_copy(update=settings),
            "analyses": plan.analyses.model_copy(update={"run": RUN}),
            "sensitivity": plan.sensitivity.model_copy(update={"imputation": imputation}),
        }
    )


def report(data: AnalysisData, plan: Plan, folder: Path, is_benefit: bool) -> Reported:
    results = [
        *analyse_populations(data.adsl, data.reasons, None, plan),
        *analyse_mrs_shift(data.adsl, plan),
        *analyse_sensitivity(data.adsl, plan),
        *analyse_missing(data.adsl, data.adqs, plan),
        *analyse_subgroups(data.adsl, plan),
    ]
    rows = build_ard_rows(json.loads(write_results_text(results, Allocation.REHEARSAL, {})))
    frame = pd.DataFrame(rows, columns=list(ARD_COLUMNS), dtype=str)
    write_csv(folder / "ard.csv", frame)
    return Reported(plan, data, frame, Ard.read(folder / "ard.csv"), is_benefit)


@pytest.fixture(scope="module")
def trials(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, Side], Reported]:
    """Every planted effect, reported in both directions."""
    found: dict[tuple[str, Side], Reported] = {}
    for name, odds_ratio in PLANTED.items():
        plan, folder = make_plan(odds_ratio), tmp_path_factory.mktemp(name)
        data = derive(plan, folder)
        sides: tuple[Side, Side] = ("above_1", "below_1")
        for side in sides:
            inference = plan.inference.model_copy(update={"favours_treatment": side})
            turned = plan.model_copy(update={"inference": inference})
            found[name, side] = report(data, turned, folder, odds_ratio > 1)
    return found


@pytest.fixture(params=[(name, side) for name in PLANTED for side in ("above_1", "below_1")])
def reported(request: pytest.FixtureRequest, trials: dict[tuple[str, Side], Reported]) -> Reported:
    return trials[request.param]


def test_every_estimate_is_on_its_side(reported: Reported) -> None:
    subgroups = [f"subgroup_{factor.name}" for factor in reported.plan.subgroups.factors]
    ids = ["primary", *RUN, *subgroups]
    estimates = reported.find(ids, "log_estimate")
    assert {analysis_id for analysis_id, _ in estimates} == set(ids)
    wrong = [key for key, value in estimates.items() if value * reported.sign <= 0]
    assert [key for key in wrong if not key[0].startswith("subgroup_")] == []
    assert len(wrong) <= len(estimates) / 20  # a small subgroup may err
    assert estimates["primary", ""] * reported.sign > ALMOST * math.log(PLANTED["benefit"])


def test_win_probability_is_that_of_the_odds(reported: Reported) -> None:
    shares = reported.find(RUN, "win_probability")
    assert len(shares) == 2
    assert all((share - 0.5) * reported.sign > 0 for share in shares.values())


@pytest.mark.parametrize("name", PLANTED)
def test_turning_changes_signs_and_nothing_else(
    trials: dict[tuple[str, Side], Reported], name: str
) -> None:
    lower, higher = trials[name, "above_1"], trials[name, "below_1"]
    ids = ["primary", "primary_coefficients", *RUN, "subgroup_age", "subgroup_toast"]
    for one, other in MIRRORED:
        turned = {key: 1 / value for key, value in higher.find(ids, other).items()}
        assert lower.find(ids, one) == pytest.approx(turned, rel=1e-10)
    for same in ("p_value", "std_error", "p_value_lr", "p_interaction", "n", "pct"):
        assert lower.find(ids, same) == higher.find(ids, same)


def test_the_independent_check_sees_it_likewise(reported: Reported) -> None:
    engine = EngineNumbers.from_records(reported.rows.to_dict("records"))
    data = reported.data
    checks = check_independently(Trial(data.adsl, data.adtte, data.adqs, reported.plan), engine)
    looked_at = [check for check in checks if check.analysis_id in ("primary", *RUN)]
    assert {check.analysis_id for check in looked_at} >= {"primary", "win_odds", "sens_unadjusted"}
    assert {check.verdict for check in looked_at} == {Verdict.AGREES}


def test_the_bars_show_more_of_the_better_levels_where_they_are(reported: Reported) -> None:
    source = Source("mrs_distribution", "ITT")
    treated, reference = (
        build_segments(reported.ard, reported.plan, source, code, 0.0, 1.0)
        for code in reported.plan.arms.codes
    )
    pairs = zip(treated[:-1], reference[:-1], strict=True)
    lead = [own.right - other.right for own, other in pairs]
    assert all((ahead > 0) == reported.is_benefit for ahead in lead)
    sign = {"above_1": ">", "below_1": "<"}[reported.plan.inference.favours_treatment]
    text = caption_grotta(reported.ard, reported.plan, "ITT")
    assert f"{sign} 1 favours Methylprednisolone: lower mRS" in text


def test_the_forest_names_its_sides(reported: Reported) -> None:
    figure = draw_sensitivity(reported.ard, reported.plan, "STAMP")
    place = {
        text.get_text(): text.get_position()[0]
        for text in figure.findobj(Text)
        if text.get_text().startswith("Favours")
    }
    is_right = place["Favours Methylprednisolone"] > place["Favours Placebo"]
    assert is_right == (reported.plan.inference.favours_treatment == "above_1")
    is_above = reported.find(["primary"], "estimate")["primary", ""] > 1
    assert (is_above == is_right) == reported.is_benefit


def test_the_sentence_says_who_fared_better(reported: Reported) -> None:
    side = "lower (better)" if reported.is_benefit else "higher (worse)"
    start = f"Methylprednisolone led to a {side} mRS at day 90 than Placebo"
    assert headline(reported.ard, reported.plan).startswith(start)


def test_a_cut_point_names_first_what_the_odds_are_of(reported: Reported) -> None:
    expected = {"above_1": "mRS 0-2 versus 3-6", "below_1": "mRS 3-6 versus 0-2"}
    assert cut_label(reported.plan, 2) == expected[reported.plan.inference.favours_treatment]
