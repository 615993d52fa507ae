"""The fingerprint of a rule's code changes with every file it may import, and with no other."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from analysis.analyses.topics import TOPICS
from analysis.display.outline.displays import FIGURES, LISTINGS, TABLES
from analysis.io.lazy_import import find_module
from analysis.run import hashes as fingerprint
from analysis.run.hashes import CODE_SUFFIXES, GROUND, IMPORTABLE, hash_code, hash_file, hash_files

TOP = Path(__file__).parents[3]
PACKAGE = TOP / "analysis"
FILES = sorted(
    path.relative_to(PACKAGE).as_posix()
    for path in PACKAGE.rglob("*")
    if path.suffix in CODE_SUFFIXES and "__pycache__" not in path.parts
)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package, whose fingerprints are taken."""
    copy = tmp_path / "analysis"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(fingerprint, "PACKAGE", copy)
    return copy


def kinds_of(file: str) -> set[str]:
    """The kinds of rule whose fingerprint a file belongs to."""
    places = {file, *(parent.as_posix() for parent in Path(file).parents)}
    return {kind for kind, own in IMPORTABLE.items() if places & {*GROUND, *own}} | {"all"}


def test_one_byte_of_any_file_changes_the_rules_that_may_import_it_and_no_other(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A file of the same size is here one that was hashed before: a thousand are, for each change.
    hash_sized = cache(lambda path, _: hash_file(path))
    monkeypatch.setattr(fingerprint, "hash_file", lambda p: hash_sized(p, p.stat().st_size))
    before = hash_code()
    one_per_folder = {Path(file).parent: file for file in FILES}
    jobs = [file for file in FILES if file.startswith("jobs/")]
    for file in {*one_per_folder.values(), *jobs}:
        path = package / file
        content = path.read_bytes()
        path.write_bytes(content + b" ")
        after = hash_code()
        assert {kind for kind in before if after[kind] != before[kind]} == kinds_of(file), file
        path.write_bytes(content)
    assert hash_code() == before


def test_every_file_is_hashed(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: set[str] = set()

    def record(path: Path) -> str:
        seen.add(path.relative_to(package).as_posix())
        return hash_file(path)

    monkeypatch.setattr(fingerprint, "hash_file", record)
    hash_code()
    assert seen == set(FILES)


@pytest.mark.parametrize("name", ["new.py", "new.yaml", "new.html", "new.css"])
def test_a_file_added_renamed_or_removed_is_a_change(package: Path, name: str) -> None:
    before = hash_code()["display"]
    added = package / "display" / name
    added.write_text("x", encoding="utf-8")
    with_it = hash_code()["display"]
    added.rename(added.with_stem("newer"))
    renamed = hash_code()["display"]
    added.with_stem("newer").unlink()
    assert len({before, with_it, renamed}) == 3
    assert hash_code()["display"] == before


def test_bytecode_is_no_code(package: Path) -> None:
    before = hash_code()
    (package / "edc" / "__pycache__").mkdir()
    (package / "edc" / "__pycache__" / "files.cpython-311.pyc").write_bytes(b"x")
    assert hash_code() == before


def test_the_same_files_elsewhere_have_the_same_hash(tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
        (folder / "x.csv").write_text("1", encoding="utf-8")
        (folder / "y.csv").write_text("2", encoding="utf-8")
    first, second = (hash_files(folder.iterdir()) for folder in folders)
    assert first == second
    (folders[1] / "y.csv").write_text("3", encoding="utf-8")
    assert hash_files(folders[1].iterdir()) != first


def test_contents_exchanged_between_files_are_a_change(tmp_path: Path) -> None:
    x, y = tmp_path / "x.csv", tmp_path / "y.csv"
    x.write_text("1", encoding="utf-8")
    y.write_text("2", encoding="utf-8")
    before = hash_files((x, y))
    x.write_text("2", encoding="utf-8")
    y.write_text("1", encoding="utf-8")
    assert hash_files((x, y)) != before


# --- the floors against what the scripts really import ------------------------------------------

_RULE = re.compile(r"\brule ?(\w*):(.*?)(?=\n\s*rule\b|\Z)", re.DOTALL)
_KIND = re.compile(r'code=run\.code\["(\w+)"\]')
_SCRIPT = re.compile(r'"\.\./scripts/([\w/]+\.py)"')


def rules() -> dict[str, tuple[str, Path]]:
    """By rule with outputs, the kind whose code it hashes and its script.

    The rules that a loop makes have no name in the file, and one script.
    """
    found = {}
    for file in sorted((TOP / "workflow" / "rules").glob("*.smk")):
        for name, body in _RULE.findall(file.read_text(encoding="utf-8")):
            if "output:" not in body:
                continue  # leaves nothing that could be stale
            kind, script = _KIND.search(body), _SCRIPT.search(body)
            assert kind, f"{name}: no fingerprint of its code"
            assert script, f"{name}: no script"
            path = TOP / "workflow" / "scripts" / script[1]
            found[name or f"each of {path.name}"] = (kind[1], path)
    return found


DISPLAYS = [*FIGURES.values(), *TABLES.values(), *LISTINGS.values()]
DECLARED = {
    PACKAGE / "analyses" / "topics.py": [topic.analysis for topic in TOPICS],
    PACKAGE / "display" / "outline" / "displays.py": [
        name for display in DISPLAYS for name in display.functions
    ],
}
"""By declaration, the functions that are imported when they are called."""


def list_imports(path: Path) -> list[str]:
    """The names that a file imports, and the modules of the functions that it declares."""
    names = [declared.partition(":")[0] for declared in DECLARED.get(path, ())]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return names


def imported(path: Path) -> Iterator[Path]:
    """The files of the package that a file imports; a package's own ``__init__`` too."""
    for name in list_imports(path):
        parts = name.split(".")
        for i in range(1, len(parts) + 1):
            target = TOP.joinpath(*parts[:i])
            for file in (target / "__init__.py", target.with_suffix(".py")):
                if parts[0] == "analysis" and file.is_file():
                    yield file


def closure(path: Path) -> set[Path]:
    """All files of the package that running a script may load."""
    seen: set[Path] = set()
    waiting = [path]
    while waiting:
        new = set(imported(waiting.pop())) - seen
        seen |= new
        waiting += new
    return seen


def test_the_rules_that_a_loop_makes_are_among_them() -> None:
    assert {"each of analyse.py", "each of draw_figures.py", "build_report"} <= set(rules())
    (topic,) = [each for each in TOPICS if each.name == "mrs_shift"]
    assert find_module(topic.analysis) in closure(rules()["each of analyse.py"][1])
    assert find_module(FIGURES["consort"].drawn_by) in closure(rules()["draw_presets"][1])


@pytest.mark.parametrize("rule", sorted(rules()))
def test_a_rule_hashes_all_that_its_script_can_import(rule: str) -> None:
    kind, script = rules()[rule]
    files = {path.relative_to(PACKAGE).as_posix() for path in closure(script)} - {"__init__.py"}
    assert files
    assert {file for file in files if kind not in kinds_of(file)} == set()
