# Cumulative-logit and logistic models by ordinal::clm and stats::glm (SAP 5.1, 5.4 d, 5.5).
#
# Odds ratios above 1 favour MPSS (lower mRS). clm models logit P(mRS <= j) = theta_j - x b, so the
# log odds ratio of a lower mRS is -b.

suppressPackageStartupMessages(library(ordinal))

confidence <- 0.95
gradient_limit <- 1e-8     # largest |gradient| of a fit that counts as converged
separation_limit <- 100    # standard error of a coefficient per standard deviation of its column

standard_normal <- qnorm(1 - (1 - confidence) / 2)

# Wald inference for a log ratio.
wald <- function(log_estimate, std_error) {
  c(
    estimate = exp(log_estimate), log_estimate = log_estimate, std_error = std_error,
    ci_low = exp(log_estimate - standard_normal * std_error),
    ci_high = exp(log_estimate + standard_normal * std_error),
    p_value = 2 * pnorm(-abs(log_estimate / std_error))
  )
}

wald_not_estimable <- wald(NA_real_, NA_real_)

# A design of less than full rank, and a fit that did not converge or is separated, is an error.
require_full_rank <- function(x) {
  if (qr(cbind(1, x))$rank < ncol(x) + 1) stop("the covariates are collinear", call. = FALSE)
}

require_sound <- function(gradient, std_error, x) {
  if (!is.finite(gradient) || gradient > gradient_limit) stop("no convergence", call. = FALSE)
  spread <- apply(x, 2, sd)
  if (!all(is.finite(std_error)) || any(std_error * spread > separation_limit)) {
    stop("separation", call. = FALSE)
  }
}

# `shift` is a known part of the linear predictor (b of a fixed coefficient times its column).
fit_clm <- function(mrs, x, shift = 0) {
  x <- drop_constant(x)
  require_full_rank(x)
  data <- data.frame(MRS = factor(mrs), SHIFT = rep_len(shift, length(mrs)), x)
  fit <- clm(
    reformulate(c("offset(SHIFT)", colnames(x)), response = "MRS"), data = data,
    control = clm.control(gradTol = 1e-10, relTol = 1e-10, maxIter = 200, convergence = "silent")
  )
  std_error <- sqrt(diag(vcov(fit)))[colnames(x)]
  require_sound(fit$maxGradient, std_error, x)
  log_or <- if (ncol(x) > 0) -fit$beta else numeric(0)
  list(log_or = log_or, std_error = std_error, log_likelihood = as.numeric(logLik(fit)))
}

# The log odds ratios at which twice the log likelihood has fallen by the chi-square quantile.
profile_interval <- function(mrs, arm, covariates, fit) {
  estimate <- fit$log_or[["ARM"]]
  reach <- 3 * fit$std_error[["ARM"]]
  fall <- function(log_or) {
    fixed <- fit_clm(mrs, covariates, shift = -log_or * arm)
    2 * (fit$log_likelihood - fixed$log_likelihood) - qchisq(confidence, 1)
  }
  low <- uniroot(fall, c(estimate - reach, estimate), extendInt = "downX", tol = 1e-12)$root
  high <- uniroot(fall, c(estimate, estimate + reach), extendInt = "upX", tol = 1e-12)$root
  c(ci_low_profile = exp(low), ci_high_profile = exp(high))
}

require_both_arms <- function(arm) {
  if (length(unique(arm)) < 2) stop("only one arm has outcomes", call. = FALSE)
}

# SAP 5.1. `arm` is 1 for MPSS and 0 for placebo; subjects without an mRS are left out.
common_odds_ratio <- function(mrs, arm, covariates) {
  observed <- !is.na(mrs)
  mrs <- mrs[observed]
  arm <- arm[observed]
  covariates <- covariates[observed, , drop = FALSE]
  require_both_arms(arm)
  fit <- fit_clm(mrs, cbind(ARM = arm, covariates))
  null <- fit_clm(mrs, covariates)
  ratio <- 2 * (fit$log_likelihood - null$log_likelihood)
  effect <- c(
    n = length(mrs), wald(fit$log_or[["ARM"]], fit$std_error[["ARM"]]),
    profile_interval(mrs, arm, covariates, fit),
    p_value_lr = pchisq(ratio, 1, lower.tail = FALSE)
  )
  terms <- setdiff(names(fit$log_or), "ARM")
  coefficients <- lapply(setNames(terms, terms), function(term) {
    wald(fit$log_or[[term]], fit$std_error[[term]])
  })
  list(effect = effect, coefficients = coefficients)
}

# SAP 5.3: outside the primary analysis an odds ratio that cannot be estimated is missing.
common_odds_ratio_or_missing <- function(mrs, arm, covariates) {
  tryCatch(common_odds_ratio(mrs, arm, covariates)$effect, error = function(condition) {
    message("common odds ratio not estimable: ", conditionMessage(condition))
    c(n = sum(!is.na(mrs)), wald_not_estimable,
      ci_low_profile = NA, ci_high_profile = NA, p_value_lr = NA)
  })
}

# SAP 5.5: logistic regression of mRS <= cut.
fit_cutpoint <- function(mrs, arm, covariates, cut) {
  require_both_arms(arm)
  x <- drop_constant(cbind(ARM = arm, covariates))
  require_full_rank(x)
  event <- as.numeric(mrs <= cut)
  fit <- suppressWarnings(glm(event ~ x, family = binomial(), epsilon = 1e-14, maxit = 100))
  gradient <- max(abs(crossprod(cbind(1, x), event - fitted(fit))))
  std_error <- setNames(sqrt(diag(vcov(fit)))[-1], colnames(x))
  require_sound(gradient, std_error, x)
  wald(coef(fit)[["xARM"]], std_error[["ARM"]])
}

cutpoint_odds_ratio <- function(mrs, arm, covariates, cut) {
  observed <- !is.na(mrs)
  effect <- tryCatch(
    fit_cutpoint(mrs[observed], arm[observed], covariates[observed, , drop = FALSE], cut),
    error = function(condition) {
      message("cut point ", cut, " not estimable: ", conditionMessage(condition))
      wald_not_estimable
    }
  )
  c(n = sum(observed), effect)
}
