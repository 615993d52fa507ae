"""The CONSORT 2025 checklist as a table: what each item asks, what this run gives, and where."""

from collections.abc import Callable

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.checklist import design, results
from analysis.display.checklist.items import ITEMS, Item
from analysis.display.checklist.locations import name_locations
from analysis.display.tables.table import Row, Table
from analysis.display.text.wording import registry_line

FOR_AUTHORS = "Not in the data: to be written by the authors."
AND_AUTHORS = "The rest is to be written by the authors."
OTHER_METHODS = "The other methods stand in that section."
COMPLETE = frozenset(
    {"9", "21a", "21b", "21c", "21d", "22a", "22b", "24a", "25", "26", "27", "28"}
)  # fmt: skip
"""Items that a run answers whole, with the tables that it names."""

COLUMNS = ("Item", "Asks for", "From this run", "Where in the report")
SOURCE = (
    "Items after CONSORT 2025 (Hopewell et al, PLoS Med 2025;22:e1004587), in words of our own: "
    "the statement's wording counts. Where: section of the report, with the names of its tables "
    "and figures."
)

Answer = Callable[[Ard, Plan], str]


def build_consort_checklist(ard: Ard, plan: Plan, stamp: str) -> Table:
    """Return one row per item; what a run cannot know is said to be the authors' to write."""
    return Table(
        id="t_consort_checklist",
        title="CONSORT 2025 checklist",
        columns=COLUMNS,
        rows=tuple(_build_row(ard, plan, item) for item in ITEMS),
        footnotes=(SOURCE,),
        stamp=stamp,
        registry=registry_line(plan),
        text_columns=frozenset(COLUMNS[1:]),
    )


def _build_row(ard: Ard, plan: Plan, item: Item) -> Row:
    find = ANSWERS.get(item.number)
    answer = find(ard, plan) if find else ""
    if not answer:
        text = FOR_AUTHORS
    else:
        text = answer if item.number in COMPLETE else f"{answer} {AND_AUTHORS}"
    return Row(item.number, (item.asks, text, name_locations(item)), item.section)


def _of_plan(answer: Callable[[Plan], str]) -> Answer:
    return lambda ard, plan: answer(plan)


def _of_methods(name: str) -> Answer:
    return lambda ard, plan: f"{design.answer_method(ard, plan, name)} {OTHER_METHODS}"


def _say(text: str) -> Answer:
    return lambda ard, plan: text


ANSWERS: dict[str, Answer] = {
    "1a": _of_plan(design.answer_title),
    "1b": _say("The paragraph of the results, in the conventions of three journals."),
    "2": _of_plan(design.answer_registration),
    "3": _say("The plan as it was run, key by key, with its hash."),
    "4": _say("Hashes of every input, of plan and of code; of every output in manifest.json."),
    "7": design.answer_objectives,
    "9": _of_plan(design.answer_design),
    "10": _say("Changes against the locked plan, with dates and reasons."),
    "11": lambda ard, plan: design.answer_sites(ard),
    "12a": _of_plan(design.answer_eligibility),
    "13": _of_plan(design.answer_interventions),
    "14": design.answer_outcomes,
    "15": _of_methods("Safety"),
    "16a": _of_plan(design.answer_sample_size),
    "17b": _of_plan(design.answer_ratio),
    "20a": _say("Of the analysis: whether this run was blinded, and who unblinded it."),
    "21a": _of_methods("Primary analysis"),
    "21b": design.answer_sets,
    "21c": design.answer_missing,
    "21d": design.answer_further,
    "22a": results.answer_flow,
    "22b": results.answer_losses,
    "23a": results.answer_dates,
    "23b": results.answer_end,
    "24a": results.answer_exposure,
    "24b": results.answer_medication,
    "25": results.answer_baseline,
    "26": results.answer_effects,
    "27": results.answer_harms,
    "28": results.answer_other,
    "30": results.answer_limits,
}
"""What answers an item, by its number; the others are the authors' alone."""
