"""The topics of analysis, each with one file of results, and the jobs that they share.

The rules of the workflow and the order of the table of all results follow from these lists. Topics
of one subject share a job: a process of its own for each would spend more on loading the libraries
than on most of the analyses.
"""

from dataclasses import dataclass

from analysis.config import Plan
from analysis.io.lazy_import import require_functions, require_once


def name_results(topic: str) -> str:
    """Return the name under which a topic takes the results of another one."""
    return f"{topic}_results"


@dataclass(frozen=True)
class Topic:
    """One topic of analysis. ``name``: of its file; ``job``: the name of the job that runs it.

    ``function``: module and function in this folder. It takes ``data_sets`` as frames, in their
    order (None for one that the trial lacks), then the plan, and returns result objects.
    ``results``: topics whose results it takes too, behind the data sets, as rows of ``ard.csv``.
    """

    name: str
    job: str
    function: str
    data_sets: tuple[str, ...] = ("adsl",)
    results: tuple[str, ...] = ()

    @property
    def takes(self) -> tuple[str, ...]:
        """What it takes by name, in order: data sets, then results."""
        return (*self.data_sets, *map(name_results, self.results))

    @property
    def analysis(self) -> str:
        """The function with the whole name of its module."""
        return f"{__package__}.{self.function}"


@dataclass(frozen=True)
class AnalysisJob:
    """Topics that one job runs. ``doing``: the job in words.

    ``after``: topics that must have ended well before, so that a primary analysis that cannot be
    fitted is said in seconds, not behind analyses that nobody will read.
    """

    name: str
    doing: str
    after: tuple[str, ...] = ()

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Its topics in the order of their rows."""
        return tuple(topic for topic in TOPICS if topic.job == self.name)

    @property
    def takes(self) -> tuple[str, ...]:
        """The data sets, and results of other topics, that its topics take, each once."""
        return tuple(dict.fromkeys(name for topic in self.topics for name in topic.takes))


TOPICS = (
    Topic("door", "subjects", "description.door:analyse_door", ("door",)),
    Topic("populations", "subjects", "description.describe:describe_trial",
            ("adsl", "reasons", "queries", "screening")),
    Topic("mrs_shift", "mrs", "mrs.mrs_shift:analyse_mrs_shift"),
    Topic("sensitivity", "sensitivity", "sensitivity.analyse:analyse_sensitivity"),
    Topic("missing", "subjects", "description.missing:analyse_missing", ("adsl", "adqs")),
    Topic("dichotomies", "mrs", "mrs.dichotomies:analyse_dichotomies"),
    Topic("distributions", "mrs", "mrs.distributions:analyse_distributions"),
    Topic("secondary", "mrs", "secondary:analyse_secondary", ("adsl", "adqs")),
    Topic("supportive", "mrs", "supportive.analyse:analyse_supportive",
            ("adsl", "adqs", "adtte")),
    Topic("subgroups", "mrs", "mrs.subgroups:analyse_subgroups"),
    Topic("safety", "safety", "safety.deaths_and_bleeding:analyse_safety"),
    Topic("survival", "safety", "safety.time_to_death:analyse_survival", ("adsl", "adtte")),
    Topic("adverse_events", "safety", "safety.adverse_events:analyse_adverse_events",
            ("adsl", "adae")),
    Topic("exposure", "subjects", "safety.exposure:analyse_exposure"),
    Topic("multiplicity", "multiplicity", "multiplicity.key_secondaries:analyse_multiplicity", (),
            ("mrs_shift", "sensitivity", "dichotomies", "secondary")),
)  # fmt: skip
"""In the order of their rows in the table of all results."""

require_once("topic of analysis", (topic.name for topic in TOPICS))
require_functions(topic.analysis for topic in TOPICS)

JOBS = (
    AnalysisJob("subjects", "Describing the subjects"),
    AnalysisJob("mrs", "Analysing the mRS and the secondary outcomes"),
    AnalysisJob(
        "sensitivity", "Analysing the sensitivity of the primary outcome", after=("mrs_shift",)
    ),
    AnalysisJob("safety", "Analysing safety"),
    AnalysisJob("multiplicity", "Testing the key secondary outcomes"),
)


def list_topics(plan: Plan) -> tuple[Topic, ...]:
    """Return the topics of a plan, in the order of their rows: all but what it does not ask for."""
    is_tested = plan.inference.testing.procedure != "none"
    return tuple(topic for topic in TOPICS if is_tested or topic.name != "multiplicity")


def list_jobs(plan: Plan) -> tuple[AnalysisJob, ...]:
    """Return the jobs that have topics of a plan."""
    names = {topic.job for topic in list_topics(plan)}
    return tuple(job for job in JOBS if job.name in names)


def find_job(name: str) -> AnalysisJob:
    """Return the job of a name."""
    return next(job for job in JOBS if job.name == name)
