"""The lock file: what a data set and its plan were when they were locked, under a seal.

The seal is a sha256 over all the rest. It shows an edit by hand or a file that was cut off; it is
no signature, so whoever must prove that a lock is the first one keeps its seal elsewhere.
"""

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NoReturn

from pydantic import Field, JsonValue

from analysis.config.base import IsoDate, Sha256, Strict, Text, Words
from analysis.config.load import parse_model
from analysis.errors import ConfigError
from analysis.io.files import write_text
from analysis.run.hashes import hash_bytes
from analysis.run.lock.amendments import Amendment
from analysis.run.lock.inputs import InputFile, shorten
from analysis.run.lock.values import name_values

LOCK_FILE = Path("config/lock.json")
RELOCK = "snakemake lock --config relock=REASON"
RESTORE = (
    "A lock is written by the program and never edited. Restore it from version control; a damaged "
    "lock can be neither used nor superseded."
)


class DataSet(Strict):
    """What every lock holds. Values of the plan and the mapping stand by dotted key.

    ``environment``: interpreter and libraries; None in a lock of versions that did not record it.
    """

    name: Words
    locked_on: IsoDate
    plan_hash: Sha256
    mapping_hash: Sha256
    plan: dict[str, JsonValue]
    mapping: dict[str, JsonValue]
    environment: dict[str, JsonValue] | None = Field(default=None)
    seal: Sha256

    @property
    def values(self) -> dict[str, JsonValue]:
        """Plan, mapping and environment under the names of findings and amendments."""
        return name_values(self.plan, self.mapping, self.environment)


class EarlierLock(DataSet):
    """A lock that was superseded: its inputs' hashes, the amendments made to it, and why.

    ``reason``: why the data set was locked again. ``amendments``: those that the next lock took in.
    """

    inputs: dict[str, Sha256]
    amendments: tuple[Amendment, ...]
    reason: Words


class Lock(DataSet):
    """A locked data set; ``history``: its earlier locks, first one first."""

    registry_id: Text
    inputs: Annotated[dict[str, InputFile], Field(min_length=1)]
    history: tuple[EarlierLock, ...]

    @property
    def first_locked_on(self) -> date:
        """The date of the first lock of the data set."""
        return self.history[0].locked_on if self.history else self.locked_on

    @property
    def incorporated(self) -> tuple[Amendment, ...]:
        """The amendments that earlier locks took in."""
        return tuple(each for earlier in self.history for each in earlier.amendments)


def seal_lock(content: dict[str, Any]) -> Lock:
    """Return a lock of ``content`` (plain values, all keys but ``seal``) with its seal.

    Raises ConfigError naming every wrong key.
    """
    unsealed = parse_model(Lock, {**content, "seal": "0" * 64}, "The lock to be written")
    return unsealed.model_copy(update={"seal": _compute_seal(unsealed)})


def dump_lock(lock: Lock) -> dict[str, Any]:
    """Return a lock as plain values, without its seal."""
    return lock.model_dump(mode="json", exclude={"seal"}, exclude_unset=True)


def save_lock(path: Path, lock: Lock) -> None:
    """Write a lock whole or not at all."""
    content = {**dump_lock(lock), "seal": lock.seal}
    write_text(path, json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n")


def read_lock(path: Path = LOCK_FILE) -> Lock:
    """Return the lock that ``path`` holds.

    Raises ConfigError if there is none, if it is cut off, holds a wrong key, or if its content is
    not what was sealed.
    """
    if not path.exists():
        raise ConfigError(f"{path}: there is no such file; the data set is not locked")
    try:
        lock = parse_model(Lock, _read_json(path), str(path))
    except ConfigError as error:
        raise ConfigError(f"{error}\n{RESTORE}") from None
    seal = _compute_seal(lock)
    if seal != lock.seal:
        raise ConfigError(
            f"{path}: the lock was edited by hand: its seal is {shorten(lock.seal)}, that of its "
            f"content {shorten(seal)}.\n{RESTORE}"
        )
    return lock


def _compute_seal(lock: Lock) -> str:
    return hash_bytes(json.dumps(dump_lock(lock), sort_keys=True).encode())


def _read_json(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
        content = json.loads(text, object_pairs_hook=_collect, parse_constant=_refuse_constant)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as UTF-8 text ({error})") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: not valid JSON, so cut off or damaged ({error})") from None
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from None
    if not isinstance(content, dict):
        raise ConfigError(f"{path}: must be a mapping of keys to values")
    return content


def _collect(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; one key twice would show a reader another value than the program reads."""
    collected: dict[str, Any] = {}
    for key, value in pairs:
        if key in collected:
            raise ConfigError(f"key '{key}' stands twice")
        collected[key] = value
    return collected


def _refuse_constant(name: str) -> NoReturn:
    raise ConfigError(f"{name} is not a value of JSON")
