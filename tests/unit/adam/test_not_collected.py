"""What was not collected is missing in the analysis data sets, which know it; unknown sites."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.adam.build import AnalysisData, build_analysis_data
from analysis.config import Plan
from analysis.config.columns import UNKNOWN_SITE
from analysis.edc.allocation.lists import Lists
from analysis.errors import DataError
from analysis.io.frames import read_parquet, write_parquet
from analysis.io.not_collected import list_not_collected, mark_not_collected
from analysis.io.result import Allocation
from tests.unit.adam.small_export import KITS, SmallExport, add, moment, put

SUBJECTS = ("S1", "S2")
BLED = {"ICHDTC": moment(hours=20), "ICHTYPE": "2", "SICH": "Y"}
BY_SCORES = {"ECASS2FL", "ECASS2UN", "SITSMFL", "SITSMUN"}
CLASS_FLAGS = {f"ICH{kind}FL" for kind in ("1A", "1B", "1C", "2", "3A", "3B", "3C", "3D")}
BY_CLASS = {"ICH48FL", "PH48FL", "ICHUNFL"} | CLASS_FLAGS | BY_SCORES
ADSL_CASES = {
    "ich.SICH": {"SICH48FL", "SICHUNFL"},
    "ich.ICHTYPE": BY_CLASS,
    "ich.ICHDTC": {"SICH48FL", "SICHUNFL", "ICHIMGFL"} | BY_CLASS,
    "ae.AEDECOD": {"HEMICRFL"},
    "ae.AESTDTC": {"HEMICRFL"},
    "dm.SEX": {"SEX"},
    "dm.RFICDTC": {"RFICDTC", "RFICEMFL", "IN07"},
    "evt.PASSES": {"PASSES", "PASSGR1", "EX15B"},
    "evt.PUNCDTC": {"PUNCDTM", "PUNCRECM", "EX15A"},
    "bl.GLUC": {"GLUC", "EX10"},
    "bl.INR": {"INR", "EX06"},
    "bl.EGFR": {"EGFR"},
    "dv.DVMAJOR": {"DV"},
    "ie.IEORRES": {"IE"},
    "nihss.NIHSS": {"NIHSSH24", "NIHSSD7", "ENIFL", "ENIKNFL"} | BY_SCORES,
    "ex.EXKIT": {"TRT01A", "KIT"},
    "ex.EXPDOSE": set[str](),
    "cm.CMCLAS": {"CMSTERFL", "CMINSFL"},
}
KNOWN_ALL_THE_SAME = {"TRT01A"}


def derive(plan: Plan, *lacking: str, **cells: str) -> AnalysisData:
    """The data of two subjects who bled, from tables that lack some columns."""
    export = SmallExport()
    for subject in SUBJECTS:
        export.add_subject(subject)
        put("ich", **BLED)(export, subject)
        add("ae", AESEQ="1", AETERM="fever", AESER="Y", AESTDTC=moment(hours=30)[:10])(
            export, subject
        )
        add("nihss", VISIT="H24", NIHSS="9", NIHDTC=moment(hours=24))(export, subject)
    if cells:
        put("dm", **cells)(export, "S1")
    tables = export.build_tables()
    for source in lacking:
        name, _, column = source.partition(".")
        frame = tables[name]
        empty = pd.Series([None] * len(frame), index=frame.index, dtype=frame[column].dtype)
        tables[name] = mark_not_collected(frame.assign(**{column: empty}), {column: source})
    lists = Lists({f"R-{subject}": "MPSS" for subject in SUBJECTS}, KITS)
    return build_analysis_data(tables, lists, plan)


def test_of_a_whole_export_nothing_is_said(plan: Plan) -> None:
    data = derive(plan)
    frames = (data.adsl, data.adqs, data.adae, data.adtte)
    assert [list_not_collected(frame) for frame in frames] == [{}, {}, {}, {}]


@pytest.mark.parametrize("source", ADSL_CASES)
def test_what_needs_a_column_is_missing_and_says_so(plan: Plan, source: str) -> None:
    adsl = derive(plan, source).adsl
    known = list_not_collected(adsl)
    assert set(known) == ADSL_CASES[source]
    assert all(source in lacking for lacking in known.values())
    for name in set(known) & set(adsl.columns) - KNOWN_ALL_THE_SAME:
        assert adsl[name].isna().all(), name


def test_nobody_is_excluded_for_a_reason_that_was_not_collected(plan: Plan) -> None:
    data = derive(plan, "dm.RFICDTC", "ie.IEORRES", "dv.DVMAJOR")
    assert not set(data.reasons["CODE"]) & {"IN07", "IE", "DV"}
    assert [query for query in data.queries if query.column == "RFICDTC"] == []


def test_a_reason_of_two_values_is_checked_with_one(plan: Plan) -> None:
    assert "EX08" not in list_not_collected(derive(plan, "bl.EGFR").adsl)
    both = list_not_collected(derive(plan, "bl.EGFR", "bl.CREAT").adsl)
    assert both["EX08"] == "bl.EGFR, bl.CREAT"


def test_the_planned_dose_comes_from_what_is_there(plan: Plan) -> None:
    alone = derive(plan, "dm.WEIGHT").adsl
    assert {"WEIGHT", "DOSEMGKG"} == set(list_not_collected(alone))
    assert alone["DOSEPCT"].notna().all()
    neither = list_not_collected(derive(plan, "dm.WEIGHT", "ex.EXPDOSE").adsl)
    assert {"DOSEPCT", "DOSEIV"} <= set(neither)


def test_adverse_events_and_scores(plan: Plan) -> None:
    data = derive(plan, "ae.AESER", "ae.AESTDTC", "nihss.NIHSS")
    assert {"AESER", "TRTEMFL"} <= set(list_not_collected(data.adae))
    assert data.adae[["AESER", "TRTEMFL"]].isna().all(axis=None)
    assert set(list_not_collected(data.adqs)) == {"NIHSS"}
    assert "NIHSS" not in set(data.adqs["PARAMCD"])


def test_a_covariate_that_was_not_collected_stops_the_run(plan: Plan) -> None:
    with pytest.raises(
        DataError, match=r"key primary\.covariates(.|\n)*ASPECTS \(ASPECTS\): bl\.ASPECTS"
    ):
        derive(plan, "bl.ASPECTS")


def test_a_subject_without_a_site_has_one_of_his_own(plan: Plan) -> None:
    data = derive(plan, SITEID="")
    assert list(data.adsl["SITEID"]) == [UNKNOWN_SITE, "01"]
    rules = [(query.rule, query.key) for query in data.queries if query.column == "SITEID"]
    assert rules == [("site_unknown", "SUBJID=S1")]
    assert list_not_collected(data.adsl) == {}


def test_sites_that_nobody_collected_are_no_site(plan: Plan) -> None:
    data = derive(plan, "dm.SITEID")
    assert data.adsl["SITEID"].isna().all()
    assert [query for query in data.queries if query.column == "SITEID"] == []


def test_the_knowledge_survives_the_file(plan: Plan, tmp_path: Path) -> None:
    adsl = derive(plan, "ich.SICH").adsl
    write_parquet(tmp_path / "adsl.parquet", adsl, Allocation.DUMMY)
    assert list_not_collected(read_parquet(tmp_path / "adsl.parquet")) == list_not_collected(adsl)
