"""Printed numbers that come from other files: the check, plan and mapping, manifest, ADaM."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from tests.artefacts.printed_texts import DIGIT, NUMBER, read_csv_grid, read_page
from tests.artefacts.run_of_trial import Run
from tests.artefacts.table_cells import row_of


def test_numbers_computed_twice_are_those_of_the_check(run: Run) -> None:
    lines = run.grids["t_quality"].lines
    assert len(lines) == len(run.checks) > 0
    for line, row in zip(lines, run.checks, strict=True):
        place = " / ".join(row[name] for name in ("group", "level", "stat_name") if row[name])
        unit = "" if row["difference"] in ("", "0") else f" {row['difference_unit']}"
        of_set = f" ({row['population']})" if row["population"] else ""
        assert (line.section, line.group, line.label) == (
            f"{row['analysis_id']}{of_set}", row["method"], place,
        )  # fmt: skip
        shown = [row["engine"] or "none", row["check"] or "none", f"{row['difference']}{unit}",
                 row["tolerance"]]  # fmt: skip
        assert [NUMBER.findall(text) for text in line.cells[:4]] == [
            NUMBER.findall(text) for text in shown
        ]


def test_settings_are_those_of_the_plan_and_the_mapping(run: Run) -> None:
    report, _ = read_page((run.results / "report.html").read_text(encoding="utf-8"))
    rows = [*find_rows(report["t_assumptions"], "plan.", 3), *find_rows(
        report["t_audit_settings"], "", 3)]  # fmt: skip
    assert len(rows) > 150
    wrong = [
        (key, text)
        for key, text in rows
        if sorted(map(float, NUMBER.findall(text))) != sorted(find_numbers(run, key))
    ]
    assert wrong == []


def find_rows(words: list[str], lead: str, columns: int) -> Iterator[tuple[str, str]]:
    """Key and value of every row; headings of blocks have no dot."""
    keys = [
        place
        for place, word in enumerate(words)
        if re.fullmatch(r"(?!\S+\.yaml)[a-z_]+\.\S+(?:: .+)?", word)
    ]
    for place in keys:
        yield f"{lead}{words[place]}", words[place + 1] if place + 1 < len(words) else ""


def find_numbers(run: Run, key: str) -> list[float]:
    """The numbers at a dotted key of plan or mapping; behind a colon one block of a list."""
    dotted, _, named = key.partition(": ")
    value: Any = run.settings
    for part in dotted.split("."):
        value = value[part]
    if named:
        block = next(one for one in value if str(next(iter(one.values()))) == named)
        value = dict(list(block.items())[1:])
    written = json.dumps(value, default=str, ensure_ascii=False)
    return [float(text) for text in NUMBER.findall(written)]


def test_the_audit_names_what_the_manifest_holds(run: Run) -> None:
    report, _ = read_page((run.results / "report.html").read_text(encoding="utf-8"))
    held = set(flatten(run.manifest))
    for name in ("t_audit_state", "t_audit_hashes", "t_audit_software"):
        unknown = [text for text in report[name][1:] if DIGIT.search(text) and text not in held]
        assert [text for text in unknown if text != "SHA-256"] == [], name


def flatten(value: Any) -> Iterator[str]:
    """Every key and value as text."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield str(key)
            yield from flatten(part)
    elif isinstance(value, list):
        for part in value:
            yield from flatten(part)
    else:
        yield str(value)


def test_findings_of_the_audit_are_those_of_the_frame(run: Run) -> None:
    report, _ = read_page((run.results / "report.html").read_text(encoding="utf-8"))
    ids = {f"{place.analysis} ({place.population})" for place in run.facts.of(".*")}
    counts = {place.level: place.stats["n"] for place in run.facts.of("queries")}
    for text in report["t_audit_findings"][1:]:
        names = text.split(", ")
        if not DIGIT.search(text) or set(names) <= ids or text in run.facts.words:
            continue
        pairs = [name.rsplit(" ", 1) for name in names]
        assert all(
            float(number) in [n for level, n in counts.items() if level.endswith(words)]
            or (words == "All findings" and float(number) == counts[""])
            for words, number in pairs
        ), text  # fmt: skip


def test_listings_are_the_analysis_data_sets(run: Run) -> None:
    adam = run.results / "adam"
    adsl, adae = (pd.read_parquet(adam / f"{name}.parquet") for name in ("adsl", "adae"))
    reasons = pd.read_csv(adam / "ppreasons.csv", dtype=str, keep_default_na=False)
    own = list_values(adsl)
    for name, frame in (("l_deaths", adsl), ("l_serious", adae), ("l_pp_exclusions", reasons)):
        held = list_values(frame)
        for line in read_csv_grid(run.results / "tables" / f"{name}.csv").lines:
            strange = [cell for cell in line.cells if DIGIT.search(cell)
                       and cell not in held[line.label] | own[line.label]]  # fmt: skip
            assert strange == [], row_of(line)


def list_values(frame: pd.DataFrame) -> dict[str, set[str]]:
    """Every value of a data set as text, by subject."""
    found: dict[str, set[str]] = {}
    for subject, *values in zip(frame["SUBJID"], *(frame[name] for name in frame), strict=True):
        found.setdefault(subject, set()).update(map(spell, values))
    return found


def spell(value: object) -> str:
    """A value of a data set as a listing writes it."""
    return f"{value:g}" if isinstance(value, float) else str(value)
