# The dichotomies, secondary outcomes and subgroups of the plan (SAP 8.1-8.4), from its words, for
# the made-up trials trial.csv and small.csv.
#
#   Rscript secondary.R          (in this folder; writes secondary.json)
#
# stats::glm and sandwich::vcovHC (HC0), stats::lm checked by emmeans, ordinal::clm; intervals of two
# proportions by root finding on the restricted likelihood.

suppressPackageStartupMessages({
  library(emmeans)
  library(ordinal)
  library(sandwich)
})
source("../models/made_data/provenance.R")

arms <- c("MPSS", "PLACEBO")
z <- qnorm(0.975)
not_estimable <- NA_real_
largest_error <- 10 # a standard error on the log scale beyond this comes from separation

# ---- SAP 3.4, 4.3, 8.2, 8.3: outcomes of each subject ----

decrements <- list(
  EQMO = c(0, .066, .158, .287, .345), EQSC = c(0, .048, .116, .210, .253),
  EQUA = c(0, .045, .107, .194, .233), EQPD = c(0, .058, .138, .252, .302),
  EQAD = c(0, .049, .118, .215, .258)
)
mrs_utility <- c(1, 0.91, 0.76, 0.65, 0.33, 0, 0)

read_trial <- function(path) {
  d <- read.csv(path, na.strings = "", colClasses = c(ETICI = "character", IVT = "character"))
  died_by <- function(day) !is.na(d$DTHDAY) & d$DTHDAY <= day
  d$MRS90 <- ifelse(died_by(90), 6, d$MRS)
  d$nihss_h24 <- ifelse(is.na(d$NIHSS24) & died_by(1), 42, d$NIHSS24)
  d$nihss_d7 <- ifelse(is.na(d$NIHSS7) & died_by(7), 42, d$NIHSS7)
  in_window <- !is.na(d$EQDAY) & d$EQDAY >= 60 & d$EQDAY <= 120
  utility <- 1 - Reduce(`+`, lapply(names(decrements), function(i) decrements[[i]][d[[i]]]))
  d$eq5d <- ifelse(died_by(90), 0, ifelse(in_window, utility, NA))
  d$eqvas_survivors <- ifelse(!died_by(90) & in_window, d$EQVAS, NA)
  d$eqvas <- ifelse(died_by(90), 0, d$eqvas_survivors)
  d$uw_mrs <- mrs_utility[d$MRS90 + 1]
  d$treated <- as.numeric(d$ARM == "MPSS")
  d
}

# ---- SAP 5.2, 5.3: covariates ----

most_frequent <- function(x, levels) levels[which.max(table(factor(x, levels)))]

fill <- function(x, value) ifelse(is.na(x), value, x)

merge_rare <- function(x, levels) {
  counts <- table(factor(x, levels))
  rare <- levels[counts < 5]
  target <- if (levels[1] %in% rare) levels[which.max(counts)] else levels[1]
  x[x %in% rare] <- target
  list(values = x, levels = c(target, setdiff(levels, c(rare, target))), target = target)
}

prepare <- function(d) {
  pre <- ifelse(d$MRSPRE >= 1, ">=1", "0")
  filled <- function(x, levels) merge_rare(fill(x, most_frequent(x, levels)), levels)
  numbers <- data.frame(
    AGE = fill(d$AGE, median(d$AGE, na.rm = TRUE)),
    NIHSSBL = fill(d$NIHSSBL, median(d$NIHSSBL, na.rm = TRUE)),
    ASPECTS = fill(d$ASPECTS, median(d$ASPECTS, na.rm = TRUE)),
    LKWRNDH = fill(d$LKWMIN, median(d$LKWMIN, na.rm = TRUE)) / 60
  )
  occlusion <- filled(d$OCCLOC, c("M1", "ICA", "M2", "OTHER"))
  categories <- list(
    OCCLOC = occlusion, IVT = filled(d$IVT, c("N", "Y")), PRE = filled(pre, c("0", ">=1"))
  )
  columns <- as.matrix(numbers)
  for (name in names(categories)) {
    for (level in categories[[name]]$levels[-1]) {
      columns <- cbind(columns, as.numeric(categories[[name]]$values == level))
      colnames(columns)[ncol(columns)] <- paste0(name, "=", level)
    }
  }
  list(columns = columns, occlusion = occlusion)
}

# The columns of some subjects without those that are constant among them.
columns_of <- function(covariates, rows, without = NULL) {
  x <- covariates$columns[rows, , drop = FALSE]
  kept <- apply(x, 2, function(column) length(unique(column)) > 1)
  if (!is.null(without)) kept <- kept & !startsWith(colnames(x), paste0(without, "="))
  x[, kept, drop = FALSE]
}

# ---- Estimates ----

ratio <- function(log_estimate, std_error) {
  if (is.na(std_error) || std_error > largest_error) {
    log_estimate <- std_error <- not_estimable
  }
  c(estimate = exp(log_estimate), ci_low = exp(log_estimate - z * std_error),
    ci_high = exp(log_estimate + z * std_error),
    p_value = 2 * pnorm(-abs(log_estimate / std_error)),
    log_estimate = log_estimate, std_error = std_error)
}

tight <- glm.control(epsilon = 1e-14, maxit = 100)

# Fitted again from its estimates: glm takes the covariance from the weights before its last step.
# It reports non-convergence for an epsilon that rounding can keep it from; the gradient is looked at.
quiet_glm <- function(event, treated, x, family) {
  start <- NULL
  for (time in 1:2) {
    fit <- suppressWarnings(glm(event ~ treated + x, family = family, start = start,
                                control = tight))
    start <- coef(fit)
  }
  gradient <- crossprod(model.matrix(fit), fit$y - fitted(fit))
  if (max(abs(gradient)) > 1e-6) stop("no maximum")
  fit
}

adjusted_risk_ratio <- function(event, treated, x) {
  fit <- quiet_glm(event, treated, x, poisson)
  ratio(coef(fit)[["treated"]], sqrt(vcovHC(fit, type = "HC0")["treated", "treated"]))
}

adjusted_odds_ratio <- function(event, treated, x) {
  fit <- quiet_glm(event, treated, x, binomial)
  ratio(coef(fit)[["treated"]], sqrt(vcov(fit)["treated", "treated"]))
}

# SAP 8.1: A/pi (Y - p1) - (1-A)/(1-pi) (Y - p0) + p1 - p0 - RD, sum of squares / n^2.
adjusted_risk_difference <- function(event, treated, x) {
  fit <- quiet_glm(event, treated, x, binomial)
  if (sqrt(vcov(fit)["treated", "treated"]) > largest_error) {
    return(difference(not_estimable, not_estimable))
  }
  b <- coef(fit)
  design <- cbind(1, 1, x)
  p1 <- drop(plogis(design %*% b))
  design[, 2] <- 0
  p0 <- drop(plogis(design %*% b))
  rd <- mean(p1 - p0)
  share <- mean(treated)
  influence <- treated / share * (event - p1) - (1 - treated) / (1 - share) * (event - p0) +
    p1 - p0 - rd
  difference(rd, sqrt(sum(influence^2)) / length(event))
}

difference <- function(estimate, std_error, quantile = z, p = function(t) 2 * pnorm(-abs(t))) {
  c(estimate = estimate, ci_low = estimate - quantile * std_error,
    ci_high = estimate + quantile * std_error, p_value = p(estimate / std_error),
    std_error = std_error)
}

risk_ratio <- function(e, n) {
  if (min(e) == 0) return(koopman(e, n))
  ratio(log(e[1] / n[1]) - log(e[2] / n[2]), sqrt(1 / e[1] - 1 / n[1] + 1 / e[2] - 1 / n[2]))
}

# Score interval of the ratio by maximising the likelihood under p1 = r p0 for every r.
koopman <- function(e, n) {
  chi_square <- function(r) {
    log_likelihood <- function(p0) {
      sum(dbinom(e, n, c(r * p0, p0), log = TRUE))
    }
    p0 <- optimize(log_likelihood, c(1e-12, min(1, 1 / r) - 1e-12), maximum = TRUE,
                   tol = 1e-14)$maximum
    p <- c(r * p0, p0)
    sum((e - n * p)^2 / (n * p * (1 - p)))
  }
  limit <- function(low, high) {
    exp(uniroot(function(l) chi_square(exp(l)) - z^2, c(log(low), log(high)), tol = 1e-13)$root)
  }
  low <- if (e[1] == 0) 0 else limit(1e-6, 1e6)
  high <- if (e[2] == 0) Inf else limit(1e-6, 1e6)
  c(estimate = NA, ci_low = low, ci_high = if (is.finite(high)) high else NA, p_value = NA,
    log_estimate = NA, std_error = NA)
}

# SAP 8.1: Miettinen-Nurminen with N / (N - 1).
risk_difference <- function(e, n) {
  observed <- e[1] / n[1] - e[2] / n[2]
  variance <- function(delta) {
    log_likelihood <- function(p0) sum(dbinom(e, n, c(p0 + delta, p0), log = TRUE))
    inside <- c(max(0, -delta), min(1, 1 - delta))
    p0 <- optimize(log_likelihood, inside, maximum = TRUE, tol = 1e-14)$maximum
    p <- c(p0 + delta, p0)
    sum(p * (1 - p) / n) * sum(n) / (sum(n) - 1)
  }
  statistic <- function(delta) (observed - delta) / sqrt(variance(delta))
  limit <- function(low, high, sign) {
    uniroot(function(delta) statistic(delta) - sign * z, c(low, high), tol = 1e-13)$root
  }
  c(estimate = observed, ci_low = limit(-1 + 1e-9, observed - 1e-9, 1),
    ci_high = limit(observed + 1e-9, 1 - 1e-9, -1), p_value = 2 * pnorm(-abs(statistic(0))))
}

win_odds <- function(y, treated, lower_is_better) {
  if (!lower_is_better) y <- -y
  wins <- outer(y[treated == 1], y[treated == 0], function(a, b) (a < b) + (a == b) / 2)
  theta <- mean(wins)
  v <- var(rowMeans(wins)) / nrow(wins) + var(colMeans(wins)) / ncol(wins)
  c(ratio(qlogis(theta), sqrt(v) / (theta * (1 - theta))), win_probability = theta)
}

ancova <- function(y, treated, x) {
  fit <- lm(y ~ treated + x)
  row <- summary(fit)$coefficients["treated", ]
  limits <- confint(fit)["treated", ]
  means <- emmeans(lm(y ~ arm + x, list(y = y, arm = factor(-treated), x = x)), "arm")
  contrast <- summary(pairs(means), infer = TRUE)
  stopifnot(all.equal(c(contrast$estimate, contrast$lower.CL, contrast$upper.CL),
                      unname(c(row[1], limits)), tolerance = 1e-10))
  c(estimate = row[[1]], ci_low = limits[[1]], ci_high = limits[[2]], p_value = row[[4]],
    std_error = row[[2]], df = fit$df.residual)
}

proportional_odds <- function(y, x) {
  clm(factor(y) ~ x, control = clm.control(gradTol = 1e-10, maxIter = 200))
}

# clm models logit P(Y <= j) = theta_j - x b: a lower level has the odds ratio exp(-b). Covariates
# that separate alone are left out; if none does, all if they do so together (SAP 5.8).
common_odds_ratio <- function(y, treated, x) {
  fit <- suppressWarnings(proportional_odds(y, cbind(treated = treated, x)))
  if (!is_separated(fit)) {
    arm <- length(fit$alpha) + 1
    return(ratio(-coef(fit)[[arm]], sqrt(vcov(fit)[arm, arm])))
  }
  out <- separating(y, treated, x)
  if (is.null(out)) return(ratio(not_estimable, not_estimable))
  common_odds_ratio(y, treated, x[, !sub("=.*", "", colnames(x)) %in% out, drop = FALSE])
}

separating <- function(y, treated, x) {
  separates <- function(columns) {
    is_separated(suppressWarnings(proportional_odds(y, scale(as.matrix(columns)))))
  }
  if (!ncol(x) || separates(treated)) return(NULL)
  names <- sub("=.*", "", colnames(x))
  alone <- unique(names[apply(x, 2, separates)])
  if (length(alone)) alone else if (separates(x)) unique(names)
}

# Without a maximum the Hessian is singular, or some standard error has no end.
is_separated <- function(fit) {
  errors <- tryCatch(sqrt(diag(vcov(fit)))[names(fit$beta)], error = function(failure) Inf)
  anyNA(errors) || any(errors > largest_error)
}

interaction_test <- function(y, treated, factor, x) {
  dummies <- model.matrix(~factor)[, -1, drop = FALSE]
  base <- cbind(treated, dummies, x)
  full <- cbind(base, dummies * treated)
  independent <- function(m) m[, qr(cbind(1, m))$pivot[seq_len(qr(cbind(1, m))$rank)][-1] - 1]
  fits <- lapply(list(base, full), function(m) {
    suppressWarnings(proportional_odds(y, independent(m)))
  })
  df <- length(coef(fits[[2]])) - length(coef(fits[[1]]))
  if (df == 0 || is_separated(fits[[2]])) {
    return(c(p_interaction = NA, statistic = NA, df = NA))
  }
  statistic <- 2 * as.numeric(logLik(fits[[2]]) - logLik(fits[[1]]))
  c(p_interaction = pchisq(statistic, df, lower.tail = FALSE), statistic = statistic, df = df)
}

# ---- SAP 8.4: factors ----

factors_of <- function(d, covariates) {
  in_two <- function(upper, labels) factor(ifelse(upper, labels[2], labels[1]), labels)
  occlusion <- ifelse(d$OCCLOC %in% covariates$occlusion$levels, d$OCCLOC,
                      covariates$occlusion$target)
  occlusion[is.na(d$OCCLOC)] <- NA
  list(
    age = in_two(d$AGE >= 70, c("<70", ">=70")),
    sex = factor(d$SEX, c("M", "F")),
    nihss = in_two(d$NIHSSBL > 15, c("<=15", ">15")),
    aspects = in_two(d$ASPECTS >= 6, c("<6", ">=6")),
    occlusion = factor(occlusion, intersect(c("ICA", "M1", "M2", "OTHER"),
                                            covariates$occlusion$levels)),
    ivt = factor(d$IVT, c("N", "Y")),
    etici = factor(c("2B50" = "2b", "2B67" = "2b", "2C" = "2c-3", "3" = "2c-3")[d$ETICI],
                   c("2b", "2c-3")),
    toast = factor(d$TOAST, c("LAA", "CE", "OTHER", "UNDETERMINED")),
    ott = in_two(d$LKWMIN / 60 > 6, c("<=6 h", ">6 h")),
    passes = in_two(d$PASSES > 1, c("0-1", ">1"))
  )
}

own_covariate <- c(occlusion = "OCCLOC", ivt = "IVT")

# ---- Results ----

number <- function(name, level, values, group = "") {
  list(id = name, level = level, group = group,
       stats = as.list(ifelse(is.finite(values), values, NA)))
}

counts_of <- function(name, level, treated) {
  list(number(name, level, c(n = length(treated))),
       number(name, level, c(n = sum(treated)), "MPSS"),
       number(name, level, c(n = sum(1 - treated)), "PLACEBO"))
}

dichotomies <- function(d, covariates) {
  rows <- !is.na(d$MRS90)
  x <- columns_of(covariates, rows)
  treated <- d$treated[rows]
  unlist(lapply(1:4, function(level) {
    event <- as.numeric(d$MRS90[rows] <= level)
    e <- c(sum(event[treated == 1]), sum(event[treated == 0]))
    n <- c(sum(treated), sum(1 - treated))
    adjusted <- function(estimate, nothing) {
      if (min(e) == 0) nothing else estimate(event, treated, x)
    }
    no_ratio <- ratio(not_estimable, not_estimable)
    id <- function(ending) paste0("mrs_0_", level, ending)
    list(
      number(id(""), "", c(events = e[1], N = n[1], pct = 100 * e[1] / n[1]), "MPSS"),
      number(id(""), "", c(events = e[2], N = n[2], pct = 100 * e[2] / n[2]), "PLACEBO"),
      number(id("_rr_adjusted"), "", c(n = sum(rows), adjusted(adjusted_risk_ratio, no_ratio))),
      number(id("_rr"), "", c(n = sum(rows), risk_ratio(e, n))),
      number(id("_rd"), "", c(n = sum(rows), risk_difference(e, n))),
      number(id("_rd_adjusted"), "", c(n = sum(rows), adjusted(
        adjusted_risk_difference, difference(not_estimable, not_estimable)))),
      number(id("_or_adjusted"), "", c(n = sum(rows), adjusted(adjusted_odds_ratio, no_ratio)))
    )
  }), recursive = FALSE)
}

means <- function(d, covariates) {
  unlist(lapply(c("nihss_h24", "nihss_d7", "eq5d", "eqvas", "eqvas_survivors", "uw_mrs"),
                function(name) {
    rows <- !is.na(d[[name]])
    y <- d[[name]][rows]
    treated <- d$treated[rows]
    arm_summary <- function(arm, member) {
      quartiles <- quantile(y[member], c(.25, .5, .75), names = FALSE)
      number(name, "", c(n = sum(member), mean = mean(y[member]), sd = sd(y[member]),
                         median = quartiles[2], q1 = quartiles[1], q3 = quartiles[3]), arm)
    }
    found <- list(
      number(name, "", c(n = length(y), ancova(y, treated, columns_of(covariates, rows)))),
      arm_summary("MPSS", treated == 1), arm_summary("PLACEBO", treated == 0)
    )
    if (startsWith(name, "nihss")) {
      wins <- number(paste0(name, "_win_odds"), "", c(n = length(y), win_odds(y, treated, TRUE)))
      found <- c(found, list(wins))
    }
    found
  }), recursive = FALSE)
}

subgroups <- function(d, covariates) {
  factors <- factors_of(d, covariates)
  unlist(lapply(names(factors), function(name) {
    id <- paste0("subgroup_", name)
    analysed <- !is.na(d$MRS90) & !is.na(factors[[name]])
    within_level <- lapply(levels(factors[[name]]), function(level) {
      rows <- analysed & factors[[name]] == level
      treated <- d$treated[rows]
      both <- length(unique(treated)) == 2
      effect <- if (both) {
        common_odds_ratio(d$MRS90[rows], treated, columns_of(covariates, rows))
      } else {
        ratio(not_estimable, not_estimable)
      }
      c(counts_of(id, level, treated), list(number(id, level, effect)))
    })
    x <- columns_of(covariates, analysed, own_covariate[name][!is.na(own_covariate[name])][1])
    test <- interaction_test(d$MRS90[analysed], d$treated[analysed],
                             droplevels(factors[[name]][analysed]), x)
    c(unlist(within_level, recursive = FALSE), counts_of(id, "", d$treated[analysed]),
      list(number(id, "", test)))
  }), recursive = FALSE)
}

analyse <- function(path) {
  d <- read_trial(path)
  covariates <- prepare(d)
  c(dichotomies(d, covariates), means(d, covariates), subgroups(d, covariates))
}

results <- lapply(c(trial = "trial.csv", small = "small.csv"), analyse)
provenance <- describe_provenance("Rscript secondary.R", c("ordinal", "sandwich", "emmeans"))
write_reference(c(list(provenance = provenance), results), "secondary.json")
