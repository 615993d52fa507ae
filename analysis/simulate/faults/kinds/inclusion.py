"""Faults of the inclusion criteria of SAP 3.2, and of the answers of the site."""

from analysis.edc.queries import Rule
from analysis.simulate.faults.registry import Faults
from analysis.simulate.faults.scene import Scene
from analysis.simulate.faults.subjects import followed

FAULTS = Faults()
CRITERIA = (*(f"IN{k:02d}" for k in range(1, 8)), *(f"EX{k:02d}" for k in range(1, 16)))


@FAULTS.register("ie", followed)
def criterion_answered_against(scene: Scene) -> None:
    criterion = scene.pick(*CRITERIA)
    answer = "N" if criterion.startswith("IN") else "Y"
    scene.put("ie", "IEORRES", answer, IETESTCD=criterion)
    scene.reason("ie", "IEORRES", "IE", f"{criterion} answered {answer}")


@FAULTS.register("dm", followed)
def age_above_limit(scene: Scene) -> None:
    age = str(scene.plan.eligibility.age_max + scene.whole(1, 6))
    scene.put("dm", "AGE", age)
    scene.reason("dm", "AGE", "IN01", f"aged {age}")


@FAULTS.register("dm", followed, single=True)
def age_below_limit(scene: Scene) -> None:
    age = str(scene.plan.eligibility.age_min - 1)
    scene.put("dm", "AGE", age)
    scene.reason("dm", "AGE", "IN01", f"aged {age}")
    scene.query("dm", "AGE", Rule.RANGE, f"aged {age}")


@FAULTS.register("bl", followed)
def lkw_too_long_ago(scene: Scene) -> None:
    minutes = scene.plan.eligibility.lkw_hours_max * 60 + scene.whole(20, 400)
    scene.put("bl", "LKWDTC", scene.moment(-minutes))
    scene.reason("bl", "LKWDTC", "IN02", f"last known well {minutes / 60:.1f} h before")


@FAULTS.register("bl evt", followed)
def lkw_after_randomisation(scene: Scene) -> None:
    scene.put("bl", "LKWDTC", scene.moment(scene.whole(20, 300)))
    scene.reason("bl", "LKWDTC", "IN02", "last known well after randomisation")
    scene.query("bl", "LKWDTC", Rule.DATE_ORDER, "last known well after randomisation")
    scene.query("evt", "PUNCDTC", Rule.DATE_ORDER, "last known well after puncture")


@FAULTS.register("bl", followed)
def occlusion_elsewhere(scene: Scene) -> None:
    scene.put("bl", "OCCLOC", "OTHER")
    scene.reason("bl", "OCCLOC", "IN03", "occlusion of another vessel")


@FAULTS.register("bl", followed)
def nihss_below_limit(scene: Scene) -> None:
    nihss = str(scene.plan.eligibility.nihss_min - scene.whole(1, 3))
    scene.put("bl", "NIHSSBL", nihss)
    scene.reason("bl", "NIHSSBL", "IN04", f"NIHSS {nihss}")


@FAULTS.register("bl", followed)
def aspects_below_limit(scene: Scene) -> None:
    aspects = str(scene.plan.eligibility.aspects_min - scene.whole(1, 2))
    scene.put("bl", "ASPECTS", aspects)
    scene.reason("bl", "ASPECTS", "IN05", f"ASPECTS {aspects}")


@FAULTS.register("evt", followed)
def reperfusion_failed(scene: Scene) -> None:
    etici = scene.pick("2A", "2A", "1", "0")
    scene.put("evt", "ETICI", etici)
    scene.reason("evt", "ETICI", "IN06", f"eTICI {etici}")


@FAULTS.register("dm", followed)
def consent_empty(scene: Scene) -> None:
    scene.put("dm", "RFICDTC", "")
    scene.reason("dm", "RFICDTC", "IN07", "no date of consent")


@FAULTS.register("dm", followed)
def consent_after_randomisation(scene: Scene) -> None:
    scene.put("dm", "RFICDTC", scene.moment(scene.whole(5, 240)))
    scene.reason("dm", "RFICDTC", "IN07", "consent after randomisation")
    scene.query("dm", "RFICDTC", Rule.DATE_ORDER, "consent after randomisation")


@FAULTS.register("dm", followed, single=True)
def consent_on_a_later_day(scene: Scene) -> None:
    scene.put("dm", "RFICDTC", scene.date(1))
    scene.reason("dm", "RFICDTC", "IN07", "consent, without time, the day after")
    scene.query("dm", "RFICDTC", Rule.DATE_ORDER, "consent, without time, the day after")
