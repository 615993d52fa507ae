# Reference values of Firth's penalised logistic regression.
#
#   Rscript firth_logistic.R          (in this folder; writes firth_logistic.json)
#
# Estimates and standard errors: brglm2 (mean bias reduction, which for a logistic model is Firth's
# penalty; Debian r-cran-brglm2). Profile penalised-likelihood limits and p-values, which brglm2
# does not give: from their definition, the log likelihood plus half the logarithm of the
# determinant of the information of all columns, by optim and uniroot.

source("../made_data/provenance.R")
suppressMessages(library(brglm2))

critical <- qchisq(0.95, 1)

penalised <- function(b, x, y) {
  eta <- drop(x %*% b)
  w <- plogis(eta) * plogis(-eta)
  information <- crossprod(x, x * w)
  log_det <- as.numeric(determinant(information, logarithm = TRUE)$modulus)
  value <- sum(ifelse(y == 1, plogis(eta, log.p = TRUE), plogis(-eta, log.p = TRUE)))
  if (is.finite(log_det)) value + log_det / 2 else -1e10
}

slope <- function(b, x, y) {
  eta <- drop(x %*% b)
  p <- plogis(eta)
  w <- p * (1 - p)
  h <- rowSums((x %*% solve(crossprod(x, x * w))) * x) * w
  drop(crossprod(x, y - p + h * (0.5 - p)))
}

# The highest penalised log likelihood with effect j held, from several starts.
held <- function(j, value, x, y, starts) {
  best <- -Inf
  for (start in starts) {
    found <- tryCatch(optim(
      start[-j],
      function(b) -penalised(append(b, value, j - 1), x, y),
      function(b) -slope(append(b, value, j - 1), x, y)[-j],
      method = "BFGS", control = list(reltol = 1e-15, maxit = 5000)
    ), error = function(e) NULL)
    if (!is.null(found)) best <- max(best, -found$value)
  }
  best
}

profile_effect <- function(j, fit, x, y) {
  b <- coef(fit)
  error <- sqrt(diag(vcov(fit)))[j]
  top <- penalised(b, x, y)
  fall <- function(value) 2 * (top - held(j, value, x, y, list(b, 0 * b)))
  limit <- function(side) {
    far <- 2
    while (fall(b[j] + side * far * error) < critical) far <- far * 1.3
    uniroot(function(value) fall(value) - critical,
            sort(c(b[j], b[j] + side * far * error)), tol = 1e-12)$root
  }
  list(estimate = b[[j]], std_error = error[[1]], low = limit(-1), high = limit(1),
       p_value = pchisq(fall(0), 1, lower.tail = FALSE))
}

# Columns are centred and scaled for the search, and effects taken back to their units.
describe <- function(data) {
  y <- data[[ncol(data)]]
  raw <- as.matrix(data[-ncol(data)])
  deviation <- apply(raw, 2, sd)
  x <- cbind(1, scale(raw))
  fit <- glm(y ~ x - 1, family = binomial, method = "brglmFit", type = "AS_mean",
             epsilon = 1e-13, maxit = 10000)
  lapply(seq_along(deviation), function(j) {
    found <- profile_effect(j + 1, fit, x, y)
    for (name in c("estimate", "std_error", "low", "high"))
      found[[name]] <- found[[name]] / deviation[[j]]
    c(list(column = names(data)[j]), found)
  })
}

two_by_two <- data.frame(arm = rep(c(1, 0), each = 8), event = rep(c(1, 0, 0), c(3, 5, 8)))
results <- list(
  endometrial = describe(read.csv("endometrial.csv")),
  sparse_trial = describe(read.csv("sparse_trial.csv")),
  no_event_in_an_arm = describe(two_by_two)
)
write_reference(list(
  provenance = describe_provenance("Rscript firth_logistic.R", "brglm2"), results = results
), "firth_logistic.json")
