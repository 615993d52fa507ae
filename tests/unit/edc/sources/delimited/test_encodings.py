"""Text in the encoding that is named, in another, or in several."""

from __future__ import annotations

import re

import pytest

from tests.unit.edc.sources.delimited.reading import refusal, rows

JAPANESE = "SUBJID,AETERM\nS1,肺炎①\nS2,ﾃｽﾄ～髙\n"


def test_shift_jis_is_what_windows_writes() -> None:
    raw = JAPANESE.encode("cp932")
    assert rows(raw, encoding="shift_jis") == [
        ["SUBJID", "AETERM"],
        ["S1", "肺炎①"],
        ["S2", "ﾃｽﾄ～髙"],
    ]
    assert re.search(r"\((.* or )?shift_jis( or .*)? would read it\)", refusal(raw))


def test_bytes_that_shift_jis_leaves_free_are_no_text() -> None:
    message = refusal("A,B\n1,肺\n2,".encode("cp932") + b"x\xff\n", encoding="shift_jis")
    assert message.startswith("dm.csv: line 3: byte 0xFF is not shift_jis text. ")
    assert "or shift_jis" not in message


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "shift_jis", "cp1252", "latin-1"])
@pytest.mark.parametrize("text", ["肺炎と", "肺炎治疗"])
def test_utf_8_is_not_read_as_something_else(encoding: str, text: str) -> None:
    message = refusal(f"SUBJID,AETERM\nS0,x\nS1,{text}\n", encoding=encoding)
    assert re.search(r"line 3: (the text is utf-8|.*\(utf-8( or .*)? would read it)", message)
    assert refusal("\ufeffSUBJID\nS1\n", encoding=encoding).startswith(
        f"dm.csv: line 1: the text is utf-8, not {encoding}. Set key encoding in config/edc.yaml to"
    )


def join(**lines: str) -> bytes:
    """A table of one line in each of two encodings."""
    parts = [f"S{n},{text}\n".encode(codec) for n, (codec, text) in enumerate(lines.items())]
    return b"".join([b"SUBJID,TERM\n", *parts])


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "latin-1"])
def test_two_encodings_in_one_file_are_told_at_the_line(encoding: str) -> None:
    message = refusal(join(utf_8="Müller", ascii="x", cp1252="Müller"), encoding=encoding)
    assert message.startswith(
        "dm.csv: line 4: the encoding changes: 1 line(s), first line 2, are utf-8, and 1, first "
        "line 4, are not. The file was put together from parts in several encodings: export it"
    )
    assert "cp1252 would read it" not in message
    assert "line 3: the encoding changes" in refusal(
        join(cp1252="Müller", utf_8="Müller"), encoding=encoding
    )


@pytest.mark.parametrize(
    ("encoding", "codec"), [("gb18030", "gb18030"), ("big5", "big5"), ("shift_jis", "cp932")]
)
def test_two_encodings_of_the_east(encoding: str, codec: str) -> None:
    content = join(**{"utf_8": "肺炎の治療中", codec: "肺炎"})
    for told in ("utf-8", encoding):
        assert "line 3: the encoding changes" in refusal(content, encoding=told)


def test_a_word_that_happens_to_be_utf_8_is_no_other_encoding() -> None:
    raw = "SUBJID,SEX\nS1,女\nS2,男\n".encode("gb18030")
    assert "女".encode("gb18030").decode() == "Ů"
    assert "the encoding changes" not in refusal(raw)
    assert "gb18030" in refusal(raw)
    assert rows(raw, encoding="gb18030")[1:] == [["S1", "女"], ["S2", "男"]]


def test_the_line_of_a_byte_where_returns_end_lines() -> None:
    assert refusal(b"A,B\r1,x\r2,\xfcx\r").startswith("dm.csv: line 3: byte 0xFC is not utf-8")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04rest", "a zip archive or an Excel workbook"),
        (b"\x1f\x8b\x08rest", "a gzip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "protected by a password"),
        (b"HEADER RECORD*******LIBRARY HEADER", "a SAS transport file"),
        (b"$FL2@(#) SPSS DATA FILE", "an SPSS file"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n", "XML"),
        (b"\n<!DOCTYPE html>\n", "a web page"),
        (b'[{"SUBJID": "S1"}]\n', "JSON"),
    ],
)
def test_a_file_of_another_kind_is_named(content: bytes, kind: str) -> None:
    message = refusal(content)
    assert message.startswith("dm.csv: the file is no text of rows and fields but ")
    assert kind in message


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "shift_jis", "utf-16-le"])
def test_a_file_that_ends_within_a_character(encoding: str) -> None:
    """It is in the encoding that the mapping says, whatever else would read its last bytes."""
    raw = "SUBJID,AETERM\nS1,肺炎\n".encode(encoding)
    cut = raw[: raw.rindex("炎".encode(encoding)) + 1]
    message = refusal(cut, encoding=encoding)
    assert message == (
        f"dm.csv: line 2: the file ends within a character of {encoding}, so it was cut off. "
        "Export it again"
    )


def test_a_last_byte_that_may_be_a_character() -> None:
    assert "cp1252 would read it)" in refusal(b"SUBJID,AETERM\nS1,caf\xe9")
