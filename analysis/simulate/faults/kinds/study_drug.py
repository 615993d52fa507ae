"""Faults of the study drug and its kits."""

from analysis.edc.queries import Rule
from analysis.simulate.faults.kinds.events import add_event
from analysis.simulate.faults.registry import Faults
from analysis.simulate.faults.scene import Scene
from analysis.simulate.faults.subjects import died_at_once, given_all_doses

FAULTS = Faults()
INTRA_ARTERIAL = "0"


def _withhold(scene: Scene, day: str, because: str) -> None:
    """Write that a dose was not given."""
    for column, text in (("EXSTDTC", ""), ("EXDOSE", "0"), ("EXKIT", ""), ("EXREAS", because)):
        scene.put("ex", column, text, EXDAY=day)


def _give_share(scene: Scene, day: str, share: float, because: str) -> None:
    """Write that part of the planned dose was given."""
    planned = float(scene.cells("ex", EXDAY=day)["EXPDOSE"])
    scene.put("ex", "EXDOSE", f"{share * planned:.1f}", EXDAY=day)
    scene.put("ex", "EXREAS", because, EXDAY=day)


def _iv_days(scene: Scene) -> list[str]:
    return [str(day) for day in scene.plan.dosing.iv_days]


@FAULTS.register("ex", given_all_doses)
def ia_dose_not_given(scene: Scene) -> None:
    _withhold(scene, INTRA_ARTERIAL, "导管已撤出，未给药")
    scene.reason("ex", "EXDOSE", "DOSEIA", "intra-arterial dose not given")


@FAULTS.register("ex", given_all_doses, single=True)
def ia_dose_without_record(scene: Scene) -> None:
    scene.drop("ex", EXDAY=INTRA_ARTERIAL)
    scene.reason("ex", "EXDOSE", "DOSEIA", "no record of the intra-arterial dose")


@FAULTS.register("ex", given_all_doses)
def ia_dose_reduced(scene: Scene) -> None:
    _give_share(scene, INTRA_ARTERIAL, 0.5, "血压下降，减量")
    scene.reason("ex", "EXDOSE", "DOSEIA", "half of the intra-arterial dose given")


@FAULTS.register("ex", given_all_doses, share=3)
def iv_dose_missed(scene: Scene) -> None:
    _withhold(scene, scene.pick(*_iv_days(scene)), scene.pick("家属拒绝", "漏用", "转科后未给药"))
    scene.reason("ex", "EXDOSE", "DOSEIV", "one intravenous dose missed")


@FAULTS.register("ex dm", given_all_doses, single=True)
def iv_dose_without_record(scene: Scene) -> None:
    scene.drop("ex", EXDAY=_iv_days(scene)[-1])
    scene.reason("ex", "EXDOSE", "DOSEIV", "no record of one intravenous dose")


@FAULTS.register("ex ae", given_all_doses)
def drug_withdrawn_for_event(scene: Scene) -> None:
    for day in _iv_days(scene)[1:]:
        _withhold(scene, day, "不良事件：消化道出血")
    add_event(
        scene,
        "Gastrointestinal haemorrhage",
        (1, 5),
        AESEV="MODERATE",
        AESER="N",
        AEREL="POSSIBLE",
        AEOUT="RECOVERED",
        AEACN="DRUG WITHDRAWN",
    )
    scene.reason("ex", "EXDOSE", "DOSEIV", "two intravenous doses missed after an adverse event")


@FAULTS.register("ex", given_all_doses)
def iv_doses_reduced(scene: Scene) -> None:
    for day in _iv_days(scene):
        _give_share(scene, day, 0.6, "血糖升高，减量")
    scene.reason("ex", "EXDOSE", "DOSEIV", "60 % of every intravenous dose given")


@FAULTS.register("ex mrs", given_all_doses)
def iv_dose_slightly_reduced(scene: Scene) -> None:
    _give_share(scene, _iv_days(scene)[0], 0.7, "输液外渗，部分未用")
    scene.score(scene.score_written(), "90 % of the intravenous total: no reason")


@FAULTS.register("ex", given_all_doses, single=True)
def never_treated(scene: Scene) -> None:
    for day in (INTRA_ARTERIAL, *_iv_days(scene)):
        _withhold(scene, day, "随机后家属拒绝用药")
    scene.reason("ex", "EXDOSE", "DOSEIA", "no dose given")
    scene.reason("ex", "EXDOSE", "DOSEIV", "no dose given")


@FAULTS.register("ex death mrs", died_at_once)
def dose_not_due_after_death(scene: Scene) -> None:
    scene.score("6", "doses after death are not due: no reason DOSEIV")


@FAULTS.register("ex", given_all_doses)
def kit_of_other_arm(scene: Scene) -> None:
    other = not bool(scene.cohort.allocation.treated[scene.subject])
    kit = scene.pick(*scene.cohort.allocation.spare_kits[other][:5])
    days = scene.pick(" ".join([INTRA_ARTERIAL, *_iv_days(scene)]), _iv_days(scene)[-1])
    for day in days.split():
        scene.put("ex", "EXKIT", kit, EXDAY=day)
    scene.reason("ex", "EXKIT", "KIT", f"kit {kit} used on day {days}")


@FAULTS.register("ex", given_all_doses)
def kit_on_no_list(scene: Scene) -> None:
    kit = "K" + scene.cells("ex", EXDAY=INTRA_ARTERIAL)["EXKIT"]
    scene.put("ex", "EXKIT", kit, EXDAY=INTRA_ARTERIAL)
    scene.query("ex", "EXKIT", Rule.KIT_UNKNOWN, f"kit {kit} of the first dose is on no list")


@FAULTS.register("ex", given_all_doses)
def kit_blank(scene: Scene) -> None:
    scene.put("ex", "EXKIT", "", EXDAY=INTRA_ARTERIAL)
    scene.query("ex", "EXKIT", Rule.KIT_UNKNOWN, "no kit for the first dose")


@FAULTS.register("ex", given_all_doses)
def dose_before_randomisation(scene: Scene) -> None:
    scene.put("ex", "EXSTDTC", scene.moment(-scene.whole(3, 25)), EXDAY=INTRA_ARTERIAL)
    scene.query("ex", "EXSTDTC", Rule.DOSE_BEFORE_RANDOMISATION, "first dose before randomisation")


@FAULTS.register("ex dm", given_all_doses)
def planned_dose_off(scene: Scene) -> None:
    share = float(scene.pick("0.80", "0.86", "1.15", "1.25"))
    for day in _iv_days(scene):
        dose = f"{share * float(scene.cells('ex', EXDAY=day)['EXPDOSE']):.1f}"
        scene.put("ex", "EXPDOSE", dose, EXDAY=day)
        scene.put("ex", "EXDOSE", dose, EXDAY=day)
    detail = f"{share:.0%} of {scene.plan.dosing.iv_mg_per_kg:g} mg/kg planned and given"
    scene.query("ex", "EXPDOSE", Rule.DOSE_PLANNED_OFF, detail)
