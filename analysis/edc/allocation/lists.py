"""The allocation lists: arm of every randomisation number and of every kit number."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.config import Mapping
from analysis.config.plan import Arms
from analysis.edc.door.kits import describe_respelling
from analysis.edc.layout import KIT_LIST, RANDOMISATION_LIST, Layout, Table
from analysis.edc.queries import Query, Rule
from analysis.edc.reading.table import read_texts_of
from analysis.edc.sources.delimited.delimiters import SEPARATORS
from analysis.edc.sources.folder import open_file
from analysis.edc.typed import type_table
from analysis.errors import name_subjects

COMMA = ","
LONGEST_HEADER = 4096


@dataclass(frozen=True)
class Lists:
    """Arm code by randomisation number and by kit number."""

    arm_of_randno: dict[str, str]
    arm_of_kit: dict[str, str]


def read_lists(
    folder: Path, mapping: Mapping, layout: Layout, arms: Arms
) -> tuple[Lists, list[str]]:
    """Return the lists in ``folder`` and every finding that makes them unusable.

    They come from the system of the randomisation: what the mapping says of the tables and sources
    of the export does not touch them, and one whose header holds commas and not the delimiter of
    the export has its fields separated by commas.
    """
    as_they_are = mapping.model_copy(update={"tables": {}, "sources": {}})
    arm_of: dict[str, dict[str, str]] = {}
    fatal: list[str] = []
    for name, table in layout.unblinding.items():
        arm_of[name] = {}
        path = folder / f"{name}.csv"
        if not path.is_file():
            fatal.append(f"{path.name}: no such file in the folder of the allocation lists")
            continue
        written = _find_writing(path, as_they_are)
        (source,) = open_file(path, written)
        reading = read_texts_of(source, written, name, table)
        fatal.extend(reading.fatal)
        fatal.extend(_find_unprintable(path.name, reading.queries))
        if name in reading.texts:
            frame, findings = _type_list(name, table, reading.texts[name], arms)
            fatal.extend(findings)
            arms_once = frame["ARM"].astype("category").astype("object")  # not a text a row
            arm_of[name] = dict(zip(frame[table.key[0]], arms_once, strict=True))
    return Lists(arm_of[RANDOMISATION_LIST], arm_of[KIT_LIST]), fatal


def _find_writing(path: Path, mapping: Mapping) -> Mapping:
    if mapping.delimiter is None:
        return mapping
    with path.open("rb") as file:
        header = file.readline(LONGEST_HEADER).decode(mapping.encoding, errors="ignore")
    if SEPARATORS[mapping.delimiter] in header or SEPARATORS[COMMA] not in header:
        return mapping
    return mapping.model_copy(update={"delimiter": COMMA})


def _find_unprintable(file: str, queries: Iterable[Query]) -> list[str]:
    """What queries of an export say stops a run here: a list has no queries of its own."""
    cells = Counter(each.column for each in queries if each.rule is Rule.UNPRINTABLE)
    return [
        f"{file}, column {column}: {number} cell(s) hold what cannot be printed (tabs, line "
        "breaks, control characters). Have the list made again"
        for column, number in cells.items()
    ]


def find_unlisted(rand: pd.DataFrame, lists: Lists) -> list[str]:
    """Return a finding if the RANDNO of a randomised subject is not on the list."""
    unlisted = rand["RANDNO"].notna() & ~rand["RANDNO"].isin(lists.arm_of_randno)
    if not unlisted.any():
        return []
    known = frozenset(lists.arm_of_randno)
    like = describe_respelling("rand", "RANDNO", rand["RANDNO"].dropna(), known)
    return [
        "table rand, column RANDNO: not in randomisation_list.csv for "
        f"{name_subjects(rand.loc[unlisted, 'SUBJID'])}. The export and the lists do not belong "
        f"together, or the list is incomplete. {like}"
    ]


def _type_list(
    name: str, table: Table, texts: pd.DataFrame, arms: Arms
) -> tuple[pd.DataFrame, list[str]]:
    """The typed list and its findings, which name arms but never whose they are."""
    typed = type_table(name, table, texts)
    key = table.key[0]
    findings = list(typed.fatal)
    if unnamed := int(((texts[key] == "") & (texts["ARM"] != "")).sum()):
        findings.append(f"{name}.csv, column {key}: empty in {unnamed} row(s) that hold an arm")
    wrong = ~typed.frame["ARM"].isin(arms.codes)
    if wrong.any():
        unknown = sorted(typed.frame.loc[wrong, "ARM"].fillna("").unique())
        shown = ", ".join(f"'{arm}'" for arm in unknown[:5]) + (", ..." if unknown[5:] else "")
        findings.append(
            f"{name}.csv, column ARM: {int(wrong.sum())} row(s) with an arm that the plan does not "
            f"have ({shown}). Allowed: {', '.join(arms.codes)} (arms in the plan)"
        )
    return typed.frame, findings
