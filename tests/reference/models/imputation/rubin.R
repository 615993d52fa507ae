# Rubin's rules by mice::pool and mice::pool.scalar, the reference of tests/reference/models/imputation.
#
# Run: Rscript rubin.R (in this folder; writes rubin.json).

suppressMessages(library(mice))
source("../made_data/provenance.R")

# Fits of one model to every imputation of mice's own data set nhanes, pooled by mice.
set.seed(19)
imputed <- mice(nhanes, m = 12, printFlag = FALSE)
fits <- with(imputed, lm(chl ~ age + bmi))
pooled <- summary(pool(fits), conf.int = TRUE)
fmi <- pool(fits)$pooled$fmi
by_term <- lapply(seq_len(nrow(pooled)), function(i) {
  parts <- lapply(fits$analyses, function(fit) summary(fit)$coefficients[i, ])
  list(
    estimates = vapply(parts, function(part) part[["Estimate"]], numeric(1)),
    variances = vapply(parts, function(part) part[["Std. Error"]]^2, numeric(1)),
    complete_df = df.residual(fits$analyses[[1]]), estimate = pooled$estimate[i],
    standard_error = pooled$std.error[i], df = pooled$df[i], p_value = pooled$p.value[i],
    low = pooled[i, "2.5 %"], high = pooled[i, "97.5 %"], fmi = fmi[i]
  )
})

# Made-up estimates: few and many imputations, little and much missing, large and infinite samples.
cases <- list(
  list(estimates = c(0.31, 0.42), variances = c(0.02, 0.03), n = 40, k = 3),
  list(estimates = c(0.31, 0.42, 0.28), variances = c(0.02, 0.03, 0.024), n = Inf, k = 1),
  list(estimates = 0.4 + 0.05 * sin(1:50), variances = 0.01 + 0.001 * cos(1:50), n = 1060, k = 14),
  list(estimates = 0.4 + 0.30 * sin(1:20), variances = 0.01 + 0.001 * cos(1:20), n = 200, k = 9),
  list(estimates = -2 + 0.01 * sin(1:10), variances = 0.3 + 0.1 * cos(1:10), n = 12, k = 3),
  list(estimates = c(-0.2, 0.6), variances = c(0.05, 0.04), n = Inf, k = 1),
  list(estimates = c(-0.2, 0.6), variances = c(0.05, 0.04), n = 5, k = 3),
  list(estimates = 0.4 + 0.05 * sin(1:100), variances = 0.01 + 0.001 * cos(1:100), n = Inf, k = 1),
  list(estimates = 0.4 + 0.05 * sin(1:100), variances = 0.01 + 0.001 * cos(1:100), n = 5, k = 3),
  list(estimates = 3 * sin(1:100), variances = 0.01 + 0.001 * cos(1:100), n = Inf, k = 1),
  # little and no variance between imputations
  list(estimates = 0.4 + 2e-4 * sin(1:20), variances = 0.01 + 0.001 * cos(1:20), n = 200, k = 9),
  list(estimates = rep(0.375, 4), variances = c(0.25, 0.5, 0.25, 0.5), n = 40, k = 3),
  list(estimates = rep(0.375, 4), variances = c(0.25, 0.5, 0.25, 0.5), n = Inf, k = 1)
)

# Barnard & Rubin (1999). mice raises lambda to 1e-4, or a variance between imputations of 0 would
# divide by 0; the limit there is the formula without imputations, and NULL (infinity) if n is.
smallest_lambda <- 1e-4
barnard_rubin <- function(pool, case) {
  lambda <- (1 + 1 / pool$m) * pool$b / pool$t
  v <- case$n - case$k
  imputed <- (pool$m - 1) / lambda^2
  df <- if (is.finite(v)) 1 / (1 / imputed + (v + 3) / (v * (v + 1) * (1 - lambda))) else imputed
  if (lambda >= smallest_lambda && abs(df / pool$df - 1) > 1e-12) stop("not the formula of mice")
  df
}
scalar <- lapply(cases, function(case) {
  pool <- pool.scalar(case$estimates, case$variances, n = case$n, k = case$k)
  df <- barnard_rubin(pool, case)
  list(
    estimates = case$estimates, variances = case$variances,
    complete_df = if (is.finite(case$n)) case$n - case$k else NULL,
    estimate = pool$qbar, within = pool$ubar, between = pool$b, total = pool$t,
    df = if (is.finite(df)) df else NULL, increase = pool$r,
    fmi = (pool$r + 2 / (df + 3)) / (pool$r + 1), mice = list(df = pool$df, fmi = pool$fmi)
  )
})

write_reference(
  list(
    provenance = describe_provenance("Rscript rubin.R", c("mice", "jsonlite")),
    pool = by_term, scalar = scalar
  ),
  "rubin.json"
)
