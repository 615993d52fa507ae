"""Verifying an archived run: the same inputs must give the same bytes again."""

from pathlib import Path

from analysis.errors import CheckError
from analysis.run.job_records.proof import MANIFEST
from analysis.run.verify.archive import read_archive
from analysis.run.verify.comparison import compare
from analysis.run.verify.rerun import RerunSettings, rerun
from analysis.run.verify.wording import say_first_level, say_second_level, tabulate


def verify(manifest: Path, settings: RerunSettings, lock_line: str) -> str:
    """Run again, compare with the archive of ``manifest``, and return one line if they agree.

    ``lock_line``: how the run stands to the lock of its data set. Raises CheckError with a table
    of all that differs, or with the message of a rerun that stopped; ConfigError for a manifest
    that is missing or damaged.
    """
    archive = read_archive(manifest)
    with rerun(settings) as results:
        comparison = compare(archive, read_archive(results / MANIFEST))
    if comparison.is_same_bytes:
        return say_first_level(comparison, lock_line)
    if comparison.is_same_numbers:
        return say_second_level(comparison, lock_line)
    raise CheckError(tabulate(comparison, lock_line))
