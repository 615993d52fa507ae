# Permutation p-values of the trials of permutation_data.json, all permutations listed one by one.
#
#   Rscript permutation.R          (in this folder; writes permutation.json)
#
# The statistic is the win probability, strata weighted by n1 n0 / (n1 + n0); a permutation counts
# if its distance from 1/2 is at least that of the data. With one stratum coin's exact test must
# agree.

suppressPackageStartupMessages(library(coin))
source("../made_data/provenance.R")

same <- 1e-9  # distances that differ by rounding alone

win_probability <- function(y, treated) {
  mean(outer(y[treated], y[-treated], function(t, r) (t < r) + (t == r) / 2))
}

# Win probabilities of one stratum over all choices of its treated rows.
list_stratum <- function(y, arm) {
  list(
    observed = win_probability(y, which(arm == 1)),
    all = combn(length(y), sum(arm), function(treated) win_probability(y, treated)),
    weight = sum(arm) * sum(1 - arm) / length(y)
  )
}

refer <- function(trial) {
  rows <- split(seq_along(trial$y), trial$strata)
  parts <- lapply(rows, function(i) list_stratum(trial$y[i], trial$arm[i]))
  weights <- vapply(parts, `[[`, numeric(1), "weight")
  weights <- weights / sum(weights)
  observed <- sum(weights * vapply(parts, `[[`, numeric(1), "observed"))
  terms <- Map(function(part, weight) weight * part$all, parts, weights)
  sums <- Reduce(function(a, b) as.vector(outer(a, b, "+")), terms)
  p_value <- mean(abs(sums - 0.5) >= abs(observed - 0.5) - same)
  if (length(rows) == 1) {
    exact <- pvalue(wilcox_test(trial$y ~ factor(trial$arm), distribution = "exact"))
    if (abs(exact - p_value) > same) stop("coin: ", exact, " and ", p_value)
  }
  list(win_probability = observed, p_value = p_value, permutations = length(sums))
}

content <- jsonlite::fromJSON("permutation_data.json")
results <- lapply(content[setdiff(names(content), "about")], refer)
provenance <- describe_provenance("Rscript permutation.R", c("coin", "jsonlite"))
write_reference(list(provenance = provenance, data_sets = results), "permutation.json")
