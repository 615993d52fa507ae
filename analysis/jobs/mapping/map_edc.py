"""A first mapping of an export is written."""

from pathlib import Path

from analysis.config import Mapping, load_mapping, load_plan
from analysis.display.report.texts_page import build_texts_page
from analysis.edc.allocation.mentions import Mentions, build_mentions
from analysis.edc.allocation.refusal import HEADING, find_arm_like
from analysis.edc.layout import Layout, load_layout
from analysis.edc.mapping.proposal.evidence.candidate import Candidate
from analysis.edc.mapping.proposal.files.way import find_way
from analysis.edc.mapping.proposal.proposal import Proposal, propose
from analysis.edc.mapping.proposal.written.document import write_document
from analysis.edc.mapping.texts.distinct import list_texts
from analysis.edc.reading.check_mapping import check_mapping
from analysis.errors import DataError, join_findings
from analysis.jobs.mapping.check_edc import SIMULATED
from analysis.run.folders.own_files import write_own
from analysis.run.job import Task, job, leave_message
from analysis.run.settings.beginning import explain_beginning

FILE = Path("mapping") / "edc.yaml"
TEXTS = Path("mapping") / "texts.html"


def map_export(task: Task) -> None:
    """Write the mapping and the page on texts; leave where they are and what is mapped as message.

    Raises DataError for an export that holds what tells an arm.
    """
    with job(task, "Proposing a mapping of the export"):
        folder = Path(task.input.export[0]).parent
        mapping = Mapping.model_validate_json(task.params.mapping)
        plan, layout = load_plan(Path(task.input.plan)), load_layout()
        proposal = propose(folder, mapping, layout)
        way = find_way(proposal.sources, mapping)
        ratio = plan.trial.allocation_ratio
        _require_no_arms(find_arm_like(folder, way, layout, plan.arms, ratio), proposal)
        mentions, results = build_mentions(plan.arms), Path(task.log[0]).parent.parent
        text = write_document(proposal, _list_hidden(proposal, mentions))
        written = write_own(results / FILE, text, ("# ", ""))
        texts = list_texts(proposal.sources, mapping, mentions)
        page = build_texts_page(texts, plan.trial.registry_id, SIMULATED * task.params.simulated)
        shown = write_own(results / TEXTS, page, ("<!-- ", " -->"))
        check_mapping(load_mapping(written), layout)
        begun = explain_beginning(Path(task.params.mapping_file), {})
        left = f"Left aside, as it is not valid: {begun}\n" if begun else ""
        leave_message(task, f"{left}{_count(proposal, layout)} Mapping: {written} Texts: {shown}")


def _require_no_arms(arms: list[str], proposal: Proposal) -> None:
    """Raise DataError with what looks like an arm, and with every source that can't be read.

    Of a source that is named like a table of the layout the search does not say so.
    """
    if arms:
        unsaid = [f for f in proposal.findings if not any(arm.startswith(f) for arm in arms)]
        raise DataError(join_findings(HEADING, [*arms, *unsaid]))


def _list_hidden(proposal: Proposal, mentions: Mentions) -> frozenset[str]:
    """The texts, labels and names of columns that name an arm."""
    groups = [table.group for table in proposal.tables if table.group]
    pairs = [
        pair
        for table in proposal.tables
        for of_column in ((pair for _, pair in table.pairs), *table.unsure.values())
        for pair in of_column
    ]
    texts = {text for group in groups for text in group.words}
    texts |= {text for pair in pairs for text in _list_texts(pair.candidate)}
    return frozenset(text for text in texts if mentions.names_any(text))


def _list_texts(candidate: Candidate) -> tuple[str, ...]:
    """What a proposal may show of a candidate."""
    where = candidate.lookup.where.values() if candidate.lookup else ()
    codes = candidate.codes
    return (
        candidate.name, candidate.label, *candidate.texts, *codes, *codes.values(), *where
    )  # fmt: skip


def _count(proposal: Proposal, layout: Layout) -> str:
    total = sum(len(table.columns) for table in layout.tables.values())
    unsure = sum(len(table.unsure) for table in proposal.tables)
    missing = sum(len(table.missing) for table in proposal.tables)
    return (
        f"Of {total} columns of the layout {total - unsure - missing} are mapped, {unsure} unsure "
        f"and {missing} not found."
    )
