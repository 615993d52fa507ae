"""Faults of dates: impossible, partial, in the wrong order."""

from analysis.edc.queries import Rule
from analysis.simulate.faults.kinds.scores import LOCAL
from analysis.simulate.faults.registry import Faults
from analysis.simulate.faults.scene import Scene
from analysis.simulate.faults.subjects import assessed, assessed_holding, followed

FAULTS = Faults()
YEAR, MONTH = 4, 7  # characters of YYYY and YYYY-MM
event_1 = assessed_holding("ae", AESEQ="1")
event_over = assessed_holding("ae", AEOUT="RECOVERED")
nihss_day_7 = assessed_holding("nihss", VISIT="D7")
mrs_day_30 = assessed_holding("mrs", VISIT="D30")


def _year_before(iso: str) -> str:
    return f"{int(iso[:YEAR]) - 1}{iso[YEAR:]}"


@FAULTS.register("ae", event_1)
def event_start_impossible(scene: Scene) -> None:
    scene.put_first("ae", "AESTDTC", f"{scene.date(0)[:YEAR]}-02-30", AESEQ="1")
    scene.query("ae", "AESTDTC", Rule.TYPE, "30 February")


@FAULTS.register("nihss", nihss_day_7)
def nihss_date_impossible(scene: Scene) -> None:
    scene.put("nihss", "NIHDTC", f"{scene.date(7)[:MONTH]}-32T09:10", VISIT="D7")
    scene.query("nihss", "NIHDTC", Rule.TYPE, "the 32nd of a month")


@FAULTS.register("mrs", assessed)
def local_date_impossible(scene: Scene) -> None:
    scene.put("mrs", "MRSDTC", f"{scene.date(90)[:YEAR]}-02-30", **LOCAL)
    scene.query("mrs", "MRSDTC", Rule.TYPE, "30 February")
    scene.score(scene.score_written(), "the local reading has an impossible date")


def _cut_event_start(scene: Scene, characters: int) -> None:
    start = scene.cells("ae", AESEQ="1")["AESTDTC"]
    scene.put_first("ae", "AESTDTC", start[:characters], AESEQ="1")
    scene.score(
        scene.score_written(), f"start of the event known as {start[:characters]}: no query"
    )


@FAULTS.register("ae mrs", event_1, share=2)
def event_start_without_day(scene: Scene) -> None:
    _cut_event_start(scene, MONTH)


@FAULTS.register("ae mrs", event_1)
def event_start_without_month(scene: Scene) -> None:
    _cut_event_start(scene, YEAR)


@FAULTS.register("dm mrs", assessed)
def consent_without_day(scene: Scene) -> None:
    scene.put("dm", "RFICDTC", scene.date(0)[:MONTH])
    scene.score(scene.score_written(), "consent in the month of randomisation: no reason, no query")


@FAULTS.register("dm mrs", assessed, single=True)
def consent_without_month(scene: Scene) -> None:
    scene.put("dm", "RFICDTC", scene.date(0)[:YEAR])
    scene.score(scene.score_written(), "consent in the year of randomisation: no reason, no query")


@FAULTS.register("dm", followed, single=True)
def consent_in_a_later_month(scene: Scene) -> None:
    scene.put("dm", "RFICDTC", scene.date(45)[:MONTH])
    scene.reason("dm", "RFICDTC", "IN07", "consent in a later month")
    scene.query("dm", "RFICDTC", Rule.DATE_ORDER, "consent in a later month")


@FAULTS.register("evt", followed)
def recanalisation_before_puncture(scene: Scene) -> None:
    cells = scene.cells("evt")
    scene.put("evt", "PUNCDTC", cells["RECANDTC"])
    scene.put("evt", "RECANDTC", cells["PUNCDTC"])
    scene.query("evt", "RECANDTC", Rule.DATE_ORDER, "puncture and recanalisation exchanged")


@FAULTS.register("ae", event_over)
def event_ends_before_start(scene: Scene) -> None:
    over = {"AEOUT": "RECOVERED"}
    start = scene.cells("ae", **over)["AESTDTC"]
    scene.put_first("ae", "AEENDTC", _year_before(start), **over)
    scene.query("ae", "AEENDTC", Rule.DATE_ORDER, "the event ends a year before it starts")


@FAULTS.register("mrs", mrs_day_30)
def month_visit_before_randomisation(scene: Scene) -> None:
    date = _year_before(scene.cells("mrs", VISIT="D30")["MRSDTC"])
    scene.put("mrs", "MRSDTC", date, VISIT="D30")
    scene.query("mrs", "MRSDTC", Rule.DATE_ORDER, "the visit lies before randomisation")
    scene.score(scene.score_written(), "the day-30 visit has the wrong year")


@FAULTS.register("nihss", nihss_day_7)
def nihss_before_randomisation(scene: Scene) -> None:
    date = _year_before(scene.cells("nihss", VISIT="D7")["NIHDTC"])
    scene.put("nihss", "NIHDTC", date, VISIT="D7")
    scene.query("nihss", "NIHDTC", Rule.DATE_ORDER, "the visit lies before randomisation")
