"""Exports of other systems changed at random, read by their mappings: nothing changes unsaid."""
