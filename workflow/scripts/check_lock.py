"""Hold inputs, plan and mapping against the lock of the data set, before anything is computed."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.config import Mapping as EdcMapping
from analysis.config import load_plan
from analysis.io.files import write_text
from analysis.io.result import Allocation
from analysis.run.job import job
from analysis.run.lock.amendments import read_amendments
from analysis.run.lock.differences import require_as_locked

if TYPE_CHECKING:
    from snakemake.script import snakemake


def check_lock(export: Sequence[str], arguments: Mapping[str, str], output: str) -> None:
    allocation = Allocation(arguments["allocation"])
    state = {
        "allocation": allocation.value,
        "stamp": allocation.stamp,
        "locked": False,
        "line": arguments["line"],
    }
    if arguments["lock_file"]:
        mapping = EdcMapping.model_validate_json(arguments["mapping"])
        lock = require_as_locked(
            Path(arguments["lock_file"]),
            list(map(Path, export)),
            load_plan(Path(arguments["plan_file"])),
            mapping,
            read_amendments(Path(arguments["amendments_file"])),
        )
        state |= {"locked": True, "name": lock.name, "seal": lock.seal, "files": len(export)}
    write_text(Path(output), json.dumps(state, indent=1, ensure_ascii=False) + "\n")


with job(snakemake, "Checking the lock"):
    check_lock(snakemake.input.export, dict(snakemake.params.items()), snakemake.output[0])
