"""Files that cannot be opened, and tables whose sources may lie in them."""

from collections.abc import Collection, Mapping
from fnmatch import fnmatchcase

from analysis.config.mapping import TableMapping
from analysis.edc.reading.named_sources import list_named
from analysis.edc.sources.source import Source

SHOWN = 5


def list_problems(files: Mapping[str, list[Source]]) -> list[str]:
    """Return why files could not be opened, each once. ``files``: sources by table or name."""
    problems = (source.problem for found in files.values() for source in found)
    return [problem for problem in dict.fromkeys(problems) if problem]


def find_hidden(
    specs: Mapping[str, TableMapping], files: Mapping[str, list[Source]]
) -> dict[str, str]:
    """Return the tables that name a source which is not there, with the first such name.

    ``specs``: by table what the mapping says of it.
    """
    there = {source.name.casefold() for found in files.values() for source in found}
    return {
        name: absent[0]
        for name, spec in specs.items()
        if (absent := [one for one in list_named(spec) if not _is_there(one, there)])
    }


def may_hide_part_of_stack(specs: Mapping[str, TableMapping]) -> bool:
    """Whether a table stacks all sources of a pattern, of which a file may hold another one."""
    return any("*" in one for spec in specs.values() for one in list_named(spec))


def describe_hidden(hidden: Mapping[str, str]) -> str:
    """Return the finding on tables whose sources may lie in a file that cannot be opened."""
    listed = ", ".join(f"{name} ({source})" for name, source in list(hidden.items())[:SHOWN])
    return (
        f"{len(hidden)} tables name sources that are not there, which may lie in a file that "
        f"cannot be opened: {listed}{', ...' if len(hidden) > SHOWN else ''}. Mend that file first"
    )


def _is_there(pattern: str, names: Collection[str]) -> bool:
    return any(fnmatchcase(name, pattern.casefold()) for name in names)
