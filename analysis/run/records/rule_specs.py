"""Orders: what each rule of a run is to make, and from what."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from analysis.errors import DataError
from analysis.io.files import write_text
from analysis.run.hashes import PACKAGE, hash_all_code, hash_bytes, hash_file

ORDERS_FILE = Path("logs") / "orders.json"
SCRIPTS = PACKAGE.parent / "workflow" / "scripts"


class Rule(Protocol):
    """What the workflow engine holds of a rule without wildcards."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def input(self) -> Iterable[str]:
        """Paths of all inputs."""

    @property
    def output(self) -> Iterable[str]:
        """Paths of all outputs."""

    @property
    def params(self) -> Any:
        """Settings, some by name: values that JSON can hold."""

    @property
    def script(self) -> str | None:
        """Path of its script."""


@dataclass(frozen=True)
class Order:
    """What one rule is to make. ``digest``: sha256 of its settings and its script.

    ``inputs``: all but the plan, of which the settings hold a hash.
    """

    rule: str
    inputs: tuple[Path, ...]
    outputs: tuple[Path, ...]
    digest: str


def read_orders(rules: Iterable[Rule]) -> list[Order]:
    """Return the orders of all rules that make something, in the order of the workflow."""
    return [
        Order(
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

    Orders hold the plan by its content, of which comments and layout are no part.
    """
    plan = str(getattr(inputs, "plan", ""))
    return tuple(Path(str(path)) for path in inputs if str(path) != plan)


def note_orders(results: Path, orders: Sequence[Order], code: str) -> None:
    """Note for the jobs what they are to make, and the hash of the code that the run began with."""
    content = {"code": code, "orders": {each.rule: each.digest for each in orders}}
    write_text(results / ORDERS_FILE, json.dumps(content, indent=1) + "\n")


def find_digest(results: Path, rule: str) -> str:
    """Return the digest of a rule's order; empty if the run has noted none."""
    return str(_read(results).get("orders", {}).get(rule, ""))


def require_same_code(results: Path) -> None:
    """Raise DataError if the code is no longer the one that the run began with."""
    noted = _read(results).get("code")
    if noted is not None and noted != hash_all_code():
        raise DataError(
            "The code was edited while the run was going on. Start it again: all that depends on "
            "the code is made anew."
        )


def _digest(rule: Rule) -> str:
    script = hash_file(SCRIPTS / Path(str(rule.script)).name) if rule.script else ""
    settings = json.dumps(
        [list(rule.params), dict(rule.params.items())], sort_keys=True, default=str
    )
    return hash_bytes(f"{script}\n{settings}".encode())


def _read(results: Path) -> Mapping[str, Any]:
    try:
        content = json.loads((results / ORDERS_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
