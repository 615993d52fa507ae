"""The environment of a run: installed libraries, what stands in their way, and what was edited."""
