"""Names of files and folders, and notes inside files, that name an arm or are those of a list."""

from pathlib import Path

from analysis.edc.allocation.arm_names import is_list_name
from analysis.edc.allocation.mentions import Mentions
from analysis.edc.allocation.pattern.randomised import Randomised, fold_identifier
from analysis.edc.allocation.search.files import SearchedFile
from analysis.edc.allocation.search.findings import WHOLE_FILE, Finding


def search_names(folder: Path, files: list[SearchedFile], mentions: Mentions) -> list[Finding]:
    """Return a finding for every file or folder inside the export whose name tells an arm.

    The name of a table of the layout is the mapping's affair. A word that most names hold (the
    trial is named after its drug) tells nothing.
    """
    of_layout = {each.name for each in files if each.in_layout}
    tables = {each.name: each.table for each in files}
    paths = sorted(path for path in folder.rglob("*") if path.name not in of_layout)
    naming = [path for path in paths if mentions.names_any(path.stem)]
    named = naming if 2 * len(naming) <= len(paths) + len(of_layout) or len(naming) < 3 else []
    return [
        Finding(_show(path, folder), tables.get(path.name, path.stem.lower()), WHOLE_FILE, "", 0, reason)
        for path in paths
        for reason in (
            *(["its name names an arm"] if path in named else []),
            *(["its name is that of an allocation list"] if is_list_name(path.stem) else []),
        )
    ]  # fmt: skip


def _show(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def search_notes(
    files: list[SearchedFile], mentions: Mentions, randomised: Randomised | None
) -> list[Finding]:
    """Return a finding for every file whose label or notes name one arm, or an arm and a subject.

    A title that names both arms, and nobody, is that of the trial.
    """
    known = randomised.known if randomised else {}
    return [
        Finding(file.name, file.table, WHOLE_FILE, "", 0, "its label or notes name an arm")
        for file in files
        if any(_tells(note, mentions, known) for note in file.content.notes)
    ]


def _tells(note: str, mentions: Mentions, known: dict[str, int]) -> bool:
    treatment, reference = mentions.find(note)
    names_subject = any(fold_identifier(word.strip(",.;:()")) in known for word in note.split())
    return treatment != reference or ((treatment or reference) and names_subject)
