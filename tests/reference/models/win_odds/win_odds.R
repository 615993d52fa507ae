# Reference win odds of the trials of data_sets.json, from the formulas (SAP 5.4 a-c).
#
#   Rscript win_odds.R          (in this folder; writes win_odds.json)
#
# Placement values from the definition; covariances by cov(); strata one after the other. The
# unadjusted variance is checked against pROC (DeLong).

source("rank_data.R")
source("../made_data/provenance.R")

agreement <- 1e-12
fewest_pooled <- 2
thresholds <- c(2, 4, 10)

# For each value of `own` the share of `other` that is higher (worse), ties half.
beaten <- function(own, other) {
  vapply(own, function(value) mean((other > value) + 0.5 * (other == value)), numeric(1))
}

# Win probability and differences in means of one stratum, with their covariance matrix.
estimate_stratum <- function(y, arm, x) {
  treated <- arm == 1
  won <- beaten(y[treated], y[!treated])
  lost <- 1 - beaten(y[!treated], y[treated])
  n <- c(sum(treated), sum(!treated))
  x1 <- x[treated, , drop = FALSE]
  x0 <- x[!treated, , drop = FALSE]
  list(
    value = c(mean(won), colMeans(x1) - colMeans(x0)),
    covariance = cov(cbind(won, x1)) / n[1] + cov(cbind(lost, -x0)) / n[2],
    weight = n[1] * n[2] / sum(n)
  )
}

# Strata with fewer than `threshold` rows in an arm become one, left out without 2 in each arm.
pool <- function(site, arm, threshold) {
  sizes <- table(factor(site), factor(arm, levels = 0:1))
  small <- rownames(sizes)[pmin(sizes[, 1], sizes[, 2]) < threshold]
  in_small <- as.character(site) %in% small
  keep <- !any(in_small) || min(table(factor(arm[in_small], levels = 0:1))) >= fewest_pooled
  stratum <- ifelse(in_small, if (keep) "pooled" else NA, as.character(site))
  use <- list(
    given = nrow(sizes), analysed = length(unique(stratum[!is.na(stratum)])),
    pooled = if (keep) length(small) else 0, pooled_rows = if (keep) sum(in_small) else 0,
    left_out = if (keep) 0 else length(small), left_out_rows = if (keep) 0 else sum(in_small)
  )
  list(stratum = stratum, use = use)
}

combine <- function(y, arm, x, stratum) {
  rows <- split(seq_along(y), stratum)  # rows without a stratum drop out
  parts <- lapply(rows, function(i) estimate_stratum(y[i], arm[i], x[i, , drop = FALSE]))
  weights <- vapply(parts, `[[`, numeric(1), "weight")
  weights <- weights / sum(weights)
  list(
    value = Reduce(`+`, Map(function(part, w) w * part$value, parts, weights)),
    covariance = Reduce(`+`, Map(function(part, w) w^2 * part$covariance, parts, weights)),
    n = sum(lengths(rows))
  )
}

describe <- function(theta, variance, n) {
  list(
    win_probability = theta, win_probability_error = sqrt(variance), odds = theta / (1 - theta),
    log_odds = log(theta / (1 - theta)), log_odds_error = sqrt(variance) / (theta * (1 - theta)),
    n = n
  )
}

unadjusted <- function(found) describe(found$value[[1]], found$covariance[1, 1], found$n)

# theta - C' S^-1 d and v - C' S^-1 C; columns are divided by their standard deviation before.
adjusted <- function(found) {
  scale <- sqrt(diag(found$covariance)[-1])
  S <- found$covariance[-1, -1, drop = FALSE] / outer(scale, scale)
  C <- found$covariance[-1, 1] / scale
  d <- found$value[-1] / scale
  describe(
    found$value[[1]] - sum(C * solve(S, d)), found$covariance[1, 1] - sum(C * solve(S, C)), found$n
  )
}

check_by_roc <- function(trial, found) {
  curve <- pROC::roc(1 - trial$arm, trial$y, direction = "<", levels = 0:1, quiet = TRUE)
  own <- c(found$win_probability, found$win_probability_error^2)
  other <- c(as.numeric(pROC::auc(curve)), pROC::var(curve, method = "delong"))
  if (any(abs(own - other) > agreement)) stop("pROC: ", own, " and ", other)
}

refer <- function(specification) {
  trial <- draw_trial(specification)
  whole <- combine(trial$y, trial$arm, trial$covariates, rep("all", specification$n))
  check_by_roc(trial, unadjusted(whole))
  stratified <- lapply(thresholds, function(threshold) {
    pooled <- pool(trial$site, trial$arm, threshold)
    found <- combine(trial$y, trial$arm, trial$covariates, pooled$stratum)
    list(
      fewest_per_arm = threshold, strata = pooled$use, unadjusted = unadjusted(found),
      adjusted = adjusted(found)
    )
  })
  list(
    drawn = describe_trial(trial), unadjusted = unadjusted(whole), adjusted = adjusted(whole),
    stratified = stratified
  )
}

results <- lapply(load_specifications("data_sets.json"), refer)
provenance <- describe_provenance("Rscript win_odds.R", c("pROC", "jsonlite"))
write_reference(list(provenance = provenance, data_sets = results), "win_odds.json")
