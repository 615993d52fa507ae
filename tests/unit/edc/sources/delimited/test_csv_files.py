"""One file as text: read whole and exactly, or refused with a reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.config import Mapping
from analysis.errors import DataError
from tests.unit.edc.sources.read_file import read_text_table

Read = Callable[..., pd.DataFrame]

SMALL = 'SUBJID,AETERM,AESEQ\r\nS1,"cough, dry",1\r\nS2,"肺炎\r\nright",2\r\nS3,"a ""b""",3\r\n'
CELLS = [["S1", "cough, dry", "1"], ["S2", "肺炎\r\nright", "2"], ["S3", 'a "b"', "3"]]


@pytest.fixture
def read(tmp_path: Path, make_mapping: Callable[..., Mapping]) -> Read:
    """Read bytes or text as one CSV file."""

    def build(content: bytes | str, **mapping: str) -> pd.DataFrame:
        path = tmp_path / "ae.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_text_table(path, make_mapping(**mapping))

    return build


def cells(frame: pd.DataFrame) -> list[list[str]]:
    return frame.to_numpy().tolist()


def refusal(read: Read, content: bytes | str, **mapping: str) -> str:
    with pytest.raises(DataError) as caught:
        read(content, **mapping)
    return str(caught.value)


def test_quotes_commas_and_line_ends_within_cells(read: Read) -> None:
    frame = read(SMALL)
    assert list(frame.columns) == ["SUBJID", "AETERM", "AESEQ"]
    assert cells(frame) == CELLS


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_line_end(read: Read, line_end: str) -> None:
    assert cells(read(line_end.join(["A,B", "1,2", "3,4", ""]))) == [["1", "2"], ["3", "4"]]


def test_nothing_is_guessed(read: Read) -> None:
    row = ["001", "NA", "1e5", "TRUE", "", "null"]
    assert cells(read("A,B,C,D,E,F\n" + ",".join(row) + "\n")) == [row]


def test_blanks_at_both_ends_go(read: Read) -> None:
    frame = read(" A , B\n S1 ,\u3000x y\u00a0\n")
    assert list(frame.columns) == ["A", "B"]
    assert cells(frame) == [["S1", "x y"]]


def test_blank_lines_are_no_rows(read: Read) -> None:
    assert len(read("A,B\n\n1,2\n\n")) == 1


def test_a_header_alone_is_a_table_without_rows(read: Read) -> None:
    frame = read("A,B\n")
    assert list(frame.columns) == ["A", "B"]
    assert frame.empty


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("utf-8", SMALL.encode()),
        ("utf-8", SMALL.encode("utf-8-sig")),
        ("gb18030", SMALL.encode("gb18030")),
        ("gb18030", ("\ufeff" + SMALL).encode("gb18030")),
        ("gb18030", SMALL.encode("gbk")),
    ],
)
def test_encodings(read: Read, encoding: str, content: bytes) -> None:
    frame = read(content, encoding=encoding)
    assert list(frame.columns) == ["SUBJID", "AETERM", "AESEQ"]
    assert cells(frame) == CELLS


def test_latin_1_is_refused_at_its_line(read: Read) -> None:
    message = refusal(read, "A,B\n1,x\n2,Müller\n".encode("latin-1"))
    assert message == (
        "ae.csv: line 3: byte 0xFC is not utf-8 text. Set key encoding in config/edc.yaml to the "
        "encoding that it was written in (gb18030 or cp1252 would read it), or export it as utf-8"
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "gb18030"])
def test_another_encoding_than_the_mapping_names_is_refused(read: Read, encoding: str) -> None:
    refusal(read, SMALL.encode(encoding))


@pytest.mark.parametrize("content", ["", "\n", " \r\n \n", "\ufeff"])
def test_an_empty_file_is_refused(read: Read, content: str) -> None:
    said = "ae.csv: the file is empty, it lacks even a header row. Export it again"
    assert refusal(read, content) == said


def test_a_block_of_zero_bytes_is_refused(read: Read) -> None:
    assert refusal(read, "A,B\n1,2\n\0\0\0\0\n").startswith("ae.csv: line 3: a zero byte")
    assert refusal(read, '\n\nA,B\n1,"\0\0\0\0"\n').startswith("ae.csv: line 4: a zero byte")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_read_as_narrow_is_named(read: Read, encoding: str) -> None:
    found = refusal(read, "A,B\n1,2\n".encode(encoding))
    assert found.startswith(f"ae.csv: the file is {encoding} text, not utf-8. Set key encoding")


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be"])
def test_text_wider_still_is_refused(read: Read, encoding: str) -> None:
    found = refusal(read, "A,B\n1,2\n".encode(encoding))
    assert "zero byte" in found or "No encoding that can be read fits" in found


def test_a_zero_byte_in_a_cell_is_read(read: Read) -> None:
    assert read("A,B\n1,x\0y\n\0\0,2\n").values.tolist() == [["1", "x\0y"], ["\0\0", "2"]]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_returns_in_cells_part_no_row(read: Read, end: str) -> None:
    cells = ["a\rb", '"a\rb"', '"a\r\nb"', '"a\nb"', "\rb", "b"]
    text = "".join(f"{cell},1{end}" for cell in ["A", *cells]).replace("A,1", "A,B")
    expected = ["a\rb", "a\rb", "a\r\nb", "a\nb", "b", "b"]
    assert read(text)["A"].tolist() == expected


@pytest.mark.parametrize("end", ["\r", "\r\r\n", "\n", "\r\n"])
def test_lines_may_end_in_any_way(read: Read, end: str) -> None:
    assert read(f"A,B{end}1,2{end}{end}3,4{end}").values.tolist() == [["1", "2"], ["3", "4"]]


def test_a_cell_may_be_longer_than_the_reader_likes(read: Read) -> None:
    assert read(f"A,B\n1,{'x' * 200_000}\n")["B"].tolist() == ["x" * 200_000]


@pytest.mark.parametrize("header", ["A,B,A", "a,B,A", "A, A "])
def test_a_column_given_twice_is_refused(read: Read, header: str) -> None:
    width = header.count(",")
    message = refusal(read, f"{header}\n1{',2' * width}\n")
    assert message.startswith("ae.csv: column A stands twice in the header. Export it")


@pytest.mark.parametrize("row", ["1", "1,2,3", '1,2,"3"', "1;2"])
def test_a_row_of_another_length_is_refused(read: Read, row: str) -> None:
    message = refusal(read, f"A,B\n1,2\n{row}\n{row}\n3,4\n")
    assert message.startswith(
        "ae.csv: 2 row(s) do not have the 2 fields of the header, first at line 3"
    )


@pytest.mark.parametrize("row", ['1,"open\n2,x\n', '1,"a"b\n', '1,"open'])
def test_a_stray_quote_is_refused(read: Read, row: str) -> None:
    refusal(read, f"A,B\n{row}")


def test_a_last_line_without_an_end_is_refused_unless_declared(read: Read) -> None:
    assert "probably cut off" in refusal(read, "A,B\n1,2")
    assert cells(read("A,B\n1,2", unterminated_last_line="accept")) == [["1", "2"]]


def test_a_file_cut_anywhere_is_refused_or_whole_to_its_last_row(read: Read) -> None:
    content = SMALL.encode()
    kept = []
    for length in range(len(content)):
        try:
            frame = read(content[:length])
        except DataError:
            continue
        rows = cells(frame)
        assert rows == CELLS[: len(rows)], length
        assert list(frame.columns) == ["SUBJID", "AETERM", "AESEQ"]
        kept.append(length)
    # Only a cut at a row end (before or after its \n) passes; missing rows are found as
    # subjects without a row. The header ends at byte 21, the first row at 40.
    assert kept[:4] == [20, 21, 39, 40]
    assert len(kept) == 7
