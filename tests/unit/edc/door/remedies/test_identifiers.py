"""Identifiers that are spelt otherwise are recognised, and the mapping named makes them known."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from analysis.config.mapping import TableMapping
from analysis.edc.cells.identifiers import respell
from analysis.edc.door.remedies.identifiers import find_resemblance, write_spelling
from analysis.edc.door.remedies.known import Known

IDS = [f"{site:02d}-{number:03d}" for site in range(1, 13) for number in range(1, 20)]
KNOWN = Known(IDS)
RESPELT: dict[str, Callable[[str], str]] = {
    "prefix": lambda text: f"IMPACT-{text}",
    "prefix with a number": lambda text: f"CRF2-{text}",
    "prefix with a blank": lambda text: f"Subject 7 {text}",
    "suffix": lambda text: f"{text}-A",
    "first zero lost": lambda text: text.lstrip("0"),
    "all zeros lost": lambda text: "-".join(str(int(part)) for part in text.split("-")),
    "wider": lambda text: f"0{text[:3]}0{text[3:]}",
    "no dash": lambda text: text.replace("-", ""),
    "no dash, no zero": lambda text: str(int(text.replace("-", ""))),
    "another mark": lambda text: text.replace("-", "_"),
    "a long dash": lambda text: text.replace("-", "–"),
    "blanks": lambda text: text.replace("-", " - "),
    "a mark and no zeros": lambda text: "/".join(str(int(part)) for part in text.split("-")),
    "a prefix and no zero": lambda text: f"IMP/{text.lstrip('0')}",
    "full width": lambda text: text.translate({ord("0") + i: 0xFF10 + i for i in range(10)}),
}


def spelling_in(line: str, column: str = "SUBJID") -> TableMapping:
    """The mapping of table ae that a line of YAML holds."""
    return TableMapping.model_validate(
        yaml.safe_load(line)["tables"]["ae"], strict=False
    )  # lists of YAML for tuples


@pytest.mark.parametrize("name", RESPELT)
def test_the_mapping_that_is_named_makes_the_identifiers_known(name: str) -> None:
    present = [RESPELT[name](each) for each in IDS]
    found = find_resemblance(present, KNOWN)
    assert found is not None
    assert found.spelling is not None, found
    assert (found.hits, found.present) == (len(set(present)), len(set(present)))
    spelling = spelling_in(write_spelling("ae", "SUBJID", found.spelling)).identifiers["SUBJID"]
    assert [respell(each, spelling) for each in present] == IDS


@pytest.mark.parametrize("name", RESPELT)
def test_a_part_of_the_identifiers_is_recognised_and_the_others_stay(name: str) -> None:
    present = [RESPELT[name](each) if index % 3 else each for index, each in enumerate(IDS)]
    found = find_resemblance(present, KNOWN)
    assert found is not None
    assert found.spelling is not None, found
    assert [respell(each, found.spelling) for each in present] == IDS


@pytest.mark.parametrize(
    ("known", "change"),
    [
        ([f"IMPACT-{each}" for each in IDS], lambda text: text.removeprefix("IMPACT-")),
        ([f"AB{n:04d}" for n in range(1, 90)], str.lower),
        ([f"AB{n:04d}" for n in range(1, 90)], lambda text: str(int(text[2:]))),
        ([f"S{n:04d}" for n in range(1, 90)], lambda text: text[1:]),
        ([f"{n:05d}" for n in range(1, 90)], lambda text: f"{text}.0"),
        ([f"{n:05d}" for n in range(1, 90)], lambda text: f"{int(text)}.0"),
        ([f"K{n:05d}" for n in range(1, 90)], lambda text: f"{text}/MPSS"),
    ],
)
def test_other_identifiers(known: list[str], change: Callable[[str], str]) -> None:
    present = [change(each) for each in known]
    found = find_resemblance(present, Known(known))
    assert found is not None
    assert found.spelling is not None, found
    assert [respell(each, found.spelling) for each in present] == known


def test_strangers_resemble_nobody() -> None:
    assert find_resemblance(["99-001", "X7", "", "77-777"], KNOWN) is None


def test_one_that_resembles_two_is_not_decided() -> None:
    known = Known(["A-001", "B-001"])
    assert known.find_like("001") is None
    assert known.find_like("a-1") == "A-001"


def test_a_spelling_that_makes_few_known_is_not_named() -> None:
    found = find_resemblance(["IMPACT-01-001", *(f"77-{n:03d}" for n in range(90))], KNOWN)
    assert found is not None
    assert (found.unknown, found.known, found.spelling) == ("IMPACT-01-001", "01-001", None)


@given(st.text(max_size=12), st.sets(st.text(min_size=1, max_size=8), max_size=8))
def test_any_text_is_looked_at_without_harm(text: str, known: set[str]) -> None:
    found = find_resemblance([text], Known(known))
    if found is not None and found.spelling is not None:
        spelling = spelling_in(write_spelling("ae", "SUBJID", found.spelling))
        assert respell(text, spelling.identifiers["SUBJID"]) in known
