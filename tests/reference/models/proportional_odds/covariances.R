# Reference covariances of the proportional-odds model for the made-up data sets of data_sets.json.
#
#   Rscript covariances.R          (in this folder; writes covariances.json)
#
# observed   MASS::polr: estimates, and covariance of the observed information
# expected   VGAM::vglm: estimates, and covariance of the expected information
# robust     sandwich without clusters, without small-sample factor
# clustered  the same with the rows summed by made-up sites
#
# The sandwiches are of rms::robcov and of sandwich::vcovCL. Both have the observed information as
# bread: robcov takes vcov(fit, intercepts = "all"), vcovCL vcov(fit). Written in the project's
# direction: logit P(Y <= j) = theta_j + x b. VGAM's is the same; polr and clm write theta_j - x b,
# which turns the sign of b; rms models P(Y >= j), which turns every sign and no covariance.

suppressPackageStartupMessages({
  library(ordinal)
  library(rms)
  library(sandwich)
})
source("../made_data/made_data.R")
source("../made_data/provenance.R")
source("../made_data/frames.R")
options(warn = 2)

most_written <- 15  # parameters up to which the whole covariance is written

terms_of <- function(frame) grep("^x", names(frame), value = TRUE)

formula_of <- function(frame, offset) {
  reformulate(c(if (length(terms_of(frame))) terms_of(frame) else "1", offset), response = "y")
}

write_covariance <- function(name, covariance) {
  result <- list(made_by = name, std_error = I(sqrt(diag(covariance))))
  if (nrow(covariance) <= most_written) {
    result$covariance_lower_triangle <- I(covariance[lower.tri(covariance, diag = TRUE)])
  }
  result
}

write_fit <- function(name, taken, cuts, log_likelihood) {
  fit <- describe(name, taken, cuts, log_likelihood)
  c(write_covariance(name, taken$covariance), fit[c("theta", "beta", "log_likelihood")])
}

# Scores of the rows for theta and for b in theta_j - x b, without weights; `linear` is x b and
# the offset.
score_rows <- function(theta, linear, y, x) {
  high <- c(theta, Inf)[y] - linear
  low <- c(-Inf, theta)[y] - linear
  probability <- plogis(high) - plogis(low)
  cut <- matrix(seq_along(theta), length(y), length(theta), byrow = TRUE)
  for_theta <- (cut == y) * dlogis(high) - (cut == y - 1) * dlogis(low)
  cbind(for_theta, -x * (dlogis(high) - dlogis(low))) / probability
}

scores_of <- function(theta, b, frame) {
  x <- as.matrix(frame[terms_of(frame)])
  score_rows(theta, drop(x %*% as.numeric(b)) - frame$shift, as.integer(frame$y), x)
}

# polr's BFGS stops when the deviance no longer falls, which its rounding ends at 1e-6 standard
# errors. Newton steps with polr's covariance and the scores go on to the maximum, where polr, held
# there, takes its Hessian: differences of gradients, over steps of 1e-3 unless told, which leaves
# 1e-6 in the errors.
polr_step <- 1e-5
newton_steps <- 3
fit_polr <- function(frame) {
  frame$minus_shift <- -frame$shift
  cumulated <- cumsum(rowsum(frame$weight, frame$y)) / sum(frame$weight)
  p <- length(terms_of(frame))
  cuts <- length(cumulated) - 1
  order <- c(cuts + seq_len(p), seq_len(cuts))
  fit_from <- function(start, most) {
    control <- list(reltol = 1e-16, maxit = most, ndeps = rep(polr_step, p + cuts))
    do.call(MASS::polr, list(
      formula_of(frame, "offset(minus_shift)"), frame, frame$weight, start = start, Hess = TRUE,
      control = control
    ))
  }
  fit <- fit_from(c(rep(0, p), qlogis(cumulated[seq_len(cuts)])), 5000)
  for (step in seq_len(newton_steps)) {
    gradient <- colSums(frame$weight * scores_of(fit$zeta, fit$coefficients, frame))[order]
    fit <- fit_from(c(fit$coefficients, fit$zeta) + drop(vcov(fit) %*% gradient), 0)
  }
  fit
}

observe <- function(frame, cuts, map) {
  fit <- fit_polr(frame)
  p <- length(fit$coefficients)
  order <- c(p + seq_len(cuts), seq_len(p))
  sign <- c(rep(1, cuts), rep(-1, p))
  covariance <- vcov(fit)[order, order] * outer(sign, sign)
  taken <- take_back(sign * c(fit$zeta, fit$coefficients), covariance, cuts, map)
  write_fit("MASS::polr", taken, cuts, -fit$deviance / 2)
}

expect <- function(frame, cuts, map) {
  fit <- VGAM::vglm(
    update(formula_of(frame, "offset(shift)"), ordered(y) ~ .), VGAM::cumulative(parallel = TRUE),
    frame, weights = weight, epsilon = 1e-12, maxit = 200, crit = "coefficients"
  )
  taken <- take_back(VGAM::coef(fit), VGAM::vcov(fit), cuts, map)
  write_fit("VGAM::vglm", taken, cuts, as.numeric(VGAM::logLik(fit)))
}

# robcov's scores know no weights, so rows of whole-number weights are repeated; and orm's linear
# predictors, of which they are made, leave out an offset, so there is none here.
sandwich_by_rms <- function(frame, sites, cuts, map) {
  rows <- rep(seq_len(nrow(frame)), frame$weight)
  repeated <- frame[rows, ]
  formula <- formula_of(frame, "offset(-shift)")
  fit <- if (cuts == 1) {
    lrm(formula, repeated, x = TRUE, y = TRUE, eps = 1e-13, maxit = 100, tol = 1e-14)
  } else {
    orm(formula, repeated, x = TRUE, y = TRUE, eps = 1e-13, maxit = 100, tol = 1e-14)
  }
  written <- function(robust) {
    taken <- take_back(-coef(fit), robust$var, cuts, map)
    write_covariance("rms::robcov", taken$covariance)
  }
  list(robust = written(robcov(fit)), clustered = written(robcov(fit, cluster = sites[rows])))
}

# vcovCL leaves an offset out of its scores and squares the weight of a row, which here is a number
# of subjects; then the sandwich is put together from the scores.
sandwich_by_clm <- function(frame, sites, cuts, map) {
  fit <- fit_clm(frame, terms_of(frame), frame$shift)
  sign <- c(rep(1, cuts), rep(-1, length(terms_of(frame))))
  written <- function(name, covariance) {
    taken <- take_back(sign * coef(fit), covariance * outer(sign, sign), cuts, map)
    write_covariance(name, taken$covariance)
  }
  scores <- scores_of(fit$alpha, fit$beta, frame)
  if (all(frame$weight == 1 & frame$shift == 0)) {
    require_equal(scores, estfun(fit))
    name <- "sandwich::vcovCL"
    robust <- vcovCL(fit, type = "HC0", cadjust = FALSE)
    clustered <- vcovCL(fit, cluster = sites, type = "HC0", cadjust = FALSE)
  } else {
    name <- "ordinal::vcov"
    robust <- vcov(fit) %*% crossprod(scores * sqrt(frame$weight)) %*% vcov(fit)
    clustered <- vcov(fit) %*% crossprod(rowsum(scores * frame$weight, sites)) %*% vcov(fit)
  }
  list(robust = written(name, robust), clustered = written(name, clustered))
}

require_equal <- function(own, other) {
  if (max(abs(own - other)) > 1e-9 * max(abs(own))) stop("scores differ from estfun's")
}

refer <- function(specification) {
  data <- draw_data_set(specification)
  map <- standardise(data$x)
  frame <- make_frame(data, map$x)
  cuts <- nlevels(frame$y) - 1
  sites <- draw_sites(nrow(frame))
  result <- list(
    sites = length(unique(sites)), sum_sites_by_row = sum(sites * seq_along(sites)),
    expected = expect(frame, cuts, map)
  )
  if (cuts > 1) result$observed <- observe(frame, cuts, map)  # polr takes three levels or more
  whole <- all(frame$weight == floor(frame$weight))
  if (whole && ncol(data$x) > 0 && is.null(data$offset)) {
    result$by_rms <- sandwich_by_rms(frame, sites, cuts, map)
  }
  result$by_clm <- sandwich_by_clm(frame, sites, cuts, map)
  result
}

specifications <- load_specifications("../made_data/data_sets.json")
results <- lapply(names(specifications), function(name) {
  taken <- system.time(result <- refer(specifications[[name]]))[["elapsed"]]
  message(name, ": ", round(taken, 1), " s")
  result
})
names(results) <- names(specifications)
provenance <- describe_provenance(
  "Rscript covariances.R", c("ordinal", "rms", "MASS", "VGAM", "sandwich", "jsonlite")
)
write_reference(list(provenance = provenance, data_sets = results), "covariances.json")
