"""Installed distributions, each known by what its wheel installed: one hash of its RECORD.

Of a RECORD count the files of the wheel alone. What an installer adds (compiled code, commands with
the path of an interpreter, its own notes) differs between environments that are the same.
"""

import csv
import platform
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from analysis.run.hashes import hash_bytes

OWN = "impact_lvo_analysis"
"""The project itself, whose code is hashed as such."""
INFO = ".dist-info"
LIBRARIES = frozenset({
    "annotated_types", "contourpy", "cycler", "duckdb", "fonttools", "formulaic", "interface_meta",
    "jinja2", "kiwisolver", "lxml", "markupsafe", "matplotlib", "mizani", "narwhals", "numpy",
    "packaging", "pandas", "patsy", "pillow", "plotnine", "pyarrow", "pydantic", "pydantic_core",
    "pygments", "pyparsing", "pyreadstat", "python_calamine", "python_dateutil", "python_docx",
    "pyyaml", "scipy", "snakemake", "statsmodels", "typing_extensions", "typing_inspection",
    "tzdata", "wrapt", "xlsxwriter",
})  # fmt: skip
"""Distributions on which an output may depend: what the project needs, and what that needs."""
STARTUP = "startup"
"""The entry for what Python runs by itself when it starts."""
_HOOKS = ("sitecustomize", "usercustomize")


@dataclass(frozen=True)
class Distribution:
    """An installed distribution. ``name``: as its folder has it, small letters and underscores."""

    name: str
    version: str
    info: Path

    @property
    def folder(self) -> Path:
        """The folder in which its modules lie."""
        return self.info.parent

    @cached_property
    def files(self) -> dict[str, str]:
        """The hash of every file of its wheel, by its path in the folder; none without RECORD."""
        try:
            text = (self.info / "RECORD").read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return {}
        rows = csv.reader(text.splitlines())
        return {row[0]: row[1] for row in rows if len(row) == 3 and _is_of_wheel(*row[:2])}

    @property
    def identity(self) -> str:
        """Version, and the hash of all that its wheel installed."""
        lines = "\n".join(sorted(f"{name} {sha256}" for name, sha256 in self.files.items()))
        return f"{self.version} {hash_bytes(lines.encode())}"

    @property
    def modules(self) -> set[str]:
        """The names under which its modules and packages are imported."""
        tops = {name.partition("/")[0] for name in self.files if name.endswith((".py", ".so"))}
        return {top.partition(".")[0] for top in tops}


@lru_cache(maxsize=1)
def list_distributions() -> tuple[Distribution, ...]:
    """Return the distributions of the environment, by name."""
    folder = Path(sysconfig.get_path("purelib"))
    found = (_read_name(info) for info in folder.glob(f"*{INFO}"))
    return tuple(sorted((each for each in found if each.name != OWN), key=lambda each: each.name))


@lru_cache(maxsize=1)
def describe_environment() -> dict[str, str]:
    """Return what an environment is known by: interpreter, distributions, what starts by itself."""
    return {
        "python": platform.python_version(),
        **{each.name: each.identity for each in list_distributions() if each.name in LIBRARIES},
        STARTUP: hash_bytes("\n".join(sorted(_list_startup())).encode()),
    }


def _read_name(info: Path) -> Distribution:
    name, _, version = info.name.removesuffix(INFO).rpartition("-")
    return Distribution(name.lower().replace(".", "_").replace("-", "_"), version, info)


def _is_of_wheel(name: str, sha256: str) -> bool:
    return bool(sha256) and not name.startswith(("..", "/")) and INFO not in name.partition("/")[0]


def _list_startup() -> Iterator[str]:
    """Lines of path files that are code, and the modules that Python imports at its start."""
    for file in Path(sysconfig.get_path("purelib")).glob("*.pth"):
        text = file.read_text(encoding="utf-8", errors="replace")
        yield from (line for line in text.splitlines() if line.startswith(("import ", "import\t")))
    for hook in _HOOKS:
        module = sys.modules.get(hook)
        file_name = getattr(module, "__file__", None)
        if file_name:
            yield f"{hook} {hash_bytes(Path(file_name).read_bytes())}"
