"""Data of a model: arms, covariates with missing values filled, design, sites and strata."""
