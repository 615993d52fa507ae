"""The topics of analysis: each a job of its own with one file of results, in their order.

The rules of the workflow and the order of the table of all results follow from this list.
"""

from dataclasses import dataclass

from analysis.io.lazy_import import require_functions, require_once


@dataclass(frozen=True)
class Topic:
    """One topic of analysis. ``name``: of its file; ``doing``: the job in words.

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


TOPICS = (
    Topic("door", "Counting what was lost at the door", "description.door:analyse_door",
            ("door",)),
    Topic("populations", "Counting the analysis sets", "description.describe:describe_trial",
            ("adsl", "reasons", "queries", "screening")),
    Topic("mrs_shift", "Analysing the shift of the mRS", "mrs.mrs_shift:analyse_mrs_shift"),
    Topic("sensitivity", "Analysing the sensitivity of the primary outcome",
            "sensitivity.analyse:analyse_sensitivity"),
    Topic("missing", "Counting what is missing", "description.missing:analyse_missing",
            ("adsl", "adqs")),
    Topic("dichotomies", "Analysing the dichotomies of the mRS",
            "mrs.dichotomies:analyse_dichotomies"),
    Topic("distributions", "Analysing the distribution of the mRS",
            "mrs.distributions:analyse_distributions"),
    Topic("secondary", "Analysing the secondary outcomes", "secondary:analyse_secondary",
            ("adsl", "adqs")),
    Topic("subgroups", "Analysing the subgroups", "mrs.subgroups:analyse_subgroups"),
    Topic("safety", "Analysing safety", "safety.deaths_and_bleeding:analyse_safety"),
    Topic("survival", "Analysing the time to death", "safety.time_to_death:analyse_survival",
            ("adsl", "adtte")),
    Topic("adverse_events", "Analysing adverse events",
            "safety.adverse_events:analyse_adverse_events", ("adsl", "adae")),
    Topic("exposure", "Describing exposure", "safety.exposure:analyse_exposure"),
)  # fmt: skip
"""In the order of their rows in the table of all results."""

require_once("topic of analysis", (topic.name for topic in TOPICS))
require_functions(topic.analysis for topic in TOPICS)


def find_topic(name: str) -> Topic:
    """Return the topic of a name."""
    return next(topic for topic in TOPICS if topic.name == name)
