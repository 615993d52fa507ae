"""Blinded, rehearsal or unblinded: what a run may know of the allocation."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from analysis.config import Mapping, Plan
from analysis.errors import ConfigError
from analysis.io.result import Allocation
from analysis.run.lock.file import Lock
from analysis.run.settings.input_files import Sources
from analysis.run.settings.unblinding import (
    UnblindingRecord,
    hash_lists,
    refuse_sealed,
    require_locked_first,
    require_record,
    require_sealed,
)


class Mode(StrEnum):
    """What a run knows of the allocation; also the name of its folder of results."""

    BLINDED = "blinded"
    REHEARSAL = "rehearsal"
    UNBLINDED = "unblinded"


@dataclass(frozen=True)
class Blinding:
    """The mode of a run, whose allocation its outputs hold, and the record that allows it."""

    mode: Mode
    allocation: Allocation
    record: UnblindingRecord | None = None


def find_blinding(
    mapping: Mapping, sources: Sources, plan: Plan, lock: Lock | None, record_file: Path
) -> Blinding:
    """Return what the run may know: nothing, unless lists are given and all that goes with them.

    The demonstration trial and a declared rehearsal are rehearsals; so are the outputs of an
    unblinding of simulated data. Raises ConfigError for lists with neither a record nor a declared
    rehearsal, for lists that are not the recorded or the sealed ones, for a rehearsal with sealed
    lists, and for an unblinding of a data set that is not locked.
    """
    if sources.is_demo:
        return Blinding(Mode.REHEARSAL, Allocation.REHEARSAL)
    if mapping.unblinding_dir is None:
        if mapping.rehearsal:
            raise ConfigError(
                "rehearsal=true is given without unblinding_dir: a rehearsal needs lists that are "
                "not the trial's own. Without them the run is blinded: leave out rehearsal=true"
            )
        return Blinding(Mode.BLINDED, Allocation.DUMMY)
    if not mapping.rehearsal and not record_file.exists():
        raise ConfigError(
            f"unblinding_dir is given, but neither an unblinding record ({record_file}) nor "
            "rehearsal=true. Say rehearsal=true if the lists are not the trial's own (simulated "
            "data, a dry run)"
        )
    lists = hash_lists(sources.lists)
    if mapping.rehearsal:
        refuse_sealed(lists, plan.sealed_lists)
        return Blinding(Mode.REHEARSAL, Allocation.REHEARSAL)
    record = require_record(record_file, lists)
    require_sealed(lists, plan.sealed_lists)
    if lock is None:
        raise ConfigError(
            "The unblinding is refused: the data set is not locked. Lock it before the arms are "
            "known: snakemake lock. If edc_dir stands on the command line, name its lock: lock=FILE"
        )
    require_locked_first(record, lock)
    allocation = Allocation.REHEARSAL if sources.is_simulated else Allocation.TRIAL
    return Blinding(Mode.UNBLINDED, allocation, record)
