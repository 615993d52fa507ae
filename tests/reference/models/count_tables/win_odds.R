# Reference win odds for the count tables of counts.json, from the definition.
#
#   Rscript win_odds.R          (in this folder; writes win_odds.json)
#
# theta = P(treatment lower) + P(tie) / 2 over all pairs; its variance from the placement values of
# each arm, sample variance over n, summed. Checked here against wilcox.test and pROC.

source("../made_data/provenance.R")

agreement <- 1e-12

expand <- function(counts) rep(seq_along(counts) - 1, counts)

require_equal <- function(name, own, other) {
  if (abs(own - other) > agreement * max(1, abs(other))) stop(name, ": ", own, " and ", other)
}

# wilcox.test counts the pairs in which its first sample is higher, ties half.
check_by_rank_sum <- function(theta, treatment, reference) {
  test <- wilcox.test(reference, treatment, exact = FALSE)
  require_equal("rank sum", theta, test$statistic[[1]] / length(treatment) / length(reference))
}

# The area under the curve that tells the reference (case) from the treatment (control).
check_by_roc <- function(theta, variance, treatment, reference) {
  curve <- pROC::roc(
    rep(c("treatment", "reference"), c(length(treatment), length(reference))),
    c(treatment, reference), levels = c("treatment", "reference"), direction = "<", quiet = TRUE
  )
  require_equal("area", theta, as.numeric(pROC::auc(curve)))
  require_equal("variance", variance, pROC::var(curve, method = "delong"))
}

refer <- function(counts) {
  treatment <- expand(counts$treatment)
  reference <- expand(counts$reference)
  wins <- outer(treatment, reference, function(t, r) (t < r) + (t == r) / 2)
  theta <- sum(wins) / length(wins)
  of_treatment <- rowSums(wins) / length(reference)
  of_reference <- colSums(wins) / length(treatment)
  variance <- sum((of_treatment - theta)^2) / (length(treatment) - 1) / length(treatment) +
    sum((of_reference - theta)^2) / (length(reference) - 1) / length(reference)
  check_by_rank_sum(theta, treatment, reference)
  check_by_roc(theta, variance, treatment, reference)
  list(
    win_probability = theta, win_probability_error = sqrt(variance), odds = theta / (1 - theta),
    log_odds = log(theta / (1 - theta)),
    log_odds_error = sqrt(variance) / (theta * (1 - theta))
  )
}

tables <- jsonlite::fromJSON("counts.json")$win_odds
results <- lapply(tables[setdiff(names(tables), "about")], refer)
provenance <- describe_provenance("Rscript win_odds.R", c("pROC", "jsonlite"))
write_reference(list(provenance = provenance, tables = results), "win_odds.json")
