# Reference fits of the proportional-odds model for the made-up data sets of data_sets.json.
#
#   Rscript proportional_odds.R          (in this folder; writes proportional_odds.json)
#
# Written in the project's direction: logit P(Y <= j) = theta_j + x b, so b is the log odds ratio of
# a lower level. ordinal::clm writes theta_j - x b; rms models P(Y >= j).

suppressPackageStartupMessages({
  library(ordinal)
  library(rms)
})
source("../made_data/made_data.R")
source("../made_data/provenance.R")
source("../made_data/frames.R")

confidence <- 0.95

log_likelihood_without <- function(frame, held, effect) {
  others <- setdiff(grep("^x", names(frame), value = TRUE), held)
  as.numeric(logLik(fit_clm(frame, others, frame$shift + effect * frame[[held]])))
}

# Limits at which twice the log likelihood has fallen by the chi-square quantile; every point is a
# refit with the effect held fixed.
profile_first_column <- function(frame, fit, estimate, error) {
  fall <- function(errors) {
    held <- log_likelihood_without(frame, "x1", estimate + errors * error)
    2 * (as.numeric(logLik(fit)) - held) - qchisq(confidence, 1)
  }
  low <- uniroot(fall, c(-5, 0), extendInt = "downX", tol = 1e-13)$root
  high <- uniroot(fall, c(0, 5), extendInt = "upX", tol = 1e-13)$root
  ratio <- 2 * (as.numeric(logLik(fit)) - log_likelihood_without(frame, "x1", 0))
  list(
    ci_low = estimate + low * error, ci_high = estimate + high * error,
    p_value_lr = pchisq(ratio, 1, lower.tail = FALSE)
  )
}

first_reference <- function(data) {
  map <- standardise(data$x)
  frame <- make_frame(data, map$x)
  cuts <- nlevels(frame$y) - 1
  fit <- fit_clm(frame, grep("^x", names(frame), value = TRUE), frame$shift)
  sign <- c(rep(1, cuts), rep(-1, ncol(data$x)))
  taken <- take_back(sign * coef(fit), vcov(fit) * outer(sign, sign), cuts, map)
  result <- describe("ordinal::clm", taken, cuts, as.numeric(logLik(fit)))
  if (length(sign) <= 40) {
    result$covariance_lower_triangle <- taken$covariance[lower.tri(taken$covariance, diag = TRUE)]
  }
  if (ncol(data$x) > 0) {
    estimate <- -fit$beta[["x1"]]
    profile <- profile_first_column(frame, fit, estimate, sqrt(diag(vcov(fit)))[["x1"]])
    profile[c("ci_low", "ci_high")] <- lapply(profile[c("ci_low", "ci_high")], `/`, map$scale[1])
    result$profile_first_column <- profile
  }
  result
}

# rms gives the deviance of the cut points alone first.
summarise_second <- function(name, fit, covariance) {
  list(
    name = name, parameters = coef(fit), covariance = covariance,
    log_likelihood = -fit$deviance[length(fit$deviance)] / 2
  )
}

fit_second <- function(frame, cuts) {
  terms <- grep("^x", names(frame), value = TRUE)
  if (cuts == 1) {
    fit <- glm(
      reformulate(c(terms, "offset(-shift)"), response = "y"), binomial(), frame,
      epsilon = 1e-15, maxit = 100
    )
    return(summarise_second("stats::glm", fit, vcov(fit)))
  }
  if (length(terms) == 0) {  # orm stops at a model without columns
    fit <- VGAM::vglm(
      ordered(y) ~ 1, VGAM::cumulative(parallel = TRUE, reverse = TRUE), frame, epsilon = 1e-12
    )
    return(list(
      name = "VGAM::vglm", parameters = VGAM::coef(fit), covariance = VGAM::vcov(fit),
      log_likelihood = as.numeric(VGAM::logLik(fit))
    ))
  }
  if (any(frame$weight != 1)) {
    fit <- lrm.fit(
      as.matrix(frame[terms]), frame$y, weights = frame$weight, eps = 1e-13, maxit = 100,
      tol = 1e-14
    )
    return(summarise_second("rms::lrm.fit", fit, fit$var))
  }
  terms <- c(terms, "offset(-shift)")
  fit <- orm(reformulate(terms, response = "y"), frame, eps = 1e-13, maxit = 100, tol = 1e-14)
  summarise_second("rms::orm", fit, as.matrix(vcov(fit, intercepts = "all")))
}

# Models of P(Y >= j): every sign turns, and with it no covariance.
second_reference <- function(data) {
  map <- standardise(data$x)
  frame <- make_frame(data, map$x)
  cuts <- nlevels(frame$y) - 1
  second <- fit_second(frame, cuts)
  taken <- take_back(-second$parameters, second$covariance, cuts, map)
  describe(second$name, taken, cuts, second$log_likelihood)
}

describe_data <- function(data) {
  list(
    n = length(data$y), sum_y = sum(data$y), sum_y_by_row = sum(data$y * seq_along(data$y)),
    sum_x = I(colSums(data$x)), sum_weights = sum(data$weights), sum_offset = sum(data$offset)
  )
}

refer <- function(specification) {
  data <- draw_data_set(specification)
  list(
    data = describe_data(data), first = first_reference(data), second = second_reference(data)
  )
}

specifications <- load_specifications("../made_data/data_sets.json")
results <- lapply(specifications, refer)
provenance <- describe_provenance("Rscript proportional_odds.R", c("ordinal", "rms", "VGAM", "jsonlite"))
write_reference(list(provenance = provenance, data_sets = results), "proportional_odds.json")
