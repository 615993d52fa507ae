# Reference fits of the random-intercept model for the made-up data sets of made_groups.json.
#
#   Rscript random_intercept.R          (in this folder; writes random_intercept.json)
#
# Written in the project's direction: logit P(Y <= j) = theta_j + x b + intercept. ordinal::clmm
# writes theta_j - x b - intercept.
#
# clmm maximises by finite differences and stops where the gradient is about 1e-3 to 1e-5. Its fit is
# therefore the start of more steps on clmm's own objective (ordinal:::getNAGQ.ssr, or getNLA.ssr
# for one node) with Richardson-extrapolated derivatives (numDeriv), which end at rounding; the
# standard errors are of the Richardson-extrapolated Hessian there. `clmm` holds what clmm itself
# gave. Its Laplace objective takes the curvature from before its last inner step (with the default
# gradTol of 1e-4 the log likelihood is off by up to 1e-3); here it is taken at the mode.
#
# `integral` is the marginal log likelihood by stats::integrate, group by group, at the parameters of
# the last fit: no quadrature rule, no clmm.

suppressPackageStartupMessages({
  library(ordinal)
  library(numDeriv)
})
source("made_groups.R")

node_counts <- c(1, 7, 15)  # unless the specification says otherwise
# numDeriv: first step, number of extrapolations, by how much the step falls each time
for_gradient <- list(d = 0.4, r = 5, v = 2)
for_hessian <- list(d = 1, r = 5, v = 2)
most_steps <- 8
rounding <- 1e-9  # of a step, in standard errors

make_frame <- function(data) {
  frame <- data.frame(y = factor(data$y), data$x)
  names(frame) <- c("y", if (ncol(data$x) > 0) paste0("x", seq_len(ncol(data$x))))
  frame$group <- factor(data$groups)
  frame
}

# Each group's mode of u = intercept / sigma (in clmm's direction) and minus the second derivative of
# its log integrand there: two more Newton steps from clmm's u, whose last step is often rejected.
settle_modes <- function(state) {
  u <- as.vector(state$u)
  for (step in 1:3) {
    shift <- (u * state$tau)[state$grFac]
    high <- state$eta1Fix + state$o1 - shift
    low <- state$eta2Fix + state$o2 - shift
    curvature <- 1 + state$tau^2 * as.vector(rowsum(dlogis(high) + dlogis(low), state$grFac))
    if (step == 3) return(list(u = u, curvature = curvature))
    slope <- -state$tau * as.vector(rowsum(1 - plogis(high) - plogis(low), state$grFac)) - u
    u <- u + slope / curvature
  }
}

describe_likelihood <- function(frame, terms, nodes) {
  formula <- reformulate(c(terms, "(1 | group)"), response = "y")
  control <- clmm.control(gradTol = 1e-12, innerCtrl = "noWarn")
  environment <- clmm(formula, data = frame, nAGQ = nodes, doFit = FALSE, control = control)
  minus <- function(parameters) {
    if (nodes > 1) return(ordinal:::getNAGQ.ssr(environment, parameters))
    ordinal:::getNLA.ssr(environment, parameters)
    curvature <- settle_modes(environment)$curvature
    environment$negLogLik + sum(log(curvature) - log(2 * pi)) / 2
  }
  fit <- clmm(formula, data = frame, nAGQ = nodes, control = control)
  list(fit = fit, environment = environment, minus = minus)
}

# Steps by clmm's Hessian, which is good to 1e-5, until they are rounding; then the Hessian there. The
# last parameter is log sigma. numDeriv's steps are relative to the parameter, so the function is
# given as one of 1 + (parameter - start) / unit, the unit being the standard error given the other
# parameters.
polish <- function(minus, start, near) {
  parameters <- start
  units <- 1 / sqrt(diag(near))
  scaled <- function(z) minus(parameters + units * (z - 1))
  one <- rep(1, length(start))
  for (step in seq_len(most_steps)) {
    slope <- grad(scaled, one, method.args = for_gradient)
    move <- solve(near * outer(units, units), slope)
    parameters <- parameters - units * move
    if (max(abs(move)) < rounding) break
  }
  information <- hessian(scaled, one, method.args = for_hessian)
  list(
    parameters = parameters, covariance = solve(information) * outer(units, units),
    last_step = max(abs(move))
  )
}

take_over <- function(likelihood, polished, cuts, p) {
  sign <- c(rep(1, cuts), rep(-1, p), 1)
  sigma <- exp(polished$parameters[cuts + p + 1])
  scale <- c(rep(1, cuts + p), sigma)  # d sigma / d log sigma = sigma
  value <- -likelihood$minus(polished$parameters)
  modes <- settle_modes(likelihood$environment)
  list(
    theta = I(polished$parameters[seq_len(cuts)]),
    beta = I(-polished$parameters[cuts + seq_len(p)]),
    sigma = sigma, std_error = I(sqrt(diag(polished$covariance)) * scale),
    log_likelihood = value, last_step = polished$last_step,
    group_effects = I(-modes$u * sigma),
    group_effect_errors = I(sigma / sqrt(modes$curvature)),
    clmm = list(
      log_likelihood = as.numeric(likelihood$fit$logLik),
      parameters = I(as.vector(sign * c(likelihood$fit$coefficients, log(likelihood$fit$ST[[1]]))))
    )
  )
}

refer_nodes <- function(frame, terms, nodes) {
  likelihood <- describe_likelihood(frame, terms, nodes)
  start <- c(likelihood$fit$coefficients, log(likelihood$fit$ST[[1]]))
  cuts <- nlevels(frame$y) - 1
  if (exp(start[length(start)]) < 0.01) {  # clmm goes on towards log 0 until it gives up
    return(list(sigma = 0, log_likelihood = as.numeric(likelihood$fit$logLik)))
  }
  polished <- polish(likelihood$minus, start, likelihood$fit$Hessian)
  take_over(likelihood, polished, cuts, length(terms))
}

# log of the integral over the intercept of the group's likelihood, the integrand scaled by its
# largest value and cut at its mode.
integrate_group <- function(upper, lower, sigma) {
  log_integrand <- function(u) {
    vapply(u, function(z) {
      high <- plogis(upper + sigma * z, log.p = TRUE)
      low <- plogis(lower + sigma * z, log.p = TRUE)
      sum(high + log1p(-exp(low - high))) + dnorm(z, log = TRUE)
    }, numeric(1))
  }
  mode <- optimize(log_integrand, c(-12, 12), maximum = TRUE, tol = 1e-8)
  scaled <- function(u) exp(log_integrand(u) - mode$objective)
  pieces <- mode$maximum + c(-14, -6, -2, -0.5, 0, 0.5, 2, 6, 14)
  parts <- vapply(seq_len(length(pieces) - 1), function(k) {
    integrate(scaled, pieces[k], pieces[k + 1], rel.tol = 1e-13, subdivisions = 400L)$value
  }, numeric(1))
  log(sum(parts)) + mode$objective
}

integrate_likelihood <- function(data, fit) {
  theta <- c(-Inf, fit$theta, Inf)
  level <- match(data$y, sort(unique(data$y)))
  eta <- if (ncol(data$x) > 0) drop(data$x %*% fit$beta) else rep(0, length(level))
  upper <- theta[level + 1] + eta
  lower <- theta[level] + eta
  sum(vapply(split(seq_along(level), data$groups), function(rows) {
    integrate_group(upper[rows], lower[rows], fit$sigma)
  }, numeric(1)))
}

# sigma = 0 lies on the boundary: half the p-value of chi-square with 1 degree of freedom.
test_intercept <- function(fit, log_likelihood_fixed) {
  ratio <- 2 * (fit$log_likelihood - log_likelihood_fixed)
  p_value <- if (fit$sigma > 0) pchisq(ratio, 1, lower.tail = FALSE) / 2 else 1
  c(fit, list(p_value = p_value))
}

refer <- function(specification) {
  data <- draw_data_set(specification)
  frame <- make_frame(data)
  terms <- grep("^x", names(frame), value = TRUE)
  fixed <- clm(
    reformulate(if (length(terms) > 0) terms else "1", response = "y"), data = frame,
    control = clm.control(gradTol = 1e-10)
  )
  log_likelihood_fixed <- as.numeric(logLik(fixed))
  counts <- if (is.null(specification$nodes)) node_counts else specification$nodes
  fits <- lapply(counts, function(nodes) {
    test_intercept(refer_nodes(frame, terms, nodes), log_likelihood_fixed)
  })
  names(fits) <- paste0("nodes_", counts)
  last <- fits[[length(fits)]]
  list(
    data = list(
      n = length(data$y), sum_y = sum(data$y), sum_y_by_row = sum(data$y * seq_along(data$y)),
      sum_x = I(colSums(data$x)), sum_groups = sum(data$groups)
    ),
    log_likelihood_fixed = log_likelihood_fixed, fits = fits,
    integral = if (last$sigma > 0) integrate_likelihood(data, last) else NULL
  )
}

specifications <- load_specifications("made_groups.json")
results <- lapply(setNames(names(specifications), names(specifications)), function(name) {
  taken <- system.time(result <- refer(specifications[[name]]))[["elapsed"]]
  message(name, ": ", round(taken, 1), " s")
  result
})
packages <- c("ordinal", "numDeriv", "jsonlite")
provenance <- list(
  call = "Rscript random_intercept.R", date = format(Sys.Date()), r = R.version.string,
  packages = lapply(setNames(packages, packages), function(p) as.character(packageVersion(p)))
)
json <- jsonlite::toJSON(
  list(provenance = provenance, data_sets = results), digits = I(17), auto_unbox = TRUE,
  null = "null"
)
# one line per data set and number of nodes: small changes stay small in a diff
writeLines(gsub('(},|:\\{)("[a-z_0-9]+":\\{)', "\\1\n\\2", json), "random_intercept.json")
