"""The candidates of each source: twins of one item taken together, tick boxes, dates with times."""

import re
from collections.abc import Iterator, Sequence

from analysis.edc.mapping.proposal.evidence.candidate import Candidate, count_texts
from analysis.edc.mapping.proposal.evidence.dates import find_forms
from analysis.edc.mapping.proposal.files.dictionaries import Described, Dictionary
from analysis.edc.mapping.proposal.files.reading import ReadSource

RAW = "_raw"
TWINS = ("_std", "_int", "_yyyy", "_mm", "_dd", "_units", RAW)
"""How columns end that Rave exports beside one item; ``cd``: of Viedoc, its code."""
CODE = "cd"
DATE, TIME = "date", "time"
_BOX = re.compile(r"(.+?)(?:___|#)(.+)|(.+) \(choice=(.+)\)", re.DOTALL)


def list_candidates(source: ReadSource, dictionary: Dictionary) -> list[Candidate]:
    """Return the candidates of a source in the order of its columns.

    Of twins one stands for all: that with the words, or, of dates and numbers, that as entered. A
    group of tick boxes is a candidate beside its boxes; a date with its time is one.
    """
    names = [str(column) for column in source.table.texts.columns]
    made = [_make(source, name, dictionary) for name in names if not _is_twin(name, names)]
    kept = [_take_raw(source, each, names, dictionary) for each in made]
    timed = [_join_time(source, each, kept) for each in kept]
    times = {each.time for each in timed}
    alone = [each for each in timed if each.name not in times]
    return [*alone, *_group_boxes(source, alone, dictionary)]


def _make(source: ReadSource, name: str, dictionary: Dictionary) -> Candidate:
    said = dictionary.find(name, source.name)
    cells = source.table.texts[name]
    box = _part_box(name)
    codes = source.table.value_labels.get(name, {}) or said.codes
    label = source.labels.get(name, "") or said.label
    if box:
        label, codes = _name_box(box[1], said), {}
    return Candidate(
        source.name, name, count_texts(cells.tolist()), len(cells), label=label, form=said.form,
        codes=codes, unit=said.unit,
    )  # fmt: skip


def _part_box(name: str) -> tuple[str, str] | None:
    """The field and the choice of a tick box; None of another column."""
    match = _BOX.fullmatch(name)
    return (match[1] or match[3], match[2] or match[4]) if match else None


def _name_box(mark: str, group: Described) -> str:
    """The label of a tick box: its choice's, or what its name says."""
    return next((label for code, label in group.codes.items() if code.lower() == mark), mark)


def _is_twin(name: str, names: Sequence[str]) -> bool:
    folded, there = name.casefold(), {each.casefold() for each in names}
    ends = (*TWINS, CODE)
    return any(folded.endswith(end) and folded.removesuffix(end) in there for end in ends)


def _take_raw(
    source: ReadSource, made: Candidate, names: Sequence[str], dictionary: Dictionary
) -> Candidate:
    """The twin as it was entered, under what is said of the item; itself if there is none."""
    raw = next((n for n in names if n.casefold() == made.name.casefold() + RAW), None)
    if raw is None:
        return made
    twin = _make(source, raw, dictionary)
    return Candidate(
        made.source, raw, twin.texts, made.rows, made.label or made.name, made.form, made.codes,
        made.unit,
    )  # fmt: skip


def _join_time(source: ReadSource, made: Candidate, others: Sequence[Candidate]) -> Candidate:
    """A date with the time of day that stands beside it, if its name says so."""
    folded = made.name.casefold()
    if not folded.endswith(DATE):
        return made
    sought = folded.removesuffix(DATE) + TIME
    time = next((each for each in others if each.name.casefold() == sought), None)
    if time is None or not find_forms(made)[1]:
        return made
    texts = source.table.texts
    joined = (texts[made.name] + " " + texts[time.name]).str.strip()
    return Candidate(
        made.source, made.name, count_texts(joined.tolist()), made.rows, made.label, made.form,
        time=time.name,
    )  # fmt: skip


def _group_boxes(
    source: ReadSource, made: Sequence[Candidate], dictionary: Dictionary
) -> Iterator[Candidate]:
    groups: dict[str, list[Candidate]] = {}
    for each in made:
        if box := _part_box(each.name):
            groups.setdefault(box[0], []).append(each)
    for name, boxes in groups.items():
        said = dictionary.find(boxes[0].name, source.name)
        labels = {box.name: box.label for box in boxes}
        yield Candidate(
            source.name, name, dict.fromkeys(labels.values(), 1), boxes[0].rows,
            label=said.label, form=said.form, boxes=labels,
        )  # fmt: skip
