"""The bookkeeping of a run: what is analysed, where it goes, what it was made from."""
