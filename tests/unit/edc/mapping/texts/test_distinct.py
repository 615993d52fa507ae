"""The texts of columns, before there is a mapping: what is shown, and what by its shape alone."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.config import load_plan
from analysis.config.load import parse_model
from analysis.config.mapping import Mapping
from analysis.edc.allocation.mentions import build_mentions
from analysis.edc.mapping.proposal.files.reading import read_sources
from analysis.edc.mapping.texts.distinct import list_texts
from analysis.io.mapping.texts import ColumnTexts
from analysis.run.settings.beginning import PLAIN

TOP = Path(__file__).parents[5]
NAMES = ["Anna", "Bert", "Carla", "Dora", "Emil", "Franz", "Gerd", "Hans"]


def describe(folder: Path, cells: list[str], **tables: dict[str, object]) -> ColumnTexts:
    """A source of a column ``value`` beside a number of the row."""
    frame = pd.DataFrame({"no": range(len(cells)), "value": cells})
    frame.to_csv(folder / "Form A.csv", index=False)
    mapping = parse_model(Mapping, {**PLAIN, "edc_dir": str(folder), "tables": tables}, "test")
    sources, _ = read_sources(folder, mapping)
    mentions = build_mentions(load_plan(TOP / "config" / "trial.yaml").arms)
    (source,) = list_texts(sources, mapping, mentions)
    return source.columns[1]


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        (["ja", "ja", "nein", ""], (("ja", 2), ("nein", 1))),
        ([*NAMES, "unbekannt", "unbekannt"], (("A", 10),)),
        ([f"2026-01-{day:02d}" for day in range(1, 29)], (("9999-99-99", 28),)),
        (
            ["ja", "ja", "Seen at home by a daughter on May 3"],
            (("ja", 2), ("A A A A A A A A 9", 1)),
        ),
        (["ja", "ja", "nein", "nein, placebo"], (("ja", 2), ("[masked]", 1), ("nein", 1))),
        (["ja", "ja", "Anna Weber"], (("ja", 2), ("A A", 1))),
    ],
)
def test_texts_are_shown_but_names_free_text_arms_and_what_hardly_repeats(
    tmp_path: Path, cells: list[str], shown: tuple[tuple[str, int], ...]
) -> None:
    made = describe(tmp_path, cells)
    assert made.texts == shown


def test_the_most_frequent_come_first_and_the_others_are_counted(tmp_path: Path) -> None:
    cells = [str(number) for number in range(15) for _ in range(number + 3)]
    made = describe(tmp_path, cells)
    assert made.texts[0] == ("14", 17)
    assert (made.filled, made.distinct, len(made.texts), made.further) == (len(cells), 15, 10, 5)


def test_a_column_declared_no_allocation_is_shown_by_shapes(tmp_path: Path) -> None:
    declared = {"form a": {"not_allocation": {"VALUE": "a ward"}}}
    assert describe(tmp_path, ["A1", "A1", "B2"], **declared).texts == (("A9", 3),)
    assert describe(tmp_path, ["A1", "A1", "B2"]).texts == (("A1", 2), ("B2", 1))
