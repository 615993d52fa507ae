"""What Snakemake was asked for: results, one of the commands apart, or only to look."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.errors import ConfigError

LOCK, VERIFY = "lock", "verify"
MAP, CHECK, SHOW = "map_edc", "check_edc", "show_mapping"
APART = (LOCK, VERIFY, MAP, CHECK, SHOW)
"""The targets that build no results."""
READING = (LOCK, MAP, CHECK, SHOW)
"""Those that read the export alone: no list, and held against no lock."""
DEFAULT = "all"
"""The target of a run that names none."""

_OTHER_COMMANDS = (
    "archive", "cleanup_metadata", "cleanup_shadow", "conda_cleanup_envs",
    "conda_create_envs_only", "container_cleanup_images", "containerize", "d3dag", "dag",
    "delete_all_output", "delete_temp_output", "deploy_sources", "detailed_summary", "dryrun",
    "filegraph", "generate_unit_tests", "lint", "list_changes", "list_conda_envs",
    "list_input_changes", "list_params_changes", "list_rules", "list_target_rules",
    "list_untracked", "print_compilation", "rulegraph", "summary", "touch", "unlock",
)  # fmt: skip
"""Arguments, by their names in Snakemake's parser, with which it runs no job."""


@dataclass(frozen=True)
class Invocation:
    """``runs_jobs``: this is the main process, and jobs are to be run, not only looked at.

    ``deletes_outputs``: Snakemake is to delete all outputs, and not only to say which.
    ``targets``: names of rules and files; in the process of a job its rule. ``entries``: of
    ``--config``, as they were written.
    """

    is_main: bool
    runs_jobs: bool
    targets: frozenset[str]
    deletes_outputs: bool = False
    entries: tuple[str, ...] = ()

    @property
    def command(self) -> str:
        """The target that builds no results; empty for a run that builds some."""
        return next((target for target in APART if target in self.targets), "")

    @property
    def is_apart(self) -> bool:
        """Whether the target is one that builds no results.

        Raises ConfigError if another stands beside it, which may need the results folder made fit.
        """
        if self.command and len(self.targets) > 1:
            raise ConfigError(
                f"snakemake {self.command}: stands alone; run other targets by themselves"
            )
        return bool(self.command)

    @property
    def builds_results(self) -> bool:
        """Whether this is the main process of a run that makes results; raises as ``is_apart``."""
        return self.runs_jobs and not self.is_apart


def read_invocation(arguments: Mapping[str, Any], *, is_main: bool) -> Invocation:
    """Return what Snakemake was asked for. ``arguments``: as its own parser understood them."""
    reports = arguments["report"] or arguments["reporter"]
    looks = any(map(arguments.get, _OTHER_COMMANDS))
    looks = looks or (reports and not arguments["report_after_run"])
    named = {*map(str, arguments["targets"]), *(job.rulename for job in arguments["target_jobs"])}
    added = {*arguments["forcerun"], *arguments["prioritize"], *arguments["until"]}
    # Snakemake makes targets of these too, beside the default one if no other is named
    targets = frozenset(named | added if named or not added else {DEFAULT, *added})
    deletes = is_main and arguments["delete_all_output"] and not arguments["dryrun"]
    entries = tuple(map(str, arguments.get("config") or ()))
    return Invocation(is_main, is_main and not looks, targets, bool(deletes), entries)
