"""Every folder is one subject, says which, and is small enough to be read at a glance."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from tests.projects.map_of_folders import build_map, read_map

TOP = Path(__file__).parents[3]
MOST_ENTRIES = 13
MOST_ALIKE = 2
"""Files of a folder that may begin with the same word: what three share is a folder."""
PLACES = ("analysis", "benchmarks", "config", "docs", "profiles", "tests", "workflow")
BY_RULE = {"analysis/jobs", "workflow/scripts"}
"""Their files bear the names of the rules, which begin with a verb."""
NO_ROOMS = {"__pycache__", "export", "lists", "results", "r_output"}
"""Exports have a file for each table of the layout."""
FILES = [path for place in PLACES for path in (TOP / place).rglob("*") if path.is_file()]
FOLDERS = sorted(
    {
        folder
        for path in FILES
        for folder in path.relative_to(TOP).parents
        if folder.parts and not NO_ROOMS & set(path.relative_to(TOP).parts)
    }
)
PACKAGES = [folder for folder in FOLDERS if folder.parts[0] == "analysis"]


@pytest.mark.parametrize("folder", FOLDERS, ids=Path.as_posix)
def test_a_folder_has_at_most_a_dozen_entries_and_one(folder: Path) -> None:
    parts = {path.relative_to(TOP) for path in FILES if path.is_relative_to(TOP / folder)}
    entries = {path.parts[len(folder.parts)] for path in parts} - NO_ROOMS - {"__init__.py"}
    assert len(entries) <= MOST_ENTRIES, sorted(entries)


@pytest.mark.parametrize(
    "folder", [each for each in FOLDERS if each.as_posix() not in BY_RULE], ids=Path.as_posix
)
def test_a_prefix_that_three_files_share_is_a_folder(folder: Path) -> None:
    stems = {path.stem for path in (TOP / folder).iterdir() if not path.name.startswith("__")}
    prefixes = Counter(stem.partition("_")[0] for stem in stems if "_" in stem)
    prefixes.pop("test", None)
    assert {word: n for word, n in prefixes.items() if n > MOST_ALIKE} == {}


@pytest.mark.parametrize("folder", PACKAGES, ids=Path.as_posix)
def test_a_package_says_what_it_is_for(folder: Path) -> None:
    source = (TOP / folder / "__init__.py").read_text(encoding="utf-8")
    words = (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0]
    assert len(words.split()) >= 3
    assert words.endswith(".")


def test_the_map_shows_the_folders_as_they_are() -> None:
    assert read_map() == build_map(), "make docs"
