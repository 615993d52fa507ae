# CR2 of logistic regressions by clubSandwich: the proportional-odds model of two levels.
#
#   Rscript logistic_cr2.R
#
# Writes logistic_cr2.json: by cut point and column the standard error and the degrees of freedom.

suppressPackageStartupMessages(library(clubSandwich))
source("../trial_data.R")

trial <- read_trial("../trial.csv")
observed <- !is.na(trial$MRS90)
x <- cbind(ARM = as.numeric(trial$TRT01P == "MPSS"), derive_covariates(trial))[observed, ]
site <- trial$SITEID[observed]

results <- lapply(setNames(c(1, 3, 5), c(1, 3, 5)), function(cut) {
  data <- data.frame(LOW = as.numeric(trial$MRS90[observed] <= cut), x, check.names = FALSE)
  fit <- glm(LOW ~ ., binomial(), data, epsilon = 1e-15, maxit = 100)
  found <- coef_test(fit, vcovCR(fit, cluster = site, type = "CR2"), test = "Satterthwaite")
  list(std_error = found$SE[-1], df = found$df[-1])
})
write_output(list(columns = colnames(x), cuts = results), "clubSandwich", "logistic_cr2.json")
