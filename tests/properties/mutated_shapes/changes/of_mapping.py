"""Changes of a mapping: a key gone, a name misspelt, codes reversed, a wrong form or unit."""

from __future__ import annotations

import random
from typing import Any

import yaml

from tests.properties.mutated_shapes.mutant import MappingChange

Raw = dict[str, Any]
OF_KEYS = ("VISIT", "MRSSRC")
"""Coded columns that name a row: with another code all its columns stand in another row."""
UNITS = ("kg", "lb", "mg/dL", "mmol/L", "umol/L", "cm", "banana")


def change_mapping(rng: random.Random, text: str) -> tuple[str, MappingChange]:
    """Return the text of the mapping with one change."""
    raw: Raw = yaml.safe_load(text)
    while True:
        try:
            change = rng.choice(KINDS)(rng, raw)
        except NothingToChange:
            continue
        return yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), change


class NothingToChange(Exception):
    """The mapping has nothing that a change of this kind could touch."""


def _choose(rng: random.Random, raw: Raw, *keys: str) -> tuple[str, str, dict[str, Any]]:
    """A table that has one of some keys, and the block below the key."""
    places = [
        (name, key, spec[key])
        for name, spec in raw["tables"].items()
        for key in keys
        if isinstance(spec.get(key), dict)
    ]
    if not places:
        raise NothingToChange
    return rng.choice(places)


def _take_two(rng: random.Random, block: dict[str, Any]) -> list[str]:
    """Two columns of a table that has more than these."""
    if len(block) < 3:
        raise NothingToChange
    return rng.sample(list(block), 2)


def _touch(said: str, table: str, *columns: str, valid: bool = False) -> MappingChange:
    named = frozenset(columns) or None
    return MappingChange(said, frozenset({table}), named, is_valid=valid)


def _drop_key(rng: random.Random, raw: Raw) -> MappingChange:
    name = rng.choice([name for name, spec in raw["tables"].items() if spec])
    spec = raw["tables"][name]
    key = rng.choice(list(spec))
    if isinstance(spec[key], dict) and rng.random() < 0.7:
        inner = rng.choice(list(spec[key]))
        spec[key] = {k: v for k, v in spec[key].items() if k != inner}
        return _touch(f"tables.{name}.{key}.{inner} gone", name)
    del spec[key]
    return _touch(f"tables.{name}.{key} gone", name)


def _drop_global(rng: random.Random, raw: Raw) -> MappingChange:
    keys = ("missing_values", "encoding", "delimiter", "yes_no", "sources", "format", "edc_dir")
    key = rng.choice([key for key in keys if key in raw])
    if key == "sources" and rng.random() < 0.8:
        inner = rng.choice(list(raw[key]))
        raw[key] = {k: v for k, v in raw[key].items() if k != inner}
        return MappingChange(f"sources.{inner} gone")
    del raw[key]
    return MappingChange(f"{key} gone")


def _misspell(rng: random.Random, raw: Raw) -> MappingChange:
    name, key, block = _choose(rng, raw, "columns", "times")
    column = rng.choice(list(block))
    head = str(block[column])
    block[column] = rng.choice((f"{head}x", head[:-1], head.swapcase(), f" {head}", head[::-1]))
    return _touch(f"tables.{name}.{key}.{column}: {head} -> {block[column]}", name)


def _retarget(rng: random.Random, raw: Raw) -> MappingChange:
    name, _, block = _choose(rng, raw, "columns")
    one, two = _take_two(rng, block)
    block[one] = block[two]
    return _touch(f"tables.{name}.columns.{one} is that of {two}", name, one, valid=True)


def _exchange_columns(rng: random.Random, raw: Raw) -> MappingChange:
    name, _, block = _choose(rng, raw, "columns")
    one, two = _take_two(rng, block)
    block[one], block[two] = block[two], block[one]
    return _touch(f"tables.{name}.columns: {one} and {two} exchanged", name, one, two, valid=True)


def _change_codes(rng: random.Random, raw: Raw) -> MappingChange:
    name, _, block = _choose(rng, raw, "values")
    column = rng.choice(list(block))
    codes = dict(block[column])
    code, other = rng.choice(list(codes)), rng.choice(list(codes))
    kind = rng.choice(("reversed", "gone", "wrong", "blank", "misspelt"))
    if kind == "reversed":
        codes[code], codes[other] = codes[other], codes[code]
    elif kind == "wrong":
        codes[code] = "ZZZ"
    elif kind == "blank":
        codes[code] = ""
    else:
        target = codes.pop(code)
        codes |= {f"{code}x": target} if kind == "misspelt" else {}
    block[column] = codes
    said = f"tables.{name}.values.{column}: {code} {kind}" + f" ({other})" * (kind == "reversed")
    touched = () if column in OF_KEYS else (column,)
    return _touch(said, name, *touched, valid=kind in ("reversed", "blank"))


def _change_dates(rng: random.Random, raw: Raw) -> MappingChange:
    name, _, block = _choose(rng, raw, "dates")
    column = rng.choice(list(block))
    form = block[column] if isinstance(block[column], str) else block[column][0]
    exchanged = form.replace("%d", "\0").replace("%m", "%d").replace("\0", "%m")
    block[column] = rng.choice((
        exchanged, form.replace("%Y", "%y"), form.replace(" %H:%M", ""), form.replace("-", "/"),
        f"{form}:%S", "iso", "excel", "sas_date", "unix", "%Q", form.replace("%H", "%I"),
    ))  # fmt: skip
    return _touch(f"tables.{name}.dates.{column}: {form} -> {block[column]}", name, column)


def _change_units(rng: random.Random, raw: Raw) -> MappingChange:
    has_units = any("units" in spec for spec in raw["tables"].values())
    if has_units and rng.random() < 0.6:
        name, _, block = _choose(rng, raw, "units")
        column = rng.choice(list(block))
        block[column] = rng.choice((*UNITS, {"in_text": True}, {"column": "nowhere"}))
    else:
        name, column = rng.choice((("bl", "GLUC"), ("dm", "WEIGHT"), ("bl", "CREAT")))
        block = raw["tables"][name].setdefault("units", {})
        block[column] = rng.choice(UNITS)
    return _touch(f"tables.{name}.units.{column} = {block[column]}", name, column)


def _change_sql(rng: random.Random, raw: Raw) -> MappingChange:
    places = [(n, k) for n, s in raw["tables"].items() for k in ("sql", "rows") if k in s]
    if not places:
        raise NothingToChange
    name, key = rng.choice(places)
    text = str(raw["tables"][name][key])
    words = text.split(" ")
    at = rng.randrange(len(words))
    changed = rng.choice((
        text[:-1], text.replace("SELECT", "SELEC"), text.replace("'", ""), f"{text} AND",
        " ".join(words[:at] + words[at + 1 :]), " ".join([*words[:at], "nowhere", *words[at:]]),
        text.replace("<>", "="), text.replace("LEFT JOIN", "CROSS JOIN", 1),
        f"{text}; DROP TABLE x", text.replace("USUBJID", "USUBJID2", 1), "1 = 0",
        "1 = 1", "random() < 0.5", "(SELECT count(*) FROM read_csv('/etc/passwd')) > 0",
        text.upper(), text.lower(),
    ))  # fmt: skip
    raw["tables"][name][key] = changed
    return _touch(f"tables.{name}.{key}: {' '.join(changed.split())[:80]}", name)


def _change_ids(rng: random.Random, raw: Raw) -> MappingChange:
    name, _, block = _choose(rng, raw, "identifiers")
    column = rng.choice(list(block))
    block[column] = rng.choice((
        {"remove_prefix": "S0"}, {"remove_suffix": "1"}, {"add_prefix": "X"}, {"case": "lower"},
        {"zero_fill": [3]}, {"replace": {"1": "2"}}, {"replace": {"-": ""}},
    ))  # fmt: skip
    said = f"tables.{name}.identifiers.{column} = {block[column]}"
    return _touch(said, name, column, valid=column == "SITEID")


def _change_source(rng: random.Random, raw: Raw) -> MappingChange:
    named = [(n, s) for n, s in raw["tables"].items() if "source" in s]
    if not named:
        raise NothingToChange
    (name, spec), (_, other) = rng.choice(named), rng.choice(named)
    spec["source"] = rng.choice((other["source"], f"{spec['source']}x", spec["source"].upper()))
    return _touch(f"tables.{name}.source = {spec['source']}", name)


def _add_missing(rng: random.Random, raw: Raw) -> MappingChange:
    name, _, block = _choose(rng, raw, "columns")
    column = rng.choice(list(block))
    text = rng.choice(("0", "1", "3", "NA", "-99"))
    raw["tables"][name].setdefault("missing_values", {})[column] = [text]
    return _touch(f"tables.{name}.missing_values.{column} = {text}", name, column, valid=True)


KINDS = (
    *(_drop_key,) * 4, _drop_global, *(_misspell,) * 3, *(_retarget,) * 2, _exchange_columns,
    *(_change_codes,) * 4, *(_change_dates,) * 3, *(_change_units,) * 2, *(_change_sql,) * 4,
    *(_change_ids,) * 2, _change_source, _add_missing,
)  # fmt: skip
