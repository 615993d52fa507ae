"""Deaths: their records in the export, the date of each, and the last day known alive (SAP 4.1)."""
