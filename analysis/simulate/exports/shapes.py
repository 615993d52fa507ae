"""The shapes in which the demonstration trial can be written."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from analysis.simulate.exports.castor.write import write_castor
from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.chinese_hospital.write import write_chinese_hospital
from analysis.simulate.exports.openclinica.write import write_openclinica
from analysis.simulate.exports.rave.write import write_rave
from analysis.simulate.exports.redcap.write import write_labels, write_raw
from analysis.simulate.exports.sdtm.write import write_sdtm
from analysis.simulate.exports.viedoc.write import write_viedoc

Writer = Callable[[Carrier, Path], None]
SHAPES: dict[str, Writer] = {
    "redcap_raw": write_raw,
    "redcap_labels": write_labels,
    "castor": write_castor,
    "chinese_hospital": write_chinese_hospital,
    "sdtm": write_sdtm,
    "openclinica": write_openclinica,
    "rave": write_rave,
    "viedoc": write_viedoc,
}


def write_shape(shape: str, tables: Mapping[str, pd.DataFrame], folder: Path) -> Carrier:
    """Write the tables of the layout into ``folder`` as a shape has them; the same bytes each time.

    Returns the tables as the mapping of the shape reads them back, and what could not be carried.
    Raises KeyError if there is no such shape.
    """
    carrier = Carrier.of(dict(tables))
    SHAPES[shape](carrier, folder)
    return carrier
