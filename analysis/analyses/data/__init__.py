"""Data of the analyses: counts by arm, covariates, designs, sites and strata."""
