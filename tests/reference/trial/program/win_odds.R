# Wilcoxon-Mann-Whitney generalised odds ratio, ties split (SAP 5.4 a).

# For each value of `own` the share of `other` that is higher (worse), ties half.
placement <- function(own, other) {
  vapply(own, function(value) mean((other > value) + 0.5 * (other == value)), numeric(1))
}

# theta = P(MPSS lower) + P(tie) / 2; variance from the placement values of both arms.
win_odds <- function(mrs, arm) {
  treated <- mrs[arm == 1 & !is.na(mrs)]
  reference <- mrs[arm == 0 & !is.na(mrs)]
  theta <- mean(placement(treated, reference))
  variance <- var(placement(treated, reference)) / length(treated) +
    var(placement(reference, treated)) / length(reference)
  std_error <- sqrt(variance) / (theta * (1 - theta))
  estimable <- isTRUE(is.finite(std_error) && std_error > 0)
  effect <- if (estimable) wald(qlogis(theta), std_error) else wald_not_estimable
  c(n = length(treated) + length(reference), effect, win_probability = if (estimable) theta else NA)
}
