"""The map of the folders in CONTRIBUTING.md: one line a folder, from the folders themselves.

``python -m tests.projects.map_of_folders`` writes it anew.
"""

from __future__ import annotations

import ast
from pathlib import Path

TOP = Path(__file__).parents[2]
DOCUMENT = TOP / "CONTRIBUTING.md"
BEGIN, END = "<!-- map: make docs writes it -->", "<!-- end of map -->"


def build_map() -> str:
    """Return the map: every package with the first line of its docstring, indented by depth."""
    return "\n".join(_describe(folder) for folder in _walk(TOP / "analysis"))


def read_map() -> str:
    """Return the map as it stands in the document."""
    _, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(f"{BEGIN}\n\n```\n")
    return rest.partition(f"```\n\n{END}")[0].rstrip("\n")


def _walk(folder: Path) -> list[Path]:
    inner = sorted(path for path in folder.iterdir() if (path / "__init__.py").is_file())
    return [folder, *(each for path in inner for each in _walk(path))]


def _describe(folder: Path) -> str:
    source = (folder / "__init__.py").read_text(encoding="utf-8")
    words = (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0]
    depth = len(folder.relative_to(TOP).parts) - 1
    name = "  " * depth + f"{folder.name}/"
    return f"{name:26}{words}"


if __name__ == "__main__":
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    text = f"{before}{BEGIN}\n\n```\n{build_map()}\n```\n\n{END}{after}"
    DOCUMENT.write_text(text, encoding="utf-8")
