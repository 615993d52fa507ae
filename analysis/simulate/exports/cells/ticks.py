"""A code, or a yes and no, as boxes that are ticked or not."""

from collections.abc import Mapping

import pandas as pd

from analysis.simulate.exports.cells.carrier import NO_CELL, Carrier

YES, NO = "Y", "N"
TICKS = ("1", "0")


def encode_ticks(
    carrier: Carrier,
    table: str,
    column: str,
    boxes: Mapping[str, str],
    ticks: tuple[str, str] = TICKS,
) -> pd.DataFrame:
    """Return a column a box, with ``ticks`` where it is ticked and where it is not.

    ``boxes``: the name of the box by the code of the layout that it stands for. A text that is no
    such code ticks none: it is read back as no, or as empty where boxes are codes.
    """
    texts = carrier.tables[table][column]
    known = texts.where(texts.isin(list(boxes)), NO if YES in boxes else "")
    carrier.restore(table, column, known, NO_CELL)
    ticked, unticked = ticks
    return pd.DataFrame(
        {box: known.eq(code).map({True: ticked, False: unticked}) for code, box in boxes.items()}
    )
