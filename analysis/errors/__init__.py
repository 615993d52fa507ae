"""The errors a user may meet. Each carries a text written for people, never a traceback."""

from collections.abc import Iterable, Sequence

from analysis.errors.reason import Field, Reason
from analysis.errors.reason_codes import ReasonCode

SUBJECTS_SHOWN = 5


class AnalysisError(Exception):
    """Base of every error that stops a run for a reason the user can mend."""


class ConfigError(AnalysisError):
    """The plan, the mapping or the command line is wrong: file, key, value, what is allowed."""


class DataError(AnalysisError):
    """The export or an allocation list makes the analysis impossible (all findings together)."""


class EstimationError(AnalysisError):
    """A number cannot be estimated from these data. ``reason``: why; ``str`` gives its English.

    A text in the place of a code is the fault of a caller, which no data of a trial bring about.
    """

    def __init__(self, reason: ReasonCode | Reason | str, /, **fields: Field) -> None:
        if isinstance(reason, str):
            reason = Reason.of(ReasonCode.OTHER, text=reason)
        elif isinstance(reason, ReasonCode):
            reason = Reason(reason, fields)
        self.reason = reason
        super().__init__(reason)


class CheckError(AnalysisError):
    """Two independent computations of one number disagree."""


def join_findings(heading: str, findings: Sequence[str]) -> str:
    """Return one message: the heading, then every finding on a line of its own."""
    return "\n".join([heading, *(f"  - {finding}" for finding in findings)])


def name_subjects(subjects: Iterable[str], shown: int = SUBJECTS_SHOWN) -> str:
    """Return the count and the first subject ids, e.g. ``7 subjects (S01, S02 ... )``."""
    ids = sorted(set(subjects))
    noun = "subject" if len(ids) == 1 else "subjects"
    listed = ", ".join(ids[:shown]) + (", ..." if len(ids) > shown else "")
    return f"{len(ids)} {noun} ({listed})"
