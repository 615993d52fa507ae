"""Faults of the mRS of survivors: out of the window, readings that differ, several or none."""

from analysis.simulate.faults.registry import Faults
from analysis.simulate.faults.scene import Scene
from analysis.simulate.faults.subjects import assessed

FAULTS = Faults()
CENTRAL = {"VISIT": "D90", "MRSSRC": "CENTRAL"}
LOCAL = {"VISIT": "D90", "MRSSRC": "LOCAL"}
TOPICS = "mrs eq5d ds"


def date_visit(scene: Scene, central: int, local: int) -> None:
    """Move the day-90 visit: both readings, the EQ-5D and the end of the study."""
    scene.put("mrs", "MRSDTC", scene.date(central), **CENTRAL)
    scene.put("mrs", "MRSDTC", scene.date(local), **LOCAL)
    scene.put("eq5d", "EQDTC", scene.date(local))
    scene.put("ds", "DSSTDTC", scene.date(local))


def _date_visit_between(scene: Scene, low: int, high: int) -> None:
    date_visit(scene, scene.whole(low, high), scene.whole(low, high))


def _move_score(scene: Scene, score: str, steps: int) -> str:
    """A score that differs by so many levels, still alive."""
    value = int(score)
    return str(value + steps if value + steps <= 5 else value - steps)


@FAULTS.register(TOPICS, assessed, share=3)
def visit_late(scene: Scene) -> None:
    outcome = scene.plan.outcome
    first, last = outcome.day + outcome.window_days + 1, outcome.day + outcome.late_window_days
    _date_visit_between(scene, first, last)
    scene.reason("mrs", "MRSDTC", "WINDOW", "assessed after the window")
    scene.score(scene.score_written(), "assessed after the window, used in ITT")


@FAULTS.register(TOPICS, assessed)
def visit_early(scene: Scene) -> None:
    outcome = scene.plan.outcome
    first, last = outcome.day - outcome.late_window_days, outcome.day - outcome.window_days - 1
    _date_visit_between(scene, first, last)
    scene.reason("mrs", "MRSDTC", "WINDOW", "assessed before the window")
    scene.score(scene.score_written(), "assessed before the window, used in ITT")


@FAULTS.register(TOPICS, assessed)
def visit_very_late(scene: Scene) -> None:
    first = scene.plan.outcome.day + scene.plan.outcome.late_window_days + 1
    _date_visit_between(scene, first, first + 45)
    scene.reason("mrs", "MRSDTC", "NOMRS", "assessed far too late")
    scene.score("", "assessed far too late")


@FAULTS.register(TOPICS, assessed)
def central_late_local_in_window(scene: Scene) -> None:
    outcome = scene.plan.outcome
    late = outcome.day + outcome.window_days + scene.whole(2, 9)
    date_visit(scene, late, outcome.day + scene.whole(-5, 5))
    scene.score(scene.cells("mrs", **LOCAL)["MRS"], "only the local reading is in the window")


@FAULTS.register(TOPICS, assessed)
def visit_on_last_day_of_window(scene: Scene) -> None:
    outcome = scene.plan.outcome
    edge = outcome.day + scene.rng.choice([-1, 1]) * outcome.window_days
    date_visit(scene, int(edge), int(edge))
    scene.score(scene.score_written(), f"day {edge} is in the window: no reason WINDOW")


@FAULTS.register("mrs", assessed, share=2)
def readings_differ(scene: Scene) -> None:
    central = scene.cells("mrs", **CENTRAL)["MRS"]
    local = _move_score(scene, central, 2)
    scene.put("mrs", "MRS", local, **LOCAL)
    scene.score(central, f"central {central}, local {local}")


@FAULTS.register("mrs", assessed)
def central_score_blank(scene: Scene) -> None:
    scene.put("mrs", "MRS", "", **CENTRAL)
    scene.score(scene.cells("mrs", **LOCAL)["MRS"], "the central reading has no score")


@FAULTS.register("mrs", assessed)
def central_undated(scene: Scene) -> None:
    scene.put("mrs", "MRSDTC", "", **CENTRAL)
    scene.score(scene.cells("mrs", **LOCAL)["MRS"], "the central reading has no date")


@FAULTS.register("mrs", assessed)
def central_read_twice(scene: Scene) -> None:
    day, other = [(90, 97), (88, 96), (87, 93)][scene.whole(0, 2)]
    shift = scene.plan.outcome.day - 90
    score = scene.cells("mrs", **CENTRAL)["MRS"]
    date_visit(scene, day + shift, day + shift)
    again = {"MRSDTC": scene.date(other + shift), "MRS": _move_score(scene, score, 1)}
    scene.repeat("mrs", CENTRAL, **again)
    scene.score(score, f"of days {day} and {other} the nearer, then the earlier counts")


@FAULTS.register("mrs", assessed, single=True)
def all_scores_blank(scene: Scene) -> None:
    scene.put("mrs", "MRS", "", **CENTRAL)
    scene.put("mrs", "MRS", "", **LOCAL)
    scene.reason("mrs", "MRS", "NOMRS", "readings without a score")
    scene.score("", "readings without a score")
