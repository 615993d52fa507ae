"""ODM-XML: item groups as the check reads them, by hand and beside the reading of the package."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.config import Mapping
from tests.unit.edc.sources.cdisc.odm.examples import (
    EVENTS,
    OPENCLINICA,
    STUDY,
    VERSION,
    VITAL_SIGNS,
    clinical,
    subject,
    wrap,
)
from tests.unit.qc.from_export.reading.sources.both_readings import (
    read_file_by_check,
    require_same,
)

UNIT = '<ItemData ItemOID="I.SYSBP" Value="152"><MeasurementUnitRef MeasurementUnitOID="MU.KPA"/>'
OTHER_UNIT = VITAL_SIGNS.replace('<ItemData ItemOID="I.SYSBP" Value="152"/>', f"{UNIT}</ItemData>")
TYPED = """<ItemGroupData ItemGroupOID="IG.VS">
  <ItemDataInteger ItemOID="I.SYSBP">152</ItemDataInteger>
  <ItemDataString ItemOID="I.POS"><![CDATA[ <2> ]]></ItemDataString>
  <ItemDataDate ItemOID="I.VSDTC" IsNull="Yes"/></ItemGroupData>"""
SECOND = """<MetaDataVersion OID="v2" Name="2"><Include StudyOID="ST.1" MetaDataVersionOID="v1"/>
  <CodeList OID="CL.POS" Name="Position" DataType="integer"><CodeListItem CodedValue="2"><Decode>
  <TranslatedText>Lying</TranslatedText></Decode></CodeListItem></CodeList></MetaDataVersion>"""
SNAPSHOTS = {
    "two groups": STUDY + clinical(subject("S1"), subject("S2", EVENTS, "F.AE")),
    "attributes of the vendor": STUDY + OPENCLINICA,
    "an attribute like an item": STUDY + OPENCLINICA.replace("OpenClinica:Version",
                                                             "OpenClinica:pos"),
    "units": STUDY + clinical(subject("S1"), subject("S2", OTHER_UNIT)),
    "typed items": STUDY + clinical(subject("S1", TYPED)),
    "names that are not distinct": STUDY.replace('Name="POS"', 'Name="sysbp"')
    + clinical(subject("S1")),
    "two versions": STUDY.replace(VERSION, VERSION + SECOND) + clinical(subject("S1"))
    + clinical(subject("S2"), version="v2"),
    "audit records": STUDY + clinical(subject("S1", VITAL_SIGNS.replace(
        'Value="2"/>', 'Value="2"><AuditRecord/></ItemData>'))),
}  # fmt: skip


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_a_snapshot_is_read_alike(tmp_path: Path, mapping: Mapping, name: str) -> None:
    (tmp_path / "export.xml").write_text(wrap(SNAPSHOTS[name]), encoding="utf-8")
    assert require_same(tmp_path, mapping)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_cells_of_a_snapshot(tmp_path: Path, mapping: Mapping, encoding: str) -> None:
    content = wrap(STUDY + OPENCLINICA).replace("UTF-8", encoding)
    (tmp_path / "export.xml").write_bytes(content.encode(encoding))
    found = require_same(tmp_path, mapping)
    row = {name: cells[0] for name, cells in found["ig.vs"].items()}
    assert (row["STUDYSUBJECTID"], row["SYSBP"], row["POS"]) == ("M-001", "152", "2")
    assert (row["SUBJECTSTATUS"], row["VERSION"]) == ("available", "v1.0")
    assert found["ig.ae"]["AETERM"] == ["cough & fever", "肺炎"]


@pytest.mark.parametrize(
    "content",
    [
        wrap(STUDY + clinical(subject("S1")))[:-40],
        wrap(STUDY + clinical(subject("S1")), 'FileType="Transactional" ODMVersion="1.3.2"'),
        wrap(STUDY + clinical(subject("S1"), version="v9")),
        wrap(STUDY + clinical(subject("S1"))).replace(
            "<ODM", '<!DOCTYPE ODM [<!ENTITY a "152">]><ODM'
        ),
    ],
)
def test_what_is_no_whole_snapshot_is_not_read(
    tmp_path: Path, mapping: Mapping, content: str
) -> None:
    (tmp_path / "export.xml").write_text(content, encoding="utf-8")
    file = read_file_by_check(tmp_path / "export.xml", mapping)
    assert file.problem.startswith("export.xml cannot be read (")
