# Reference score intervals of two proportions for the tables of counts.json, without closed forms.
#
#   Rscript two_proportions.R          (in this folder; writes two_proportions.json)
#
# Under a null value of the contrast the likelihood is maximised by bisection of its derivative in
# the reference risk; an interval limit is the bisected root of the score statistic. Base R alone.

source("../made_data/provenance.R")

halvings <- 200
confidences <- c(0.95, 0.99)
largest_log_ratio <- 45

# The point in (low, high) where a function turns from positive to not positive.
bisect <- function(is_positive, low, high) {
  for (k in seq_len(halvings)) {
    middle <- (low + high) / 2
    if (middle <= low || middle >= high) break
    if (is_positive(middle)) low <- middle else high <- middle
  }
  (low + high) / 2
}

# Derivative of x log p + (n - x) log(1 - p) in p.
slope <- function(x, n, p) {
  (if (x > 0) x / p else 0) - (if (x < n) (n - x) / (1 - p) else 0)
}

# Reference risk of the largest likelihood under p1 = p0 + delta.
restricted_by_difference <- function(t, delta) {
  bisect(
    function(p0) slope(t$x1, t$n1, p0 + delta) + slope(t$x0, t$n0, p0) > 0,
    max(0, -delta), min(1, 1 - delta)
  )
}

# Reference risk of the largest likelihood under p1 = ratio p0.
restricted_by_ratio <- function(t, ratio) {
  bisect(
    function(p0) ratio * slope(t$x1, t$n1, ratio * p0) + slope(t$x0, t$n0, p0) > 0,
    0, min(1, 1 / ratio)
  )
}

# Miettinen and Nurminen: (difference - delta)^2 over the variance with the factor N / (N - 1).
score_of_difference <- function(t, delta) {
  p0 <- restricted_by_difference(t, delta)
  p1 <- p0 + delta
  total <- t$n1 + t$n0
  variance <- (p1 * (1 - p1) / t$n1 + p0 * (1 - p0) / t$n0) * total / (total - 1)
  distance <- (t$x1 / t$n1 - t$x0 / t$n0) - delta
  if (distance == 0) 0 else distance^2 / max(variance, 0)
}

# Koopman: Pearson's chi-square at the largest likelihood under the ratio.
score_of_ratio <- function(t, ratio) {
  p0 <- restricted_by_ratio(t, ratio)
  pearson <- function(x, n, p) if (x == n * p) 0 else (x - n * p)^2 / (n * p * (1 - p))
  pearson(t$x1, t$n1, ratio * p0) + pearson(t$x0, t$n0, p0)
}

difference_limits <- function(t, confidence) {
  critical <- qchisq(confidence, 1)
  estimate <- t$x1 / t$n1 - t$x0 / t$n0
  outside <- function(delta) score_of_difference(t, delta) > critical
  low <- if (estimate > -1) bisect(outside, -1, estimate) else -1
  high <- if (estimate < 1) -bisect(function(minus) outside(-minus), -1, -estimate) else 1
  c(low, high)
}

# The score interval of the ratio stands in where the log-Wald interval does not exist: no event in
# one arm, or events in everybody. The observed ratio may be 0 or infinite.
wants_score_ratio <- function(t) {
  everybody <- t$x1 == t$n1 && t$x0 == t$n0
  everybody || (min(t$x1, t$x0) == 0 && max(t$x1, t$x0) > 0)
}

ratio_limits <- function(t, confidence) {
  if (!wants_score_ratio(t)) return(c(NA, NA))
  critical <- qchisq(confidence, 1)
  estimate <- min(max(log(t$x1 / t$n1) - log(t$x0 / t$n0), -largest_log_ratio), largest_log_ratio)
  outside <- function(log_ratio) score_of_ratio(t, exp(log_ratio)) > critical
  low <- if (t$x1 > 0) exp(bisect(outside, -largest_log_ratio, estimate)) else 0
  high <- if (t$x0 > 0) {
    exp(-bisect(function(minus) outside(-minus), -largest_log_ratio, -estimate))
  } else NA
  c(low, high)
}

refer <- function(row) {
  t <- list(x1 = row[1], n1 = row[2], x0 = row[3], n0 = row[4])
  varies <- t$x1 + t$x0 > 0 && t$x1 + t$x0 < t$n1 + t$n0
  limits <- lapply(confidences, function(confidence) {
    list(
      confidence = confidence, difference = difference_limits(t, confidence),
      ratio = ratio_limits(t, confidence)
    )
  })
  p_value <- if (varies) pchisq(score_of_difference(t, 0), 1, lower.tail = FALSE) else NA
  list(table = row, p_value_difference = p_value, limits = limits)
}

tables <- jsonlite::fromJSON("counts.json")$two_proportions$tables
results <- apply(tables, 1, refer, simplify = FALSE)
provenance <- describe_provenance("Rscript two_proportions.R", "jsonlite")
write_reference(list(provenance = provenance, results = results), "two_proportions.json")
