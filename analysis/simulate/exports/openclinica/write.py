"""Write the folder of an OpenClinica export: one snapshot."""

from pathlib import Path

from analysis.io.files import write_text
from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.design.forms import load_forms
from analysis.simulate.exports.openclinica.clinical_data import write_clinical_data
from analysis.simulate.exports.openclinica.metadata import write_study

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3"
 xmlns:OpenClinica="http://www.openclinica.org/ns/odm_ext_v130/v3.1" FileOID="IMPACTLVO"
 Description="Demonstration trial" CreationDateTime="2026-01-01T00:00:00" FileType="Snapshot"
 ODMVersion="1.3.2">"""


def write_openclinica(carrier: Carrier, folder: Path) -> None:
    """Write the snapshot, metadata first."""
    forms = list(load_forms().values())
    lines = [HEAD, *write_study(forms), *write_clinical_data(carrier, forms), "</ODM>"]
    write_text(folder / "IMPACT-LVO_odm.xml", "\n".join(lines) + "\n")
