"""Tests of how cells are written."""
