"""Item groups of an ODM snapshot as tables; what stands in a cell is read off the example."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.edc.sources.cdisc.odm import snapshots
from analysis.edc.sources.cdisc.odm.context_columns import CONTEXT
from analysis.edc.sources.cdisc.odm.snapshots import list_item_groups, read_item_group, read_odm
from analysis.edc.sources.cdisc.odm.xml_events import ODM, read_events
from analysis.edc.sources.files.source_file import SourceFile
from tests.unit.edc.sources.cdisc.odm.examples import (
    EVENTS,
    OPENCLINICA,
    STUDY,
    VERSION,
    VITAL_SIGNS,
    clinical,
    odm,
    subject,
    wrap,
)

PLAIN = wrap(STUDY + clinical(subject("S1"), subject("S2", EVENTS, "F.AE")))


def test_groups_with_data_in_order_of_definition() -> None:
    first = wrap(STUDY + clinical(subject("S2", EVENTS, "F.AE"), subject("S1")))
    assert list_item_groups(odm(first)) == ("IG.VS", "IG.AE")
    assert list(read_odm(odm(first))) == ["IG.VS", "IG.AE"]
    assert list_item_groups(odm(wrap(STUDY + clinical()))) == ()


def test_a_plain_snapshot() -> None:
    table = read_item_group(odm(PLAIN), "IG.VS")
    assert list(table.texts.columns) == [*CONTEXT, "SYSBP", "POS", "VSDTC"]
    assert table.texts.to_numpy().tolist() == [
        ["ST.1", "S1", "SE.BL", "", "F.VS", "", "", "L.01", "152", "2", ""]
    ]
    assert table.labels == {"SYSBP": "Systolic blood pressure [mmHg]", "POS": "Position"}
    assert table.value_labels == {"POS": {"1": "Sitting", "2": "Supine"}}
    assert table.notes == ("Vital signs", "MetaDataVersion v1 of study ST.1")
    events = read_item_group(odm(PLAIN), "IG.AE")
    assert events.texts[
        ["SubjectKey", "ItemGroupRepeatKey", "AETERM", "AESEV"]
    ].to_numpy().tolist() == [
        ["S2", "1", "cough & fever", "MILD"],
        ["S2", "2", "肺炎", ""],
    ]
    assert events.value_labels == {"AESEV": {"MILD": "MILD", "SEVERE": "SEVERE"}}


@pytest.mark.parametrize("version", ["1.3", "1.3.0", "1.3.1", "1.3.2"])
def test_versions_of_odm(version: str) -> None:
    attributes = f'FileType="Snapshot" ODMVersion="{version}"'
    assert len(read_odm(odm(wrap(STUDY + clinical(subject("S1")), attributes)))["IG.VS"].texts) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_the_encoding_that_the_file_declares(encoding: str) -> None:
    content = PLAIN.replace("UTF-8", encoding).encode(encoding)
    assert read_item_group(odm(content), "IG.AE").texts["AETERM"].tolist()[1] == "肺炎"


def test_typed_items() -> None:
    typed = """<ItemGroupData ItemGroupOID="IG.VS">
      <ItemDataInteger ItemOID="I.SYSBP">152</ItemDataInteger>
      <ItemDataString ItemOID="I.POS"><![CDATA[ <2> ]]></ItemDataString>
      <ItemDataDate ItemOID="I.VSDTC" IsNull="Yes"/></ItemGroupData>"""
    table = read_item_group(odm(wrap(STUDY + clinical(subject("S1", typed)))), "IG.VS")
    assert table.texts.loc[0, ["SYSBP", "POS", "VSDTC"]].tolist() == ["152", "<2>", ""]


def test_openclinica_keeps_its_own_ids() -> None:
    table = read_item_group(odm(wrap(STUDY + OPENCLINICA)), "IG.VS")
    row = table.texts.loc[0].to_dict()
    assert row["SubjectKey"] == "SS_0001"
    assert row["StudySubjectID"] == "M-001"
    assert row["StartDate"] == "2026-05-01"
    assert row["Version"] == "v1.0"
    # three elements have a Status, so each says whose it is
    status = [row[f"{element}Status"] for element in ("Subject", "StudyEvent", "Form")]
    assert status == ["available", "completed", "initial data entry"]
    assert "Status" not in row
    events = read_item_group(odm(wrap(STUDY + OPENCLINICA)), "IG.AE").texts
    assert events["SubjectStatus"].tolist() == ["available", "available"]
    assert "FormStatus" not in events


def test_an_attribute_of_the_vendor_that_bears_the_name_of_an_item() -> None:
    content = wrap(STUDY + OPENCLINICA).replace("OpenClinica:Version", "OpenClinica:pos")
    row = read_item_group(odm(content), "IG.VS").texts.loc[0]
    assert (row["POS"], row["Formpos"]) == ("2", "v1.0")


def test_viedoc_repeats_and_review_states() -> None:
    body = """<SubjectData SubjectKey="SE-01-001"
        xmlns:v4="http://www.viedoc.net/ns/v4" v4:SubjectId="9">
      <SiteRef LocationOID="1"/>
      <StudyEventData StudyEventOID="V1" StudyEventRepeatKey="2">
        <FormData FormOID="F.VS" FormRepeatKey="3">
          <ItemGroupData ItemGroupOID="IG.VS" ItemGroupRepeatKey="4">
            <ItemData ItemOID="I.SYSBP" Value="120"><AuditRecord/></ItemData>
            <ItemData ItemOID="I.POS" v4:Origin="x" Value="1"/>
            <Annotation SeqNum="1"/>
          </ItemGroupData></FormData></StudyEventData></SubjectData>"""
    body = body.replace("v4:Origin", 'xmlns:v4="http://www.viedoc.net/ns/v4" v4:Origin')
    table = read_item_group(odm(wrap(STUDY + clinical(body) + "<Association/>")), "IG.VS")
    row = table.texts.loc[0]
    assert row[list(CONTEXT)].tolist() == [
        *("ST.1", "SE-01-001", "V1", "2", "F.VS", "3", "4", "1"),
    ]
    assert row["SubjectId"] == "9"
    assert table.notes[-1] == "Not read: AuditRecord, attribute Origin of ItemData, Annotation"


def test_names_that_are_not_distinct_are_oids() -> None:
    content = PLAIN.replace('Name="POS"', 'Name="sysbp"')
    assert list(read_item_group(odm(content), "IG.VS").texts)[-3:] == [
        "I.SYSBP",
        "I.POS",
        "I.VSDTC",
    ]
    content = PLAIN.replace('Name="POS"', 'Name="SiteOid"')
    assert list(read_item_group(odm(content), "IG.VS").texts)[-3:] == [
        "I.SYSBP",
        "I.POS",
        "I.VSDTC",
    ]


def test_units_of_values_stand_beside_them_unless_the_metadata_say_them() -> None:
    unit = '<ItemData ItemOID="I.SYSBP" Value="152"><MeasurementUnitRef MeasurementUnitOID="{}"/>'
    plain = '<ItemData ItemOID="I.SYSBP" Value="152"/>'

    def units(oid: str) -> list[str] | None:
        other = VITAL_SIGNS.replace(plain, unit.format(oid) + "</ItemData>")
        content = wrap(STUDY + clinical(subject("S1"), subject("S2", other)))
        texts = read_item_group(odm(content), "IG.VS").texts
        assert texts["SYSBP"].tolist() == ["152", "152"]
        name = "SYSBP_UNIT_OF_VALUE"
        return texts[name].tolist() if name in texts else None

    assert units("MU.MMHG") is None
    assert units("MU.KPA") == ["", "kPa"]


def test_several_versions_of_the_metadata() -> None:
    second = (
        VERSION.replace('OID="v1"', 'OID="v2"')
        .replace(">Sitting<", ">Seated<")
        .replace(
            '<ItemRef ItemOID="I.VSDTC"', '<ItemRef ItemOID="I.NEW"/><ItemRef ItemOID="I.VSDTC"'
        )
        .replace("<ItemDef OID", '<ItemDef OID="I.NEW" Name="NEW"/><ItemDef OID', 1)
    )
    newer = VITAL_SIGNS.replace("I.VSDTC", "I.NEW").replace('IsNull="Yes"', 'Value="5"')
    study = STUDY.replace("</Study>", second + "</Study>")
    data = clinical(subject("S1")) + clinical(subject("S2", newer), version="v2")
    table = read_item_group(odm(wrap(study + data)), "IG.VS")
    assert list(table.texts)[-4:] == ["SYSBP", "POS", "VSDTC", "NEW"]
    assert table.texts["NEW"].tolist() == ["", "5"]
    assert table.value_labels["POS"]["1"] == "Seated"
    assert table.notes[1:] == (
        "MetaDataVersion v1 of study ST.1",
        "MetaDataVersion v2 of study ST.1",
        "POS: versions of the metadata label 1 differently; the label of the last is given",
    )


def test_a_site_includes_the_metadata_of_the_study() -> None:
    site = """<Study OID="ST.SITE"><MetaDataVersion OID="v1" Name="s">
      <Include StudyOID="ST.1" MetaDataVersionOID="v1"/></MetaDataVersion></Study>"""
    data = clinical(subject("S1"), study="ST.SITE")
    for studies in (STUDY + site, site + STUDY):
        table = read_item_group(odm(wrap(studies + data)), "IG.VS")
        assert table.texts["StudyOID"].tolist() == ["ST.SITE"]
        assert table.labels["SYSBP"] == "Systolic blood pressure [mmHg]"


def test_an_item_that_the_group_does_not_refer_to_comes_last() -> None:
    content = PLAIN.replace('<ItemRef ItemOID="I.SYSBP" Mandatory="Yes" OrderNumber="1"/>', "")
    table = read_item_group(odm(content), "IG.VS")
    assert list(table.texts)[-3:] == ["POS", "VSDTC", "SYSBP"]
    assert table.notes[-1].endswith("does not refer to: I.SYSBP")


def test_what_is_not_read_is_said() -> None:
    reference = """<ReferenceData StudyOID="ST.1" MetaDataVersionOID="v1">
      <ItemGroupData ItemGroupOID="IG.VS"><ItemData ItemOID="I.POS" Value="9"/></ItemGroupData>
    </ReferenceData>"""
    null = VITAL_SIGNS.replace('IsNull="Yes"', 'IsNull="Yes" Value="NASK"')
    null += "</FormData><FormDatum/><FormData FormOID='F.AE'>"
    table = read_item_group(odm(wrap(STUDY + reference + clinical(subject("S1", null)))), "IG.VS")
    assert table.texts["POS"].tolist() == ["2"]
    assert table.texts["VSDTC"].tolist() == [""]
    assert table.notes[-2] == "Not read: ReferenceData, FormDatum"
    assert table.notes[-1].startswith("1 cell(s) of the file have IsNull and a value")


def test_a_file_is_parsed_once_for_all_its_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "export.xml"
    path.write_text(PLAIN, encoding="utf-8")
    parsed = []
    parse = snapshots._parse
    monkeypatch.setattr(snapshots, "_parse", lambda file: parsed.append(file) or parse(file))
    file = SourceFile.at(path)
    for oid in list_item_groups(file):
        texts = read_item_group(file, oid).texts
        texts.loc[0, "SubjectKey"] = "changed"
    assert len(parsed) == 1
    assert read_item_group(file, "IG.VS").texts["SubjectKey"].tolist() == ["S1"]
    path.write_text(PLAIN.replace("S1", "S10"), encoding="utf-8")
    assert read_item_group(file, "IG.VS").texts["SubjectKey"].tolist() == ["S10"]
    assert len(parsed) == 2


def test_elements_are_emptied_behind_the_reader() -> None:
    """However many subjects, the tree holds no more than those at hand."""
    content = wrap(STUDY + clinical(*(subject(f"S{n}") for n in range(500))))
    most = 0
    for event, element in read_events(odm(content)):
        if event == "end" and element.tag == f"{ODM}SubjectData":
            most = max(most, len(element), len(element.getparent().findall(f"{ODM}SubjectData")))
            before = element.getprevious()
            assert before is None or not len(before)
    assert 0 < most < 120  # what one block of 32 kB holds, which the parser reads ahead
