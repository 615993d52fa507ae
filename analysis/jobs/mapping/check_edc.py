"""A mapping is held against its export, and a page says what it makes of it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from analysis.config import Mapping, Plan, load_plan
from analysis.display.report.mapping_page import build_mapping_page
from analysis.edc.allocation.mentions import build_mentions
from analysis.edc.allocation.refusal import HEADING, find_arm_like
from analysis.edc.door.limits import check_names
from analysis.edc.layout import Layout, load_layout
from analysis.edc.mapping.account.build import account_mapping
from analysis.edc.reading.absent_sources import list_absent_declared
from analysis.edc.sources.kept import keep_sources
from analysis.edc.written.plausible_dates import limit_dates
from analysis.errors import DataError, join_findings
from analysis.io.mapping.account import MappingAccount
from analysis.jobs.read_edc import read_searched
from analysis.qc.from_export.unchecked import list_unchecked
from analysis.run.folders.own_files import write_own
from analysis.run.hashes import hash_file
from analysis.run.job import Task, job, leave_message

PAGE = Path("mapping") / "mapping.html"
ABSENT = "The mapping declares sources that the export lacks; nothing else is looked at before."
SIMULATED = "Simulated data: nobody was ever treated"


def check_mapping_of_export(task: Task) -> None:
    """Write the page on the mapping, whatever it says.

    Raises DataError with every finding that would stop a run, once the page is written. The page
    of an export that holds what tells an arm, or lacks a source that the mapping declares, has the
    findings on that and nothing else.
    """
    with job(task, "Holding the mapping against the export"):
        files = [Path(path) for path in task.input.export]
        plan = load_plan(Path(task.input.plan))
        layout = limit_dates(load_layout(), plan)
        mapping = Mapping.model_validate_json(task.params.mapping)
        account = _add_unchecked(_account(files[0].parent, mapping, layout, plan), files, mapping)
        account = replace(
            account,
            files=_hash(files),
            mapping=task.params.mapping_hash,
        )
        stamp = SIMULATED if task.params.simulated else ""
        page = build_mapping_page(account, plan.trial.registry_id, stamp)
        results = Path(task.log[0]).parent.parent
        written = write_own(results / PAGE, page, ("<!-- ", " -->"))
        if account.findings:
            heading = account.refusal or "The mapping does not yet make the export usable."
            raise DataError(join_findings(f"{heading} Page: {written}", account.findings))
        look = f" {len(account.to_look_at)} thing(s) to look at." * bool(account.to_look_at)
        leave_message(task, f"The export can be read.{look} Page: {written}")


def _account(folder: Path, mapping: Mapping, layout: Layout, plan: Plan) -> MappingAccount:
    """What is made of the export, blinded: arms are refused, and what names one is masked."""
    check_names(plan.door, layout)
    mentions = build_mentions(plan.arms)
    if absent := list_absent_declared(folder, mapping, layout.tables):
        return MappingAccount(findings=absent, refusal=ABSENT)
    with keep_sources():  # which are searched, read and accounted for
        arms = find_arm_like(folder, mapping, layout, plan.arms, plan.trial.allocation_ratio)
        if arms:
            return MappingAccount(findings=tuple(arms), refusal=HEADING)
        export, fatal = read_searched(folder, mapping, layout, plan)
        return account_mapping(folder, mapping, layout, export, fatal, mentions)


def _add_unchecked(
    account: MappingAccount, files: Sequence[Path], mapping: Mapping
) -> MappingAccount:
    """The account with the tables that the independent check cannot make."""
    if account.refusal:
        return account
    unchecked = (f"{why}. Its numbers are reported as not checked" for why in
                 list_unchecked(files, mapping))  # fmt: skip
    return replace(account, to_look_at=(*account.to_look_at, *unchecked))


def _hash(files: Sequence[Path]) -> tuple[tuple[str, str], ...]:
    return tuple((path.name, hash_file(path)) for path in files)
