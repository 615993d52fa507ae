"""What the results were made from: provenance before, manifest after."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from analysis.run.audit import describe_audit
from analysis.run.fingerprint import hash_file, list_code
from analysis.run.settings import Run

PACKAGES = (
    "jinja2", "matplotlib", "numpy", "pandas", "plotnine", "pyarrow", "pydantic",
    "pyreadstat", "python-docx", "pyyaml", "scipy", "snakemake", "statsmodels",
)  # fmt: skip


def describe_run(run: Run) -> dict[str, Any]:
    """Return what is known of a run before it starts, as plain values for the jobs.

    No absolute path, host, time or number of cores: the same inputs give the same description.
    """
    return {
        "registry_id": run.plan.trial.registry_id,
        "mode": run.standing.mode.value,
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
        "blas": _describe_blas(),
        "processor": _describe_processor(),
    }


def build_manifest(provenance: dict[str, Any], results: Path, outputs: Iterable[Path]) -> str:
    """Return the manifest as JSON text: provenance, hash of every code file and every output."""
    hashes = {path.relative_to(results).as_posix(): hash_file(path) for path in sorted(outputs)}
    code = {name: hash_file(path) for name, path in list_code().items()}
    content = {**provenance, "code": code, "outputs": hashes}
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


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
