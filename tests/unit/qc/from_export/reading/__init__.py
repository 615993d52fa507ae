"""Tests of the reading of the check."""
