"""Columns and rows that split the randomised subjects as an allocation does."""

from dataclasses import dataclass, field, replace

from analysis.config import Mapping
from analysis.config.plan import Arms
from analysis.edc.allocation.mentions import Mentions, build_mentions
from analysis.edc.allocation.pattern.judge import Judged, judge
from analysis.edc.allocation.pattern.randomised import (
    RANDOMISATION,
    Ints,
    Randomised,
)
from analysis.edc.allocation.pattern.search import Found, Source, split_file
from analysis.edc.allocation.search.columns import SearchedColumn
from analysis.edc.allocation.search.files import SearchedFile
from analysis.edc.allocation.search.findings import WHOLE_FILE, Finding
from analysis.edc.allocation.search.subjects import find_owners
from analysis.edc.allocation.search.told import judge_told, read_told
from analysis.io.large.text_columns import is_among

Columns = list[SearchedColumn]


@dataclass
class PatternSearch:
    """The search of files, one after the other, for what splits the subjects as arms would.

    ``randomised``: None where the export cannot tell; ``told``: findings of texts that name the
    arms of too many. What else is found is judged over all files (:meth:`judge_splits`). Of a file
    nothing is kept but its splits, and the columns that they are of.
    """

    randomised: Randomised | None
    mapping: Mapping
    arms: Arms
    ratio: tuple[int, int]
    told: list[Finding] = field(default_factory=list)
    _splits: list[Found] = field(default_factory=list)
    _places: dict[tuple[str, str], Finding] = field(default_factory=dict)

    def search(self, file: SearchedFile, columns: Columns) -> None:
        """Search one file; ``columns``: all of them."""
        mentions = build_mentions(self.arms)
        subjects = find_owners(file, self.randomised)
        self.told += _search_told(columns, subjects, self.randomised, mentions)
        if self.randomised is None or subjects is None or not columns:
            return
        sources = [
            source
            for each in columns
            if not _repeats_subjects(each, self.randomised)
            for source in _list_sources(each, self.mapping, mentions)
        ]
        found = split_file(file.name, sources, subjects, self.randomised, self.ratio)
        self._splits += found
        named = {each.source.column for each in found}
        self._places |= {(file.name, c.name): c.find("") for c in columns if c.name in named}
        self._places[file.name, WHOLE_FILE] = Finding(file.name, file.table, WHOLE_FILE, "", 0, "")

    def judge_splits(self) -> list[Finding]:
        """Return a finding for every column, and every file, that is taken for an allocation."""
        if self.randomised is None:
            return []
        return [self._describe(each) for each in judge(self._splits, self.randomised, self.ratio)]

    def _describe(self, judged: Judged) -> Finding:
        found = judged.found
        side, source = found.split.side, found.source
        sizes = sorted((int((side == 1).sum()), int((side == 0).sum())))
        reason = (
            f"{found.split.by}: {sizes[0]} and {sizes[1]} subjects, {judged.reason} "
            f"(planned {self.ratio[0]}:{self.ratio[1]})"
        )
        return replace(self._places[source.file, source.column], reason=reason)


def _repeats_subjects(column: SearchedColumn, randomised: Randomised) -> bool:
    """Whether a column outside ``rand`` holds identifiers as ``rand`` has them."""
    if column.file.table == RANDOMISATION:
        return False
    texts = column.cells.texts[column.cells.texts != ""]
    first = is_among(randomised.ids, texts.head(1)).any()  # which most columns do not even have
    return texts.empty or bool(first and is_among(texts, randomised.ids).all())


def _list_sources(column: SearchedColumn, mapping: Mapping, mentions: Mentions) -> list[Source]:
    """A column as it stands; once more by the labels of its values if those put some together."""
    cells = column.cells.rename(dict.fromkeys(mapping.missing_values, ""))
    spec, labels = column.in_layout, column.labels
    views = [cells]
    if len(set(labels.values())) < len(labels):
        views.append(cells.rename(labels))
    return [
        Source(
            file=column.file.name,
            column=column.name,
            cells=view,
            named=read_told(view, mentions, spec.allowed if spec else ()).rows,
            is_known=spec is not None,
            is_plain=spec is not None and (spec.type != "str" or bool(spec.allowed)),
            is_suspect=not column.is_known and column.is_suspect,
        )
        for view in views
    ]


def _search_told(
    columns: Columns, subjects: Ints | None, randomised: Randomised | None, mentions: Mentions
) -> list[Finding]:
    count = randomised.count if randomised else 0
    findings = []
    for column in columns:
        if not column.is_medication:
            spec = column.in_layout
            allowed = spec.allowed if spec else ()
            told = read_told(column.cells.rename(column.labels), mentions, allowed)
            is_free_text = spec is not None and spec.type == "str" and not spec.allowed
            if told.any and (
                reason := judge_told(told, subjects, count, is_free_text=is_free_text)
            ):
                findings.append(column.find(reason))
    return findings
