"""Files of CDISC formats: ODM-XML snapshots of an EDC system, and Dataset-JSON."""
