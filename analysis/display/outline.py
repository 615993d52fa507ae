"""The order of the report, on the page and in the document: its sections and what they hold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a part is; a folded table is closed on the screen and open on paper."""

    WORDS = "words"
    FIGURE = "figure"
    TABLE = "table"
    FOLDED = "folded"


@dataclass(frozen=True)
class Part:
    """One part of a section: words by their name, a figure by its file, a table by its id."""

    kind: Kind
    name: str


@dataclass(frozen=True)
class Section:
    """One section and its entry in the navigation."""

    id: str
    title: str
    parts: tuple[Part, ...]


def _words(name: str) -> Part:
    return Part(Kind.WORDS, name)


def _figure(name: str) -> Part:
    return Part(Kind.FIGURE, name)


def _table(name: str) -> Part:
    return Part(Kind.TABLE, name)


def _folded(name: str) -> Part:
    return Part(Kind.FOLDED, name)


SECTIONS = (
    Section("result", "Result", (
        _words("headline"), _figure("grotta_itt"), _figure("grotta_itt_adjusted"),
        _table("t_estimands"),
    )),
    Section("quality", "Quality checks", (_words("verdict"),)),
    Section("primary", "Primary analysis", (_table("t_primary"), _table("t_coefficients"))),
    Section("proportionality", "Proportional odds", (
        _figure("cutpoints"), _table("t_proportionality"), _table("t_brant"),
    )),
    Section("sensitivity", "Sensitivity and supplementary analyses", (
        _figure("forest_sensitivity"), _figure("grotta_sensitivity"), _table("t_sensitivity"),
        _words("tipping"),
        _figure("tipping_point"), _folded("t_tipping_point"),
    )),
    Section("missing", "Missing data", (
        _words("missing"), _figure("missing_pattern"), _table("t_missing"),
        _folded("t_missing_baseline"),
    )),
    Section("secondary", "Secondary outcomes", (_table("t_secondary"),)),
    Section("subgroups", "Subgroups", (
        _figure("forest_subgroups"), _figure("grotta_subgroups"), _folded("t_subgroups"),
    )),
    Section("safety", "Safety", (_figure("km_death"), _table("t_safety"))),
    Section("adverse-events", "Adverse events", (
        _table("t_ae_overview"), _table("t_ae_special"), _folded("t_ae_soc_pt"),
        _folded("t_ae_serious"), _folded("t_ae_fatal"), _folded("t_ae_related"),
        _folded("t_ae_drug_withdrawn"),
    )),
    Section("exposure", "Exposure", (_table("t_exposure"),)),
    Section("listings", "Listings", (_words("listings"),)),
    Section("flow", "Flow of subjects", (
        _figure("consort"), _table("t_disposition"), _figure("recruitment"),
    )),
    Section("populations", "Analysis sets", (_words("analysed"), _table("t_populations"))),
    Section("baseline", "Baseline", (_table("t_baseline"), _figure("love_plot"))),
    Section("per-protocol", "Per-protocol set", (_figure("grotta_pp"), _table("t_pp_reasons"))),
    Section("words", "Words for the paper", (_words("abstracts"),)),
    Section("checklist", "CONSORT 2025 checklist", (_folded("t_consort_checklist"),)),
    Section("methods", "Methods", (_words("methods"),)),
    Section("assumptions", "Assumptions", (_words("assumptions"), _table("t_assumptions"))),
    Section("queries", "Data queries", (_table("t_queries"),)),
    Section("twice", "Numbers computed twice", (_folded("t_quality"),)),
    Section("audit", "Audit", (_words("audit"),)),
)  # fmt: skip
"""The report from top to bottom."""

NARROW = frozenset({"consort"})
"""Figures that take less than the whole width."""


def list_names(*kinds: Kind) -> tuple[str, ...]:
    """Return the names of all parts of these kinds, in order."""
    return tuple(part.name for section in SECTIONS for part in section.parts if part.kind in kinds)


FIGURES = list_names(Kind.FIGURE)
"""Figures that the report needs, by file name."""

COLUMN_FIGURES = ("grotta_itt", "grotta_pp")
"""Figures that are drawn for one column of a journal's page too."""

LISTINGS = {
    "l_deaths": "Deaths",
    "l_serious": "Serious adverse events",
    "l_pp_exclusions": "Exclusions from the per-protocol set",
}
"""Pages in the folder of the tables that the report leads to: they show single subjects."""

SECTION_OF = {part.name: section.title for section in SECTIONS for part in section.parts}
"""The section that a part stands in, by its name."""
