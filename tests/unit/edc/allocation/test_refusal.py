"""What a blinded run refuses: an export that holds, or may hold, who got which arm."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.config import Mapping, load_mapping, load_plan
from analysis.config.plan import Arm, Arms
from analysis.edc.allocation.refusal import HEADING, find_arm_like, require_no_arms, search_table
from analysis.edc.layout import load_layout
from analysis.edc.sources.labelled_table import LabelledTable
from analysis.errors import DataError
from analysis.simulate import SimulatedTrial, simulate_trial
from analysis.simulate.export import FileFormat, write_export

if TYPE_CHECKING:
    from conftest import ExportFolder

CONFIG = Path(__file__).parents[4] / "config"
PLAN = load_plan(CONFIG / "trial-phase2.yaml")
MAPPING = load_mapping(CONFIG / "edc.yaml")
LAYOUT = load_layout()
RATIO = PLAN.trial.allocation_ratio
COLUMN = "WHATEVER"
"""A column that the layout does not know, with a name that says nothing."""

Search = Callable[..., list[str]]
Cells = list[str]

LETTERED = Arms(
    source="assumption",
    treatment=Arm(code="A", label="Methylprednisolone", synonyms=()),
    reference=Arm(code="B", label="Placebo", synonyms=()),
)
NUMBERED = Arms(
    source="assumption",
    treatment=Arm(code="1", label="1", synonyms=()),
    reference=Arm(code="200", label="200", synonyms=()),
)
PLAIN = Arms(
    source="assumption",
    treatment=Arm(code="TX_ONE", label="Active", synonyms=()),
    reference=Arm(code="TX_TWO", label="Control", synonyms=()),
)


def search(
    cells: Cells,
    *,
    table: str = "dm",
    column: str = COLUMN,
    arms: Arms = PLAN.arms,
    mapping: Mapping = MAPPING,
) -> list[str]:
    """Search one column with these cells."""
    content = LabelledTable(pd.DataFrame({column: pd.Series(cells, dtype="str")}))
    return search_table(table, content, mapping, LAYOUT, arms)


def is_refused(cells: Cells, **settings: Any) -> bool:
    return search(cells, **settings) != []


@pytest.fixture
def find(whole_export: ExportFolder) -> Search:
    """Search the small export, with keys of the mapping changed."""
    return lambda **changes: find_arm_like(
        whole_export.path,
        whole_export.make_mapping(**changes),
        whole_export.layout,
        PLAN.arms,
        RATIO,
    )


# --- names --------------------------------------------------------------------------------------


def test_a_clean_export_passes(whole_export: ExportFolder, find: Search) -> None:
    assert find() == []
    require_no_arms(whole_export.path, MAPPING, LAYOUT, PLAN.arms, RATIO)


def test_a_column_that_the_run_does_not_read(whole_export: ExportFolder, find: Search) -> None:
    whole_export.write("dm", "SUBJID,SITEID,Rand Group\nS1,1,x\nS2,1,\n")
    assert find() == [
        "dm.csv, column Rand Group (1 cell(s) filled): its name is that of an allocation"
    ]


def test_a_file_that_the_run_does_not_read(whole_export: ExportFolder, find: Search) -> None:
    whole_export.write("iwrs_dump", "id,随机分组\n1,a\n2,a\n")
    assert find() == [
        "iwrs_dump.csv, column 随机分组 (2 cell(s) filled): its name is that of an allocation"
    ]


def test_an_allocation_list_among_the_tables(whole_export: ExportFolder, find: Search) -> None:
    whole_export.write("randomisation_list", "RANDNO,ARM\nR1,MPSS\nR2,PLACEBO\n")
    (finding,) = find()
    assert finding.startswith("randomisation_list.csv, column ARM (2 cell(s) filled): its name")


def test_a_column_of_the_layout_may_have_any_name(whole_export: ExportFolder, find: Search) -> None:
    whole_export.edit("rand", "KITNO", "STUDY_DRUG")
    assert len(find()) == 1
    assert find(tables={"rand": {"columns": {"KITNO": "study_drug"}}}) == []


def test_a_column_named_after_an_arm_holds_yes_or_no_to_it() -> None:
    """Its name is not shown: in a file without a header it is the cell of a subject."""
    assert search(["Y", "N"], column="is_placebo") == [
        "column 1 (2 cell(s) filled): its name is that of an arm"
    ]
    assert is_refused(["Y", "N"], column="MPSS")
    assert not is_refused(["Y", "N"], column="METHYLPREDNISOLONE", table="cm")


def test_files_of_another_format_are_not_part_of_the_export(
    whole_export: ExportFolder, find: Search
) -> None:
    whole_export.write("lists", "ARM\nMPSS\n")
    assert len(find()) == 1
    assert find(format="xpt") == []


# --- values -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    ["MPSS", "mpss", " Placebo ", "PLACEBO", "methylprednisolone", "ＭＰＳＳ", "Placebo group",
     "MPSS arm", "Placebo组", "1 = Placebo", "A: MPSS", "2, Methylprednisolone"],
)  # fmt: skip
@pytest.mark.parametrize(("table", "column"), [("dm", COLUMN), ("ex", "EXREAS"), ("sheet", "X1")])
def test_one_cell_that_names_an_arm(cell: str, table: str, column: str) -> None:
    (finding,) = search(["other", cell, ""], table=table, column=column)
    assert finding == (
        f"column {column} (2 cell(s) filled): 1 cell(s) hold an arm of the plan "
        "(MPSS, Methylprednisolone, PLACEBO, Placebo)"
    )


@pytest.mark.parametrize(
    "cell",
    ["headache after placebo", "no MPSS given", "Placebos", "Methylprednisolone 40 mg", "PLAC",
     "group", "安慰剂可能", "MPSS/PLACEBO"],
)  # fmt: skip
def test_text_around_an_arm_is_innocent(cell: str) -> None:
    assert search([cell, cell, "other"], table="ae", column="AETERM") == []


@pytest.mark.parametrize("column", ["CMTRT", "CMDECOD", "drug_name", COLUMN])
def test_the_drug_of_an_arm_is_a_medication_like_others(column: str) -> None:
    cells = ["Methylprednisolone", "Insulin", "MPSS", ""]
    assert search(cells, table="cm", column=column) == []
    assert is_refused([*cells, "Placebo"], table="cm", column=column)


def test_a_medication_form_that_the_layout_does_not_know() -> None:
    cells = ["Methylprednisolone", "Insulin"]
    assert search(cells, table="conmeds", column="Medication name") == []
    assert is_refused(cells, table="conmeds", column="comment")


@pytest.mark.parametrize(
    ("cells", "refused"),
    [
        (["Active", "Control"], True),
        (["active", "Placebo group", "active", ""], True),
        (["试验组", "对照组"], True),
        (["Verum", "sham"], True),
        (["intervention", "CONTROL"], True),
        (["Active", "Active"], False),
        (["Active", "Closed"], False),
        (["Active", "Control", "Unknown"], False),
        (["Test", "Treatment"], False),
        (["control", "reference"], False),
    ],
)
def test_words_for_the_arms_count_as_a_pair_alone(cells: Cells, refused: bool) -> None:
    assert is_refused(cells) == refused
    assert is_refused(cells, column="SITEID") == refused


@pytest.mark.parametrize(
    ("arms", "cells", "refused"),
    [
        (LETTERED, ["A", "B", "a", ""], True),
        (LETTERED, ["A", "A"], False),
        (LETTERED, ["A", "B", "C"], False),
        (NUMBERED, ["1", "200", "200"], True),
        (NUMBERED, ["1", "2", "200"], False),
        (PLAIN, ["Active", "Active"], False),
        (PLAIN, ["Active", "Control"], True),
        (PLAIN, ["x", "tx_one"], True),
        (PLAN.arms, ["A", "B"], False),
    ],
)
def test_codes_that_say_nothing_by_themselves(arms: Arms, cells: Cells, refused: bool) -> None:
    assert is_refused(cells, arms=arms) == refused


def test_such_codes_are_innocent_in_a_column_of_the_layout() -> None:
    assert search(["A", "B"], column="SITEID", arms=LETTERED) == []
    assert search(["1", "200"], column="AGE", arms=NUMBERED) == []
    assert search(["1", "200"], table="sheet", column="AGE", arms=NUMBERED) == []


def test_codes_of_the_layout_are_no_arms() -> None:
    arms = LETTERED.model_copy(
        update={"treatment": Arm(code="STEROID", label="Steroid", synonyms=()),
                "reference": Arm(code="OTHER", label="Usual care", synonyms=())}
    )  # fmt: skip
    assert search(["STEROID", "OTHER"], table="cm", column="CMCLAS", arms=arms) == []
    assert search(["OTHER", "M1"], table="bl", column="OCCLOC", arms=arms) == []
    assert is_refused(["STEROID"], arms=arms)


def test_a_label_that_both_arms_share_tells_nothing() -> None:
    shared = LETTERED.model_copy(
        update={"reference": Arm(code="B", label="Methylprednisolone", synonyms=())}
    )
    assert search(["Methylprednisolone", "x"], arms=shared) == []
    assert is_refused(["Methylprednisolone", "x"], arms=LETTERED)


def test_missing_codes_do_not_hide_an_allocation() -> None:
    mapping = MAPPING.model_copy(update={"missing_values": ("-99",)})
    cells = ["A", "B", "-99"]
    assert not is_refused(cells, arms=LETTERED)
    assert search(cells, arms=LETTERED, mapping=mapping) == [
        f"column {COLUMN} (2 cell(s) filled): "
        "its cells hold words or codes for the two arms, and nothing else"
    ]


# --- files --------------------------------------------------------------------------------------


def test_names_labels_and_values_of_a_transport_file(
    whole_export: ExportFolder, find: Search
) -> None:
    pyreadstat.write_xport(
        pd.DataFrame({"SUBJID": ["S1", "S2"], "V1": ["x", "y"], "V2": ["MPSS", ""]}),
        whole_export.path / "extra.xpt",
        column_labels=["Placebo", "Planned Treatment for Period 01", "Comment"],
        file_format_version=5,
    )
    assert find() == [
        "extra.xpt, column V1 (2 cell(s) filled): "
        "its label ('Planned Treatment for Period 01') is that of an allocation",
        "extra.xpt, column V2 (1 cell(s) filled): 1 cell(s) hold an arm of the plan "
        "(MPSS, Methylprednisolone, PLACEBO, Placebo)",
    ]


def test_labels_of_values_of_an_spss_file(whole_export: ExportFolder, find: Search) -> None:
    frame = pd.DataFrame({"V1": [1.0, 2.0, 1.0], "V2": [1.0, 2.0, 3.0], "V3": ["x", "y", "z"]})
    pyreadstat.write_sav(
        frame,
        whole_export.path / "extra.sav",
        column_labels=["Form", "Form", "治疗分组"],
        variable_value_labels={"V1": {1: "MPSS", 2: "MPSS"}, "V2": {1: "no", 2: "yes", 3: "?"}},
    )
    assert find() == [
        "extra.sav, column V1 (3 cell(s) filled): 3 cell(s) hold an arm of the plan "
        "(MPSS, Methylprednisolone, PLACEBO, Placebo)",
        "extra.sav, column V3 (3 cell(s) filled): its label ('治疗分组') is that of an allocation",
    ]


def test_a_file_that_cannot_be_read_cannot_be_searched(
    whole_export: ExportFolder, find: Search
) -> None:
    whole_export.write("notes", "SUBJID,ARM\nS1\n")
    whole_export.write("dm", "SUBJID,ARM\nS1\n")  # which read_export says
    (finding,) = find()
    assert finding.startswith("notes.csv: 1 row(s) do not have the 2 fields of the header")
    assert finding.endswith("mend it, or take it out of the folder")


def test_an_absent_folder(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is no such folder"):
        find_arm_like(tmp_path / "nowhere", MAPPING, LAYOUT, PLAN.arms, RATIO)


# --- the message --------------------------------------------------------------------------------


def test_all_findings_stand_in_one_message(whole_export: ExportFolder) -> None:
    whole_export.write("dm", "SUBJID,SITEID,ARM\nS1,1,MPSS\nS2,1,PLACEBO\n")
    whole_export.edit("ae", "肺炎", "Placebo")
    with pytest.raises(DataError) as caught:
        require_no_arms(whole_export.path, MAPPING, LAYOUT, PLAN.arms, RATIO)
    planned = "cell(s) hold an arm of the plan (MPSS, Methylprednisolone, PLACEBO, Placebo)"
    assert str(caught.value).splitlines() == [
        HEADING,
        f"  - ae.csv, column AETERM (1 cell(s) filled): 1 {planned}",
        "  - dm.csv, column ARM (2 cell(s) filled): its name is that of an allocation; "
        f"2 {planned}",
    ]


@given(
    arm=st.lists(st.sampled_from(["MPSS", "PLACEBO"]), min_size=2, max_size=6),
    headed=st.booleans(),
)
def test_the_message_says_neither_whose_arm_nor_which(arm: list[str], headed: bool) -> None:
    """Also not by the header of a file without one, which is its first subject."""
    subjects = [f"SUBJECT{i}" for i in range(len(arm))]
    header, rows = ("SUBJID", COLUMN), [*zip(subjects, arm, strict=True)]
    if not headed:
        header, rows = rows[0], rows[1:]
    content = LabelledTable(pd.DataFrame(rows, columns=list(header), dtype="str"))
    (finding,) = search_table("dm", content, MAPPING, LAYOUT, PLAN.arms)
    assert "SUBJECT" not in finding
    assert finding.count("MPSS") == finding.count("PLACEBO") == 1


# --- whole exports ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def trial() -> SimulatedTrial:
    """A small demonstration trial with its faults and medications."""
    settings = PLAN.demo.model_copy(update={"n": 60, "sites": 3, "fault_rate": 0.02})
    return simulate_trial(PLAN.model_copy(update={"demo": settings}))


@pytest.mark.parametrize(
    "file_format",
    [
        "csv",
        pytest.param("xpt", marks=pytest.mark.torture),
        pytest.param("sav", marks=pytest.mark.torture),
    ],
)
def test_simulated_exports_pass(
    tmp_path: Path, file_format: FileFormat, trial: SimulatedTrial
) -> None:
    write_export(trial.tables, tmp_path, file_format)
    assert find_arm_like(tmp_path, MAPPING, LAYOUT, PLAN.arms, RATIO) == []


def test_the_demonstration_export_passes() -> None:
    """The trial of the shipped plan, as ``snakemake`` writes it."""
    plan = load_plan(CONFIG / "trial.yaml")
    for name, table in simulate_trial(plan).tables.items():
        assert search_table(name, LabelledTable(table), MAPPING, LAYOUT, plan.arms) == []
