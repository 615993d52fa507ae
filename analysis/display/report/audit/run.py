"""The run itself for an audit: its state, lock and record, what it was made of, its software."""

from collections.abc import Mapping
from itertools import chain
from typing import Any

from analysis.display.report.audit.values import spell
from analysis.display.tables.table import Row
from analysis.errors import AnalysisError

STATE = {
    "registry_id": "Registry number",
    "mode": "Mode",
    "allocation": "Allocation",
    "stamp": "Stamp",
    "export": "Export",
}
HASHES = {
    "fingerprint": "Fingerprint of the run",
    "code_hash": "Code",
    "plan_hash": "Plan, its content",
    "mapping_hash": "Mapping of the export, its content",
}
FILES = {"inputs": "Inputs", "config": "Configuration files"}
MACHINE = {"blas": "Linear algebra library", "processor": "Processor"}
PLACED = frozenset(
    {*STATE, *HASHES, *FILES, *MACHINE, "versions", "environment", "seeds", "lock", "audit"}
)
"""Names of the provenance that have a place; what else it holds is shown at the end."""

ALLOCATIONS = {
    "dummy": "dummy: drawn from a seed, without the allocation lists",
    "rehearsal": "rehearsal: lists that are not the trial's own",
    "trial": "trial: the trial's own lists",
}
NO_SEED = {"Allocation and data": "not drawn by the program"}
NO_STAMP = "none: the allocation is the trial's own"
NO_RECORD = {
    "blinded": "none: the run is blinded and read no allocation list",
    "rehearsal": "none: the run is a rehearsal, whose allocation lists are not the trial's own",
}


def require_placed(provenance: Mapping[str, Any]) -> None:
    """Raise AnalysisError naming every part of the provenance that is not there."""
    if absent := sorted(PLACED - set(provenance)):
        raise AnalysisError(f"the provenance of the run lacks {', '.join(absent)}")


def list_state(provenance: Mapping[str, Any]) -> tuple[Row, ...]:
    """Return mode and allocation, the lock, and who unblinded the run or that nobody did.

    Raises AnalysisError for a run that is neither blinded nor a rehearsal and has no record.
    """
    state = {title: provenance[name] for name, title in STATE.items()}
    state[STATE["allocation"]] = ALLOCATIONS[provenance["allocation"]]
    state[STATE["stamp"]] = provenance["stamp"] or NO_STAMP
    audit = provenance["audit"]
    record = audit["unblinding"] or {"Record": _say_no_record(provenance["mode"])}
    sections = {"Run": state, "Lock": audit["lock"], "Unblinding": record}
    return tuple(chain.from_iterable(_list_values(*section) for section in sections.items()))


def list_hashes(provenance: Mapping[str, Any]) -> tuple[Row, ...]:
    """Return the sha256 of run, code, plan and mapping, and of every file that was read."""
    run = {title: provenance[name] for name, title in HASHES.items()}
    files = (_list_values(title, provenance[name]) for name, title in FILES.items())
    return (*_list_values("Run", run), *chain.from_iterable(files))


def list_software(provenance: Mapping[str, Any]) -> tuple[Row, ...]:
    """Return machine, versions and seeds, and what the provenance holds besides."""
    machine = {title: provenance[name] for name, title in MACHINE.items()}
    seeds = provenance["seeds"] or NO_SEED
    further = {name: value for name, value in provenance.items() if name not in PLACED}
    return (
        *_list_values("Machine", machine),
        *_list_values("Versions", provenance["versions"]),
        *_list_values("Environment", provenance["environment"]),
        *_list_values("Seeds", seeds),
        *_list_values("Further", further),
    )


def _say_no_record(mode: str) -> str:
    if mode not in NO_RECORD:
        raise AnalysisError(f"the provenance of the run is {mode}, but holds no unblinding record")
    return NO_RECORD[mode]


def _list_values(section: str, values: Mapping[str, Any]) -> list[Row]:
    return [Row(name, (spell(value),), section) for name, value in values.items()]
