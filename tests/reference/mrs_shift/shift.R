# What stands beside the primary analysis (SAP 5.4, 5.5, 6), programmed from the plan.
#
#   Rscript shift.R
#
# Writes shift.json. R 4.2 with packages ordinal, rms and jsonlite.

suppressPackageStartupMessages({
  library(ordinal)
  library(rms)
})
source("trial_data.R")

trial <- read_trial("trial.csv")
covariates <- derive_covariates(trial)
treated <- as.numeric(trial$TRT01P == "MPSS")
observed <- !is.na(trial$MRS90)

# ---- Win odds (5.4 b, c) ----

# Share of the other arm that a subject beats (MPSS), or is beaten by (placebo); ties half.
placement <- function(own, other, mpss) {
  sapply(own, function(y) {
    if (mpss) mean(y < other) + mean(y == other) / 2 else mean(other < y) + mean(y == other) / 2
  })
}

compare_arms <- function(mrs, arm) {
  one <- placement(mrs[arm == 1], mrs[arm == 0], TRUE)
  zero <- placement(mrs[arm == 0], mrs[arm == 1], FALSE)
  list(theta = mean(one), variance = var(one) / length(one) + var(zero) / length(zero),
       one = one, zero = zero)
}

on_log_odds <- function(theta, variance) {
  c(wald(log(theta / (1 - theta)), sqrt(variance) / (theta * (1 - theta))),
    win_probability = theta)
}

win_odds_stratified <- function(mrs, arm, site, fewest = 4) {
  n1 <- tapply(arm, site, sum)
  n0 <- tapply(1 - arm, site, sum)
  small <- names(n1)[pmin(n1, n0) < fewest]
  stratum <- ifelse(site %in% small, "pooled", site)
  pooled <- stratum == "pooled"
  kept <- if (sum(arm[pooled]) >= 2 && sum(1 - arm[pooled]) >= 2) rep(TRUE, length(mrs)) else !pooled
  parts <- lapply(split(which(kept), stratum[kept]), function(rows) {
    found <- compare_arms(mrs[rows], arm[rows])
    m1 <- sum(arm[rows])
    m0 <- sum(1 - arm[rows])
    c(weight = m1 * m0 / (m1 + m0), theta = found$theta, variance = found$variance)
  })
  parts <- do.call(rbind, parts)
  weight <- parts[, "weight"] / sum(parts[, "weight"])
  c(list(n = sum(kept), n_strata = length(n1), n_strata_pooled = length(small),
         n_pooled = sum(pooled), n_strata_analysed = nrow(parts)),
    on_log_odds(sum(weight * parts[, "theta"]), sum(weight^2 * parts[, "variance"])))
}

win_odds_adjusted <- function(mrs, arm, x) {
  found <- compare_arms(mrs, arm)
  x1 <- x[arm == 1, ]
  x0 <- x[arm == 0, ]
  difference <- colMeans(x1) - colMeans(x0)
  spread <- cov(x1) / nrow(x1) + cov(x0) / nrow(x0)
  shared <- cov(x1, found$one) / nrow(x1) - cov(x0, found$zero) / nrow(x0)
  gain <- solve(spread, shared)
  theta <- found$theta - sum(gain * difference)
  c(list(n = length(mrs)), on_log_odds(theta, found$variance - sum(gain * shared)))
}

# ---- Proportional odds described (5.5) ----

binary_fits <- function(mrs, x) {
  lapply(0:5, function(cut) {
    glm(as.numeric(mrs <= cut) ~ x, family = binomial(), epsilon = 1e-15, maxit = 100)
  })
}

# Brant 1990, with the probabilities of the separate fits; `columns` of the terms tested.
brant <- function(mrs, x, columns) {
  fits <- binary_fits(mrs, x)
  design <- cbind(1, x)
  probability <- sapply(fits, fitted)
  bread <- lapply(1:6, function(j) {
    w <- probability[, j] * (1 - probability[, j])
    solve(crossprod(design, w * design))
  })
  block <- function(j, l) {
    low <- min(j, l)
    high <- max(j, l)
    w <- probability[, low] * (1 - probability[, high])
    (bread[[j]] %*% crossprod(design, w * design) %*% bread[[l]])[columns + 1, columns + 1]
  }
  beta <- unlist(lapply(fits, function(fit) coef(fit)[columns + 1]))
  covariance <- do.call(rbind, lapply(1:6, function(j) {
    do.call(cbind, lapply(1:6, function(l) block(j, l)))
  }))
  q <- length(columns)
  contrast <- cbind(matrix(rep(diag(q), 5), ncol = q, byrow = TRUE), -diag(5 * q))
  difference <- contrast %*% beta
  statistic <- c(t(difference) %*% solve(contrast %*% covariance %*% t(contrast), difference))
  list(statistic = statistic, df = 5 * q, p_value = pchisq(statistic, 5 * q, lower.tail = FALSE))
}

tight <- clm.control(gradTol = 1e-10, relTol = 1e-14, maxIter = 200)

fit_common <- function(mrs, x) {
  data <- data.frame(MRS = factor(mrs), x, check.names = FALSE)
  clm(MRS ~ ., data = data, control = tight)
}

common_odds <- function(mrs, x) {
  fit <- fit_common(mrs, x)
  null <- fit_common(mrs, x[, -1, drop = FALSE])
  ratio <- 2 * (fit$logLik - null$logLik)
  c(list(n = length(mrs)),
    wald(-fit$beta[["ARM"]], sqrt(vcov(fit)["ARM", "ARM"])),
    p_value_lr = pchisq(ratio, 1, lower.tail = FALSE))
}

# clm puts the nominal effects into the cut points: logit P(mRS <= j) = theta_j + gamma_j arm - x b.
free_effect <- function(mrs, x) {
  data <- data.frame(MRS = factor(mrs), x, check.names = FALSE)
  others <- reformulate(sprintf("`%s`", colnames(x)[-1]), response = "MRS")
  free <- clm(others, nominal = ~ARM, data = data, control = tight)
  ratio <- 2 * (free$logLik - fit_common(mrs, x)$logLik)
  gamma <- free$alpha.mat["ARM", ]
  error <- sqrt(diag(vcov(free)))[sprintf("%s.ARM", colnames(free$alpha.mat))]
  list(
    partial_po = setNames(lapply(1:6, function(j) wald(gamma[[j]], error[[j]])), 0:5),
    po_lr_treatment = list(statistic = ratio, df = 5,
                           p_value = pchisq(ratio, 5, lower.tail = FALSE))
  )
}

# ---- Sites (6) ----

# Sandwich by site: rms::robcov of the same model. orm models P(mRS >= j).
site_cluster <- function(mrs, x, site) {
  fit <- orm(mrs ~ x, x = TRUE, y = TRUE, eps = 1e-13, maxit = 100, tol = 1e-14)
  robust <- robcov(fit, cluster = site)
  at <- length(fit$coefficients) - ncol(x) + 1
  c(list(n = length(mrs), n_clusters = length(unique(site))),
    wald(-coef(fit)[[at]], sqrt(robust$var[at, at])))
}

power_of <- function(matrix, exponent) {
  found <- eigen(matrix, symmetric = TRUE)
  found$vectors %*% (found$values^exponent * t(found$vectors))
}

# CR2 of Pustejovsky and Tipton (2018): the indicators of mRS <= j are the responses, their
# covariance under the model the working covariance; D is its upper Cholesky factor,
# B = D (V - X M X') D', A = D' B^(-1/2) D. The bread is the inverse of the observed information.
site_cr2 <- function(mrs, x, site) {
  fit <- fit_common(mrs, x)
  covariance <- vcov(fit)
  cuts <- length(fit$alpha)
  r <- cuts + ncol(x)
  sign <- c(rep(1, cuts), rep(-1, ncol(x)))
  bread <- covariance * outer(sign, sign)
  logits <- outer(-c(x %*% fit$beta), fit$alpha, "+")
  below <- plogis(logits)
  rows <- lapply(seq_along(mrs), function(i) {
    p <- below[i, ]
    v <- outer(seq_along(p), seq_along(p), function(j, l) p[pmin(j, l)] * (1 - p[pmax(j, l)]))
    slope <- p * (1 - p)
    list(x = slope * cbind(diag(cuts), matrix(x[i, ], cuts, ncol(x), byrow = TRUE)), v = v,
         e = as.numeric(mrs[i] <= seq_len(cuts) - 1) - p)
  })
  expected <- Reduce(`+`, lapply(rows, function(row) t(row$x) %*% solve(row$v, row$x)))
  m <- solve(expected)
  parts <- lapply(split(seq_along(mrs), site), function(members) {
    own <- rows[members]
    big <- do.call(rbind, lapply(own, `[[`, "x"))
    v <- as.matrix(Matrix::bdiag(lapply(own, `[[`, "v")))
    e <- unlist(lapply(own, `[[`, "e"))
    d <- chol(v)
    b <- d %*% (v - big %*% m %*% t(big)) %*% t(d)
    a <- t(d) %*% power_of((b + t(b)) / 2, -1 / 2) %*% d
    weighted <- solve(v, big)
    adjusted <- a %*% weighted %*% bread[, cuts + 1]
    list(score = sum(adjusted * e), spread = c(t(adjusted) %*% v %*% adjusted),
         image = c(t(big) %*% adjusted))
  })
  images <- sapply(parts, `[[`, "image")
  g <- diag(sapply(parts, `[[`, "spread")) - t(images) %*% m %*% images
  error <- sqrt(sum(sapply(parts, `[[`, "score")^2))
  df <- sum(diag(g))^2 / sum(g^2)
  estimate <- -fit$beta[["ARM"]]
  half <- qt(0.975, df) * error
  list(std_error_cr2 = error, df_cr2 = df, ci_low_cr2 = exp(estimate - half),
       ci_high_cr2 = exp(estimate + half), p_value_cr2 = 2 * pt(-abs(estimate / error), df))
}

site_random <- function(mrs, x, site) {
  data <- data.frame(MRS = factor(mrs), SITE = factor(site), x, check.names = FALSE)
  terms <- c(sprintf("`%s`", colnames(x)), "(1 | SITE)")
  fit <- clmm(reformulate(terms, response = "MRS"), data = data, nAGQ = 15,
              control = clmm.control(gradTol = 1e-8, grtol = 1e-10))
  c(list(n = length(mrs)), wald(-fit$beta[["ARM"]], sqrt(vcov(fit)["ARM", "ARM"])),
    site_sd = unname(c(fit$ST$SITE)))
}

# ---- All of them ----

x <- cbind(ARM = treated, covariates)
seen <- function(mrs, arm = treated, rows = rep(TRUE, length(mrs))) {
  kept <- rows & !is.na(mrs)
  common_odds(mrs[kept], cbind(ARM = arm, covariates)[kept, ])
}
extreme <- function(for_mpss, for_placebo) {
  value <- ifelse(treated == 1, for_mpss, for_placebo)
  ifelse(observed, trial$MRS90, value)
}

mrs <- trial$MRS90[observed]
own <- x[observed, ]
arm <- treated[observed]
site <- trial$SITEID[observed]
free <- free_effect(mrs, own)
terms <- list(arm = 1, AGE = 2, NIHSSBL = 3, ASPECTS = 4, OCCLOC = 5:6, LKWRNDH = 7, IVT = 8,
              MRSPRGR1 = 9)
best <- min(mrs)

results <- list(
  primary = common_odds(mrs, own),
  win_odds_stratified = win_odds_stratified(mrs, arm, site),
  win_odds_adjusted = win_odds_adjusted(mrs, arm, own[, -1]),
  cutpoint = setNames(lapply(binary_fits(mrs, own), function(fit) {
    # the information at the estimate itself, not at the last but one iteration
    p <- fitted(fit)
    error <- sqrt(solve(crossprod(cbind(1, own), p * (1 - p) * cbind(1, own)))[2, 2])
    wald(coef(fit)[[2]], error)
  }), 0:5),
  brant = c(list(global = brant(mrs, own, 1:9)), lapply(terms, function(at) brant(mrs, own, at))),
  po_lr_treatment = free$po_lr_treatment,
  partial_po = free$partial_po,
  sens_merge56 = seen(pmin(trial$MRS90, 5)),
  sens_in_window = seen(trial$MRS90, rows = trial$MRS90RUL %in% c("a", "b", "c") |
                          trial$MRS90 %in% 6),
  sens_worst = seen(extreme(6, best)),
  sens_best = seen(extreme(best, 6)),
  sens_locf = seen(ifelse(observed, trial$MRS90, trial$MRSLAST)),
  sens_site_cluster = c(site_cluster(mrs, own, site), site_cr2(mrs, own, site)),
  sens_site_random = site_random(mrs, own, site),
  sens_as_treated = seen(trial$MRS90, as.numeric(trial$TRT01A == "MPSS"), trial$SAFFL == "Y")
)
write_output(results, c("ordinal", "rms", "Matrix"), "shift.json")
