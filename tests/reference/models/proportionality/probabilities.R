# Level probabilities with delta-method errors: predict.clm at rows, own code for averages.

# predict.clm gives standard errors of probabilities and limits on the logit scale.
predict_rows <- function(fit, data, rows) {
  frame <- frame_of(data)[rows, , drop = FALSE]
  found <- predict(fit, newdata = frame[setdiff(names(frame), "y")], type = "prob",
                   se.fit = TRUE, interval = TRUE, level = 0.95)
  list(estimate = unname(found$fit), se = unname(found$se.fit),
       low = unname(found$lwr), high = unname(found$upr))
}

# P(level) averaged over all rows with column `column` set to `value`, from (theta, beta, gamma).
average_level <- function(parameters, data, free, column, value) {
  data$x[, column] <- value
  levels <- data$levels
  share <- data$w / sum(data$w)
  sapply(levels, function(level) {
    data$y <- rep(level, nrow(data$x))
    sum(share * exp(row_log_likelihood(parameters, data, free)))
  })
}

describe_average <- function(described, data, free, column, value) {
  j <- numDeriv::jacobian(average_level, described$estimates, data = data, free = free,
                          column = column, value = value)
  list(estimate = average_level(described$estimates, data, free, column, value),
       se = sqrt(diag(j %*% described$covariance %*% t(j))), jacobian = j)
}

# `values`: of the column, the first minus the second.
describe_averages <- function(described, data, free, column, values) {
  found <- lapply(values, function(value) describe_average(described, data, free, column, value))
  j <- found[[1]]$jacobian - found[[2]]$jacobian
  list(values = lapply(found, function(one) one[c("estimate", "se")]),
       difference = found[[1]]$estimate - found[[2]]$estimate,
       difference_se = sqrt(diag(j %*% described$covariance %*% t(j))))
}
