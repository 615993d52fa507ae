# Reference power and sample size of a common odds ratio for the arms and cases of cases.json.
#
#   Rscript shift_power.R          (in this folder; writes shift_power.json)
#
# Hmisc::popower and posamsize take the mean distribution of both arms. It is made here from the
# reference arm's: Hmisc::pomodm shifts that (its odds ratio is of a *higher* level), and the arms
# are weighted by their sizes. popower multiplies integers beyond their range, so all are doubles.

suppressPackageStartupMessages(library(Hmisc))
source("../made_data/provenance.R")
options(warn = 2)

average <- function(reference, odds_ratio, ratio) {
  treatment <- pomodm(p = reference, odds.ratio = 1 / odds_ratio)
  list(treatment = treatment, mean = (ratio * treatment + reference) / (ratio + 1))
}

power_of <- function(reference, odds_ratio, case) {
  levels <- average(reference, odds_ratio, case$n_treatment / case$n_reference)
  popower(levels$mean, odds_ratio, n1 = case$n_treatment, n2 = case$n_reference, alpha = case$alpha)
}

# The first odds ratio above 1 that reaches the power.
smallest <- function(reference, case) {
  excess <- function(log_ratio) power_of(reference, exp(log_ratio), case)$power - case$power
  above <- Filter(function(log_ratio) excess(log_ratio) > 0, seq(0.01, log(1e6), by = 0.01))
  exp(uniroot(excess, above[1] - c(0.01, 0), tol = 1e-15)$root)
}

refer <- function(reference, case) {
  found <- power_of(reference, case$odds_ratio, case)
  actual <- average(reference, case$odds_ratio, case$n_treatment / case$n_reference)
  planned <- average(reference, case$odds_ratio, case$ratio)
  size <- posamsize(
    planned$mean, case$odds_ratio, fraction = case$ratio / (case$ratio + 1), alpha = case$alpha,
    power = case$power
  )
  list(
    treatment = actual$treatment, mean = actual$mean, power = found$power,
    log_odds_error = found$approx.se, efficiency = found$eff, n_formula = size$n,
    smallest_odds_ratio = smallest(reference, case)
  )
}

content <- jsonlite::fromJSON("cases.json", simplifyDataFrame = FALSE)
results <- lapply(content$reference_arms, function(counts) {
  lapply(content$cases, function(case) refer(counts / sum(counts), lapply(case, as.numeric)))
})
provenance <- describe_provenance("Rscript shift_power.R", c("Hmisc", "jsonlite"))
write_reference(list(provenance = provenance, reference_arms = results), "shift_power.json")
