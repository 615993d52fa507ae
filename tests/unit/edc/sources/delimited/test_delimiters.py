"""What separates fields by the ending of a file, and what quotes them."""

from __future__ import annotations

import pytest

from analysis.errors import ConfigError
from tests.unit.edc.sources.delimited.reading import read, refusal, rows

TABLE = [["SUBJID", "SEX"], ["S1", "F"]]


@pytest.mark.parametrize("name", ["dm.tsv", "dm.tab", "dm.txt", "DM.TXT"])
def test_a_tab_is_usual_where_the_ending_says_so(name: str) -> None:
    assert rows("SUBJID\tSEX\nS1\tF\n", name) == TABLE
    assert rows("SUBJID,SEX\nS1,F\n", name, delimiter=",") == TABLE


def test_a_comma_is_usual_in_a_csv() -> None:
    assert rows("SUBJID,SEX\nS1,F\n") == TABLE
    assert rows("SUBJID\tSEX\nS1\tF\n", delimiter="tab") == TABLE


def test_the_remedy_of_a_text_file_separated_otherwise() -> None:
    content = "SUBJID;WEIGHT\nS1;63,9\n"
    assert refusal(content, "dm.txt") == (
        'dm.txt: its fields are separated by ";", not by "tab". Set delimiter: ";" in '
        "config/edc.yaml, for all files, or for this one alone: sources: {NAME: {file: dm.txt, "
        'delimiter: ";"}}. Its numbers have a decimal '
        'comma: set decimal: "," too'
    )
    assert rows(content, "dm.txt", delimiter=";")[1] == ["S1", "63,9"]


def test_an_ending_that_says_nothing() -> None:
    assert refusal("A,B\n1,2\n", "dm.dat").startswith(
        "dm.dat: its ending does not say what separates its fields. Give it one of .csv, .tsv"
    )
    assert rows("A,B\n1,2\n", "dm.dat", delimiter=",") == [["A", "B"], ["1", "2"]]


def test_any_character_quotes() -> None:
    content = "'A','B'\n'it''s, so',\"x\n"
    assert rows(content, quote="'") == [["A", "B"], ["it's, so", '"x']]
    assert rows("~A~|B\n~1|2~|3\n", quote="~", delimiter="|") == [["A", "B"], ["1|2", "3"]]


def test_nothing_quotes() -> None:
    content = 'A\tB\n5" stent\t"open\n'
    assert rows(content, "dm.tsv", quote="") == [["A", "B"], ['5" stent', '"open']]
    assert "dm.tsv: line 2: not a whole CSV table" in refusal(content, "dm.tsv")
    assert 'set quote to it or to ""' in refusal(content, "dm.tsv")


@pytest.mark.parametrize(("used", "told", "named"), [("'", '"', '"\'"'), ('"', "", "'\"'")])
def test_names_in_other_quotes_are_refused_with_the_key(used: str, told: str, named: str) -> None:
    content = f"\n{used}A{used},{used}B{used}\n1,2\n"
    message = refusal(content, quote=told)
    assert message.startswith(f"dm.csv: line 2: the names of the columns are quoted by {used}. ")
    assert f"Set quote: {named}," in message
    assert rows(content, quote=used) == [["A", "B"], ["1", "2"]]


@pytest.mark.parametrize("quote", ["''", ",", "\n", " "])
def test_what_cannot_quote(quote: str) -> None:
    with pytest.raises(ConfigError, match="cannot quote cells"):
        read("A,B\n1,2\n", quote=quote)
