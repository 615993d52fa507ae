"""Rule specifications: what each rule of a run makes, from what, and with which settings."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from analysis.run.environment.distributions import describe_environment
from analysis.run.hashes import PACKAGE, hash_bytes, hash_file

SCRIPTS = PACKAGE.parent / "workflow" / "scripts"


class Rule(Protocol):
    """What Snakemake holds of a rule without wildcards; inputs and outputs as paths.

    ``params``: settings, some by name: values that JSON can hold.
    """

    name: str
    input: Iterable[str]
    output: Iterable[str]
    params: Any
    script: str | None


@dataclass(frozen=True)
class RuleSpec:
    """What one rule makes. ``digest``: sha256 of settings, script and environment.

    ``inputs``: all but the plan, of which the settings hold a hash.
    """

    rule: str
    inputs: tuple[Path, ...]
    outputs: tuple[Path, ...]
    digest: str


def read_rule_specs(rules: Iterable[Rule]) -> list[RuleSpec]:
    """Return the specifications of all rules that make something, in the order of the workflow.

    The environment is a part of each, so that nothing is kept that other libraries made.
    """
    return [
        RuleSpec(
            rule.name,
            list_inputs(rule.input),
            tuple(Path(str(path)) for path in rule.output),
            _digest(rule),
        )
        for rule in rules
        if list(rule.output)
    ]


def list_inputs(inputs: Iterable[str]) -> tuple[Path, ...]:
    """Return the paths of a rule's inputs but the one named ``plan``.

    The settings hold the plan by its content, of which comments and layout are no part.
    """
    plan = str(getattr(inputs, "plan", ""))
    return tuple(Path(str(path)) for path in inputs if str(path) != plan)


def _digest(rule: Rule) -> str:
    inside = str(rule.script or "").rpartition(f"{SCRIPTS.name}/")[2]
    script = hash_file(SCRIPTS / inside) if inside else ""
    content = [list(rule.params), dict(rule.params.items()), describe_environment()]
    settings = json.dumps(content, sort_keys=True, default=str)
    return hash_bytes(f"{script}\n{settings}".encode())
