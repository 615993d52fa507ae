"""Faults of deaths: recorded in one place only, contradicted by the mRS, or after day 90."""

from analysis.edc.queries import Rule
from analysis.simulate.faults.kinds.events import add_event
from analysis.simulate.faults.kinds.scores import CENTRAL, LOCAL, date_visit
from analysis.simulate.faults.registry import Faults
from analysis.simulate.faults.scene import Scene
from analysis.simulate.faults.subjects import died, disabled

FAULTS = Faults()
DEATH = "death mrs ae ds eq5d"
DEAD = "6"


def _death_day(scene: Scene) -> int:
    return int(scene.cohort.death_day[scene.subject])


def _hide_in_ae(scene: Scene) -> None:
    """The fatal event loses its end."""
    scene.put("ae", "AEENDTC", "", AEOUT="FATAL")
    scene.put("ae", "AEOUT", "UNKNOWN", AEOUT="FATAL")


def _expect_found(scene: Scene, where: str) -> None:
    scene.query("dd", "DTHDTC", Rule.DEATH_WITHOUT_RECORD, f"death recorded in {where} only")
    scene.score(DEAD, f"death recorded in {where} only")


def _record_late_death(scene: Scene, day: int) -> None:
    """A survivor of day 90 dies: dd, ds and a fatal event."""
    scene.add("dd", DTHDTC=scene.date(day), DTHCAUS="重症肺炎")
    scene.put("ds", "DSDECOD", "DEATH")
    scene.put("ds", "DSSTDTC", scene.date(day))
    add_event(
        scene,
        "Pneumonia",
        (day - 8, day),
        AESEV="SEVERE",
        AESER="Y",
        AEREL="NOT RELATED",
        AEOUT="FATAL",
        AEACN="NOT APPLICABLE",
    )


def _drop_visit(scene: Scene) -> None:
    scene.drop("mrs", VISIT="D90")
    scene.drop("eq5d")


def _window_end(scene: Scene) -> int:
    return scene.plan.outcome.day + scene.plan.outcome.window_days


@FAULTS.register(DEATH, died)
def death_in_ds_only(scene: Scene) -> None:
    scene.drop("dd")
    scene.drop("mrs", MRS=DEAD)
    _hide_in_ae(scene)
    _expect_found(scene, "ds")


@FAULTS.register(DEATH, died)
def death_in_ae_only(scene: Scene) -> None:
    scene.drop("dd")
    scene.drop("mrs", MRS=DEAD)
    scene.put("ds", "DSDECOD", "OTHER")
    _expect_found(scene, "ae")


@FAULTS.register(DEATH, died)
def death_in_mrs_only(scene: Scene) -> None:
    scene.drop("dd")
    scene.put("mrs", "MRSDTC", scene.date(_death_day(scene)), MRS=DEAD)
    _hide_in_ae(scene)
    scene.put("ds", "DSDECOD", "OTHER")
    _expect_found(scene, "mrs")


@FAULTS.register(DEATH, died)
def death_without_level_6(scene: Scene) -> None:
    scene.drop("mrs", MRS=DEAD)
    scene.score(DEAD, "dead by dd, no mRS 6")


@FAULTS.register(DEATH, died)
def score_after_death(scene: Scene) -> None:
    scene.put("mrs", "MRS", scene.pick("3", "4", "5"), **LOCAL)
    scene.put("mrs", "MRSDTC", scene.date(scene.plan.outcome.day), **LOCAL)
    scene.query("mrs", "MRS", Rule.MRS_AFTER_DEATH, "alive at day 90, dead by dd")
    scene.score(DEAD, "a score after the recorded death is left out")


@FAULTS.register(DEATH, died)
def level_6_before_death(scene: Scene) -> None:
    scene.put("mrs", "MRSDTC", scene.date(_death_day(scene) - scene.whole(2, 12)), **LOCAL)
    scene.query("mrs", "MRS", Rule.MRS6_BEFORE_DEATH, "mRS 6 before the death by dd")
    scene.score(DEAD, "mRS 6 before the recorded death is left out")


@FAULTS.register(DEATH, disabled, single=True)
def level_6_before_late_death(scene: Scene) -> None:
    date_visit(scene, scene.plan.outcome.day, scene.plan.outcome.day)
    scene.put("mrs", "MRS", DEAD, VISIT="D90")
    scene.drop("eq5d")
    _record_late_death(scene, _window_end(scene) + scene.whole(4, 12))
    scene.query("mrs", "MRS", Rule.MRS6_BEFORE_DEATH, "mRS 6 at day 90, death after the window")
    scene.reason("mrs", "MRS", "NOMRS", "the only scores contradict the date of death")
    scene.score("", "the only scores contradict the date of death")


@FAULTS.register(DEATH, died, single=True)
def death_undated(scene: Scene) -> None:
    scene.put("dd", "DTHDTC", "")
    scene.put("mrs", "MRSDTC", scene.date(scene.plan.outcome.day), VISIT="D90")
    scene.query("dd", "DTHDTC", Rule.REQUIRED, "death without a date")
    scene.score(DEAD, "mRS 6 at day 90")


@FAULTS.register(DEATH, disabled)
def death_in_window_after_visit(scene: Scene) -> None:
    visit, window_end = scene.plan.outcome.day - scene.whole(1, 8), _window_end(scene)
    date_visit(scene, visit, visit)
    _record_late_death(scene, scene.whole(scene.plan.outcome.day + 1, window_end))
    scene.score(scene.score_written(), "assessed in the window, died later")


@FAULTS.register(DEATH, disabled)
def death_in_window_without_visit(scene: Scene) -> None:
    _drop_visit(scene)
    _record_late_death(scene, scene.whole(scene.plan.outcome.day + 1, _window_end(scene)))
    scene.score(DEAD, "died after day 90 in the window, not assessed before")


@FAULTS.register(DEATH, disabled)
def death_after_window_and_visit(scene: Scene) -> None:
    _record_late_death(scene, _window_end(scene) + scene.whole(1, 40))
    scene.score(scene.score_written(), "assessed in the window, died after it")


@FAULTS.register(DEATH, disabled, single=True)
def death_after_window_without_visit(scene: Scene) -> None:
    _drop_visit(scene)
    _record_late_death(scene, _window_end(scene) + scene.whole(1, 15))
    scene.reason("mrs", "MRS", "NOMRS", "alive through the window, not assessed")
    scene.score("", "alive through the window, not assessed")


@FAULTS.register(DEATH, disabled, single=True)
def level_6_after_window(scene: Scene) -> None:
    outcome = scene.plan.outcome
    day = scene.whole(_window_end(scene) + 1, outcome.day + outcome.late_window_days)
    date_visit(scene, day, day)
    scene.put("mrs", "MRS", DEAD, **CENTRAL)
    scene.put("mrs", "MRS", DEAD, **LOCAL)
    scene.drop("eq5d")
    _record_late_death(scene, day)
    scene.score(DEAD, "death is never out of the window: no reason WINDOW")
