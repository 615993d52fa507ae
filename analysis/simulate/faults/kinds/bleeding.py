"""Faults of symptomatic haemorrhage."""

from analysis.edc.queries import Rule
from analysis.simulate.faults.registry import Faults
from analysis.simulate.faults.scene import Scene
from analysis.simulate.faults.subjects import bled_with_symptoms

FAULTS = Faults()


@FAULTS.register("ich", bled_with_symptoms)
def sich_undated(scene: Scene) -> None:
    scene.put_first("ich", "ICHDTC", "", SICH="Y")
    scene.query("ich", "ICHDTC", Rule.SICH_WITHOUT_DATE, "symptomatic haemorrhage without a date")


@FAULTS.register("ich", bled_with_symptoms, single=True)
def sich_without_haemorrhage(scene: Scene) -> None:
    scene.put_first("ich", "ICHTYPE", "NONE", SICH="Y")
    detail = "symptomatic haemorrhage, class NONE"
    scene.query("ich", "ICHTYPE", Rule.SICH_WITHOUT_HAEMORRHAGE, detail)
