# A made-up data set as a data frame for R's fits, its fit by ordinal::clm, and estimates taken back
# to its own columns.

tight <- clm.control(gradTol = 1e-9, relTol = 1e-12, maxIter = 200, convergence = "silent")

# Columns are centred and divided by a power of two, which R's solvers need for 1e6 beside 1e-6 and
# for 20000 + 0..8; coefficients and covariance are taken back exactly (a linear map).
standardise <- function(x) {
  centre <- if (nrow(x) > 0) colMeans(x) else numeric(0)
  scale <- 2^round(log2(apply(x, 2, sd)))
  list(x = sweep(sweep(x, 2, centre), 2, scale, "/"), centre = centre, scale = scale)
}

take_back <- function(parameters, covariance, cuts, map) {
  p <- length(map$centre)
  back <- diag(cuts + p)
  if (p > 0) {
    columns <- cuts + seq_len(p)
    back[cbind(columns, columns)] <- 1 / map$scale
    back[seq_len(cuts), columns] <- rep(-map$centre / map$scale, each = cuts)
  }
  list(parameters = drop(back %*% parameters), covariance = back %*% covariance %*% t(back))
}

make_frame <- function(data, x) {
  frame <- data.frame(y = factor(data$y), x)
  names(frame) <- c("y", if (ncol(x) > 0) paste0("x", seq_len(ncol(x))))
  frame$weight <- if (is.null(data$weights)) 1 else data$weights
  frame$shift <- if (is.null(data$offset)) 0 else data$offset
  frame
}

fit_clm <- function(frame, terms, shift) {
  frame$minus_shift <- -shift
  fit <- clm(
    reformulate(c(terms, "offset(minus_shift)"), response = "y"),
    data = frame, weights = weight, control = tight
  )
  if (fit$maxGradient > 1e-6) stop("clm did not converge")
  fit
}

describe <- function(name, taken, cuts, log_likelihood) {
  columns <- cuts + seq_len(length(taken$parameters) - cuts)
  list(
    fitted_by = name, theta = I(taken$parameters[seq_len(cuts)]),
    beta = I(taken$parameters[columns]), std_error = I(sqrt(diag(taken$covariance))),
    log_likelihood = log_likelihood
  )
}
