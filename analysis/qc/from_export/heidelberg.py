"""Heidelberg classes of intracranial haemorrhage, as the check knows them (SAP 9.2)."""

CLASSES = ("1A", "1B", "1C", "2", "3A", "3B", "3C", "3D")
CLASS_FLAGS = tuple(f"ICH{kind}FL" for kind in CLASSES)
"""Flags of ADSL, in their order."""
