"""What decides, counted anew from the files of the export and the mapping (SAP 3, 4, 9).

``reading`` reads the files, ``derivations`` has the plan's words, and the rest holds what comes out
against the data sets, the data queries and the results of a run.
"""

from analysis.qc.from_export.check import Derived, check_from_export
from analysis.qc.from_export.export import Export

__all__ = ["Derived", "Export", "check_from_export"]
