# Proportional odds by ordinal::clm, draws of its parameters, and the method of mice that uses them.

tight <- list(gradTol = 1e-10, maxIter = 200L)

fit_levels <- function(y, x, ...) {
  frame <- data.frame(y = factor(y, ordered = TRUE), x)
  clm(y ~ ., data = frame, control = tight, ...)
}

# Cumulative probabilities (n x k - 1) at psi = (cut points, effects), clm's sign: theta - x'b.
cumulative <- function(psi, x, k) {
  theta <- psi[seq_len(k - 1)]
  outer(-drop(as.matrix(x) %*% psi[-seq_len(k - 1)]), theta, "+")
}

# One draw of the parameters with the cut points in order; attribute: how many were thrown away.
draw_parameters <- function(fit) {
  k <- length(fit$y.levels)
  thrown <- -1
  repeat {
    thrown <- thrown + 1
    psi <- mvrnorm(1, coef(fit), vcov(fit))
    if (!is.unsorted(psi[seq_len(k - 1)], strictly = TRUE)) {
      return(structure(psi, thrown = thrown))
    }
  }
}

# mice methods, without augmentation (two levels: logistic): `po` is proper, `fixed` takes the
# estimates for the parameters.
mice.impute.po <- function(y, ry, x, wy = NULL, ...) {
  impute_levels(y, ry, x, wy, draw_parameters)
}
mice.impute.fixed <- function(y, ry, x, wy = NULL, ...) impute_levels(y, ry, x, wy, coef)

impute_levels <- function(y, ry, x, wy, choose) {
  if (is.null(wy)) wy <- !ry
  fit <- fit_levels(y[ry], x[ry, , drop = FALSE])
  k <- length(fit$y.levels)
  below <- plogis(cumulative(choose(fit), x[wy, , drop = FALSE], k))
  as.numeric(fit$y.levels)[1 + rowSums(runif(sum(wy)) > below)]
}
