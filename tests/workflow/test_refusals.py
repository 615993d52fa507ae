"""A run that cannot be right stops: one message in words, status 1, and nothing that looks current.

Every case runs in a folder with the results of an earlier, complete run.
"""

from __future__ import annotations

import csv
from collections.abc import Callable

import pytest

from analysis.edc.layout import SUBJECT, load_layout
from tests.projects.workflow_project import Project, check_stopped

Spoil = Callable[[Project], None]
SHORTEST_CELL = 6
"""Cells of the export from this length on can be told from other words."""


def cut_off(project: Project) -> None:
    path = project.root / "data/edc/mrs.csv"
    path.write_bytes(path.read_bytes()[:-7])


def write_latin_1(project: Project) -> None:
    path = project.root / "data/edc/ae.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1].replace(b",", b",M\xfcller ", 2) + b"".join(lines[2:]))


def contradict_a_subject(project: Project) -> None:
    lines = project.lines("data/edc/dm.csv")
    cells = lines[1].split(",")
    project.write_lines("data/edc/dm.csv", [*lines, ",".join([*cells[:2], "99", *cells[3:]])])


def name_an_unknown_arm(project: Project) -> None:
    project.edit("data/unblinding/randomisation_list.csv", ",PLACEBO", ",CONTROL")


def leave_a_number_out(project: Project) -> None:
    number = project.lines("data/edc/rand.csv")[1].split(",")[1]
    lines = project.lines("data/unblinding/randomisation_list.csv")
    kept = [line for line in lines if not line.startswith(f"{number},")]
    assert len(kept) == len(lines) - 1
    project.write_lines("data/unblinding/randomisation_list.csv", kept)


def empty_a_table(project: Project) -> None:
    project.write_lines("data/edc/bl.csv", project.lines("data/edc/bl.csv")[:1])


def spoil_everything(project: Project) -> None:
    for spoil in (cut_off, contradict_a_subject, name_an_unknown_arm, empty_a_table):
        spoil(project)


DATA_FAULTS: list[tuple[Spoil, tuple[str, ...]]] = [
    (cut_off, ("mrs.csv: the last line has no line end",)),
    (write_latin_1, ("ae.csv: line ", "the encoding changes: ", "first line 2, are not")),
    (contradict_a_subject, ("table dm: 1 SUBJID with conflicting rows", "(AGE)")),
    (name_an_unknown_arm, ("randomisation_list.csv, column ARM: 1 row(s) with an arm",)),
    (leave_a_number_out, ("table rand, column RANDNO: not in randomisation_list.csv for 1",)),
    (empty_a_table, ("bl.csv: the table holds no rows",)),
    (
        spoil_everything,
        ("mrs.csv: the last line", "table dm: 1 SUBJID", "column ARM: 1 row(s)", "bl.csv: the tab"),
    ),
]


def private_cells(project: Project) -> set[str]:
    """Cells of the inputs that no message may show: all but ids of subjects, codes and arms."""
    known = {"MPSS", "PLACEBO", *project.subjects()}
    for table in load_layout().tables.values():
        for column in table.columns.values():
            known |= set(column.codes)
    cells: set[str] = set()
    for path in (project.root / "data").rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                cells |= {cell for column, cell in row.items() if column != SUBJECT}
    return {cell for cell in cells - known if len(cell) >= SHORTEST_CELL}


@pytest.mark.parametrize(
    ("spoil", "words"), DATA_FAULTS, ids=[spoil.__name__ for spoil, _ in DATA_FAULTS]
)
def test_data_that_cannot_be_analysed(
    complete: Project, project: Project, spoil: Spoil, words: tuple[str, ...]
) -> None:
    spoil(project)
    outcome = project.run()
    check_stopped(project, outcome)
    log = (project.results / "logs" / "read_edc.log").read_text(encoding="utf-8")
    assert log.startswith("The export cannot be analysed.\n  - ")
    assert all(word in log for word in words)
    assert outcome.terminal.endswith(f"\n{log}"), "the message is the last thing on the terminal"
    said = outcome.without_engine_log + log
    shown = {cell for cell in private_cells(complete) if cell in said}
    assert shown == set()


# --- configuration ------------------------------------------------------------------------------

Config = dict[str, str | None]
CONFIG_FAULTS: dict[str, tuple[Config, str]] = {
    "no rehearsal declared": (
        {"rehearsal": None}, "unblinding_dir is given, but neither an unblinding record (",
    ),
    "rehearsal denied": (
        {"rehearsal": "false"}, "unblinding_dir is given, but neither an unblinding record (",
    ),
    "an unknown key": ({"edcdir": "data/edc"}, "  - edcdir: unknown key; allowed on the command"),
    "rehearsal neither true nor false": ({"rehearsal": "perhaps"}, "must be true or false"),
    "a folder that does not exist": ({"edc_dir": "data/none"}, "there is no such folder"),
    "no lists": ({"unblinding_dir": None}, "rehearsal=true is given without unblinding_dir"),
    "another mapping that is not there": ({"edc": "none.yaml"}, "none.yaml: there is no such file"),
}  # fmt: skip


@pytest.mark.parametrize(("config", "words"), CONFIG_FAULTS.values(), ids=list(CONFIG_FAULTS))
def test_a_command_line_that_cannot_be_meant(project: Project, config: Config, words: str) -> None:
    outcome = project.run(config=config)
    check_stopped(project, outcome)
    assert words in outcome.message


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("age_max: 80", "agemax: 80", "eligibility.agemax: unknown key. Did you mean 'age_max'?"),
        ("alpha: 0.05", "alpha: 5%", 'inference.alpha = "5%": Input should be a valid number'),
        ("  death_day: 90\n", "", "safety.death_day: the key is missing; nothing is assumed"),
        ("alpha: 0.05", "alpha: [", "config/trial.yaml: not valid YAML"),
    ],
)
def test_a_plan_with_a_mistake(project: Project, old: str, new: str, words: str) -> None:
    project.edit("config/trial.yaml", old, new)
    outcome = project.run()
    check_stopped(project, outcome)
    assert words in outcome.message


def test_a_results_folder_of_another_export_is_left_as_it_is(project: Project) -> None:
    before = project.outputs()
    (project.root / "data/edc").rename(project.root / "data/edc2")
    outcome = project.run(config={"edc_dir": "data/edc2"})
    assert outcome.status == 1
    assert "Traceback" not in outcome.terminal
    message = outcome.message
    assert "results = out: the folder holds results of another mode or another export" in message
    assert f"export {project.root / 'data/edc'})" in message
    assert project.outputs() == before


def test_results_whose_name_is_a_number(project: Project) -> None:
    outcome = project.run(config={"results": "001"})
    assert outcome.status == 1
    assert """results=001: arrives as 1. Put it into quotes""" in outcome.message
    assert (project.results / "report.html").is_file(), "not the folder that was asked for"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("alpha: [", "Config file is not valid JSON or YAML"),  # Snakemake's own words
        ("a: 1\na: 2\n", "other.yaml: line 2: key 'a' stands twice"),
    ],
)
def test_another_plan_that_is_none(project: Project, content: str, words: str) -> None:
    (project.root / "other.yaml").write_text(content, encoding="utf-8")
    outcome = project.run("--configfile", "other.yaml")
    assert outcome.status == 1
    assert "Traceback" not in outcome.terminal
    assert words in outcome.message


def test_a_rule_file_that_cannot_be_read_leaves_no_report_of_other_code(project: Project) -> None:
    with (project.root / "workflow/rules/display.smk").open("a", encoding="utf-8") as file:
        file.write("\nrule:\n    no such directive\n")
    outcome = project.run()
    assert outcome.status == 1
    assert not (project.results / "report.html").exists()
    assert (project.results / "withdrawn" / "report.html").is_file()


def test_a_fault_of_the_program_shows_no_traceback(project: Project) -> None:
    with (project.root / "analysis/edc/reading/export.py").open("a", encoding="utf-8") as file:
        file.write(
            "\n\ndef read_export(*_: object, **__: object) -> None:\n    raise KeyError('cell')\n"
        )
    outcome = project.run()
    check_stopped(project, outcome)
    log = project.results / "logs" / "read_edc.log"
    assert outcome.message == (
        "A fault of the program while reading the export: see out/logs/read_edc.log and report it."
    )
    assert "KeyError: 'cell'" in log.read_text(encoding="utf-8")


def test_queries_that_the_plan_does_not_tolerate_are_left_to_be_sent(project: Project) -> None:
    """The run stops after they are written, before anything is analysed."""
    limit = "{rule: code_list, severity: any, tolerated: 0, percent: null}"
    project.edit("data/edc/bl.csv", ",LAA,", ",SVD,")
    project.edit("config/trial.yaml", "  queries: []", f"  queries: [{limit}]")
    check_stopped(project, project.run())
    log = (project.results / "logs" / "limit_queries.log").read_text(encoding="utf-8")
    assert log.startswith("There are more data queries than allowed.\n  - rule code_list: ")
    assert "more than the 0 that door.queries in the plan tolerates" in log
    text = (project.results / "edc" / "queries.csv").read_text(encoding="utf-8")
    assert ",TOAST,SVD,code_list," in text
    assert (project.results / "edc" / "queries.xlsx").is_file()
