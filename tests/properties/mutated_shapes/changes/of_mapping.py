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
        change = rng.choice(KINDS)(rng, raw)
        if change is not None:
            return yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), change


def _choose(rng: random.Random, raw: Raw, *keys: str) -> tuple[str, str, dict[str, Any]] | None:
    """A table that has one of some keys, and the block below the key."""
    places = [
        (name, key, spec[key])
        for name, spec in raw["tables"].items()
        for key in keys
        if isinstance(spec.get(key), dict)
    ]
    return rng.choice(places) if places else None


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


def _misspell(rng: random.Random, raw: Raw) -> MappingChange | None:
    place = _choose(rng, raw, "columns", "times")
    if place is None:
        return None
    name, key, block = place
    column = rng.choice(list(block))
    head = str(block[column])
    block[column] = rng.choice((f"{head}x", head[:-1], head.swapcase(), f" {head}", head[::-1]))
    return _touch(f"tables.{name}.{key}.{column}: {head} -> {block[column]}", name)


def _retarget(rng: random.Random, raw: Raw) -> MappingChange | None:
    place = _choose(rng, raw, "columns")
    if place is None or len(place[2]) < 3:
        return None
    name, _, block = place
    one, two = rng.sample(list(block), 2)
    block[one] = block[two]
    return _touch(f"tables.{name}.columns.{one} is that of {two}", name, one, valid=True)


def _exchange_columns(rng: random.Random, raw: Raw) -> MappingChange | None:
    place = _choose(rng, raw, "columns")
    if place is None or len(place[2]) < 3:
        return None
    name, _, block = place
    one, two = rng.sample(list(block), 2)
    block[one], block[two] = block[two], block[one]
    return _touch(f"tables.{name}.columns: {one} and {two} exchanged", name, one, two, valid=True)


def _change_codes(rng: random.Random, raw: Raw) -> MappingChange | None:
    place = _choose(rng, raw, "values")
    if place is None:
        return None
    name, _, block = place
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


def _change_dates(rng: random.Random, raw: Raw) -> MappingChange | None:
    place = _choose(rng, raw, "dates")
    if place is None:
        return None
    name, _, block = place
    column = rng.choice(list(block))
    form = block[column] if isinstance(block[column], str) else block[column][0]
    exchanged = form.replace("%d", "\0").replace("%m", "%d").replace("\0", "%m")
    block[column] = rng.choice((
        exchanged, form.replace("%Y", "%y"), form.replace(" %H:%M", ""), form.replace("-", "/"),
        f"{form}:%S", "iso", "excel", "sas_date", "unix", "%Q", form.replace("%H", "%I"),
    ))  # fmt: skip
    return _touch(f"tables.{name}.dates.{column}: {form} -> {block[column]}", name, column)


def _change_units(rng: random.Random, raw: Raw) -> MappingChange:
    place = _choose(rng, raw, "units")
    if place is None or rng.random() < 0.4:
        column, unit = rng.choice((("GLUC", "bl"), ("WEIGHT", "dm"), ("CREAT", "bl"))), ""
        name = column[1]
        unit = rng.choice(UNITS)
        raw["tables"][name].setdefault("units", {})[column[0]] = unit
        return _touch(f"tables.{name}.units.{column[0]} = {unit}", name, column[0])
    name, _, block = place
    column_name = rng.choice(list(block))
    block[column_name] = rng.choice((*UNITS, {"in_text": True}, {"column": "nowhere"}))
    return _touch(f"tables.{name}.units.{column_name} = {block[column_name]}", name, column_name)


def _change_sql(rng: random.Random, raw: Raw) -> MappingChange | None:
    places = [(n, k) for n, s in raw["tables"].items() for k in ("sql", "rows") if k in s]
    if not places:
        return None
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


def _change_ids(rng: random.Random, raw: Raw) -> MappingChange | None:
    place = _choose(rng, raw, "identifiers")
    if place is None:
        return None
    name, _, block = place
    column = rng.choice(list(block))
    block[column] = rng.choice((
        {"remove_prefix": "S0"}, {"remove_suffix": "1"}, {"add_prefix": "X"}, {"case": "lower"},
        {"zero_fill": [3]}, {"replace": {"1": "2"}}, {"replace": {"-": ""}},
    ))  # fmt: skip
    said = f"tables.{name}.identifiers.{column} = {block[column]}"
    return _touch(said, name, column, valid=column == "SITEID")


def _change_source(rng: random.Random, raw: Raw) -> MappingChange | None:
    named = [(n, s) for n, s in raw["tables"].items() if "source" in s]
    if not named:
        return None
    (name, spec), (_, other) = rng.choice(named), rng.choice(named)
    spec["source"] = rng.choice((other["source"], f"{spec['source']}x", spec["source"].upper()))
    return _touch(f"tables.{name}.source = {spec['source']}", name)


def _add_missing(rng: random.Random, raw: Raw) -> MappingChange | None:
    place = _choose(rng, raw, "columns")
    if place is None:
        return None
    name, _, block = place
    column = rng.choice(list(block))
    text = rng.choice(("0", "1", "3", "NA", "-99"))
    raw["tables"][name].setdefault("missing_values", {})[column] = [text]
    return _touch(f"tables.{name}.missing_values.{column} = {text}", name, column, valid=True)


KINDS = (
    *(_drop_key,) * 4, _drop_global, *(_misspell,) * 3, *(_retarget,) * 2, _exchange_columns,
    *(_change_codes,) * 4, *(_change_dates,) * 3, *(_change_units,) * 2, *(_change_sql,) * 4,
    *(_change_ids,) * 2, _change_source, _add_missing,
)  # fmt: skip
