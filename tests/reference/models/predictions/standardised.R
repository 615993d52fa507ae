# Standardised effects by finite differences, the reference of tests/reference/models/predictions.
#
# Run: Rscript standardised.R (in this folder; writes standardised.json). Nothing here knows an
# analytic gradient: predictions come from ordinal::clm and their derivatives, those of the row log
# likelihoods included, from Richardson's central differences. emmeans and glm check two cases.

suppressMessages({
  library(ordinal)
  library(emmeans)
})
source("../made_data/provenance.R")

rows <- read.csv("rows.csv")
rows$site <- factor(rows$site)

# Jacobian of `f` at `at`: central differences with steps h and 2h, error of order h^4.
jacobian <- function(f, at, h = 2e-3) {
  columns <- lapply(seq_along(at), function(i) {
    step <- replace(numeric(length(at)), i, h * max(1, abs(at[i])) / 4)
    width <- sum(step)
    (8 * (f(at + step) - f(at - step)) - (f(at + 2 * step) - f(at - 2 * step))) / (12 * width)
  })
  do.call(cbind, columns)
}

# Columns scaled to about 1, so that one step of differences suits all; effects do not depend on it.
design <- function(data, columns) {
  data$age <- (data$age - 65) / 15
  data$severity <- (data$severity - 17) / 7
  model.matrix(reformulate(columns), data)[, -1, drop = FALSE]
}

# Level probabilities (n x k) at psi = (cut points, effects), clm's sign: theta - x'b.
row_probabilities <- function(psi, x, k) {
  theta <- psi[seq_len(k - 1)]
  below <- plogis(outer(-drop(x %*% psi[-seq_len(k - 1)]), theta, "+"))
  cbind(below, 1) - cbind(0, below)
}

common_log_odds <- function(p) {
  k <- length(p) / 2
  data <- data.frame(
    y = factor(rep(seq_len(k), 2), ordered = TRUE), arm = rep(1:0, each = k), w = p
  )
  fit <- suppressWarnings(
    clm(y ~ arm, data = data, weights = w, control = list(gradTol = 1e-13, maxIter = 200L))
  )
  -fit$beta[["arm"]]
}

log_win_odds <- function(p) {
  k <- length(p) / 2
  pairs <- outer(p[seq_len(k)], p[k + seq_len(k)])
  log((sum(pairs[upper.tri(pairs)]) + sum(diag(pairs)) / 2) /
    (sum(pairs[lower.tri(pairs)]) + sum(diag(pairs)) / 2))
}

# All effects from the stacked level probabilities (2k), each on the scale of its interval.
effects <- function(p) {
  k <- length(p) / 2
  one <- p[seq_len(k)]
  zero <- p[k + seq_len(k)]
  r1 <- cumsum(one)[-k]
  r0 <- cumsum(zero)[-k]
  c(
    treatment = qlogis(one), reference = qlogis(zero), treatment_risks = qlogis(r1),
    reference_risks = qlogis(r0), risk_differences = r1 - r0, risk_ratios = log(r1 / r0),
    odds_ratios = qlogis(r1) - qlogis(r0), common_odds_ratio = common_log_odds(p),
    win_odds = log_win_odds(p)
  )
}

# One analysis: level probabilities, effects, and their covariances with covariates fixed, sampled.
standardise <- function(data, columns) {
  k <- length(unique(data$y))
  x <- design(data, columns)
  frame <- data.frame(y = factor(data$y, ordered = TRUE), x)
  fit <- clm(y ~ ., data = frame, control = list(gradTol = 1e-12, maxIter = 200L))
  psi <- coef(fit)
  v <- vcov(fit)
  n <- nrow(x)
  with_arm <- function(a) {
    x[, "arm"] <- a
    x
  }
  average <- function(psi) {
    c(colMeans(row_probabilities(psi, with_arm(1), k)), colMeans(row_probabilities(psi, with_arm(0), k)))
  }
  everyone <- function(a) {
    frame$arm <- a
    predict(fit, newdata = frame[, -1, drop = FALSE], type = "prob")$fit
  }
  p <- average(psi)
  stopifnot(max(abs(p - c(colMeans(everyone(1)), colMeans(everyone(0))))) < 1e-12)
  slopes <- jacobian(average, psi)
  code <- match(data$y, sort(unique(data$y)))
  row_likelihood <- function(psi) log(row_probabilities(psi, x, k)[cbind(seq_len(n), code)])
  scores <- jacobian(row_likelihood, psi)
  deviations <- sweep(cbind(everyone(1), everyone(0)), 2, p)
  influence <- deviations + n * scores %*% v %*% t(slopes)
  fixed <- slopes %*% v %*% t(slopes)
  sampled <- crossprod(influence) / n^2
  gradient <- jacobian(effects, p, h = 0.012 * min(p))
  se <- function(covariance) sqrt(diag(gradient %*% covariance %*% t(gradient)))
  list(
    columns = I(columns), n = n, probabilities = p, effects = unname(effects(p)),
    fixed = se(fixed), sampled = se(sampled),
    covariance_fixed = fixed, covariance_sampled = sampled
  )
}

# SAP 8.1: risk difference after logistic regression, variance from its influence function.
randomised <- function(data, columns) {
  x <- design(data, columns)
  event <- as.integer(data$y == 0)
  fit <- glm(event ~ x, family = binomial, control = list(epsilon = 1e-14, maxit = 100))
  risk <- function(a) {
    x[, "arm"] <- a
    plogis(drop(cbind(1, x) %*% coef(fit)))
  }
  a <- data$arm
  share <- mean(a)
  difference <- mean(risk(1)) - mean(risk(0))
  influence <- a / share * (event - risk(1)) - (1 - a) / (1 - share) * (event - risk(0)) +
    risk(1) - risk(0) - difference
  list(
    treatment = mean(risk(1)), reference = mean(risk(0)), difference = difference,
    standard_error = sqrt(sum(influence^2)) / nrow(x)
  )
}

# emmeans averages over the one factor with the frequencies of its levels: g-computation.
by_emmeans <- function(data) {
  data$y <- factor(data$y, ordered = TRUE)
  data$arm <- factor(data$arm)
  fit <- clm(y ~ arm + site, data = data, control = list(gradTol = 1e-12, maxIter = 200L))
  means <- emmeans(fit, ~ y | arm, mode = "prob", weights = "proportional")
  as.data.frame(means)[, c("y", "arm", "prob", "SE")]
}

binary <- transform(rows, y = as.integer(y > 2))
small <- rows[1:60, ]
few <- transform(rows, y = ifelse(y == 0 & arm == 0, 1, y)) # level 0 in one arm only
all_columns <- c("arm", "age", "severity", "site")
write_reference(
  list(
    provenance = describe_provenance("Rscript standardised.R", c("ordinal", "emmeans", "jsonlite")),
    ordinal = list(
      trial = standardise(rows, all_columns), unadjusted = standardise(rows, "arm"),
      factor = standardise(rows, c("arm", "site")), small = standardise(small, all_columns[1:3]),
      one_arm_level = standardise(few, all_columns), binary = standardise(binary, all_columns)
    ),
    randomised = randomised(binary, all_columns),
    emmeans = by_emmeans(rows)
  ),
  "standardised.json"
)
