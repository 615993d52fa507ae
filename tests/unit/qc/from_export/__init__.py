"""Tests of what is counted anew from the export."""
