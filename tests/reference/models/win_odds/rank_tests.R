# Reference Wilcoxon-Mann-Whitney and van Elteren tests of the trials of data_sets.json.
#
#   Rscript rank_tests.R          (in this folder; writes rank_tests.json)
#
# From the formulas: midrank sums of the treatment, their mean and their variance with the usual
# correction for ties, weights 1 / (n + 1). coin, with midranks / (n + 1) within blocks, must agree.

suppressPackageStartupMessages(library(coin))
source("rank_data.R")
source("../made_data/provenance.R")

agreement <- 1e-9  # coin adds in another order

# Midrank sum less its mean, and its variance over the permutations; lower ranks count as positive.
rank_stratum <- function(y, arm) {
  n1 <- sum(arm == 1)
  n0 <- sum(arm == 0)
  n <- n1 + n0
  if (n1 == 0 || n0 == 0) return(c(excess = 0, variance = 0, compared = 0, rows = n))
  ties <- as.numeric(table(y))
  variance <- n1 * n0 / 12 * ((n + 1) - sum(ties^3 - ties) / (n * (n - 1)))
  excess <- n1 * (n + 1) / 2 - sum(rank(y)[arm == 1])
  c(excess = excess / (n + 1), variance = variance / (n + 1)^2, compared = 1, rows = n)
}

rank_test <- function(y, arm, stratum) {
  parts <- vapply(split(seq_along(y), stratum), function(i) rank_stratum(y[i], arm[i]), numeric(4))
  used <- parts["compared", ] == 1
  z <- sum(parts["excess", ]) / sqrt(sum(parts["variance", ]))
  list(
    z = z, chi_square = z^2, p_value = 2 * pnorm(-abs(z)), n = sum(parts["rows", used]),
    strata = sum(used), strata_left_out = sum(!used), rows_left_out = sum(parts["rows", !used])
  )
}

coin_test <- function(y, arm, stratum) {
  several <- ave(y, stratum, FUN = length) > 1  # coin refuses a block of one row
  frame <- data.frame(y, arm = factor(arm, levels = c(1, 0)), stratum)[several, ]
  frame$stratum <- factor(frame$stratum)
  weigh <- function(data) {
    trafo(data, numeric_trafo = function(y) rank_trafo(y) / (length(y) + 1), block = frame$stratum)
  }
  test <- independence_test(
    y ~ arm | stratum, data = frame, ytrafo = weigh, teststat = "scalar",
    distribution = "asymptotic"
  )
  c(-as.numeric(statistic(test)), as.numeric(pvalue(test)))
}

require_equal <- function(name, own, other) {
  if (any(abs(own - other) > agreement)) stop(name, ": ", own, " and ", other)
}

check <- function(trial, plain, stratified) {
  one <- wilcox_test(trial$y ~ factor(trial$arm, levels = c(1, 0)), distribution = "asymptotic")
  require_equal("wilcox_test", plain$z, -as.numeric(statistic(one)))
  arms <- split(trial$y, trial$arm)
  base <- wilcox.test(arms$`1`, arms$`0`, exact = FALSE, correct = FALSE)
  require_equal("wilcox.test", plain$p_value, base$p.value)
  coin <- coin_test(trial$y, trial$arm, trial$site)
  require_equal("van Elteren", c(stratified$z, stratified$p_value), coin)
}

refer <- function(specification) {
  trial <- draw_trial(specification)
  plain <- rank_test(trial$y, trial$arm, rep(1, specification$n))
  stratified <- rank_test(trial$y, trial$arm, trial$site)
  check(trial, plain, stratified)
  list(wilcoxon_mann_whitney = plain, van_elteren = stratified)
}

results <- lapply(load_specifications("data_sets.json"), refer)
provenance <- describe_provenance("Rscript rank_tests.R", c("coin", "jsonlite"))
write_reference(list(provenance = provenance, data_sets = results), "rank_tests.json")
