"""The parts of the benchmark: what each measures."""
