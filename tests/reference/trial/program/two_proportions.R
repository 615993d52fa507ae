# Contrasts of two proportions without covariates (SAP 8.1, 9.1, 9.2): 1 = MPSS, 0 = placebo.

# Largest likelihood of p0 when p1 = p0 + delta (Miettinen & Nurminen 1985, appendix I).
restricted_by_difference <- function(delta, x1, n1, x0, n0) {
  total <- n1 + n0
  l2 <- (n1 + 2 * n0) * delta - total - x1 - x0
  l1 <- (n0 * delta - total - 2 * x0) * delta + x1 + x0
  l0 <- x0 * delta * (1 - delta)
  q <- l2^3 / (3 * total)^3 - l1 * l2 / (6 * total^2) + l0 / (2 * total)
  root <- sqrt(max(l2^2 / (3 * total)^2 - l1 / (3 * total), 0))
  p <- if (q >= 0) root else -root
  cosine <- if (p == 0) 0 else max(-1, min(1, q / p^3))
  p0 <- 2 * p * cos((pi + acos(cosine)) / 3) - l2 / (3 * total)
  min(max(p0, 0, -delta), 1, 1 - delta)
}

# Score statistic of p1 - p0 = delta, variance with the factor N / (N - 1).
score_difference <- function(delta, x1, n1, x0, n0) {
  p0 <- restricted_by_difference(delta, x1, n1, x0, n0)
  p1 <- p0 + delta
  total <- n1 + n0
  variance <- (p1 * (1 - p1) / n1 + p0 * (1 - p0) / n0) * total / (total - 1)
  distance <- x1 / n1 - x0 / n0 - delta
  if (distance == 0) 0 else distance / sqrt(max(variance, 0))
}

finite_root <- function(f, low, high) {
  bounded <- function(x) max(min(f(x), 1e6), -1e6)
  uniroot(bounded, c(low, high), tol = 1e-12)$root
}

difference_not_estimable <- c(estimate = NA, ci_low = NA, ci_high = NA, p_value = NA)

# Miettinen-Nurminen interval; p of the score statistic that it inverts, at 0 (SAP 1.6).
risk_difference <- function(x1, n1, x0, n0) {
  if (n1 == 0 || n0 == 0) return(difference_not_estimable)
  score <- function(delta) score_difference(delta, x1, n1, x0, n0)
  estimate <- x1 / n1 - x0 / n0
  low <- if (estimate == -1) -1 else {
    finite_root(function(delta) score(delta) - standard_normal, -1, estimate)
  }
  high <- if (estimate == 1) 1 else {
    finite_root(function(delta) score(delta) + standard_normal, estimate, 1)
  }
  varies <- x1 + x0 > 0 && x1 + x0 < n1 + n0  # else the statistic at 0 is 0 / 0
  p_value <- if (varies) 2 * pnorm(-abs(score(0))) else NA
  c(estimate = estimate, ci_low = low, ci_high = high, p_value = p_value)
}

# Largest likelihood of p0 when p1 = ratio * p0.
restricted_by_ratio <- function(ratio, x1, n1, x0, n0) {
  a <- (n1 + n0) * ratio
  b <- -(ratio * (n1 + x0) + x1 + n0)
  (-b - sqrt(b^2 - 4 * a * (x1 + x0))) / (2 * a)
}

# Koopman's score statistic of p1 / p0 = ratio, signed.
score_ratio <- function(ratio, x1, n1, x0, n0) {
  p0 <- restricted_by_ratio(ratio, x1, n1, x0, n0)
  p1 <- ratio * p0
  variance <- p1 * (1 - p1) / n1 + ratio^2 * p0 * (1 - p0) / n0
  (x1 / n1 - ratio * x0 / n0) / sqrt(variance)
}

# Upper Koopman bound when MPSS has no event and placebo has.
koopman_upper_without_event <- function(n1, x0, n0) {
  gap <- function(log_ratio) score_ratio(exp(log_ratio), 0, n1, x0, n0) + standard_normal
  exp(uniroot(gap, c(-30, 5), extendInt = "downX", tol = 1e-12)$root)
}

# With no event in one arm the ratio is not estimable; the Koopman interval stands (one bound is 0
# or infinite, the infinite one is missing). With none in both there is no interval either.
ratio_without_events <- function(x1, n1, x0, n0) {
  effect <- wald_not_estimable
  if (x1 == 0 && x0 > 0) {
    effect[c("ci_low", "ci_high")] <- c(0, koopman_upper_without_event(n1, x0, n0))
  }
  if (x0 == 0 && x1 > 0) effect["ci_low"] <- 1 / koopman_upper_without_event(n0, x1, n1)
  effect
}

# Unadjusted risk ratio, Wald on the log scale.
risk_ratio <- function(x1, n1, x0, n0) {
  if (n1 == 0 || n0 == 0) return(wald_not_estimable)
  if (x1 == 0 || x0 == 0) return(ratio_without_events(x1, n1, x0, n0))
  std_error <- sqrt(1 / x1 - 1 / n1 + 1 / x0 - 1 / n0)
  if (std_error == 0) return(wald_not_estimable)
  wald(log(x1 / n1) - log(x0 / n0), std_error)
}
