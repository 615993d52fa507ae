# The second trial analysed in R, from the words of its plan and without our code.
#
#   Rscript second_trial.R      (in this folder; reads export/ and lists/, writes second_trial.json)
#
# The plan (plan.yaml) in short: TNK against CONTROL 2:1, mRS at day 90 in six levels (5 = 5 or 6),
# window 80-100, late window 70-110, local reading before central; odds ratios are of a HIGHER mRS,
# so below 1 favours TNK, and win odds likewise. Alpha 0.05 and a 95 % interval of the primary
# analysis, 90 % of all others; behind it a fixed sequence of three key secondary outcomes.
# Covariates: age, NIHSS, glucose, occlusion site (ICA reference), sex, and the two strata IVT (Y
# reference) and ASPECTS < 8 / >= 8.
# R 4.2 with packages ordinal and jsonlite.

library(ordinal)

alpha <- 0.05
z_primary <- qnorm(1 - alpha / 2)
z_others <- qnorm((1 + 0.9) / 2)
worst <- 5

read <- function(folder, name) {
  read.csv(file.path(folder, paste0(name, ".csv")), colClasses = "character", encoding = "UTF-8",
           na.strings = "")
}
day_of <- function(text, randomised) as.integer(as.Date(substr(text, 1, 10)) - randomised)

# ---- Subjects ----

rand <- read("export", "rand")
trial <- Reduce(function(left, right) merge(left, right, by = "SUBJID", all.x = TRUE),
                list(rand, read("export", "dm"), read("export", "bl")))
trial$randomised <- as.Date(substr(trial$RANDDTC, 1, 10))
list_of_arms <- read("lists", "randomisation_list")
trial$arm <- list_of_arms$ARM[match(trial$RANDNO, list_of_arms$RANDNO)]
trial$treated <- as.integer(trial$arm == "TNK")
dd <- read("export", "dd")
trial$died <- day_of(dd$DTHDTC[match(trial$SUBJID, dd$SUBJID)], trial$randomised)
dv <- read("export", "dv")
major <- dv$SUBJID[dv$DVMAJOR == "Y"]

# ---- mRS at day 90 ----

mrs <- read("export", "mrs")
mrs <- merge(mrs, trial[c("SUBJID", "randomised", "died")], by = "SUBJID")
mrs$day <- day_of(mrs$MRSDTC, mrs$randomised)
mrs$score <- as.integer(mrs$MRS)
mrs <- mrs[mrs$VISIT == "D90" & !is.na(mrs$score) & !is.na(mrs$day), ]
mrs <- mrs[is.na(mrs$died) | mrs$day <= mrs$died, ]
mrs <- mrs[!(mrs$score == 6 & !is.na(mrs$died) & mrs$day < mrs$died), ]

choose <- function(rows, days) {
  rows <- rows[abs(rows$day - 90) <= days, ]
  rows <- rows[order(rows$MRSSRC != "LOCAL", abs(rows$day - 90), rows$day, -rows$score), ]
  if (nrow(rows)) rows$score[1] else NA
}
derive <- function(subject) {
  death <- trial$died[trial$SUBJID == subject]
  rows <- mrs[mrs$SUBJID == subject, ]
  if (!is.na(death) && death <= 90) return(list(6, "a"))
  inside <- choose(rows, 10)
  if (!is.na(inside)) return(list(inside, "b"))
  if (!is.na(death) && death <= 100) return(list(6, "c"))
  late <- choose(rows, 20)
  if (!is.na(late)) return(list(late, "d"))
  list(NA, "e")
}
outcomes <- lapply(trial$SUBJID, derive)
trial$score <- sapply(outcomes, `[[`, 1)
trial$rule <- sapply(outcomes, `[[`, 2)
trial$level <- pmin(trial$score, worst)
trial$late <- trial$rule == "d" & trial$score != 6
trial$pp <- !is.na(trial$level) & !trial$late & !trial$SUBJID %in% major

# ---- Covariates ----

for (name in c("AGE", "NIHSSBL", "GLUC", "ASPECTS")) trial[[name]] <- as.numeric(trial[[name]])
trial$aspects <- factor(ifelse(trial$ASPECTS < 8, "<8", ">=8"), c("<8", ">=8"))
trial$site <- factor(trial$OCCLOC, c("ICA", "M1", "M2"))
trial$sex <- factor(trial$SEX, c("F", "M"))
trial$ivt <- factor(trial$IVT, c("Y", "N"))
covariates <- c("AGE", "NIHSSBL", "GLUC", "site", "sex", "ivt", "aspects")
stopifnot(!anyNA(trial[covariates]), table(trial$site) >= 5)

# ---- Results ----

results <- list()
keep <- function(analysis, population, stats, group = "", level = "") {
  for (name in names(stats)) {
    results[[length(results) + 1]] <<- list(
      analysis_id = analysis, population = population, group = group,
      level = as.character(level), stat_name = name, stat = unname(stats[name])
    )
  }
}
wald <- function(log_ratio, error, z = z_others) {
  c(estimate = exp(log_ratio), ci_low = exp(log_ratio - z * error),
    ci_high = exp(log_ratio + z * error), p_value = 2 * pnorm(-abs(log_ratio / error)),
    log_estimate = log_ratio, std_error = error)
}
formula_of <- function(data, terms) {  # a constant covariate is not in the model
  varying <- terms[sapply(terms, function(term) length(unique(data[[term]])) > 1)]
  reformulate(varying, "outcome")
}
fit_levels <- function(data, terms = c("treated", covariates)) {
  data <- droplevels(data[!is.na(data$level), ])
  data$outcome <- factor(data$level, ordered = TRUE)
  clm(formula_of(data, terms), data = data,
      control = clm.control(gradTol = 1e-10, maxIter = 200))
}
effect <- function(fit, z = z_others) {
  wald(unname(coef(fit)["treated"]), sqrt(vcov(fit)["treated", "treated"]), z)
}
shift <- function(analysis, data, population = "ITT", terms = c("treated", covariates),
                  z = z_others) {
  fit <- fit_levels(data, terms)
  keep(analysis, population, c(n = fit$n, effect(fit, z)))
  fit
}

for (population in c("ITT", "PP")) for (arm in c("TNK", "CONTROL")) {
  set <- trial[trial$arm == arm & (population == "ITT" | trial$pp), ]
  for (level in 0:worst) {
    keep("mrs_distribution", population, c(n = sum(set$level %in% level)), arm,
         if (level == worst) "5-6" else level)
  }
  keep("mrs_distribution", population, c(n = sum(is.na(set$level))), arm, "missing")
}

main <- shift("primary", trial, z = z_primary)
without <- fit_levels(trial, covariates)
keep("primary", "ITT", c(p_value_lr = pchisq(2 * (main$logLik - without$logLik), 1,
                                             lower.tail = FALSE)))
invisible(shift("sens_unadjusted", trial, terms = "treated"))
invisible(shift("sens_pp", trial[trial$pp, ], "PP"))
invisible(shift("sens_in_window", trial[!trial$late, ]))
invisible(shift("sens_merge56", transform(trial, level = pmin(level, 3))))
filled <- ifelse(trial$treated == 1, worst, min(trial$level, na.rm = TRUE))
invisible(shift("sens_worst", transform(trial, level = ifelse(is.na(level), filled, level))))

# Unconditional effects: everybody in one arm against everybody in the other, by the primary model.
# Rows are drawn from a population: the influence of each on the mean shares of levels, and so on any
# effect. Derivatives by complex steps.
derive <- function(f, at) {
  sapply(seq_along(at), function(k) {
    moved <- as.complex(at)
    moved[k] <- moved[k] + 1e-30i
    Im(f(moved)) / 1e-30
  })
}
analysed <- droplevels(trial[!is.na(trial$level), ])
code <- analysed$level - min(analysed$level) + 1
columns <- model.matrix(reformulate(c("treated", covariates)), analysed)[, -1]
k <- max(code)
stopifnot(identical(names(coef(main))[-(1:(k - 1))], colnames(columns)))
shares <- function(psi, x) {
  slope <- x %*% psi[-(1:(k - 1))]
  between <- sapply(psi[1:(k - 1)], function(cut) 1 / (1 + exp(slope - cut)))
  up_to <- cbind(0, matrix(between, nrow(x)), 1)
  up_to[, -1] - up_to[, -(k + 1)]
}
in_arm <- function(value) {
  moved <- columns
  moved[, "treated"] <- value
  moved
}
both <- function(psi) cbind(shares(psi, in_arm(1)), shares(psi, in_arm(0)))
psi <- coef(main)
scores <- derive(function(psi) log(shares(psi, columns)[cbind(seq_along(code), code)]), psi)
robust <- vcov(main) %*% crossprod(scores) %*% vcov(main)
at <- match("treated", names(psi))
keep("primary_robust", "ITT", wald(unname(psi[at]), sqrt(robust[at, at])))

p <- colMeans(both(psi))
slopes <- derive(function(psi) colMeans(both(psi)), psi)
influence <- sweep(both(psi), 2, p) + main$n * scores %*% vcov(main) %*% t(slopes)
spread <- crossprod(influence) / main$n^2
error_of <- function(gradient) sqrt(drop(gradient %*% spread %*% gradient))

# The common odds ratio of both distributions: the maximum of sum p log P, of a higher level.
terms_of <- function(psi) {  # 2k log probabilities: treated, then not
  log(c(shares(psi, matrix(1)), shares(psi, matrix(0))))
}
psi2 <- c(qlogis(cumsum((p[1:k] + p[k + 1:k]) / 2)[-k]), 0)
each_score <- function(psi) derive(terms_of, psi)  # (2k, k)
for (step in 1:50) {
  gradient <- colSums(p * each_score(psi2))
  information <- -sapply(seq_along(psi2), function(j) {
    h <- replace(0 * psi2, j, 1e-5)
    colSums(p * (each_score(psi2 + h) - each_score(psi2 - h))) / 2e-5
  })
  move <- solve(information, gradient)
  psi2 <- psi2 + move
  if (max(abs(move)) < 1e-14) break
}
gradient <- drop(solve(information, t(each_score(psi2)))[k, ])
keep("marginal_common_odds", "ITT", wald(psi2[k], error_of(gradient)))

wins <- function(p) {
  own <- p[1:k]
  other <- p[k + 1:k]
  share <- sum(own * (cumsum(other) - other / 2))
  log(share / (1 - share))
}
keep("marginal_win_odds", "ITT", c(wald(wins(p), error_of(drop(derive(wins, p)))),
                                   win_probability = plogis(wins(p))))
for (cut in c(0, 2, 4)) {
  gradient <- rep(seq_len(k) <= cut + 1, 2) * rep(c(1, -1), each = k)
  difference <- sum(gradient * p)
  error <- error_of(gradient)
  keep("marginal_rd", "ITT", level = cut,
       c(estimate = difference, ci_low = difference - z_others * error,
         ci_high = difference + z_others * error,
         p_value = 2 * pnorm(-abs(difference / error)), std_error = error))
}

# Odds of a level above the cut point.
observed <- trial[!is.na(trial$level), ]
# Fewer than 5 on the smaller side for each column of the model: the arm alone (the plan's sparse).
binomial_effect <- function(event) {
  data <- transform(observed, outcome = event)
  model <- formula_of(data, c("treated", covariates))
  if (min(sum(event), sum(!event)) < 5 * (ncol(model.matrix(model, data)) - 1)) {
    model <- outcome ~ treated
  }
  fit <- glm(model, binomial, data, epsilon = 1e-14)
  wald(unname(coef(fit)["treated"]), sqrt(vcov(fit)["treated", "treated"]))
}
for (cut in c(0, 2, 4)) keep("cutpoint", "ITT", binomial_effect(observed$level > cut), level = cut)

# The event as named, mRS 0-1: it does not turn.
keep("mrs_0_1_or_adjusted", "ITT", binomial_effect(observed$level <= 1))
good <- tapply(observed$level <= 1, observed$arm, sum)[c("TNK", "CONTROL")]
size <- tapply(observed$level, observed$arm, length)[c("TNK", "CONTROL")]
keep("mrs_0_1_rr", "ITT", wald(log(good[[1]] / size[[1]]) - log(good[[2]] / size[[2]]),
                               sqrt(sum(1 / good) - sum(1 / size))))

# The standardised risk difference, with residuals that leave each subject out.
for (cut in 1:2) {
  event <- observed$level <= cut
  fit <- glm(reformulate(c("treated", covariates), "event"), binomial, observed, epsilon = 1e-14)
  risk <- function(value) {
    everybody <- observed
    everybody$treated <- value
    predict(fit, everybody, type = "response")
  }
  arm <- observed$treated
  share <- mean(arm)
  residual <- (event - fitted(fit)) / (1 - hatvalues(fit))
  difference <- mean(risk(1) - risk(0))
  influence <- (arm / share - (1 - arm) / (1 - share)) * residual + risk(1) - risk(0) - difference
  error <- sqrt(sum(influence^2)) / length(influence)
  keep(paste0("mrs_0_", cut, "_rd_adjusted"), "ITT",
       c(estimate = difference, std_error = error, ci_low = difference - z_others * error,
         ci_high = difference + z_others * error, p_value = 2 * pnorm(-abs(difference / error))))
}

# Wins: here of the higher, that is the worse, value.
placements <- function(y, treated) {
  own <- y[treated == 1]
  other <- y[treated == 0]
  beats <- outer(own, other, function(a, b) (a > b) + (a == b) / 2)
  list(own = rowMeans(beats), other = colMeans(beats))
}
share <- function(y, treated) {
  p <- placements(y, treated)
  c(theta = mean(p$own), variance = var(p$own) / length(p$own) + var(p$other) / length(p$other))
}
odds_of_wins <- function(theta, variance) {
  c(wald(log(theta / (1 - theta)), sqrt(variance) / (theta * (1 - theta))), win_probability = theta)
}
plain <- share(observed$level, observed$treated)
keep("win_odds", "ITT", odds_of_wins(plain[["theta"]], plain[["variance"]]))

strata <- interaction(observed$ivt, observed$aspects, drop = TRUE)
parts <- sapply(levels(strata), function(stratum) {
  inside <- observed[strata == stratum, ]
  n <- c(sum(inside$treated), sum(1 - inside$treated))
  stopifnot(n >= 4)
  c(share(inside$level, inside$treated), weight = prod(n) / sum(n))
})
weight <- parts["weight", ] / sum(parts["weight", ])
keep("win_odds_stratified", "ITT",
     c(n_strata = ncol(parts), odds_of_wins(sum(weight * parts["theta", ]),
                                            sum(weight^2 * parts["variance", ]))))

x <- model.matrix(reformulate(covariates), observed)[, -1]
x1 <- x[observed$treated == 1, ]
x0 <- x[observed$treated == 0, ]
p <- placements(observed$level, observed$treated)
d <- colMeans(x1) - colMeans(x0)
S <- var(x1) / nrow(x1) + var(x0) / nrow(x0)
C <- cov(p$own, x1) / nrow(x1) - cov(p$other, x0) / nrow(x0)
# The variance is the sum of squares of a regression of the scaled placements on the scaled
# covariates, each residual over 1 minus its leverage (HC3; inference.adjusted_residuals).
scale_arm <- function(values) {
  scale(values, scale = FALSE) / sqrt(NROW(values) * (NROW(values) - 1))
}
placed <- lm(c(scale_arm(p$own), -scale_arm(p$other)) ~ rbind(scale_arm(x1), scale_arm(x0)) - 1)
left_out <- residuals(placed) / (1 - hatvalues(placed))
keep("win_odds_adjusted", "ITT",
     odds_of_wins(plain[["theta"]] - drop(C %*% solve(S, d)), sum(left_out^2)))

# Within strata and adjusted: theta, d and their covariances are sums over the strata.
scaled <- lapply(split(seq_along(strata), strata), function(rows) {
  inside <- observed[rows, ]
  covariates <- x[rows, , drop = FALSE]
  active <- inside$treated == 1
  p <- placements(inside$level, inside$treated)
  w <- prod(table(active)) / sum(table(active))
  list(weight = w, theta = mean(p$own),
       d = colMeans(covariates[active, , drop = FALSE]) -
         colMeans(covariates[!active, , drop = FALSE]),
       z = rbind(scale_arm(covariates[active, , drop = FALSE]),
                 scale_arm(covariates[!active, , drop = FALSE])),
       q = c(scale_arm(p$own), -scale_arm(p$other)))
})
weight <- sapply(scaled, `[[`, "weight") / sum(sapply(scaled, `[[`, "weight"))
z <- do.call(rbind, Map(function(part, w) w * part$z, scaled, weight))
q <- unlist(Map(function(part, w) w * part$q, scaled, weight))
d <- Reduce(`+`, Map(function(part, w) w * part$d, scaled, weight))
placed <- lm(q ~ z - 1)
theta <- sum(weight * sapply(scaled, `[[`, "theta"))
keep("win_odds_stratified_adjusted", "ITT",
     odds_of_wins(theta - sum((coef(placed) * d)[!is.na(coef(placed))]),  # NA: constant in strata
                  sum((residuals(placed) / (1 - hatvalues(placed)))^2)))

nihss <- read("export", "nihss")
nihss <- nihss[nihss$VISIT == "H24" & !is.na(nihss$NIHSS), ]
trial$h24 <- as.numeric(nihss$NIHSS[match(trial$SUBJID, nihss$SUBJID)])
trial$h24[is.na(trial$h24) & !is.na(trial$died) & trial$died <= 1] <- 42
seen <- trial[!is.na(trial$h24), ]
worse <- share(seen$h24, seen$treated)
keep("nihss_h24_win_odds", "ITT", odds_of_wins(worse[["theta"]], worse[["variance"]]))

utility <- c(1, 0.91, 0.76, 0.65, 0.33, 0)
weighted <- lm(reformulate(c("treated", covariates), "utility[level + 1]"), observed)
keep("uw_mrs", "ITT", c(estimate = unname(coef(weighted)["treated"]),
                        p_value = summary(weighted)$coefficients["treated", 4]))

# Subgroups: the factor replaces its own categorical covariate.
cut_age <- cut(trial$AGE, c(-Inf, 65, 75, Inf), c("<=65", "66-75", ">75"))
factors <- list(
  aspects = list(trial$aspects, "aspects"), elderly = list(cut_age, ""),
  diabetes = list(factor(trial$DIAB, c("N", "Y")), ""),
  glucose = list(factor(ifelse(trial$GLUC < 8, "<8", ">=8"), c("<8", ">=8")), "")
)
for (name in names(factors)) {
  trial$group <- factors[[name]][[1]]
  id <- paste0("subgroup_", name)
  for (level in levels(trial$group)) {
    fit <- fit_levels(trial[trial$group == level, ])
    keep(id, "ITT", c(n = fit$n, effect(fit)), level = level)
  }
  terms <- c("treated", setdiff(covariates, factors[[name]][[2]]), "group")
  data <- trial[!is.na(trial$level), ]
  data$outcome <- factor(data$level, ordered = TRUE)
  control <- clm.control(gradTol = 1e-10, maxIter = 200)
  smaller <- clm(reformulate(terms, "outcome"), data = data, control = control)
  larger <- clm(reformulate(c(terms, "treated:group"), "outcome"), data = data, control = control)
  df <- nlevels(trial$group) - 1
  deviance <- 2 * (larger$logLik - smaller$logLik)
  keep(id, "ITT", c(p_interaction = pchisq(deviance, df, lower.tail = FALSE), statistic = deviance,
                    df = df))
}

# Key secondary outcomes in a fixed sequence behind the primary analysis: each is tested if all
# before it are rejected, so its adjusted p-value is the largest so far.
p_of <- function(name) {
  Filter(function(row) row$analysis_id == name && row$stat_name == "p_value", results)[[1]]$stat
}
gone <- TRUE
adjusted <- 0
for (name in c("primary", "uw_mrs", "mrs_0_1_rr", "nihss_h24_win_odds")) {
  adjusted <- max(adjusted, p_of(name))
  keep("multiplicity", "ITT", level = name,
       c(p_value = p_of(name), p_value_adjusted = adjusted, tested = as.integer(gone),
         rejected = as.integer(gone && p_of(name) < alpha), local_alpha = alpha * gone))
  gone <- gone && p_of(name) < alpha
}

made <- list(call = "Rscript second_trial.R", date = as.character(Sys.Date()),
             r = R.version.string, ordinal = as.character(packageVersion("ordinal")))
jsonlite::write_json(list(made = made, rows = results), "second_trial.json", auto_unbox = TRUE,
                     digits = 15, pretty = TRUE)
