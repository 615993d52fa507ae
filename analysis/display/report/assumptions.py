"""Assumptions: the parts of the plan that the registration does not fix (preamble of the plan)."""

from dataclasses import dataclass

from pydantic import BaseModel

from analysis.config import Plan
from analysis.config.base import Block
from analysis.display.tables.table import Row, Table
from analysis.display.text.format import format_plain
from analysis.display.text.wording import registry_line

TAKEN_FROM = (
    "Taken from sibling trials and guidance. The blocks demo (the demonstration trial) and "
    "dummy_allocation (the allocation of blinded runs) say nothing about the trial itself."
)


@dataclass(frozen=True)
class Setting:
    """One key of the plan: its dotted name, its value in words and what it means."""

    key: str
    value: str
    meaning: str


def build_assumptions(plan: Plan, stamp: str) -> Table:
    """Return every setting of the plan that the registration does not fix."""
    rows = [
        Row(setting.key, (setting.value, setting.meaning), section=block)
        for block, settings in list_settings(plan, "assumption").items()
        for setting in settings
    ]
    return Table(
        id="t_assumptions",
        title=f"Settings that {plan.trial.registry_id} does not fix",
        columns=("Key", "Value", "Meaning"),
        rows=tuple(rows),
        footnotes=(TAKEN_FROM,),
        stamp=stamp,
        registry=registry_line(plan),
        text_columns=frozenset({"Value", "Meaning"}),
    )


def list_settings(plan: Plan, source: str) -> dict[str, tuple[Setting, ...]]:
    """Return the settings of every block with that ``source``, by the name of the block.

    ``source`` is "assumption" or "registry".
    """
    blocks = {name: getattr(plan, name) for name in type(plan).model_fields}
    return {
        name: tuple(_settings(block, name))
        for name, block in blocks.items()
        if isinstance(block, Block) and block.source == source
    }


def _settings(block: BaseModel, prefix: str) -> list[Setting]:
    settings: list[Setting] = []
    for name, info in type(block).model_fields.items():
        value, key = getattr(block, name), f"{prefix}.{name}"
        if name == "source":
            continue
        meaning = info.description or ""
        if isinstance(value, BaseModel):
            settings += _settings(value, key)
        elif isinstance(value, tuple) and any(isinstance(part, BaseModel) for part in value):
            settings += [_listed(part, key, meaning) for part in value]
        else:
            settings.append(Setting(key, format_plain(value), meaning))
    return settings


def _listed(block: BaseModel, key: str, meaning: str) -> Setting:
    """One block of a list, named by its first value."""
    first, *others = type(block).model_fields
    values = {name: format_plain(getattr(block, name)) for name in others}
    text = "; ".join(f"{name} {value}" for name, value in values.items())
    return Setting(f"{key}: {getattr(block, first)}", text, meaning)
