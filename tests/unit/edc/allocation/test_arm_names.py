"""Which column names and labels say that the column holds an allocation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.edc.allocation.arm_names import is_arm_name
from analysis.edc.layout import Layout

ARM_LIKE = {
    "CDISC": "ARM ARMCD ACTARM ACTARMCD ACTARMUD TRT TRT01P TRT01A TRT01PN TRTP TRTA TRTSEQP EXTRT",
    "plain": "Arm arm_code TREATMENT treatment_name GROUP Trt_Grp TX txGroup STUDY_DRUG IMPNAME",
    "allocation": "IMP ALLOCATION allocated_to treatment_allocation assigned_treatment Assignment",
    "randomisation": "RANDGRP RAND_GROUP RANDARM rand.group rand_group___1 Randomization randTo",
    "blinding": "BLIND BLINDED BLIND_CODE blinding-key unblinded_arm kit_type KITARM",
    "Chinese": "分组 组别 组 治疗组 随机分组 随机分组结果 试验组别 实际治疗 盲底 试验药物名称",
    "traditional": "分組 組別 治療組 隨機分組 試驗藥物",
    "mixed": "受试者分组 Group(分组) 分组_code 治疗组（Arm） ＡＲＭ",
}
ARM_LIKE_LABELS = (
    "Randomization Group", "Randomisation arm", "Treatment  Group", "Study medication",
    "Description of Planned Arm", "Actual Arm Code", "Randomized treatment",
    "Planned Treatment for Period 01", "Treatment arm (choice=Placebo)",
)  # fmt: skip
INNOCENT = {
    "numbers": "RANDNO RANDNUM rand_id RANDDTC KITNO EXKIT kit_number allocation_number",
    "times": "TRTSDTC TRTSDT TRTEDTM TRTDURD treatment_start_date allocation_date unblinding_date",
    "flags": "TRTFL TRTEMFL treatment_given study_drug_given blinded_assessor unblinded randomised",
    "medication": "CMTRT CMDECOD PRTRT DRUG drug_name INTERVENTION",
    "NIHSS": "ARMWEAKNESS ARM_L ARM5 nihss_arm_left armDrift motorArm LeftArmMotor",
    "groups": "AGEGR1 age_group RACEGRP blood_group site_group AEGRPID ItemGroup",
    "words": "treatment_no ALARM FARM BLINDNESS IMPRESSION IMPUTED STUDYID STUDYDAY TRTX",
    "Chinese": "年龄组 年龄分组 入组 入组日期 随机号 随机日期 治疗 药物名称 试验药物编号",
    "body": "组织学 左上肢",
}
INNOCENT_LABELS = (
    "Left arm motor", "5a. Motor arm", "Date of randomization", "Randomized by", "Kit assigned",
    "Age group, years", "Was study drug given?", "Treatment of the adverse event",
)  # fmt: skip


@pytest.mark.parametrize("name", [*" ".join(ARM_LIKE.values()).split(), *ARM_LIKE_LABELS])
def test_names_of_an_allocation(name: str) -> None:
    assert is_arm_name(name)


@pytest.mark.parametrize("name", [*" ".join(INNOCENT.values()).split(), *INNOCENT_LABELS])
def test_names_of_something_else(name: str) -> None:
    assert not is_arm_name(name)


def test_no_column_of_the_layout_is_named_like_an_allocation(layout: Layout) -> None:
    columns = [item for table in layout.tables.values() for item in table.columns.items()]
    assert [name for name, rules in columns if is_arm_name(name) or is_arm_name(rules.label)] == []


@given(
    name=st.sampled_from(["ARM", "TRT01P", "Randomization Group", "治疗组"]),
    filler=st.text(" _-./", max_size=3),
    upper=st.booleans(),
)
def test_case_spaces_and_punctuation_do_not_count(name: str, filler: str, upper: bool) -> None:
    spaced = filler.join(name)
    assert is_arm_name(spaced.upper() if upper else spaced.lower())
