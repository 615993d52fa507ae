"""Symptomatic haemorrhage by ECASS II and SITS-MOST: an image, and a deterioration (SAP 9.2)."""

import pandas as pd

from analysis.adam.adsl.haemorrhage import compute_image_hours
from analysis.adam.tables import SUBJECT, Tables, flag
from analysis.config import Plan
from analysis.io.large.text_columns import is_among


def derive_deterioration(adsl: pd.DataFrame, tables: Tables, plan: Plan) -> pd.DataFrame:
    """Add ECASS2FL, ECASS2UN, SITSMFL and SITSMUN to ADSL; same rows.

    ECASS2FL: any haemorrhage in the window (ICH48FL), and the NIHSS at 24 h or day 7 above the
    lowest earlier score by ``deterioration.nihss_points``, or death by ``death_last_day``. SITSMFL:
    a haematoma of ``sits_most.types`` inside its hours, and the same up to 24 h, or death. The
    ``UN`` flags mark subjects without an image that tells, or with a haemorrhage and neither two
    scores nor a death; they count as no event. Whether a haemorrhage caused the deterioration is
    not exported, and not asked (Hacke 1998; Wahlgren 2007).
    """
    rises, needed = _compute_rises(adsl), plan.safety.deterioration.nihss_points
    died = (adsl["DTHADY"] <= plan.safety.deterioration.death_last_day).fillna(False).astype(bool)
    by_24, by_7 = rises["H24"], rises.max(axis=1)
    haematoma, is_told = _find_late_images(adsl, tables, plan)
    definitions = {
        "ECASS2": (adsl["ICH48FL"] == "Y", adsl["ICHUNFL"] != "Y", by_7),
        "SITSM": (haematoma, is_told, by_24),
    }
    flags = {}
    for name, (bleeds, told, rise) in definitions.items():
        worse = died | (rise >= needed).fillna(False).astype(bool)
        flags[f"{name}FL"] = flag(bleeds & worse)
        flags[f"{name}UN"] = flag(~told | (bleeds & ~worse & rise.isna()))
    return adsl.assign(**flags)


def _compute_rises(adsl: pd.DataFrame) -> pd.DataFrame:
    """NIHSS at 24 h and at day 7 less the lowest score before it; missing without two scores."""
    scores = adsl[["NIHSSBL", "NIHSSH24", "NIHSSD7"]].astype("Float64")
    before = scores[["NIHSSBL", "NIHSSH24"]].min(axis=1)
    return pd.DataFrame(
        {"H24": scores["NIHSSH24"] - scores["NIHSSBL"], "D7": scores["NIHSSD7"] - before}
    )


def _find_late_images(
    adsl: pd.DataFrame, tables: Tables, plan: Plan
) -> tuple[pd.Series, pd.Series]:
    """Who has a haematoma of type 2, and who an image of known class, in the hours of SITS-MOST."""
    ich, rule = tables["ich"], plan.safety.sits_most
    inside = compute_image_hours(adsl, ich).between(*rule.hours)
    told = inside & ich["ICHTYPE"].notna()
    haematoma = inside & ich["ICHTYPE"].isin(rule.types)
    return (
        is_among(adsl[SUBJECT], ich.loc[haematoma, SUBJECT]),
        is_among(adsl[SUBJECT], ich.loc[told, SUBJECT]),
    )
