"""Intracranial haemorrhage within the window after randomisation (SAP 9.2)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from analysis.qc.from_export.export import Export
from analysis.qc.from_export.heidelberg import CLASS_FLAGS, CLASSES
from analysis.qc.from_export.reading.tables import Row


@dataclass(frozen=True)
class Image:
    """A row of ``ich``: whether it lies in the window or has no date, and what it shows."""

    subject: str
    is_inside: bool
    is_undated: bool
    symptomatic: object
    kind: object


def find_bleeding(export: Export) -> dict[str, dict[str, str]]:
    """Return, by flag of ADSL, Y or N for every randomised subject.

    SICH = Y counts in the window and without a date; ``SICHUNFL``: of unknown status, no image of
    the window says yes or no. Any haemorrhage, parenchymal haematoma and the classes need a date.
    """
    images = [_describe(export, row) for row in export.rows("ich")]
    parenchymal = export.plan.safety.parenchymal_types

    def flag(holds: Callable[[Image], bool], yes: str = "Y", no: str = "N") -> dict[str, str]:
        subjects = {image.subject for image in images if holds(image)}
        return {subject: yes if subject in subjects else no for subject in export.subjects}

    def has_undated(image: Image) -> bool:
        return image.symptomatic == "Y" and image.is_undated

    return {
        "SICH48FL": flag(lambda i: i.symptomatic == "Y" and (i.is_inside or i.is_undated)),
        "SICHUNFL": flag(
            lambda i: (i.is_inside and i.symptomatic is not None) or has_undated(i), "N", "Y"
        ),
        "ICH48FL": flag(lambda i: i.is_inside and i.kind not in (None, "NONE")),
        "PH48FL": flag(lambda i: i.is_inside and i.kind in parenchymal),
        "ICHUNFL": flag(lambda i: i.is_inside and i.kind is not None, "N", "Y"),
        **{
            name: flag(partial(_is_of_class, kind))
            for name, kind in zip(CLASS_FLAGS, CLASSES, strict=True)
        },
    }


def _is_of_class(kind: str, image: Image) -> bool:
    return image.is_inside and image.kind == kind


def _describe(export: Export, row: Row) -> Image:
    moment, randomised = row.values["ICHDTC"], export.moments[row.subject]
    dated = isinstance(moment, datetime) and randomised is not None
    window = timedelta(hours=export.plan.safety.haemorrhage_hours)
    inside = (
        isinstance(moment, datetime)
        and randomised is not None
        and timedelta(0) <= moment - randomised <= window
    )
    return Image(row.subject, inside, not dated, row.values["SICH"], row.values["ICHTYPE"])
