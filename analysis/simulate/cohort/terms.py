"""Adverse event terms of the demonstration trial, with their incidence."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

from analysis.simulate.arrays import Floats, Texts, to_texts

SYMPTOMATIC_HAEMORRHAGE = "Cerebral haemorrhage"
SILENT_HAEMORRHAGE = "Haemorrhagic transformation stroke"


@dataclass(frozen=True)
class Terms:
    """One entry per preferred term; terms.yaml explains the fields."""

    pt: Texts
    soc: Texts
    term: Texts
    cause: Texts
    incidence: Floats
    ratio: Floats
    onset: Floats
    severity: Floats
    serious: Floats
    related: Floats
    days: Floats
    fatal: Floats  # weight as cause of death: first week, later, after symptomatic haemorrhage

    def index(self, pt: str) -> int:
        """Position of a preferred term."""
        return int(np.flatnonzero(self.pt == pt)[0])


_TEXTS = ("pt", "soc", "term", "cause")
_NUMBERS = ("incidence", "ratio", "onset", "severity", "serious", "related", "days", "fatal")


@cache
def read_terms() -> Terms:
    """Return the terms of terms.yaml."""
    text = files("analysis.simulate.cohort").joinpath("terms.yaml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = yaml.safe_load(text)
    fields: dict[str, Any] = {name: to_texts([row[name] for row in rows]) for name in _TEXTS}
    fields |= {name: np.array([row[name] for row in rows], dtype=float) for name in _NUMBERS}
    return Terms(**fields)
