"""A path that a document, a comment or a docstring names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOP = Path(__file__).parents[3]
PLACES = ("analysis", "benchmarks", "config", "docs", "profiles", "tests", "workflow")
PATH = re.compile(rf"(?<![\w/.])(?:{'|'.join(PLACES)})/[\w./-]*\w")
LINK = re.compile(r"\]\(([^)\s]+)\)")
READ = (".md", ".py", ".smk", ".R", ".yaml", ".yml", ".toml", ".rst")
MADE = (
    "analysis/x.py",
    "benchmarks/results",
    "config/amendments.yaml",
    "config/lock.json",
    "config/other.yaml",
    "config/small.json",
    "config/unblinding.yaml",
)
"""What a user or a run makes, and names that stand for any."""
FILES = sorted(
    path
    for place in PLACES
    for path in (TOP / place).rglob("*")
    if path.suffix in READ and "test_" not in path.name and "results" not in path.parts
) + sorted(path for path in TOP.iterdir() if path.suffix in READ)


@pytest.mark.parametrize("file", FILES, ids=lambda path: str(path.relative_to(TOP)))
def test_every_path_that_is_named_is_there(file: Path) -> None:
    named = set(PATH.findall(file.read_text(encoding="utf-8")))
    assert [name for name in sorted(named) if not _is_there(name)] == []


@pytest.mark.parametrize(
    "file", [file for file in FILES if file.suffix == ".md"], ids=lambda path: str(path)
)
def test_every_link_of_a_document_leads_somewhere(file: Path) -> None:
    targets = {
        target.partition("#")[0] for target in LINK.findall(file.read_text(encoding="utf-8"))
    }
    own = [target for target in targets if target and "://" not in target]
    assert [target for target in own if not (file.parent / target).exists()] == []


def _is_there(name: str) -> bool:
    """Whether it is a file or a folder, or one but for its ending (``docs/decisions/0002``)."""
    path = TOP / name
    return path.exists() or name in MADE or any(path.parent.glob(f"{path.name}[-.]*"))
