# Tests of proportional odds, written from the formulas: Brant (1990), and score tests.
# Sign: everything is for logit P(Y <= j) = theta_j + x'beta_j, so beta is for a lower level.

separated <- 1e3  # standard error per standard deviation of a column: no estimate

# Separate logistic fits of Y <= cut on standardised columns, with frequency weights.
fit_cuts <- function(data) {
  x <- cbind(1, scale(data$x))
  lapply(data$levels[-length(data$levels)], function(level) {
    fit <- suppressWarnings(glm.fit(
      x, as.numeric(data$y <= level), weights = data$w, family = binomial(),
      etastart = rep(0, nrow(x)),  # from its own start, glm diverges with large weights
      control = glm.control(epsilon = 1e-15, maxit = 100)
    ))
    f <- fit$fitted.values
    fit$bread <- tryCatch(solve(crossprod(x, data$w * f * (1 - f) * x)), error = function(e) NULL)
    fit
  })
}

is_separated <- function(fit) is.null(fit$bread) || any(sqrt(diag(fit$bread)) > separated)

# Log odds ratios of Y <= cut; NULL where the columns separate.
describe_cuts <- function(data) {
  spread <- apply(data$x, 2, sd)
  lapply(fit_cuts(data), function(fit) {
    if (is_separated(fit)) return(NULL)
    list(beta = I(unname(fit$coefficients)[-1] / spread),
         se = I(unname(sqrt(diag(fit$bread)))[-1] / spread))
  })
}

# Wald statistic of the differences of the slopes `columns` from those at the first cut point.
wald_of_differences <- function(slopes, covariance, columns, p) {
  cuts <- length(slopes)
  keep <- as.vector(outer(columns, (seq_len(cuts) - 1) * p, `+`))
  beta <- unlist(slopes)[keep]
  v <- covariance[keep, keep]
  m <- length(columns)
  d <- cbind(kronecker(rep(1, cuts - 1), -diag(m)), diag((cuts - 1) * m))
  difference <- d %*% beta
  drop(crossprod(difference, solve(d %*% v %*% t(d), difference)))
}

# Brant (1990): the covariance of two separate fits j < l is
# (X'W_jj X)^-1 X'W_jl X (X'W_ll X)^-1, W_jl = cov of the two indicators = p_j (1 - p_l).
brant <- function(data, terms) {
  fits <- fit_cuts(data)
  if (any(sapply(fits, is_separated))) return(NULL)
  x <- cbind(1, scale(data$x))  # a test of whole columns does not depend on their scale
  p <- ncol(data$x)
  fitted <- lapply(fits, function(fit) fit$fitted.values)
  bread <- lapply(fits, function(fit) fit$bread)
  v <- matrix(0, length(fits) * p, length(fits) * p)
  for (j in seq_along(fits)) for (l in seq_along(fits)) {
    low <- fitted[[min(j, l)]]
    high <- fitted[[max(j, l)]]
    block <- bread[[j]] %*% crossprod(x, data$w * low * (1 - high) * x) %*% bread[[l]]
    v[(j - 1) * p + seq_len(p), (l - 1) * p + seq_len(p)] <- block[-1, -1]
  }
  slopes <- lapply(fits, function(fit) fit$coefficients[-1])
  list(overall = wald_of_differences(slopes, v, seq_len(p), p),
       terms = lapply(terms, function(term) wald_of_differences(slopes, v, term, p)))
}

# Score test of freeing the effects of `free` at every cut point, at the proportional-odds fit.
# Each row is a multinomial trial with probabilities pi(eta); D = d pi / d eta (k x cuts).
# Score of eta: D'(1_y / pi). Expected information of eta: D' diag(1 / pi) D. Observed: that of the
# observed level alone, minus the second derivative of log pi_y.
score_statistic <- function(data, theta, beta, free, information) {
  cuts <- length(theta)
  p <- ncol(data$x)
  shared <- setdiff(seq_len(p), free)
  score <- 0
  total <- 0
  for (i in seq_along(data$y)) {
    eta <- theta + sum(data$x[i, ] * beta)
    f <- plogis(eta)
    slope <- f * (1 - f)
    pi <- diff(c(0, f, 1))
    d <- rbind(diag(slope, cuts), 0) - rbind(0, diag(slope, cuts))
    y <- match(data$y[i], data$levels)
    u <- d[y, ] / pi[y]
    if (information == "expected") {
      info <- t(d) %*% (d / pi)
    } else {
      bend <- slope * (1 - 2 * f)  # second derivative of F
      second <- numeric(cuts)
      if (y <= cuts) second[y] <- bend[y] / pi[y]
      if (y > 1) second[y - 1] <- -bend[y - 1] / pi[y]
      info <- tcrossprod(u) - diag(second, cuts)
    }
    # eta_j = theta_j + z'gamma_j + x'beta
    design <- cbind(diag(cuts), kronecker(diag(cuts), t(data$x[i, free])),
                    matrix(data$x[i, shared], cuts, length(shared), byrow = TRUE))
    score <- score + data$w[i] * crossprod(design, u)
    total <- total + data$w[i] * t(design) %*% info %*% design
  }
  scale <- 1 / sqrt(diag(total))
  drop(crossprod(scale * score, solve(total * outer(scale, scale), scale * score)))
}

score_tests <- function(data, theta, beta, terms, information) {
  sets <- c(list(seq_len(ncol(data$x))), terms)
  found <- lapply(sets, function(free) {
    tryCatch(score_statistic(data, theta, beta, free, information), error = function(e) NULL)
  })
  list(overall = found[[1]], terms = found[-1])
}
