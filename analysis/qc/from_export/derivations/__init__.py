"""The plan's words once more, a file each: deaths, mRS, bleeding, doses, serious events, sets."""
