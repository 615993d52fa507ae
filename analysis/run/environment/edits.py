"""Installed libraries held against the hashes that their wheels came with."""

import base64
import hashlib
from collections.abc import Iterable, Iterator

from analysis.run.environment.distributions import Distribution, list_distributions

NUMBERS = ("duckdb", "numpy", "pandas", "patsy", "pyarrow", "pyreadstat",
           "python_calamine", "scipy", "statsmodels")  # fmt: skip
"""Distributions that read data or make numbers."""


def find_edited_code() -> list[str]:
    """Return one finding for every file of these whose Python code, or whose presence, is not so.

    Compiled libraries take longer: :func:`find_edited_files`.
    """
    return list(_find(_of_numbers(), (".py",)))


def find_edited_files() -> list[str]:
    """Return one finding for every file of these that is not as its wheel installed it."""
    return list(_find(_of_numbers(), ()))


def _of_numbers() -> list[Distribution]:
    return [each for each in list_distributions() if each.name in NUMBERS]


def _find(distributions: Iterable[Distribution], suffixes: tuple[str, ...]) -> Iterator[str]:
    for each in distributions:
        if not each.files:
            yield f"{each.name}: it lacks the list of its files (RECORD)"
        for name, sha256 in each.files.items():
            if "/tests/" not in name and (not suffixes or name.endswith(suffixes)):
                yield from _judge(each, name, sha256)


def _judge(distribution: Distribution, name: str, listed: str) -> Iterator[str]:
    kind, _, wanted = listed.partition("=")
    try:
        digest = hashlib.new(kind, (distribution.folder / name).read_bytes()).digest()
    except (OSError, ValueError) as error:
        yield f"{distribution.name}: {name} cannot be read ({error})"
        return
    if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != wanted:
        yield f"{distribution.name} {distribution.version}: {name} was edited"
