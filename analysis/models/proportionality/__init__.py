"""Whether odds are proportional: tests, and models in which they are not."""
