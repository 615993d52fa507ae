"""What one run analyses and where its results go, settled from the files and the command line."""

from __future__ import annotations

import json
from collections.abc import Mapping as MappingABC
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.config import Mapping, Plan, load_mapping, load_plan
from analysis.edc.folder import check_mapping, list_tables
from analysis.edc.layout import load_layout
from analysis.errors import AnalysisError, ConfigError, join_findings
from analysis.result import Allocation
from analysis.run.fingerprint import hash_bytes, hash_code, hash_files

PLAN_FILE = Path("config/trial.yaml")
MAPPING_FILE = Path("config/edc.yaml")
RESULTS_ROOT = Path("results")
DEMO_ROOT = Path("data/demo")

_Files = tuple[tuple[str, ...], tuple[Path, ...], tuple[Path, ...]]

_FOLDER_OF_MODE = {
    Allocation.DUMMY: "blinded",
    Allocation.REHEARSAL: "rehearsal",
    Allocation.TRIAL: "unblinded",
}


@dataclass(frozen=True)
class Run:
    """One run. Paths are as the user gave them; hashes are sha256 in hexadecimal.

    ``tables``: the tables that reading makes: all that must be there, and the optional ones that
    are. ``export``: the files of the export. ``lists``: the two allocation lists. ``inputs``: a
    hash of all of them; of the generator's settings for the demonstration trial.
    """

    plan_file: Path
    plan: Plan
    mapping_file: Path
    mapping: Mapping
    allocation: Allocation
    results: Path
    is_demo: bool
    tables: tuple[str, ...]
    export: tuple[Path, ...]
    lists: tuple[Path, ...]
    inputs: str
    code: dict[str, str]

    @property
    def edc_dir(self) -> Path:
        """Folder of the export."""
        return self.export[0].parent

    @property
    def unblinding_dir(self) -> Path:
        """Folder of the allocation lists."""
        return self.lists[0].parent

    @property
    def logs(self) -> Path:
        """Folder of the logs."""
        return self.results / "logs"

    def describe(self, kind: str) -> dict[str, str]:
        """What the results of one kind of rule were made from: no path, host or time."""
        return {
            "registry_id": self.plan.trial.registry_id,
            "allocation": self.allocation.value,
            "plan": self.plan_hash,
            "mapping": self.mapping_hash,
            "inputs": self.inputs,
            "code": self.code[kind],
        }

    @property
    def plan_hash(self) -> str:
        """Hash of the plan: of its content, not of its comments or its layout."""
        return hash_bytes(self.plan.model_dump_json().encode())

    @property
    def mapping_hash(self) -> str:
        """Hash of how the export is read: the mapping without folders and mode."""
        paths = {"edc_dir", "unblinding_dir", "results", "rehearsal"}
        return hash_bytes(self.mapping.model_dump_json(exclude=paths).encode())

    @property
    def fingerprint(self) -> str:
        """One hash over all that the results depend on."""
        parts = [self.allocation, self.plan_hash, self.mapping_hash, self.inputs, self.code["all"]]
        return hash_bytes("\n".join(parts).encode())


def open_run(command_line: MappingABC[str, Any], plan_files: Sequence[Path]) -> Run:
    """Return the run that the configuration files and the command line ask for.

    ``command_line``: the values of ``--config``. ``plan_files``: the files of ``--configfile``; the
    shipped plan if there is none. Raises ConfigError or DataError for anything that is wrong.
    """
    if len(plan_files) > 1:
        raise ConfigError("--configfile: give one plan; a plan is whole and not merged with others")
    plan_file = _relative(Path(plan_files[0])) if plan_files else PLAN_FILE
    overrides = read_command_line(command_line)
    mapping_file = Path(overrides.pop("edc", MAPPING_FILE))
    mapping = load_mapping(mapping_file, overrides)
    plan = load_plan(plan_file)
    check_mapping(mapping, load_layout())
    is_demo = mapping.edc_dir is None
    allocation = _decide_allocation(mapping)
    results = Path(mapping.results or RESULTS_ROOT / _FOLDER_OF_MODE[allocation])
    _refuse_input_folder(results, mapping)
    tables, export, lists = _demo_files(plan) if is_demo else _list_files(mapping)
    return Run(
        plan_file=plan_file,
        plan=plan,
        mapping_file=mapping_file,
        mapping=mapping,
        allocation=allocation,
        results=results,
        is_demo=is_demo,
        tables=tables,
        export=export,
        lists=lists,
        inputs=_hash_demo(plan) if is_demo else hash_files((*export, *lists)),
        code=hash_code(),
    )


def read_command_line(values: MappingABC[str, Any]) -> dict[str, Any]:
    """Return the values of ``--config`` by the types of the mapping; "edc" names another mapping.

    Snakemake guesses types: ``rehearsal=false`` arrives as text, ``results=001`` as the number 1.
    Raises ConfigError for a key that is not of the command line and for a value of another type.
    """
    folders = ("edc_dir", "unblinding_dir", "results", "edc")
    read: dict[str, Any] = {}
    findings = []
    for key, value in values.items():
        if key in folders and isinstance(value, str):
            read[key] = value
        elif key in folders:
            findings.append(f"{key} = {value}: not read as text; write it as a path, {key}=./NAME")
        elif key == "rehearsal" and str(value).lower() in ("true", "false"):
            read[key] = str(value).lower() == "true"
        elif key == "rehearsal":
            findings.append(f"rehearsal = {value}: must be true or false")
        else:
            allowed = ", ".join((*folders, "rehearsal"))
            findings.append(f"{key}: unknown key; allowed on the command line: {allowed}")
    if findings:
        raise ConfigError(join_findings("The command line (--config) is wrong.", findings))
    return read


def results_folders(command_line: MappingABC[str, Any]) -> list[Path]:
    """Return the folders whose earlier results a failed start must not leave looking current."""
    if isinstance(command_line.get("results"), str):
        return [Path(command_line["results"])]
    try:
        mapping = load_mapping(Path(str(command_line.get("edc", MAPPING_FILE))))
    except AnalysisError:
        mapping = None
    if mapping is not None and mapping.results:
        return [Path(mapping.results)]
    return [RESULTS_ROOT / folder for folder in _FOLDER_OF_MODE.values()]


def _decide_allocation(mapping: Mapping) -> Allocation:
    """The mode of the run: the demonstration trial and a declared rehearsal are rehearsals."""
    if mapping.edc_dir is None:
        if mapping.unblinding_dir is not None:
            raise ConfigError(
                "unblinding_dir is given without edc_dir: the lists belong to an export. Give "
                "both, or neither for the demonstration trial"
            )
        return Allocation.REHEARSAL
    if mapping.unblinding_dir is None:
        raise ConfigError(
            "edc_dir is given without unblinding_dir: this version analyses an export only with "
            "allocation lists that are declared not to be the trial's own. Give unblinding_dir and "
            "rehearsal=true"
        )
    if not mapping.rehearsal:
        raise ConfigError(
            "unblinding_dir is given, but neither an unblinding record nor rehearsal=true. Say "
            "rehearsal=true if the lists are not the trial's own (simulated data, a dry run)"
        )
    return Allocation.REHEARSAL


def _refuse_input_folder(results: Path, mapping: Mapping) -> None:
    """Results among the inputs would be read as tables by the next run."""
    for key, folder in (("edc_dir", mapping.edc_dir), ("unblinding_dir", mapping.unblinding_dir)):
        if folder is not None and results.resolve() == Path(folder).resolve():
            raise ConfigError(f"results = {results}: the same folder as {key}. Give another one")


def _list_files(mapping: Mapping) -> _Files:
    """The tables and files of the export and the lists, as they lie there now."""
    layout, folder = load_layout(), Path(str(mapping.edc_dir))
    files = list_tables(folder, mapping)
    found = [path for paths in files.values() for path in paths]
    if not found:
        raise ConfigError(f"edc_dir = {folder}: the folder holds no table ({mapping.format})")
    lists_folder = Path(str(mapping.unblinding_dir))
    lists = tuple(lists_folder / f"{name}.csv" for name in layout.unblinding)
    absent = [str(path) for path in lists if not path.is_file()]
    if absent:
        raise ConfigError(f"unblinding_dir: no such file: {', '.join(absent)}")
    tables = (name for name, table in layout.tables.items() if not table.optional or name in files)
    return tuple(tables), tuple(sorted(found)), lists


def _demo_files(plan: Plan) -> _Files:
    root = DEMO_ROOT / plan.trial.registry_id
    layout = load_layout()
    export = tuple(root / "edc" / f"{name}.csv" for name in layout.tables)
    lists = tuple(root / "unblinding" / f"{name}.csv" for name in layout.unblinding)
    return tuple(layout.tables), export, lists


def _hash_demo(plan: Plan) -> str:
    """The generator reads the plan, so its settings are the plan."""
    return hash_bytes(json.dumps({"demo": plan.model_dump(mode="json")}, sort_keys=True).encode())


def _relative(path: Path) -> Path:
    """The path relative to the working directory where it lies below it."""
    working = Path.cwd()
    return path.relative_to(working) if path.is_relative_to(working) else path
