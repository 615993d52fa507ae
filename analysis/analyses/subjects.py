"""The subjects of analysis: each a job of its own with one file of results, in their order.

The rules of the workflow and the order of the table of all results follow from this list.
"""

from dataclasses import dataclass

from analysis.io.lazy_import import require_functions, require_once


@dataclass(frozen=True)
class Subject:
    """One subject of analysis. ``name``: of its file; ``doing``: the job in words.

    ``function``: module and function in this folder. It takes ``data_sets`` as frames, in their
    order (None for one that the trial lacks), then the plan, and returns result objects.
    """

    name: str
    doing: str
    function: str
    data_sets: tuple[str, ...] = ("adsl",)

    @property
    def analysis(self) -> str:
        """The function with the whole name of its module."""
        return f"{__package__}.{self.function}"


SUBJECTS = (
    Subject("populations", "Counting the analysis sets", "description.describe:describe_trial",
            ("adsl", "reasons", "queries", "screening")),
    Subject("mrs_shift", "Analysing the shift of the mRS", "mrs.mrs_shift:analyse_mrs_shift"),
    Subject("sensitivity", "Analysing the sensitivity of the primary outcome",
            "sensitivity.analyse:analyse_sensitivity"),
    Subject("missing", "Counting what is missing", "description.missing:analyse_missing",
            ("adsl", "adqs")),
    Subject("dichotomies", "Analysing the dichotomies of the mRS",
            "mrs.dichotomies:analyse_dichotomies"),
    Subject("distributions", "Analysing the distribution of the mRS",
            "mrs.distributions:analyse_distributions"),
    Subject("secondary", "Analysing the secondary outcomes", "secondary:analyse_secondary",
            ("adsl", "adqs")),
    Subject("subgroups", "Analysing the subgroups", "mrs.subgroups:analyse_subgroups"),
    Subject("safety", "Analysing safety", "safety.deaths_and_bleeding:analyse_safety"),
    Subject("survival", "Analysing the time to death", "safety.time_to_death:analyse_survival",
            ("adsl", "adtte")),
    Subject("adverse_events", "Analysing adverse events",
            "safety.adverse_events:analyse_adverse_events", ("adsl", "adae")),
    Subject("exposure", "Describing exposure", "safety.exposure:analyse_exposure"),
)  # fmt: skip
"""In the order of their rows in the table of all results."""

require_once("subject of analysis", (subject.name for subject in SUBJECTS))
require_functions(subject.analysis for subject in SUBJECTS)


def find_subject(name: str) -> Subject:
    """Return the subject of a name."""
    return next(subject for subject in SUBJECTS if subject.name == name)
