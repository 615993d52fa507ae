"""What one run analyses and where its results go."""

import json
from dataclasses import dataclass
from pathlib import Path

from analysis.config import Mapping, Plan
from analysis.io.result import Allocation
from analysis.run.hashes import hash_bytes
from analysis.run.lock.amendments import AMENDMENTS_FILE, dump_amendment
from analysis.run.lock.values import hash_mapping, hash_plan
from analysis.run.settings.command_line import CommandLine
from analysis.run.settings.figure_presets import Settings
from analysis.run.settings.input_files import Sources
from analysis.run.settings.lock_of_run import Locking, lock_arguments
from analysis.run.settings.mode import Blinding
from analysis.run.settings.params import escape_braces
from analysis.run.settings.unblinding import RECORD_FILE


@dataclass(frozen=True)
class Run:
    """One run. Paths are as the user gave them; hashes are sha256 in hexadecimal.

    ``sources``: the files it reads. ``blinding``: what it may know of the allocation. ``locking``:
    how it stands to the lock of its data set. ``inputs``: a hash of all sources; of the generator's
    settings for the demonstration trial. ``code``: by kind of rule, and of everything as "all".
    ``presets``: what figures are drawn with beside the house's own. ``given``: the hashes of plan,
    export and lists; the demonstration trial is made by a job.
    """

    command_line: CommandLine
    plan_file: Path
    plan: Plan
    mapping: Mapping
    sources: Sources
    blinding: Blinding
    locking: Locking
    results: Path
    inputs: str
    code: dict[str, str]
    presets: Settings
    given: dict[Path, str]

    @property
    def allocation(self) -> Allocation:
        """Whose allocation the outputs hold."""
        return self.blinding.allocation

    @property
    def is_demo(self) -> bool:
        """Whether the run analyses the demonstration trial."""
        return self.sources.is_demo

    @property
    def logs(self) -> Path:
        """Folder of the logs."""
        return self.results / "logs"

    @property
    def plan_hash(self) -> str:
        """Hash of the plan: of its content, not of its comments or its layout."""
        return hash_plan(self.plan)

    @property
    def mapping_param(self) -> str:
        """The mapping as JSON, for the parameters of a rule."""
        return escape_braces(self.mapping.model_dump_json())

    @property
    def mapping_hash(self) -> str:
        """Hash of how the export is read: the mapping without folders, mode and time limit."""
        return hash_mapping(self.mapping)

    @property
    def config_files(self) -> dict[str, Path]:
        """The configuration files that the run read, by what they are."""
        line, files = self.command_line, {"plan": self.plan_file, "mapping": self.command_line.edc}
        if self.locking.file is not None:
            files["lock"] = self.locking.file
            files["amendments"] = line.amendments or AMENDMENTS_FILE
        if self.blinding.record is not None:
            files["unblinding record"] = line.unblinding_record or RECORD_FILE
        return {name: path for name, path in files.items() if path.is_file()}

    @property
    def lock_arguments(self) -> dict[str, str]:
        """What a job needs to check or to write a lock."""
        arguments = lock_arguments(self.command_line, self.locking, self.sources, self.mapping)
        return {**arguments, "plan_file": str(self.plan_file)}

    def describe(self, kind: str) -> dict[str, str]:
        """What the results of one kind of rule were made from: no path, host or time."""
        return {
            "registry_id": self.plan.trial.registry_id,
            "mode": self.blinding.mode.value,
            "allocation": self.allocation.value,
            "plan": self.plan_hash,
            "mapping": self.mapping_hash,
            "inputs": self.inputs,
            "code": self.code[kind],
        }

    @property
    def fingerprint(self) -> str:
        """One hash over all that the results depend on."""
        record, lock = self.blinding.record, self.locking.lock
        parts = [
            self.blinding.mode,
            self.allocation,
            self.plan_hash,
            self.mapping_hash,
            self.inputs,
            self.code["all"],
            record.model_dump_json() if record else "",
            lock.seal if lock else "",
            json.dumps([dump_amendment(each) for each in self.locking.amendments]),
        ]
        return hash_bytes("\n".join(parts).encode())
