"""What the results were made from: provenance before, manifest after.

What an auditor asks of a run: plan and mapping with their sources, changes, lock, unblinding.
"""

import json
import platform
from collections.abc import Collection, Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from analysis.config.base import Block
from analysis.io.figure_notes import read_notes
from analysis.run.environment.distributions import describe_environment
from analysis.run.hashes import hash_file, list_code
from analysis.run.lock.amendments import PlanChange
from analysis.run.lock.values import (
    MAPPING_PREFIX,
    PLAN_PREFIX,
    flatten_mapping,
    flatten_plan,
    show_value,
)
from analysis.run.settings.figure_presets import Settings, list_left_out
from analysis.run.settings.run import Run


def describe_audit(run: Run) -> dict[str, Any]:
    """Return the account of a run as plain values for the jobs.

    ``lock``: name and value. ``unblinding``: name and value, empty without a record. ``settings``:
    key, value and source of every key of the plan and of the mapping. ``changes``: key, old, new,
    date and reason of every change since the first lock.
    """
    return {
        "lock": _describe_lock(run),
        "unblinding": _describe_record(run),
        "settings": _list_settings(run),
        "changes": [_describe_change(run, change) for change in run.locking.changes],
    }


def _describe_lock(run: Run) -> dict[str, str]:
    lock = run.locking.lock
    if lock is None:
        return {"State": run.locking.line}
    earlier = {
        f"Lock {number}, of {each.locked_on}": f"superseded: {each.reason}"
        for number, each in enumerate(lock.history, start=1)
    }
    return {
        "State": run.locking.line,
        "Data set": lock.name,
        "Seal": lock.seal,
        "Plan as locked (SHA-256)": lock.plan_hash,
        **earlier,
    }


def _describe_record(run: Run) -> dict[str, str]:
    record = run.blinding.record
    if record is None:
        return {}
    lists = {f"{name} (SHA-256)": sha256 for name, sha256 in record.lists.items()}
    return {
        "Date": record.date.isoformat(),
        "Authorised by": record.authorised_by,
        "Reason": record.reason or "not given",
        **lists,
    }


def _list_settings(run: Run) -> list[tuple[str, str, str]]:
    amended = {change.key: change.date for change in run.locking.changes}
    rows = []
    for key, value in flatten_plan(run.plan).items():
        block = getattr(run.plan, key.partition(".")[0], None)
        source = f"{run.plan_file.name} ({block.source})" if isinstance(block, Block) else ""
        rows.append((f"{PLAN_PREFIX}{key}", show_value(value), source or run.plan_file.name))
    for key, value in flatten_mapping(run.mapping).items():
        rows.append((f"{MAPPING_PREFIX}{key}", show_value(value), run.command_line.edc.name))
    return [
        (key, value, f"{source}, amended {amended[key]}" if key in amended else source)
        for key, value, source in rows
    ]


def _describe_change(run: Run, change: PlanChange) -> dict[str, str]:
    record = run.blinding.record
    late = record is not None and change.date > record.date
    return {
        "key": change.key,
        "old": show_value(change.old),
        "new": show_value(change.new),
        "date": change.date.isoformat(),
        "reason": change.reason,
        "after_unblinding": "after the unblinding" if late else "",
    }


FIGURES = "figures"
"""The folder of the figures in the results."""

PACKAGES = (
    "duckdb", "jinja2", "matplotlib", "numpy", "pandas", "plotnine", "pyarrow", "pydantic",
    "pyreadstat", "python-calamine", "python-docx", "pyyaml", "scipy", "snakemake", "statsmodels",
    "xlsxwriter",
)  # fmt: skip


def describe_run(run: Run) -> dict[str, Any]:
    """Return what is known of a run before it starts, as plain values for the jobs.

    No absolute path, host, time or number of cores: the same inputs give the same description.
    """
    return {
        "registry_id": run.plan.trial.registry_id,
        "mode": run.blinding.mode.value,
        "allocation": run.allocation.value,
        "stamp": run.allocation.stamp,
        "lock": run.locking.line,
        "export": "demonstration trial" if run.is_demo else "EDC export",
        "plan_hash": run.plan_hash,
        "mapping_hash": run.mapping_hash,
        "code_hash": run.code["all"],
        "fingerprint": run.fingerprint,
        "seeds": _list_seeds(run),
        "config": {name: hash_file(path) for name, path in run.config_files.items()},
        "audit": describe_audit(run),
    }


def build_provenance(
    description: dict[str, Any], export: Iterable[Path], lists: Iterable[Path]
) -> dict[str, Any]:
    """Return the description with the hash of every input file and the versions in use."""
    return {
        **description,
        "inputs": {f"edc/{path.name}": hash_file(path) for path in sorted(export)}
        | {f"unblinding/{path.name}": hash_file(path) for path in sorted(lists)},
        "versions": {"python": platform.python_version(), **{p: version(p) for p in PACKAGES}},
        "environment": describe_environment(),
        "blas": _describe_blas(),
        "processor": _describe_processor(),
    }


def build_manifest(provenance: dict[str, Any], results: Path, outputs: Collection[Path]) -> str:
    """Return the manifest as JSON text: provenance, hash of every code file and every output."""
    hashes = {path.relative_to(results).as_posix(): hash_file(path) for path in sorted(outputs)}
    code = {name: hash_file(path) for name, path in list_code().items()}
    drawings = describe_drawings(results, outputs, provenance.get("presets", {}))
    content = {**provenance, "code": code, "outputs": hashes, **drawings}
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def describe_drawings(
    results: Path, outputs: Iterable[Path], presets: Settings
) -> dict[str, dict[str, Any]]:
    """Return what files of figures say of themselves, by file; a kind that none says is left out.

    ``not_drawn``: why, of presets that are left out too. ``letters``: what the numbers in a figure
    stand for. ``fonts``: those that stand in for its typeface.
    """
    files = [path for path in sorted(outputs) if FIGURES in path.relative_to(results).parts[:1]]
    notes = read_notes({path.relative_to(results).as_posix(): path for path in files})
    described = {
        kind: {name: value for name, note in notes.items() if (value := getattr(note, kind))}
        for kind in ("not_drawn", "letters", "fonts")
    }
    described["not_drawn"] |= list_left_out(presets)
    return {kind: said for kind, said in described.items() if said}


def _list_seeds(run: Run) -> dict[str, int]:
    seeds = {"dummy allocation": run.plan.dummy_allocation.seed} if not run.sources.lists else {}
    return seeds | ({"demonstration trial": run.plan.demo.seed} if run.is_demo else {})


def _describe_blas() -> str:
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    return f"{blas['name']} {blas['version']}"


def _describe_processor() -> str:
    """The kind of processor, as far as the last bits of a number depend on it."""
    found = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
    return " ".join([platform.machine(), *found[-1:]])
