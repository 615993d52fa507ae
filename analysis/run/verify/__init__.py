"""Verifying an archived run."""
