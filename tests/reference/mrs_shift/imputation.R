# Multiple imputation of the missing day-90 mRS and its delta adjustment (SAP 6), by mice.
#
#   Rscript imputation.R
#
# Writes imputation.json: by pair of shifts the pooled log odds ratio, its variances and degrees of
# freedom. R 4.2 with packages mice, ordinal, MASS and jsonlite. 100 imputations: about 3 minutes.

suppressPackageStartupMessages({
  library(MASS)
  library(ordinal)
  library(mice)
})
source("trial_data.R")

imputations <- 100
cycles <- 20
shifts <- list(c(0, 0), c(1, -1), c(-2, 2), c(2, 2))  # of MPSS and placebo, towards worse

tight <- clm.control(gradTol = 1e-8, maxIter = 200)

# Proportional odds of the observed levels with drawn parameters; clm's sign: theta - x b.
draw_levels <- function(y, x, wanted, never_worst, delta = 0) {
  known <- !is.na(y)
  varying <- apply(x[known, , drop = FALSE], 2, function(column) length(unique(column)) > 1)
  x <- x[, varying, drop = FALSE]
  fit <- clm(y ~ ., data = data.frame(y = factor(y[known], ordered = TRUE), x[known, ]),
             control = tight)
  cuts <- length(fit$alpha)
  repeat {
    psi <- mvrnorm(1, coef(fit), vcov(fit))
    if (!is.unsorted(psi[seq_len(cuts)], strictly = TRUE)) break
  }
  logits <- outer(-drop(as.matrix(x[wanted, , drop = FALSE]) %*% psi[-seq_len(cuts)]),
                  psi[seq_len(cuts)] - delta, "+")
  below <- cbind(plogis(logits), 1)
  levels <- as.numeric(fit$y.levels)
  # renormalised without the worst level for whoever is known to be alive
  top <- ifelse(never_worst[wanted] & max(levels) == 6, below[, cuts], 1)
  levels[1 + rowSums(runif(sum(wanted)) * top > below[, seq_len(cuts), drop = FALSE])]
}

mice.impute.levels <- function(y, ry, x, wy = NULL, ...) {
  if (is.null(wy)) wy <- !ry
  draw_levels(replace(y, !ry, NA), x, wy, rep(FALSE, length(y)))
}

mice.impute.outcome <- function(y, ry, x, wy = NULL, ...) {
  if (is.null(wy)) wy <- !ry
  draw_levels(replace(y, !ry, NA), x, wy, alive_now)
}

# Completed auxiliaries of one arm, and then the outcome at each pair of shifts.
impute_arm <- function(rows) {
  alive_now <<- rows$alive
  data <- data.frame(rows$x, rows$auxiliaries, MRS90 = rows$mrs)
  method <- setNames(rep("", ncol(data)), names(data))
  method[c("MRS30", "NIHSSH24", "NIHSSD7", "MRS90")] <- c("levels", "norm", "norm", "outcome")
  missing <- sapply(data, function(column) sum(is.na(column)))
  order <- c(setdiff(names(sort(missing[missing > 0])), "MRS90"), "MRS90")
  found <- mice(data, m = imputations, maxit = cycles, method = method, visitSequence = order,
                printFlag = FALSE)
  wanted <- is.na(rows$mrs)
  lapply(seq_len(imputations), function(number) {
    completed <- complete(found, number)
    x <- completed[setdiff(names(completed), "MRS90")]
    sapply(c(-2, -1, 0, 1, 2), function(delta) {
      draw_levels(rows$mrs, x, wanted, rows$alive, delta)
    })
  })
}

trial <- read_trial("trial.csv")
covariates <- derive_covariates(trial)
treated <- trial$TRT01P == "MPSS"
imputed_of <- !(trial$DTHADY %in% 0:30)  # alive on day 30

set.seed(20260916)
drawn <- lapply(c(MPSS = TRUE, PLACEBO = FALSE), function(arm) {
  rows <- which(imputed_of & treated == arm)
  list(
    places = rows[is.na(trial$MRS90[rows])],
    levels = impute_arm(list(
      x = covariates[rows, ], auxiliaries = trial[rows, c("MRS30", "NIHSSH24", "NIHSSD7")],
      mrs = trial$MRS90[rows], alive = trial$ALV90FL[rows] == "Y"
    ))
  )
})

analyse <- function(mrs) {
  data <- data.frame(MRS = factor(mrs), ARM = as.numeric(treated), covariates, check.names = FALSE)
  fit <- clm(MRS ~ ., data = data, control = tight)
  c(-fit$beta[["ARM"]], vcov(fit)["ARM", "ARM"])
}

at_shift <- function(shift) {
  estimates <- sapply(seq_len(imputations), function(number) {
    mrs <- trial$MRS90
    for (arm in 1:2) {
      column <- match(shift[arm], c(-2, -1, 0, 1, 2))
      mrs[drawn[[arm]]$places] <- drawn[[arm]]$levels[[number]][, column]
    }
    analyse(mrs)
  })
  pooled <- pool.scalar(estimates[1, ], estimates[2, ], n = nrow(trial), k = 6 + 1 + ncol(covariates))
  list(mpss = shift[1], placebo = shift[2], log_estimate = pooled$qbar, within = pooled$ubar,
       between = pooled$b, df = pooled$df)
}

results <- list(imputations = imputations, n = nrow(trial), shifts = lapply(shifts, at_shift))
write_output(results, c("mice", "ordinal", "MASS"), "imputation.json")
