# The made-up trials of data_sets.json: outcome and columns as ../made_data/made_data.R, and a site.

source("../made_data/made_data.R")

site_stream <- 200  # beyond the streams of the columns
first_tiny <- 1000  # number of the first tiny site

draw_sites <- function(sites, n) {
  uniform <- draw_uniform(site_stream, n)
  row <- seq_len(n) - 1
  tiny <- row < sites$tiny * sites$tiny_rows
  large <- 1 + floor(uniform * uniform * sites$count)
  ifelse(tiny, first_tiny + floor(row / sites$tiny_rows), large)
}

draw_trial <- function(specification) {
  drawn <- draw_data_set(specification)
  list(
    y = drawn$y, arm = drawn$x[, 1], covariates = drawn$x[, -1, drop = FALSE],
    site = draw_sites(specification$sites, specification$n)
  )
}

# Sums that the tests compare: both languages must have drawn the same trial.
describe_trial <- function(trial) {
  row <- seq_along(trial$y)
  list(
    y = sum(trial$y * row), treated = sum(trial$arm * row), site = sum(trial$site * row),
    covariates = sum(trial$covariates)
  )
}
