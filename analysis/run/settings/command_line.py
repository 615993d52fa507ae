"""The values of ``--config``, parsed by the types of the configuration."""

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.errors import ConfigError, join_findings

MAPPING_FILE = Path("config/edc.yaml")

FOLDERS = ("edc_dir", "unblinding_dir", "results")
_FILES = ("edc", "lock", "amendments", "unblinding_record", "manifest", "labels")
_TEXTS = ("lock_name", "relock")
_SWITCHES = ("rehearsal", "tiff")
_LISTS = ("presets",)
QUOTES = frozenset("'\"")
_MEANT_OTHERWISE = frozenset("'\"\\$`!")
"""Characters that a shell, or YAML, reads within quotes."""
KEYS = (*FOLDERS, *_SWITCHES, *_LISTS, *_FILES, *_TEXTS)


@dataclass(frozen=True)
class CommandLine:
    """What ``--config`` says. ``mapping``: the keys of the mapping that it replaces.

    ``edc``: the mapping file. ``lock``, ``amendments``, ``unblinding_record``, ``manifest``: files
    in place of the usual ones. ``lock_name``: of the data set to be locked. ``relock``: why it is
    locked again. ``tiff``: whether every figure is written as TIFF too, which is not of the plan.
    ``presets``: for which journals figures are drawn too. ``labels``: the plan's labels in Chinese.
    """

    mapping: Mapping[str, str | bool] = field(default_factory=dict)
    edc: Path = MAPPING_FILE
    lock: Path | None = None
    amendments: Path | None = None
    unblinding_record: Path | None = None
    manifest: Path | None = None
    lock_name: str | None = None
    relock: str | None = None
    tiff: bool = False
    presets: tuple[str, ...] = ()
    labels: Path | None = None

    @property
    def paths(self) -> dict[str, Path | None]:
        """The files that it names, by key."""
        return {key: getattr(self, key) for key in _FILES}


def read_command_line(values: Mapping[str, Any]) -> CommandLine:
    """Return the values of ``--config``.

    Snakemake guesses types: ``rehearsal=false`` arrives as text, ``results=001`` as the number 1,
    ``relock=`` as None. Raises ConfigError for a key that is not of the command line, one without a
    value, and a value of another type.
    """
    findings = [finding for key, value in values.items() if (finding := _judge(key, value))]
    if findings:
        raise ConfigError(join_findings("The command line (--config) is wrong.", findings))
    mapping: dict[str, str | bool] = {key: value for key, value in values.items() if key in FOLDERS}
    if "rehearsal" in values:
        mapping["rehearsal"] = _is_true(values["rehearsal"])
    files = {key: Path(values[key]) for key in _FILES if key in values}
    texts = {key: str(values[key]) for key in _TEXTS if key in values}
    tiff = _is_true(values.get("tiff", False))
    presets = tuple(name.strip() for name in str(values.get("presets", "")).split(",") if name)
    switches = {"tiff": tiff, "presets": presets}
    return CommandLine(mapping=mapping, **files, **texts, **switches)  # type: ignore[arg-type]


def require_unchanged(entries: Sequence[str], values: Mapping[str, Any]) -> None:
    """Raise ConfigError if Snakemake made another value of an entry than what stands there.

    It takes off quotes at both ends, and reads what is left as a number or as YAML:
    ``lock_name=010`` is 10, ``results=run #2`` is ``run``. Quotes with a blank before and behind
    them stay, and make a text of what stands between them.
    """
    findings = []
    for key, _, text in (entry.partition("=") for entry in entries):
        value = values.get(key)
        if text and value is not None and not _is_unchanged(text, value):
            findings.append(
                f"{key}={text}: arrives as {value}. Put it into quotes with blanks around them, "
                f"within quotes: {key}={_quote(_unquote(text))}"
            )
    if findings:
        raise ConfigError(join_findings("The command line (--config) would change.", findings))


def write_entry(key: str, value: object) -> str:
    """Return an entry of ``--config``, outside of a shell, that arrives as the value that it is.

    >>> write_entry("results", "010"), write_entry("rehearsal", True)
    ('results= "010" ', 'rehearsal=True')
    """
    if isinstance(value, str):
        return f"{key}= {json.dumps(value, ensure_ascii=False)} "
    return f"{key}={value}"


def _is_unchanged(text: str, value: object) -> bool:
    """Whether a value is the text, or what stands between its quotes."""
    return str(value) in (text, _unquote(text)) or (
        text[0] == text[-1] == " " and text.strip()[:1] in QUOTES and isinstance(value, str)
    )


def _unquote(text: str) -> str:
    """What stands between the quotes of a text; the text, if these are not all of its quotes."""
    is_quoted = len(text) > 1 and text[0] == text[-1] and text[0] in QUOTES
    return text[1:-1] if is_quoted and QUOTES.isdisjoint(text[1:-1]) else text


def _quote(text: str) -> str:
    """A text in quotes of YAML, which the engine leaves, within those of a shell."""
    if _MEANT_OTHERWISE.isdisjoint(text):
        return f"\" '{text}' \""
    return shlex.quote(f" {json.dumps(text, ensure_ascii=False)} ")


def _judge(key: str, value: object) -> str:
    """What is wrong with one value; empty if nothing is."""
    if key not in KEYS:
        return f"{key}: unknown key; allowed on the command line: {', '.join(KEYS)}"
    if value is None or not str(value).strip():
        return f"{key}: is given without a value"
    if key in _SWITCHES and str(value).lower() not in ("true", "false"):
        return f"{key} = {value}: must be true or false"
    if key in (*FOLDERS, *_FILES) and not isinstance(value, str):
        return f"{key} = {value}: not read as text; write it as a path, {key}=./NAME"
    return ""


def _is_true(value: object) -> bool:
    return str(value).lower() == "true"
