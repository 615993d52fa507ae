"""The analyses of the plan: analysis data sets and plan in, results out."""
