"""R programs find what they read: they are run by hand, so a moved file would go unnoticed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
PROGRAMS = sorted(FOLDER.rglob("*.R"))
READ = re.compile(r'(?:source|read_trial|read\.csv|fromJSON|load_specifications)\(\s*"([^"]+)"')
"""Files named as they stand; they are named as seen from the folder of the program."""
MADE = {"rows.csv"}
"""Written by the program, or the script beside it, that reads them."""


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: str(path.relative_to(FOLDER)))
def test_every_file_that_a_program_reads_is_there(program: Path) -> None:
    named = READ.findall(program.read_text(encoding="utf-8"))
    absent = [name for name in named if not (program.parent / name).is_file()]
    assert set(absent) <= MADE


def test_the_programs_are_looked_at() -> None:
    named = [name for path in PROGRAMS for name in READ.findall(path.read_text(encoding="utf-8"))]
    assert len(PROGRAMS) > 30
    assert "../made_data/provenance.R" in named
