"""The engine's public face: its examples run, and docs/engine.md says what is offered and used."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

TOP = Path(__file__).parents[3]
MODELS = TOP / "analysis" / "models"
PAGE = (TOP / "docs" / "engine.md").read_text(encoding="utf-8")
FACES = {
    path.parent.name: importlib.import_module(f"analysis.models.{path.parent.name}")
    for path in sorted(MODELS.glob("*/__init__.py"))
}
FUNCTIONS = {
    f"{package}.{name}": getattr(face, name)
    for package, face in FACES.items()
    for name in face.__all__
    if inspect.isfunction(getattr(face, name))
}
CODE = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def run(example: doctest.DocTest) -> str:
    """Run an example; return what it gave otherwise than is written."""
    said: list[str] = []
    doctest.DocTestRunner(verbose=False).run(example, out=said.append, clear_globs=False)
    return "".join(said)


def section(package: str) -> str:
    """What the page says of a package."""
    found = re.search(rf"^## `{package}`$(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
    assert found, f"docs/engine.md says nothing of {package}"
    return found[1]


def names_in(text: str) -> set[str]:
    """What a text names as code."""
    return set(re.findall(r"`(\w+)`", text))


def imports(path: Path) -> Iterator[str]:
    """The names that a file imports from the models, each behind its package."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("analysis.models."):
            package = str(node.module).split(".")[2]
            yield from (f"{package}.{alias.name}" for alias in node.names)


def called_from_elsewhere() -> set[str]:
    """The names of models that the package itself imports outside the package they belong to."""
    found = set()
    for path in (TOP / "analysis").rglob("*.py"):
        own = path.relative_to(MODELS).parts[0] if path.is_relative_to(MODELS) else ""
        found |= {name for name in imports(path) if name.partition(".")[0] != own}
    return found


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_of_a_face_has_an_example_that_gives_what_is_written(name: str) -> None:
    function = FUNCTIONS[name]
    (found,) = doctest.DocTestFinder(recurse=False).find(function, name)
    assert any(f"{function.__name__}(" in example.source for example in found.examples)
    assert run(found) == ""


@pytest.mark.parametrize("name", FACES)
def test_a_face_offers_what_its_own_package_defines(name: str) -> None:
    face = FACES[name]
    assert (face.__doc__ or "").splitlines()[0].endswith(".")
    assert len(set(face.__all__)) == len(face.__all__) > 0
    for offered in (getattr(face, each) for each in face.__all__):
        assert not isinstance(offered, ModuleType)
        if inspect.isfunction(offered) or inspect.isclass(offered):
            assert offered.__module__.startswith(f"{face.__name__}.")


@pytest.mark.parametrize("name", FACES)
def test_no_name_of_a_face_hides_a_module_of_its_package(name: str) -> None:
    modules = {path.stem for path in (MODELS / name).iterdir()} - {"__init__"}
    assert not modules & set(FACES[name].__all__)


def test_the_examples_of_the_page_give_what_is_written() -> None:
    examples = CODE.findall(PAGE)
    assert len(examples) == len(FACES) + 1
    names: dict[str, object] = {}
    for text in examples:
        example = doctest.DocTestParser().get_doctest(text, names, "engine", "docs/engine.md", 0)
        assert run(example) == ""
        names = example.globs


@pytest.mark.parametrize("name", FACES)
def test_the_page_names_all_that_a_package_offers_and_nothing_else(name: str) -> None:
    text = section(name)
    assert f"from analysis.models.{name} import" in text
    assert names_in(text) == set(FACES[name].__all__)


@pytest.mark.parametrize("name", FACES)
def test_the_page_says_which_functions_nothing_calls_yet(name: str) -> None:
    idle = {each for each in FUNCTIONS if each.startswith(f"{name}.")} - called_from_elsewhere()
    waiting = names_in(section(name).partition("\nWaiting")[2])
    assert {each for each in FUNCTIONS if each.partition(".")[2] in waiting} == idle
