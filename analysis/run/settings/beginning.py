"""The mapping with which the mapping of an export begins: how its files are read, and no more."""

from collections.abc import Mapping as MappingABC
from pathlib import Path
from typing import Any

from analysis.config import Mapping, load_mapping
from analysis.config.load import parse_model
from analysis.edc.layout import load_layout
from analysis.edc.reading.check_mapping import check_mapping
from analysis.errors import ConfigError

PLAIN: dict[str, Any] = {
    "edc_dir": None,
    "unblinding_dir": None,
    "rehearsal": False,
    "results": None,
    "format": "auto",
    "encoding": "utf-8",
    "unterminated_last_line": "refuse",
    "missing_values": [],
    "tables": {},
}
"""The mapping as it is shipped."""


def load_beginning(path: Path, overrides: MappingABC[str, Any]) -> Mapping:
    """Return the mapping of ``path`` where it is usable, else the one that is shipped.

    What it says of files (encoding, separators, sources) and of columns that are no allocation
    holds then. ``overrides``: the values of the command line. Raises ConfigError if ``edc_dir``
    names no folder: an export is to be mapped, not the demonstration trial.
    """
    try:
        mapping = load_mapping(path, overrides)
        check_mapping(mapping, load_layout())
    except ConfigError:
        mapping = parse_model(Mapping, {**PLAIN, **overrides}, "the command line")
    if mapping.edc_dir is None:
        raise ConfigError(
            "map_edc: no export is named. Give its folder: snakemake map_edc --config edc_dir=DIR"
        )
    return mapping.model_copy(update={"unblinding_dir": None, "rehearsal": False})


def explain_beginning(path: Path, overrides: MappingABC[str, Any]) -> str:
    """Return why the mapping of ``path`` is left aside; empty if it is used."""
    try:
        check_mapping(load_mapping(path, overrides), load_layout())
    except ConfigError as error:
        return str(error)
    return ""
