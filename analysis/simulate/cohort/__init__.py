"""The simulated cohort: allocation, baseline, procedure, course, outcome and visits."""
