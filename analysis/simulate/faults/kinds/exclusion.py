"""Faults of the exclusion criteria of SAP 3.2 and major deviations."""

from analysis.edc.queries import Rule
from analysis.simulate.faults.registry import Faults
from analysis.simulate.faults.scene import Scene
from analysis.simulate.faults.subjects import arrived_late, followed

FAULTS = Faults()


@FAULTS.register("bl", followed)
def disabled_before_stroke(scene: Scene) -> None:
    mrs = str(scene.plan.eligibility.prestroke_mrs_max + scene.whole(1, 2))
    scene.put("bl", "MRSPRE", mrs)
    scene.reason("bl", "MRSPRE", "EX02", f"pre-stroke mRS {mrs}")


@FAULTS.register("bl", followed)
def anticoagulated(scene: Scene) -> None:
    inr = f"{scene.plan.eligibility.anticoagulated_inr_max + scene.rng.uniform(0.1, 1.6):.2f}"
    scene.put("bl", "ANTICOAG", "Y")
    scene.put("bl", "INR", inr)
    scene.reason("bl", "INR", "EX06", f"anticoagulated, INR {inr}")


@FAULTS.register("bl", followed)
def renal_failure(scene: Scene) -> None:
    creatinine = scene.plan.eligibility.creatinine_max + scene.whole(40, 400)
    scene.put("bl", "CREAT", f"{creatinine:.1f}")
    scene.put("bl", "EGFR", f"{scene.rng.uniform(9, 24):.1f}")
    scene.reason("bl", "CREAT", "EX08", "creatinine too high, eGFR too low")


@FAULTS.register("bl", followed)
def filtration_below_limit(scene: Scene) -> None:
    egfr = f"{scene.plan.eligibility.egfr_min - scene.rng.uniform(0.5, 6):.1f}"
    scene.put("bl", "EGFR", egfr)
    scene.reason("bl", "EGFR", "EX08", f"eGFR {egfr}")


@FAULTS.register("bl", followed)
def glucose_outside_limits(scene: Scene) -> None:
    limits = scene.plan.eligibility
    low = f"{limits.glucose_min - scene.rng.uniform(0.2, 0.8):.1f}"
    high = f"{limits.glucose_max + scene.rng.uniform(0.3, 8):.1f}"
    glucose = scene.pick(low, high, high)
    scene.put("bl", "GLUC", glucose)
    scene.reason("bl", "GLUC", "EX10", f"glucose {glucose} mmol/L")


@FAULTS.register("bl", followed, single=True)
def glucose_in_mg_per_dl(scene: Scene) -> None:
    glucose = str(scene.whole(96, 180))
    scene.put("bl", "GLUC", glucose)
    scene.reason("bl", "GLUC", "EX10", f"glucose {glucose}, written in mg/dL")
    scene.query("bl", "GLUC", Rule.RANGE, f"glucose {glucose}, written in mg/dL")


@FAULTS.register("evt", followed)
def complication_on_angiography(scene: Scene) -> None:
    complication = scene.pick("PERFORATION", "DISSECTION", "EXTRAVASATION")
    scene.put("evt", "DSACOMP", complication)
    scene.reason("evt", "DSACOMP", "EX14", complication.lower())


@FAULTS.register("evt", arrived_late)
def procedure_too_long(scene: Scene) -> None:
    minutes = int(scene.plan.eligibility.procedure_minutes_max) + scene.whole(2, 70)
    recanalised = scene.cohort.procedure.recanalised[scene.subject]
    randomised = scene.cohort.allocation.randomised[scene.subject]
    before = int((randomised - recanalised).astype(int))
    scene.put("evt", "PUNCDTC", scene.moment(-before - minutes))
    scene.reason("evt", "PUNCDTC", "EX15A", f"{minutes} minutes to recanalisation")


@FAULTS.register("evt", followed)
def too_many_passes(scene: Scene) -> None:
    passes = str(scene.plan.eligibility.passes_max + scene.whole(1, 3))
    scene.put("evt", "PASSES", passes)
    scene.reason("evt", "PASSES", "EX15B", f"{passes} passes")


@FAULTS.register("dv", followed)
def major_deviation(scene: Scene) -> None:
    term = scene.pick("使用了方案禁止的激素类药物", "研究药物给药时间严重超窗", "误破盲")
    number = scene.next_number("dv")
    scene.add("dv", DVSEQ=number, DVDECOD="MAJOR DEVIATION", DVTERM=term, DVMAJOR="Y")
    scene.reason("dv", "DVMAJOR", "DV", term)
