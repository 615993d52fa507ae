# Pooled treatment effects after multiple imputation of the made-up trials of sizes.json by mice.
#
#   Rscript sizes.R          (in this folder; reads sizes.json, writes sizes_by_mice.json)
#
# mice within each arm, outcome on all columns, with draws from N(estimate, covariance) of
# ordinal::clm (method po of draws.R), and with the estimates themselves (method fixed), which is not
# proper: to show that the comparison tells them apart. Each completed trial is fitted by clm, and
# pooled by mice::pool.scalar.
#
# Monte Carlo errors: of the pooled log odds ratio sqrt(B / m). The total variance is the mean over
# the imputations of t_i = U_i + (1 + 1/m) m / (m - 1) (Q_i - mean Q)^2; its error is their standard
# deviation / sqrt(m).

suppressMessages({
  library(mice)
  library(ordinal)
  library(MASS)
})
source("../../made_data/made_data.R")
source("../../made_data/provenance.R")
source("../draws.R")
options(warn = 2)
set.seed(20241125)

missing_stream <- 300
more_in_arm_1 <- 0.1

draw_rows <- function(case) {
  specification <- load_specifications("../../made_data/data_sets.json")[[case$drawn_as]]
  specification$n <- case$rows
  data <- draw_data_set(specification)
  arm <- data$x[, 1]
  lost <- draw_uniform(missing_stream, case$rows) < case$share + more_in_arm_1 * arm
  frame <- data.frame(data$x[, -1, drop = FALSE], y = ifelse(lost, NA, data$y))
  names(frame) <- c(paste0("x", seq_len(ncol(data$x) - 1)), "y")
  list(frame = frame, arm = arm, lost = lost)
}

complete_arm <- function(frame, method, m) {
  methods <- setNames(rep("", ncol(frame)), names(frame))
  methods["y"] <- method
  imputed <- mice(frame, m = m, maxit = 1, method = methods, printFlag = FALSE)
  lapply(seq_len(m), function(i) complete(imputed, i)$y)
}

# log odds ratio of a lower level in arm 1, and its variance, of each completed trial.
analyse <- function(drawn, method, m) {
  arms <- lapply(0:1, function(arm) complete_arm(drawn$frame[drawn$arm == arm, ], method, m))
  x <- data.frame(arm = drawn$arm, drawn$frame[names(drawn$frame) != "y"])
  fits <- lapply(seq_len(m), function(i) {
    y <- drawn$frame$y
    for (arm in 0:1) y[drawn$arm == arm] <- arms[[arm + 1]][[i]]
    fit_levels(y, x)
  })
  list(
    estimates = -vapply(fits, function(fit) fit$beta[["arm"]], numeric(1)),
    variances = vapply(fits, function(fit) vcov(fit)["arm", "arm"], numeric(1)),
    parameters = length(coef(fits[[1]]))
  )
}

impute <- function(drawn, method, m) {
  found <- analyse(drawn, method, m)
  pooled <- pool.scalar(
    found$estimates, found$variances, n = length(drawn$arm), k = found$parameters
  )
  spread <- (found$estimates - pooled$qbar)^2
  by_imputation <- found$variances + (1 + 1 / m) * m / (m - 1) * spread
  list(
    log_odds = pooled$qbar, log_odds_error = sqrt(pooled$b / m), within = pooled$ubar,
    between = pooled$b, total = pooled$t, total_error = sd(by_imputation) / sqrt(m),
    df = pooled$df, fmi = pooled$fmi
  )
}

refer <- function(name, case) {
  drawn <- draw_rows(case)
  methods <- c("po", if (isTRUE(case$improper)) "fixed")
  taken <- system.time(found <- lapply(setNames(methods, methods), function(method) {
    impute(drawn, method, case$imputations)
  }))
  message(name, ": ", round(taken[["elapsed"]], 1), " s")
  row <- seq_along(drawn$arm)
  observed <- drawn$frame$y[!drawn$lost]
  c(list(drawn = list(lost = sum(row[drawn$lost]), observed = sum(observed))), found)
}

cases <- load_specifications("sizes.json")
results <- Map(refer, names(cases), cases)
provenance <- describe_provenance("Rscript sizes.R", c("mice", "ordinal", "MASS", "jsonlite"))
write_reference(list(provenance = provenance, trials = results), "sizes_by_mice.json")
