# Proportional and partial proportional odds by ordinal::clm and VGAM::vglm.
# clm: logit P(Y <= j) = theta_j + z'gamma_j - x'b, so beta = -b.

control <- clm.control(method = "Newton", maxIter = 200L, gradTol = 1e-9, maxLineIter = 50L)

frame_of <- function(data) {
  x <- as.data.frame(data$x)
  names(x) <- paste0("x", seq_len(ncol(data$x)))
  cbind(x, y = factor(data$y, ordered = TRUE), w = data$w)
}

formula_of <- function(columns, left = "y") {
  right <- if (length(columns)) paste0("x", columns, collapse = " + ") else "1"
  as.formula(paste(left, "~", right))
}

fit_clm <- function(data, free) {
  frame <- frame_of(data)
  shared <- setdiff(seq_len(ncol(data$x)), free)
  weight <- frame$w
  arguments <- list(formula = formula_of(shared), data = frame, weights = weight, link = "logit",
                    control = control)
  if (length(free)) arguments$nominal <- formula_of(free, "")
  fit <- do.call(clm, arguments)
  fit$free <- free
  fit$shared <- shared
  fit
}

# From clm's order (theta, gamma column by column, b) to (theta, beta, gamma cut by cut).
reorder <- function(fit, cuts) {
  q <- length(fit$free)
  p <- length(fit$shared)
  gamma <- cuts + as.vector(t(matrix(seq_len(cuts * q), cuts, q)))
  place <- c(seq_len(cuts), cuts * (1 + q) + seq_len(p), if (q) gamma)
  sign <- c(rep(1, cuts), rep(-1, p), rep(1, cuts * q))
  list(place = place, sign = sign)
}

describe_clm <- function(fit, data) {
  cuts <- length(data$levels) - 1
  order <- reorder(fit, cuts)
  natural <- c(fit$alpha, fit$beta)[order$place] * order$sign
  covariance <- vcov(fit)[order$place, order$place] * outer(order$sign, order$sign)
  list(estimates = unname(natural), covariance = unname(covariance),
       log_likelihood = as.numeric(logLik(fit)))
}

# What is kept of a covariance: the standard errors, and the sum of every row.
summarise <- function(covariance) {
  list(se = sqrt(diag(covariance)), row_sums = rowSums(covariance))
}

# Fisher scoring: its covariance, of which `keep` keeps what is wanted, is that of the expected
# information.
describe_vglm <- function(data, free, keep = summarise) {
  frame <- frame_of(data)
  cuts <- length(data$levels) - 1
  shared <- setdiff(seq_len(ncol(data$x)), free)
  parallel <- if (length(shared)) {
    as.formula(paste("TRUE ~ 0 +", paste0("x", shared, collapse = " + ")))
  } else FALSE
  fit <- vglm(formula_of(seq_len(ncol(data$x))), cumulative(parallel = parallel), data = frame,
              weights = w, epsilon = 1e-12, maxit = 200, crit = "coefficients")
  names <- names(coef(fit))
  gamma <- as.vector(outer(paste0("x", free), seq_len(cuts), paste, sep = ":"))
  place <- match(c(paste0("(Intercept):", seq_len(cuts)), if (length(shared)) paste0("x", shared),
                   if (length(free)) gamma), names)
  list(estimates = unname(coef(fit)[place]), covariance = keep(unname(vcov(fit)[place, place])),
       log_likelihood = logLik(fit))
}

# Each row's log likelihood in (theta, beta, gamma cut by cut), for numerical derivatives.
row_log_likelihood <- function(parameters, data, free) {
  cuts <- length(data$levels) - 1
  shared <- setdiff(seq_len(ncol(data$x)), free)
  theta <- parameters[seq_len(cuts)]
  beta <- parameters[cuts + seq_along(shared)]
  gamma <- matrix(parameters[-seq_len(cuts + length(shared))], cuts, length(free), byrow = TRUE)
  eta <- matrix(theta, length(data$y), cuts, byrow = TRUE) +
    drop(data$x[, shared, drop = FALSE] %*% beta) + data$x[, free, drop = FALSE] %*% t(gamma)
  cumulative <- cbind(0, plogis(eta), 1)
  y <- match(data$y, data$levels)
  log(cumulative[cbind(seq_along(y), y + 1)] - cumulative[cbind(seq_along(y), y)])
}

# Sandwich without a small-sample factor; the scores by Richardson extrapolation (numDeriv).
sandwich_of <- function(estimates, covariance, data, free, clusters) {
  scores <- numDeriv::jacobian(row_log_likelihood, estimates, data = data, free = free)
  meat <- if (is.null(clusters)) crossprod(sqrt(data$w) * scores) else
    crossprod(rowsum(data$w * scores, clusters))
  summarise(unname(covariance %*% meat %*% covariance))
}
