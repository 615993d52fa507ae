"""ODM files that are refused: each message says what, where and what to do, and quotes no cell."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from analysis.edc.sources.cdisc.odm.snapshots import list_item_groups, read_item_group, read_odm
from analysis.edc.sources.files.source_file import SourceFile
from analysis.errors import DataError
from tests.unit.edc.sources.cdisc.odm.examples import (
    EVENTS,
    STUDY,
    VITAL_SIGNS,
    clinical,
    odm,
    subject,
    wrap,
)

PLAIN = wrap(STUDY + clinical(subject("S1"), subject("S2", EVENTS, "F.AE")))


def refusal(content: str | bytes | SourceFile) -> str:
    with pytest.raises(DataError) as caught:
        read_odm(content if isinstance(content, SourceFile) else odm(content))
    message = str(caught.value)
    assert message.startswith("export.xml: ")
    assert "cough" not in message
    return message


def test_at_every_place_where_a_file_may_end() -> None:
    whole = PLAIN.encode().rstrip()
    for end in range(0, len(whole), 7):
        assert refusal(whole[:end])


def test_cut_off_and_damaged() -> None:
    lines = PLAIN[: PLAIN.index("</FormData>")].count("\n") + 1
    cut = refusal(PLAIN[: PLAIN.index("</FormData>")])
    assert f"line {lines}, column" in cut
    assert "cut off" in cut
    middle = len(PLAIN) // 2
    assert "line" in refusal(PLAIN[:middle] + "\0\0\0<<<&" + PLAIN[middle:])
    assert "not text in the encoding" in refusal(PLAIN.encode("gb18030"))
    assert "no encoding that can be read" in refusal(PLAIN.replace("UTF-8", "Klingon"))
    assert "empty" in refusal(b"")
    assert refusal(b"  \n ")
    unescaped = refusal(PLAIN.replace("cough &amp; fever", "cough&fever;"))
    assert "no well-formed XML" in unescaped
    assert "fever" not in unescaped


def test_other_files(tmp_path: Path) -> None:
    assert "a web page" in refusal("<html><body>Log in</body></html>")
    assert "root element is Workbook" in refusal("<Workbook/>")
    assert "does not begin as XML" in refusal("SUBJID,MRS\nS1,3\n")
    later = PLAIN.replace("odm/v1.3", "odm/v2.0")
    assert "the file is ODM 2.0" in refusal(later)
    assert "the file is ODM 1.2" in refusal(PLAIN.replace("odm/v1.3", "odm/v1.2"))
    assert "no namespace" in refusal('<ODM FileType="Snapshot"/>')
    assert "the namespace urn:}{x" in refusal('<ODM xmlns="urn:}{x" FileType="Snapshot"/>')
    assert "the namespace urn:x" in refusal('<ODM xmlns="urn:x" FileType="Snapshot"/>')
    assert 'ODMVersion is "2.0"' in refusal(PLAIN.replace('ODMVersion="1.3.2"', 'ODMVersion="2.0"'))
    archive = tmp_path / "export.xml"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("a.xml", PLAIN)
    assert "a ZIP archive" in refusal(SourceFile.at(archive))
    assert "protected by a password" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def test_no_file_at_all(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    assert "no such file" in refusal(SourceFile.at(path))
    path.mkdir()
    assert "a folder" in refusal(SourceFile.at(path))
    path.rmdir()
    os.mkfifo(path)
    assert "a pipe" in refusal(SourceFile.at(path))


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE ODM>",
        '<!DOCTYPE ODM SYSTEM "file:///etc/hostname">',
        '<!DOCTYPE ODM [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE ODM [<!ENTITY a "x"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>',
    ],
)
def test_a_doctype(doctype: str) -> None:
    assert "has a DOCTYPE" in refusal(PLAIN.replace("<ODM ", f"{doctype}<ODM "))


def test_entities_that_multiply() -> None:
    levels = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' if n else '<!ENTITY e0 "aaaaaaaaaa">'
        for n in range(12)
    )
    content = PLAIN.replace("<ODM ", f"<!DOCTYPE ODM [{levels}]><ODM ").replace("152", "&e11;")
    assert "DOCTYPE" in refusal(content)


def test_depth_and_attributes_are_bounded() -> None:
    assert "256 levels" in refusal(wrap(STUDY + "<a>" * 300 + "</a>" * 300))
    many = " ".join(f'a{n}="1"' for n in range(2000))
    assert "2000 attributes" in refusal(wrap(STUDY + clinical(subject("S1")) + f"<b {many}/>"))
    assert "10 million" in refusal(PLAIN.replace("152", "9" * 11_000_000))


def test_too_many_columns() -> None:
    refs = "".join(f'<ItemRef ItemOID="X{n}"/>' for n in range(20_001))
    items = "".join(f'<ItemDef OID="X{n}" Name="X{n}"/>' for n in range(20_001))
    content = PLAIN.replace('<ItemRef ItemOID="I.SYSBP"', f'{refs}<ItemRef ItemOID="I.SYSBP"')
    message = refusal(content.replace('<ItemDef OID="I.SYSBP"', f'{items}<ItemDef OID="I.SYSBP"'))
    assert "item group IG.VS: 20004 columns" in message


def test_transactions() -> None:
    message = refusal(PLAIN.replace("Snapshot", "Transactional"))
    assert "Export a snapshot" in message
    assert 'FileType is ""' in refusal(PLAIN.replace('FileType="Snapshot"', ""))
    removed = PLAIN.replace(
        '<ItemData ItemOID="I.POS"', '<ItemData TransactionType="Remove" ItemOID="I.POS"'
    )
    assert "subject S1: item I.POS is to be removed" in refusal(removed)
    removed = PLAIN.replace("<FormData ", '<FormData TransactionType="Remove" ', 1)
    assert "FormData is to be removed" in refusal(removed)


def test_metadata_that_lack() -> None:
    assert "no ClinicalData" in refusal(wrap(STUDY))
    assert "it defines none" in refusal(wrap(clinical(subject("S1"))))
    other = refusal(wrap(STUDY + clinical(subject("S1"), version="v9")))
    assert "MetaDataVersion v9 of study ST.1" in other
    assert "it defines v1 of study ST.1" in other
    group = refusal(
        PLAIN.replace('ItemGroupData ItemGroupOID="IG.VS"', 'ItemGroupData ItemGroupOID="X"')
    )
    assert "item group X" in group
    items = VITAL_SIGNS.replace("I.SYSBP", "I.A").replace("I.POS", "I.B")
    message = refusal(wrap(STUDY + clinical(subject("S1", items))))
    assert "2 item(s) that no ItemDef defines (I.A, I.B)" in message
    loop = STUDY.replace("<FormDef", '<Include StudyOID="ST.1" MetaDataVersionOID="v1"/><FormDef')
    assert "includes itself" in refusal(wrap(loop + clinical(subject("S1"))))


def test_definitions_that_stand_twice() -> None:
    again = STUDY.replace("<CodeList ", '<ItemDef OID="I.POS" Name="OTHER"/><CodeList ', 1)
    assert "ItemDef I.POS is defined twice" in refusal(wrap(again + clinical(subject("S1"))))
    assert "v1 of study ST.1 is defined twice" in refusal(wrap(STUDY + STUDY + clinical()))


def test_keys_and_items_that_stand_twice() -> None:
    message = refusal(wrap(STUDY + clinical(subject("S1"), subject("S2"), subject("S1"))))
    assert "item group IG.VS: 1 key(s)" in message
    assert "1 subject (S1)" in message
    twice = VITAL_SIGNS.replace("I.POS", "I.SYSBP")
    assert "subject S7: item I.SYSBP stands twice" in refusal(
        wrap(STUDY + clinical(subject("S7", twice)))
    )


def test_data_in_other_places() -> None:
    message = refusal(wrap(STUDY + clinical(VITAL_SIGNS)))
    assert "ItemGroupData stands in ClinicalData and not in FormData" in message
    later = VITAL_SIGNS.replace('I.POS" Value="2"/>', 'I.POS"><Value>2</Value></ItemData>')
    assert "not as the attribute Value" in refusal(wrap(STUDY + clinical(subject("S1", later))))
    assert "SubjectData has no SubjectKey" in refusal(PLAIN.replace('SubjectKey="S1"', ""))
    odd = PLAIN.replace('IsNull="Yes"', 'IsNull="1"')
    assert "IsNull is neither" in refusal(odd)


def test_a_group_without_data_names_those_that_have_some() -> None:
    with pytest.raises(DataError, match=r"IG\.EMPTY.*IG\.VS, IG\.AE"):
        read_item_group(odm(PLAIN), "IG.EMPTY")


def test_remedies_read_the_file() -> None:
    """Exported again whole, as a snapshot, with metadata: the example is read."""
    assert list_item_groups(odm(PLAIN)) == ("IG.VS", "IG.AE")
