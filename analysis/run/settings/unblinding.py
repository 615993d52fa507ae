"""The record of an unblinding, and the lists that were sealed when the trial began."""

from collections.abc import Mapping as MappingABC
from collections.abc import Sequence
from pathlib import Path

from pydantic import Field

from analysis.config.base import IsoDate, Sha256, Strict, Words
from analysis.config.load import parse_model, read_yaml
from analysis.config.plan import SealedLists
from analysis.edc.layout import KIT_LIST, RANDOMISATION_LIST
from analysis.errors import ConfigError, join_findings
from analysis.run.hashes import hash_file
from analysis.run.lock.file import Lock
from analysis.run.lock.inputs import shorten

RECORD_FILE = Path("config/unblinding.yaml")


class UnblindingRecord(Strict):
    """Who allowed the unblinding, when, and with which lists (file name: sha256)."""

    date: IsoDate
    authorised_by: Words
    reason: Words | None = Field(default=None)
    lists: dict[str, Sha256]


def hash_lists(lists: Sequence[Path]) -> dict[str, str]:
    """Return the sha256 of the allocation lists by file name."""
    return {path.name: hash_file(path) for path in lists}


def require_record(path: Path, lists: MappingABC[str, str]) -> UnblindingRecord:
    """Return the unblinding record in ``path`` if it is of ``lists`` (file name: sha256).

    Raises ConfigError if there is no record, naming every wrong key of it, or naming every list
    that is not the one recorded.
    """
    if not path.exists():
        raise ConfigError(
            f"{path}: there is no unblinding record. An unblinding needs its date, who authorised "
            "it and the sha256 of both lists"
        )
    record = parse_model(UnblindingRecord, read_yaml(path), str(path))
    if findings := _find_differences(record.lists, lists, "the record"):
        heading = f"{path}: the lists are not those that the record of {record.date} authorises."
        raise ConfigError(join_findings(heading, findings))
    return record


def require_locked_first(record: UnblindingRecord, lock: Lock) -> None:
    """Raise ConfigError if the unblinding is dated before the first lock of the data set."""
    if record.date < lock.first_locked_on:
        raise ConfigError(
            f"The unblinding record is dated {record.date}, but the data set '{lock.name}' was "
            f"first locked on {lock.first_locked_on}. A data set is locked before it is unblinded"
        )


def is_sealed(lists: MappingABC[str, str], sealed: SealedLists) -> bool:
    """Whether any of ``lists`` (file name: sha256) is a sealed one, under whatever name."""
    return not set(lists.values()).isdisjoint(_sealed_hashes(sealed).values())


def refuse_sealed(lists: MappingABC[str, str], sealed: SealedLists) -> None:
    """Raise ConfigError if a rehearsal is to be made with a sealed list."""
    if not is_sealed(lists, sealed):
        return
    names = {sha256: name for name, sha256 in _sealed_hashes(sealed).items()}
    findings = [
        f"{name}: sha256 {shorten(sha256)} is that of the sealed {names[sha256]}"
        for name, sha256 in lists.items()
        if sha256 in names
    ]
    heading = (
        "A rehearsal with the trial's own lists is refused: they are the sealed ones (sealed_lists "
        "in the plan). Give other lists, or unblind with a record and without rehearsal=true."
    )
    raise ConfigError(join_findings(heading, findings))


def require_sealed(lists: MappingABC[str, str], sealed: SealedLists) -> None:
    """Raise ConfigError naming every list that is not the one sealed, where the plan knows it."""
    hashes = _sealed_hashes(sealed)
    known = {name: sha256 for name, sha256 in lists.items() if name in hashes}
    if findings := _find_differences(hashes, known, "the seal in the plan"):
        heading = "The unblinding is refused: the lists are not the sealed ones (sealed_lists)."
        raise ConfigError(join_findings(heading, findings))


def _find_differences(
    wanted: MappingABC[str, str], given: MappingABC[str, str], by: str
) -> list[str]:
    """One finding for each list that is missing, unknown or another one."""
    missing = [f"{name}: named by {by}, but not given" for name in wanted if name not in given]
    extra = [f"{name}: given, but not named by {by}" for name in given if name not in wanted]
    other = [
        f"{name}: sha256 {shorten(given[name])}, by {by} {shorten(sha256)}"
        for name, sha256 in wanted.items()
        if name in given and given[name] != sha256
    ]
    return [*missing, *extra, *other]


def _sealed_hashes(sealed: SealedLists) -> dict[str, str]:
    """The deposited hashes by file name."""
    hashes = {RANDOMISATION_LIST: sealed.randomisation_list, KIT_LIST: sealed.kit_list}
    return {f"{name}.csv": sha256 for name, sha256 in hashes.items() if sha256 is not None}
