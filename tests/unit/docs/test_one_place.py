"""What has one place stays there: numbers become text, pages break and rows are ordered once."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import analysis.display

FOLDER = Path(analysis.display.__file__).parent
MODULES = {path.relative_to(FOLDER).as_posix(): path for path in sorted(FOLDER.rglob("*.py"))}
TEMPLATES = sorted(FOLDER.rglob("*.html"))

FORMATTERS = {"text/format.py", "text/number_style.py"}
"""Where a number becomes text; the second on the digits of the first, as journals write them."""

NOT_SHOWN = {
    "rows/shift.py": "the name of a level in the results frame",
    "tables/efficacy/tipping.py": "the name of a level in the results frame",
    "drawing/fallback.py": "the name of a file",
}
LAYOUT = {
    "presets.py": "the width of a sheet in inches",
    "drawing/not_drawn.py": "pixels of a picture",
    "drawing/axes.py": "where the ticks of an axis stand",
    "figures/kaplan_meier_axes.py": "subjects who left, a count from two shares",
    "documents/rtf.py": "twentieths of a point",
    "documents/word/table.py": "twentieths of a point",
}
"""Where whole numbers are made of lengths."""

ORDERED = {"tables/trial/quality.py": "by severity, as the frame has no order of its own for rules"}
ROUNDING = {"round", "format", "np.round", "np.around", "np.format_float_positional"}
METHODS = {"quantize", "to_eng_string", "strftime", "round", "to_string", "to_html", "applymap"}
ORDERING = {"sorted", "sort", "sort_values", "sort_index"}


def list_nodes(name: str) -> Iterator[ast.AST]:
    """Every part of a module that is not within a ``raise``."""
    waiting: list[ast.AST] = [ast.parse(MODULES[name].read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += [part for part in ast.iter_child_nodes(node) if not isinstance(part, ast.Raise)]


def name_call(node: ast.AST) -> str:
    """The name of what is called; empty if nothing is."""
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def find_formats(name: str) -> list[str]:
    """What turns a number into text: a format in an f-string or pattern, ``%``, a method."""
    return [
        ast.unparse(node)
        for node in list_nodes(name)
        if (isinstance(node, ast.FormattedValue) and node.format_spec is not None)
        or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and is_text(node.left))
        or (isinstance(node, ast.Constant) and is_pattern(node.value))
        or (isinstance(node, ast.Attribute) and node.attr in METHODS)
    ]


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def is_pattern(value: object) -> bool:
    """Whether a text holds a place with a format, as ``{mean:.1f}`` or ``%.2f``."""
    return isinstance(value, str) and bool(
        re.search(r"\{\w*:[^{}]*[defg%]\}|%[-+0 #]*\d*(\.\d+)?[defgs]\b", value)
    )


@pytest.mark.parametrize("name", [name for name in MODULES if name not in FORMATTERS])
def test_numbers_become_text_in_format_alone(name: str) -> None:
    found = find_formats(name)
    assert bool(found) is (name in NOT_SHOWN), found
    calls = {name_call(node) for node in list_nodes(name)} & ROUNDING
    assert bool(calls) <= (name in LAYOUT), calls


def test_what_is_looked_for_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faults = ['f"{x:.2f}"', '"%.1f" % x', '"{:.3f}".format(x)', "x.quantize(y)", "frame.round(2)"]
    for place, fault in enumerate(faults):
        path = tmp_path / f"{place}.py"
        path.write_text(f"y = {fault}\n", encoding="utf-8")
        monkeypatch.setitem(MODULES, path.name, path)
        assert find_formats(path.name), fault
    path = tmp_path / "message.py"
    path.write_text('raise ValueError(f"{x:.2f}")\n', encoding="utf-8")
    monkeypatch.setitem(MODULES, path.name, path)
    assert find_formats(path.name) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_and_script_neither_round_nor_order(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*(round|format|sort|int|float|groupby|dictsort)\b", text)
    assert not re.search(r"toFixed|toLocale|toPrecision|Intl\.|\.sort\(", text)


def test_rows_keep_the_order_of_the_results_frame() -> None:
    places = ("tables/", "report/tables.py", "checklist/table.py")
    tables = [name for name in MODULES if name.startswith(places)]
    ordering = {
        name
        for name in tables
        for node in list_nodes(name)
        if name_call(node).rpartition(".")[2] in ORDERING
    }
    assert ordering == set(ORDERED)


def test_pages_break_in_one_module() -> None:
    """RTF asks where; a Word document is told what stays together by the same lines."""
    defined = {
        (name, node.name)
        for name in MODULES
        for node in list_nodes(name)
        if isinstance(node, ast.FunctionDef) and node.name in {"split_pages", "lay_lines"}
    }
    assert defined == {("documents/pages.py", "split_pages"), ("documents/lines.py", "lay_lines")}
    breaks = {
        name for name, path in MODULES.items() if r"\pagebb" in path.read_text(encoding="utf-8")
    }
    assert breaks == {"documents/rtf.py"}
