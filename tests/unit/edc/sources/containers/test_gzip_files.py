"""A table packed alone."""

from __future__ import annotations

import gzip
import zlib

import pytest

from analysis.edc.sources.containers.archives import list_members
from analysis.edc.sources.delimited.csv_files import read_delimited
from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.source_file import SourceFile
from tests.unit.edc.sources.containers.packing import findings, pack, refusal, unpack

DM = b"SUBJID,SEX\nS1,F\n"


def test_the_file_is_called_like_the_archive() -> None:
    assert unpack(gzip.compress(DM), "dm.csv.gz") == {"dm.csv.gz/dm.csv": DM}
    assert unpack(gzip.compress(DM) + gzip.compress(b"S2,M\n"), "DM.TSV.GZ") == {
        "DM.TSV.GZ/DM.TSV": DM + b"S2,M\n"
    }


def test_a_member_is_read_as_any_file() -> None:
    (member,) = list_members(SourceFile("dm.csv.gz", content=gzip.compress(DM)))
    assert read_delimited(member, ReadOptions()).texts["SEX"].tolist() == ["F"]


def test_a_name_that_does_not_say_the_kind() -> None:
    (found,) = findings(gzip.compress(DM), "dm.gz")
    assert found == "the name does not say what file it holds. Call it dm.csv.gz, by its kind"


def test_an_archive_in_it() -> None:
    for name, content in (("x.tar.gz", b"x"), ("x.csv.gz", pack(("dm.csv", DM)))):
        (found,) = findings(gzip.compress(content), name)
        assert found.startswith(f"{name[:-3]}: an archive in the archive")
    tar = bytes(257) + b"ustar" + bytes(250)
    assert "an archive in the archive" in refusal(gzip.compress(tar), "x.csv.gz")


def test_cut_off_or_damaged() -> None:
    raw = gzip.compress(DM)
    for length in range(1, len(raw)):
        assert refusal(raw[:length], "dm.csv.gz").startswith("dm.csv.gz: the ")
    wrong = raw[:-8] + zlib.crc32(b"other").to_bytes(4, "little") + raw[-4:]
    for damaged in (wrong, raw[:12] + b"\xff\xff" + raw[14:], raw + b"rest"):
        (found,) = findings(damaged, "dm.csv.gz")
        assert found.startswith("dm.csv: its content is not as it was packed. The archive was cut")


@pytest.mark.parametrize("content", [b"", DM, b"PK\x03\x04"])
def test_no_gzip_at_all(content: bytes) -> None:
    assert refusal(content, "dm.csv.gz").startswith("dm.csv.gz: the file is ")
