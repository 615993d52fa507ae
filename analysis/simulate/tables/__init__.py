"""Tables of the simulated export, one module each: the cohort as the layout has it."""
