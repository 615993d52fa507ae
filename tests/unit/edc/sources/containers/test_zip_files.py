"""Zip archives: every file as it was packed, or all that is wrong in one message."""

from __future__ import annotations

import random
import stat
import warnings
import zipfile
from pathlib import Path

import pytest

from analysis.edc.sources.containers.archives import list_members
from analysis.edc.sources.files.source_file import SourceFile
from analysis.errors import DataError
from tests.unit.edc.sources.containers.packing import findings, pack, refusal, special, unpack

DM, AE = b"SUBJID,SEX\nS1,F\n" * 9, b"SUBJID,AETERM\nS1,x\n" * 9


def test_members_in_order_of_name_without_folders_and_litter(tmp_path: Path) -> None:
    (tmp_path / "export.zip").write_bytes(
        pack(
            ("tables/", b""), ("tables/mrs.csv", AE), ("./dm.csv", DM), ("tables/.DS_Store", b"x"),
            ("__MACOSX/tables/._mrs.csv", b"x"), ("._dm.csv", b"x"), ("肺炎\\ae.csv", AE),
        )
    )  # fmt: skip
    members = list_members(SourceFile.at(tmp_path / "export.zip"))
    assert [(member.name, member.read_bytes()) for member in members] == [
        ("export.zip/dm.csv", DM),
        ("export.zip/tables/mrs.csv", AE),
        ("export.zip/肺炎/ae.csv", AE),
    ]
    assert members[0].suffix == ".csv"
    assert [path.name for path in tmp_path.iterdir()] == ["export.zip"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_what_was_packed_comes_out(method: int) -> None:
    raw = pack(("dm.csv", DM), ("empty.csv", b""), method=method)
    assert unpack(raw) == {"export.zip/dm.csv": DM, "export.zip/empty.csv": b""}


def test_all_that_is_wrong_is_told_together() -> None:
    raw = pack(
        ("/etc/dm.csv", DM), ("../dm.csv", DM), ("C:\\a\\dm.csv", DM),
        (special("link.csv", stat.S_IFLNK), b"/etc/passwd"), (special("p", stat.S_IFIFO), b""),
        ("old.zip", pack(("dm.csv", DM))), ("ae.csv", AE), ("AE.CSV", AE),
    )  # fmt: skip
    assert [finding.partition(". ")[0] for finding in findings(raw)] == [
        "/etc/dm.csv: its name begins at the root of a disk",
        "../dm.csv: its name leads out of the archive",
        "C:/a/dm.csv: its name begins at the root of a disk",
        "link.csv: a link to another file",
        "p: a pipe or a device",
        "ae.csv and AE.CSV: 2 files of one name (capital letters do not part names)",
        "old.zip: an archive in the archive, which is not opened",
    ]


def test_two_members_of_the_very_same_name() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # the packer's
        raw = pack(("dm.csv", DM), ("./dm.csv", AE), ("dm.csv", AE))
    (found,) = findings(raw)
    assert found.startswith("dm.csv and dm.csv and dm.csv: 3 files of one name")


def test_an_archive_by_its_content_and_a_workbook_that_is_none() -> None:
    inner = pack(("xl/workbook.xml", b"<x/>"))
    assert findings(pack(("dm.csv", inner)))[0].startswith("dm.csv: an archive in the archive")
    assert findings(pack(("dm.sav", b"\x1f\x8b\x08")))[0].startswith("dm.sav: an archive in")
    assert unpack(pack(("dm.xlsx", inner))) == {"export.zip/dm.xlsx": inner}


def test_a_folder_with_content_is_a_file_with_a_damaged_name() -> None:
    raw = pack(("dm.csv", DM), ("ae.csv", AE))
    at = raw.rindex(b"ae.csv") + 5
    (found,) = findings(raw[:at] + b"/" + raw[at + 1 :])
    assert found.startswith("ae.cs/: a folder by its name, and it has content")


def test_encrypted_members() -> None:
    raw = bytearray(pack(("dm.csv", DM), ("ae.csv", AE)))
    raw[raw.index(b"PK\x01\x02") + 8] |= 1  # flags, in the list of members
    (found,) = findings(bytes(raw))
    assert found == "dm.csv: encrypted, and no password is asked for. Pack it without one"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_burst_in_one_step_are_not_unpacked(method: int) -> None:
    (found,) = findings(pack(("dm.csv", DM), method=method))
    assert found == (
        f"dm.csv: packed by a method that is not read ({method}). Pack it by Deflate, the usual one"
    )


def test_an_archive_cut_anywhere_is_refused() -> None:
    raw = pack(("dm.csv", DM), ("ae.csv", AE))
    for length in range(len(raw)):
        assert refusal(raw[:length]).startswith("export.zip: the ")


def test_a_damaged_byte_is_refused_or_changes_nothing() -> None:
    raw = pack(("dm.csv", DM), ("ae.csv", AE), ("mr.csv", AE))
    whole, draw, kept = unpack(raw), random.Random(20261130), 0
    for position in range(len(raw)):
        damaged = bytearray(raw)
        damaged[position] ^= draw.randrange(1, 256)
        try:
            found = unpack(bytes(damaged))
        except DataError:
            continue
        assert found == whole, position
        kept += 1
    assert 0 < kept < len(raw) / 2  # dates, versions, modes, what stands there twice


def test_a_list_of_members_that_leaves_one_out() -> None:
    raw = bytearray(pack(("dm.csv", DM), ("ae.csv", AE)))
    size = slice(len(raw) - 10, len(raw) - 6)  # of the list, whose two entries are of one length
    raw[size] = (int.from_bytes(raw[size], "little") // 2).to_bytes(4, "little")
    (found,) = findings(bytes(raw))
    assert found.startswith("its list of members is not whole. The archive was cut off or damaged")


def test_nothing_in_it() -> None:
    for raw in (pack(), pack(("tables/", b"")), pack((".DS_Store", b"x"))):
        assert refusal(raw).startswith("export.zip: the archive holds no file. ")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "export.zip: the file is empty"),
        (b"7z\xbc\xaf\x27\x1c", ".zip archive that its ending says, but a 7-Zip archive. Pack"),
        (b"SUBJID\n", "but something else. Pack it as .zip, or give it the ending of what it is"),
    ],
)  # fmt: skip
def test_no_zip_at_all(content: bytes, found: str) -> None:
    assert found in refusal(content)


def test_a_folder_in_its_place_and_another_ending(tmp_path: Path) -> None:
    (tmp_path / "export.zip").mkdir()
    with pytest.raises(DataError, match=r"^export\.zip: a folder stands in place of the file"):
        list_members(SourceFile.at(tmp_path / "export.zip"))
    message = "export.rar: no archive that is read. Pack it as .zip or .gz"
    assert refusal(b"x", "export.rar") == message
