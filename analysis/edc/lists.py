"""The allocation lists: arm of every randomisation number and of every kit number."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.config import Mapping
from analysis.config.plan import Arms
from analysis.edc.export import read_texts_of
from analysis.edc.folder import list_tables
from analysis.edc.layout import KIT_LIST, RANDOMISATION_LIST, Layout, Table
from analysis.edc.typed import type_table
from analysis.errors import name_subjects


@dataclass(frozen=True)
class Lists:
    """Arm code by randomisation number and by kit number."""

    arm_of_randno: dict[str, str]
    arm_of_kit: dict[str, str]


def read_lists(
    folder: Path, mapping: Mapping, layout: Layout, arms: Arms
) -> tuple[Lists, list[str]]:
    """Return the lists in ``folder`` and every finding that makes them unusable.

    Raises DataError if the folder is absent.
    """
    files = list_tables(folder, mapping.model_copy(update={"format": "csv", "tables": {}}))
    arm_of: dict[str, dict[str, str]] = {}
    fatal: list[str] = []
    for name, table in layout.unblinding.items():
        arm_of[name] = {}
        if not files.get(name):
            fatal.append(f"{name}.csv: no such file in the folder of the allocation lists")
            continue
        found = read_texts_of(files[name][0], mapping, name, table)
        fatal.extend(found.fatal)
        if name in found.texts:
            frame, findings = _type_list(name, table, found.texts[name], arms)
            fatal.extend(findings)
            arm_of[name] = dict(zip(frame[table.key[0]], frame["ARM"], strict=True))
    return Lists(arm_of[RANDOMISATION_LIST], arm_of[KIT_LIST]), fatal


def find_unlisted(rand: pd.DataFrame, lists: Lists) -> list[str]:
    """Return a finding if the RANDNO of a randomised subject is not on the list."""
    unlisted = rand["RANDNO"].notna() & ~rand["RANDNO"].isin(lists.arm_of_randno)
    if not unlisted.any():
        return []
    return [
        "table rand, column RANDNO: not in randomisation_list.csv for "
        f"{name_subjects(rand.loc[unlisted, 'SUBJID'])}. The export and the lists do not belong "
        "together, or the list is incomplete"
    ]


def _type_list(
    name: str, table: Table, texts: pd.DataFrame, arms: Arms
) -> tuple[pd.DataFrame, list[str]]:
    typed = type_table(name, table, texts)
    key = table.key[0]
    wrong = ~typed.frame["ARM"].isin(arms.codes)
    findings = list(typed.fatal)
    if wrong.any():
        rows = ", ".join(
            f"{row[key]}: '{'' if pd.isna(row['ARM']) else row['ARM']}'"
            for row in typed.frame[wrong].head(5).to_dict("records")
        )
        findings.append(
            f"{name}.csv, column ARM: {int(wrong.sum())} row(s) with an arm that the plan does not "
            f"have ({rows}). Allowed: {', '.join(arms.codes)} (arms in the plan)"
        )
    return typed.frame, findings
