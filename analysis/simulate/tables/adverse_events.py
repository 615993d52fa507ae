"""Adverse events: the table ``ae``."""

from dataclasses import dataclass

import numpy as np

from analysis.config.plan import Plan
from analysis.simulate.arrays import (
    DAY,
    Columns,
    Flags,
    Floats,
    Ints,
    Texts,
    add_minutes,
    blank_where,
    pick_texts,
    to_texts,
    write_date,
    write_whole,
    write_yes_no,
)
from analysis.simulate.cohort.cohort import Cohort
from analysis.simulate.cohort.terms import (
    SILENT_HAEMORRHAGE,
    SYMPTOMATIC_HAEMORRHAGE,
    Terms,
    read_terms,
)
from analysis.simulate.randomness.draws import draw_event, draw_level, draw_log_logistic
from analysis.simulate.tables.columns import number_within

SEVERITIES = ("MILD", "MODERATE", "SEVERE")
SILENT_REPORTED = 0.4  # share of the silent haemorrhages that become an adverse event
RELATIONS = ("NOT RELATED", "UNLIKELY", "POSSIBLE", "PROBABLE", "DEFINITE")


@dataclass(frozen=True)
class Events:
    """One entry per event; minutes count from randomisation."""

    subject: Ints
    term: Ints
    start: Floats
    end: Floats  # infinite while it lasts
    fatal: Flags


def build_ae(plan: Plan, cohort: Cohort, rng: np.random.Generator) -> Columns:
    """Return the table ``ae``: every death has one fatal event, every sICH its own."""
    terms = read_terms()
    parts = [
        _draw_common(plan, cohort, terms, rng),
        _draw_haemorrhages(cohort, terms, rng),
        _draw_fatal(cohort, terms, rng),
    ]
    joined = Events(
        *(np.concatenate([getattr(p, name) for p in parts]) for name in Events.__annotations__)
    )
    order = np.lexsort((joined.term, joined.start, joined.subject))
    events = Events(*(getattr(joined, name)[order] for name in Events.__annotations__))
    return _write_events(plan, cohort, terms, events, rng)


def _draw_common(plan: Plan, cohort: Cohort, terms: Terms, rng: np.random.Generator) -> Events:
    """The events that do not kill, more frequent with a worse outcome."""
    worse = np.outer(cohort.course.mrs - 3, terms.severity)
    arm = np.where(cohort.allocation.treated[:, None], terms.ratio[None, :], 1.0)
    occurs = rng.random(worse.shape) < terms.incidence * arm * np.exp(worse)
    occurs[cohort.course.dead, cohort.cause[cohort.course.dead]] = False
    subject, term = np.nonzero(occurs)
    n = len(subject)
    start = DAY * draw_log_logistic(rng, terms.onset[term], 1.8, (0.05, plan.outcome.day), n)
    end = start + DAY * draw_log_logistic(rng, terms.days[term], 2.5, (0.3, 120.0), n)
    followed = np.minimum(cohort.course.last_minutes, plan.outcome.day * DAY)[subject]
    kept = start < followed
    end = np.where(end < followed, end, np.inf)
    return Events(subject[kept], term[kept], start[kept], end[kept], np.zeros(kept.sum(), bool))


def _draw_haemorrhages(cohort: Cohort, terms: Terms, rng: np.random.Generator) -> Events:
    """Every symptomatic haemorrhage that is not itself the cause of death, and some silent ones."""
    course, named = cohort.course, terms.index(SYMPTOMATIC_HAEMORRHAGE)
    reported = draw_event(rng, SILENT_REPORTED, len(cohort)) & course.haemorrhage
    subject = np.flatnonzero(np.where(course.symptomatic, cohort.cause != named, reported))
    n, start = len(subject), course.haemorrhage_minutes[subject]
    term = np.where(course.symptomatic[subject], named, terms.index(SILENT_HAEMORRHAGE))
    end = start + DAY * draw_log_logistic(rng, terms.days[term], 2.5, (5, 120), n)
    end = np.where(end < course.last_minutes[subject], end, np.inf)
    return Events(subject, term, start, end, np.zeros(n, bool))


def _draw_fatal(cohort: Cohort, terms: Terms, rng: np.random.Generator) -> Events:
    """The event that each death ended."""
    course = cohort.course
    subject = np.flatnonzero(course.dead)
    n, death, term = len(subject), course.death_minutes[subject], cohort.cause[subject]
    start = death * rng.uniform(0.3, 0.95, n)
    bled = term == terms.index(SYMPTOMATIC_HAEMORRHAGE)
    start = np.where(bled, course.haemorrhage_minutes[subject], start)
    return Events(subject, term, start, death, np.ones(n, bool))


def _write_events(
    plan: Plan, cohort: Cohort, terms: Terms, events: Events, rng: np.random.Generator
) -> Columns:
    n, randomised = len(events.subject), cohort.allocation.randomised[events.subject]
    over = np.isfinite(events.end)
    ended = add_minutes(randomised, np.where(over, events.end, 0))
    serious = events.fatal | draw_event(rng, terms.serious[events.term], n)
    return {
        "SUBJID": cohort.allocation.subjid[events.subject],
        "AESEQ": write_whole(number_within(events.subject)),
        "AETERM": terms.term[events.term],
        "AEDECOD": terms.pt[events.term],
        "AEBODSYS": terms.soc[events.term],
        "AESTDTC": write_date(add_minutes(randomised, events.start)),
        "AEENDTC": blank_where(~over, write_date(ended)),
        "AESEV": _draw_severity(rng, events.fatal, serious),
        "AESER": write_yes_no(serious),
        "AEREL": _draw_relation(rng, terms.related[events.term]),
        "AEOUT": _draw_end(rng, events.fatal, over, serious),
        "AEACN": to_texts(_actions(plan, events)),
    }


def _draw_severity(rng: np.random.Generator, fatal: Flags, serious: Flags) -> Texts:
    shares = np.where(serious[:, None], (0.05, 0.35, 0.60), (0.62, 0.35, 0.03))
    return pick_texts(SEVERITIES, np.where(fatal, 2, draw_level(rng, shares)))


def _draw_relation(rng: np.random.Generator, related: Floats) -> Texts:
    """Related to the study drug as often as the term says, else unlikely or not."""
    yes, no = related[:, None] * (0.8, 0.17, 0.03), (1 - related)[:, None] * (0.7, 0.3)
    return pick_texts(RELATIONS, draw_level(rng, np.hstack([no, yes])))


def _draw_end(rng: np.random.Generator, fatal: Flags, over: Flags, serious: Flags) -> Texts:
    """Outcome of the event: whatever is over has recovered, with sequelae or without."""
    n = len(fatal)
    sequelae = draw_event(rng, np.where(serious, 0.25, 0.03), n)
    recovering, unknown = draw_event(rng, 0.4, n), draw_event(rng, 0.03, n)
    conditions = [fatal, over & sequelae, over, unknown, recovering]
    names = ["FATAL", "RECOVERED WITH SEQUELAE", "RECOVERED", "UNKNOWN", "RECOVERING"]
    return np.select(conditions, names, "NOT RECOVERED").astype(object)


def _actions(plan: Plan, events: Events) -> list[str]:
    """The drug was still being given, or no longer."""
    during = events.start < (max(plan.dosing.iv_days) + 1) * DAY
    return ["DOSE NOT CHANGED" if now else "NOT APPLICABLE" for now in during.tolist()]
