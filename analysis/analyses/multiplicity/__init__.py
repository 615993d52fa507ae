"""Multiplicity: key secondary outcomes, tested behind the primary one (SAP 1.3)."""
