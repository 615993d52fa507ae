"""Rows of words below a header are labels, and no row of data is taken for one."""

from __future__ import annotations

from tests.unit.edc.sources.delimited.reading import read, refusal, rows

WORDS = "SUBJID,AGE,SEX\nSubject,Age at consent, \nid,years,\nS1,66,F\nS2,70,M\n"
DATA = [["S1", "66", "F"], ["S2", "70", "M"]]


def test_words_are_labels_and_no_data() -> None:
    table = read(WORDS, label_rows=2)
    assert table.labels == {"SUBJID": "Subject; id", "AGE": "Age at consent; years"}
    assert table.texts.to_numpy().tolist() == DATA
    assert read(WORDS, label_rows=1).labels == {"SUBJID": "Subject", "AGE": "Age at consent"}


def test_nothing_is_guessed_where_no_labels_are_declared() -> None:
    table = read(WORDS)
    assert table.labels == {}
    assert table.texts["AGE"].tolist() == ["Age at consent", "years", "66", "70"]


def test_a_table_of_words_alone_has_no_rows() -> None:
    table = read("SUBJID,AGE\nSubject,Age\n", label_rows=1)
    assert (table.labels, len(table.texts)) == ({"SUBJID": "Subject", "AGE": "Age"}, 0)


def test_data_are_not_lost_as_labels() -> None:
    content = "SUBJID,SITE,SEX\nS1,A,F\nS2,A,M\nS3,B,F\n"
    assert refusal(content, label_rows=1).startswith(
        "dm.csv: line 2: label_rows takes this row for words on the columns, but most of its cells"
    )
    assert refusal("SUBJID,DAT,N\nS1,2026-01-02,3.5\n", label_rows=1).startswith("dm.csv: line 2:")
    assert len(rows(content)) == 4


def test_fewer_rows_than_labels() -> None:
    message = refusal("A,B\nx,y\n", label_rows=2)
    assert message.startswith("dm.csv: label_rows is 2, and only 1 row(s) stand below the header")


def test_a_header_that_stands_twice() -> None:
    content = "SUBJID,SEX\nsubjid, SEX\nS1,F\n"
    message = refusal(content)
    assert message.startswith(
        "dm.csv: line 2: the header stands there a second time. Set label_rows to 1,"
    )
    assert rows(content, label_rows=1)[1:] == [["S1", "F"]]
    thrice = "SUBJID,SEX\nSubject,Sex of it\nSUBJID,SEX\nS1,F\n"
    assert "line 3: the header stands there a second time. Set label_rows to 2," in refusal(
        thrice, label_rows=1
    )
    assert rows(thrice, label_rows=2)[1:] == [["S1", "F"]]


def test_a_header_between_the_data_is_another_file() -> None:
    message = refusal("SUBJID,SEX\nS1,F\nSUBJID,SEX\nS2,M\n")
    assert message.startswith("dm.csv: line 3: the header stands there a second time. The file was")
    assert "label_rows leaves out only rows right below" in message
