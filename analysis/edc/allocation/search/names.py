"""Names of files and folders, and notes inside files, that name an arm or are those of a list."""

from pathlib import Path

import pandas as pd

from analysis.edc.allocation.arm_names import is_list_name
from analysis.edc.allocation.mentions import Mentions
from analysis.edc.allocation.pattern.randomised import Randomised
from analysis.edc.allocation.search.files import SearchedFile
from analysis.edc.allocation.search.findings import WHOLE_FILE, Finding
from analysis.io.printable import clean_surrogates

ARM, LIST = "its name names an arm", "its name is that of an allocation list"


def search_names(folder: Path, files: list[SearchedFile], mentions: Mentions) -> list[Finding]:
    """Return a finding for every file or folder inside the export whose name tells an arm.

    The name of a table of the layout is the mapping's affair. A word that most names hold (the
    trial is named after its drug) tells nothing.
    """
    of_layout = {each.name for each in files if each.in_layout}
    tables = {each.name: each.table for each in files}
    paths = sorted(path for path in folder.rglob("*") if path.name not in of_layout)
    naming = {path for path in paths if mentions.names_any(path.stem)}
    if len(naming) > 2 and 2 * len(naming) > len(paths) + len(of_layout):
        naming = set()
    lists = {path for path in paths if path.name not in tables and is_list_name(path.stem)}
    findings = []
    for path in paths:
        table = tables.get(path.name, path.stem.lower())
        reasons = [ARM] * (path in naming) + [LIST] * (path in lists)
        shown = path.relative_to(folder).as_posix()
        findings += [Finding(shown, table, WHOLE_FILE, "", 0, reason) for reason in reasons]
    return findings


def search_notes(
    files: list[SearchedFile], mentions: Mentions, randomised: Randomised | None
) -> list[Finding]:
    """Return a finding for every file whose label or notes name one arm, or an arm and a subject.

    A title that names both arms, and nobody, is that of the trial.
    """
    return [
        Finding(file.name, file.table, WHOLE_FILE, "", 0, "its label or notes name an arm")
        for file in files
        if any(_tells(note, mentions, randomised) for note in file.content.notes)
    ]


def _tells(note: str, mentions: Mentions, randomised: Randomised | None) -> bool:
    treatment, reference = mentions.find(note)
    if treatment != reference or not treatment or randomised is None:
        return treatment != reference
    words = pd.Series(
        [word.strip(",.;:()") for word in clean_surrogates(note).split()], dtype="str"
    )
    return bool((randomised.known.find(pd.Series(words, dtype="str")) >= 0).any())
