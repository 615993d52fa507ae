# Section 9 of the plan, programmed in R from its words: an export in, every number out.
#
#   Rscript safety.R
#
# reads export/ and lists/, writes into r_output/ numbers.csv (every number), adjusted.csv (risk
# ratios of the model, though events are few), times.csv (time to death), events.csv (starts of adverse events) and run.json. R 4.2 with survival.

suppressPackageStartupMessages(library(survival))
source("derive.R", encoding = "UTF-8")
source("../trial/program/deaths.R", encoding = "UTF-8")
standard_normal <- qnorm(0.975)
source("../trial/program/two_proportions.R", encoding = "UTF-8")  # Miettinen-Nurminen interval

wald_not_estimable <- c(estimate = NA, ci_low = NA, ci_high = NA, p_value = NA)

arms <- c("MPSS", "PLACEBO")
related <- c("POSSIBLE", "PROBABLE", "DEFINITE")

result <- function(analysis_id, stats, group = "", level = "") {
  data.frame(analysis_id, group, level = as.character(level), stat_name = names(stats),
             stat = unname(stats))
}

bind <- function(parts) do.call(rbind, parts)

# ---- 9.1 ----

hazard_ratio <- function(safety, covariates) {
  data <- cbind(safety[c("AVAL", "DEATH90")], arm = as.numeric(safety$TRT01A == "MPSS"), covariates)
  exact <- coxph.control(eps = 1e-13, iter.max = 100, toler.chol = 1e-14)
  fit <- coxph(Surv(AVAL, DEATH90) ~ ., data, ties = "efron", control = exact)
  log_ratio <- coef(fit)[["arm"]]
  error <- sqrt(vcov(fit)["arm", "arm"])
  limits <- exp(log_ratio + c(-1, 1) * standard_normal * error)
  zph <- cox.zph(fit)$table
  tests <- bind(lapply(rownames(zph), function(term) {
    result("death_schoenfeld", c(statistic = zph[term, "chisq"], df = zph[term, "df"],
                                 p_value = zph[term, "p"]), level = sub("GLOBAL", "", term))
  }))
  rbind(result("death_hr", c(estimate = exp(log_ratio), ci_low = limits[1], ci_high = limits[2],
                             p_value = 2 * pnorm(-abs(log_ratio / error)), log_estimate = log_ratio,
                             std_error = error, n = nrow(data), events = sum(data$DEATH90))), tests)
}

logrank <- function(safety) {
  chisq <- survdiff(Surv(AVAL, DEATH90) ~ TRT01A, safety)$chisq
  p_value <- pchisq(chisq, 1, lower.tail = FALSE)
  result("death_logrank", c(statistic = chisq, df = 1, p_value = p_value))
}

# Before the first death R gives limits of 1; the plan asks for an exact interval.
curves <- function(safety) {
  bind(lapply(arms, function(arm) {
    fit <- survfit(Surv(AVAL, DEATH90) ~ 1, safety[safety$TRT01A == arm, ], conf.type = "log-log")
    found <- summary(fit, times = 0:death_day_limit, extend = TRUE)
    bind(lapply(seq_along(found$time), function(i) {
      low <- found$lower[i]
      if (found$surv[i] == 1) low <- binom.test(found$n.risk[i], found$n.risk[i])$conf.int[1]
      result("death_km", c(estimate = found$surv[i], std_error = found$std.err[i], ci_low = low,
                           ci_high = found$upper[i], n_risk = found$n.risk[i]), arm, found$time[i])
    }))
  }))
}

# Area below the curve up to the last day; the variance from the areas behind each death.
restricted_mean <- function(data) {
  fit <- survfit(Surv(AVAL, DEATH90) ~ 1, data)
  dies <- fit$n.event > 0 & fit$time < death_day_limit
  edges <- c(0, fit$time[dies], death_day_limit)
  area <- diff(edges) * c(1, fit$surv[dies])
  behind <- sum(area) - cumsum(area)[seq_len(sum(dies))]
  n <- fit$n.risk[dies]
  d <- fit$n.event[dies]
  c(sum(area), sqrt(sum(behind^2 * d / (n * (n - d)))))
}

alive_at_end <- function(data) {
  fit <- summary(survfit(Surv(AVAL, DEATH90) ~ 1, data), times = death_day_limit, extend = TRUE)
  c(fit$surv, fit$std.err)
}

differences <- function(safety) {
  by_arm <- lapply(arms, function(arm) safety[safety$TRT01A == arm, ])
  compare <- function(analysis_id, amounts) {
    difference <- amounts[[1]][1] - amounts[[2]][1]
    error <- sqrt(amounts[[1]][2]^2 + amounts[[2]][2]^2)
    limits <- difference + c(-1, 1) * standard_normal * error
    result(analysis_id, c(estimate = difference, ci_low = limits[1], ci_high = limits[2],
                          p_value = 2 * pnorm(-abs(difference / error)), std_error = error))
  }
  means <- lapply(by_arm, restricted_mean)
  rbind(
    compare("death_km_difference", lapply(by_arm, alive_at_end)),
    compare("death_rmst_difference", means),
    bind(lapply(1:2, function(i) {
      limits <- means[[i]][1] + c(-1, 1) * standard_normal * means[[i]][2]
      result("death_rmst", c(estimate = means[[i]][1], std_error = means[[i]][2],
                             ci_low = limits[1], ci_high = limits[2]), arms[i])
    }))
  )
}

# ---- 9.2 and the counts of 9.1 ----

# Poisson regression with the sandwich variance HC0 (Zou 2004), as 8.1; crude of sparse data (5.8).
adjusted_ratio <- function(analysis_id, data, event, covariates, always = FALSE) {
  columns <- model.matrix(~ ., cbind(arm = as.numeric(data$TRT01A == arms[1]), covariates))
  y <- as.numeric(data[[event]])
  fewest <- min(sum(y), sum(1 - y))
  if (!always && fewest < 10 * (ncol(columns) - 1)) {
    crude <- two_risks(analysis_id, data, event)
    crude <- crude[crude$analysis_id == paste0(analysis_id, "_rr"), ]
    crude$analysis_id <- paste0(analysis_id, "_rr_adjusted")
    return(crude)
  }
  fit <- glm.fit(columns, y, family = poisson(), control = glm.control(1e-14, 100))
  bread <- solve(t(columns) %*% (columns * fit$fitted.values))
  meat <- t(columns) %*% (columns * (y - fit$fitted.values)^2)
  error <- sqrt((bread %*% meat %*% bread)["arm", "arm"])
  log_ratio <- fit$coefficients[["arm"]]
  limits <- exp(log_ratio + c(-1, 1) * standard_normal * error)
  result(paste0(analysis_id, "_rr_adjusted"),
         c(estimate = exp(log_ratio), ci_low = limits[1], ci_high = limits[2],
           p_value = 2 * pnorm(-abs(log_ratio / error)), log_estimate = log_ratio,
           std_error = error))
}

# Where the rule of sparse data is off: the numbers of every adjusted ratio by Poisson regression.
adjusted <- function(safety, covariates) {
  rbind(
    adjusted_ratio("death_90d", safety, "DEATH90", covariates, TRUE),
    adjusted_ratio("sich_48h", safety, "SICH48", covariates, TRUE)
  )
}

unknown <- function(analysis_id, safety, column) {
  bind(lapply(arms, function(arm) {
    result(analysis_id, c(n_unknown = sum(safety[[column]][safety$TRT01A == arm])), arm)
  }))
}

classes <- function(safety) {
  rows <- bind(lapply(heidelberg, function(class) {
    found <- two_risks("ich_class_48h", safety, paste0("CLASS", class))
    found$level <- class
    found
  }))
  rows[rows$analysis_id != "ich_class_48h_rr", ]
}

two_risks <- function(analysis_id, safety, event) {
  events <- sapply(arms, function(arm) sum(safety[[event]][safety$TRT01A == arm]))
  n <- sapply(arms, function(arm) sum(safety$TRT01A == arm))
  difference <- risk_difference(events[[1]], n[[1]], events[[2]], n[[2]])
  ratio <- (events[[1]] / n[[1]]) / (events[[2]] / n[[2]])
  error <- sqrt(sum(1 / events - 1 / n))
  limits <- exp(log(ratio) + c(-1, 1) * standard_normal * error)
  p_value <- 2 * pnorm(-abs(log(ratio) / error))
  if (min(events) == 0) {
    score <- ratio_without_events(events[[1]], n[[1]], events[[2]], n[[2]])
    ratio <- p_value <- NA
    limits <- score[c("ci_low", "ci_high")]
  }
  counts <- lapply(arms, function(arm) {
    result(analysis_id, c(events = events[[arm]], N = n[[arm]]), arm)
  })
  rbind(
    bind(counts),
    result(paste0(analysis_id, "_rd"), difference),
    result(paste0(analysis_id, "_rr"), c(estimate = ratio, ci_low = limits[[1]], ci_high = limits[[2]],
                                         p_value = p_value))
  )
}

# ---- 9.3 ----

count_events <- function(analysis_id, rows, safety, level, contrast = FALSE, fisher = FALSE) {
  n <- sapply(arms, function(arm) length(unique(rows$SUBJID[rows$TRT01A == arm])))
  total <- sapply(arms, function(arm) sum(safety$TRT01A == arm))
  counts <- bind(lapply(arms, function(arm) {
    result(analysis_id, c(n = n[[arm]], N = total[[arm]], pct = 100 * n[[arm]] / total[[arm]],
                          events = sum(rows$TRT01A == arm)), arm, level)
  }))
  if (!contrast) return(counts)
  effect <- risk_difference(n[[1]], total[[1]], n[[2]], total[[2]])
  effect <- effect[c("estimate", "ci_low", "ci_high")]  # not the p-value of the score test
  if (fisher) effect <- c(effect, p_value = fisher.test(rbind(n, total - n))$p.value)
  rbind(counts, result(analysis_id, effect, level = level))
}

equals <- function(column, value) !is.na(column) & column == value

by_term <- function(analysis_id, events, safety, contrast = FALSE) {
  events$AEBODSYS[is.na(events$AEBODSYS)] <- "Class not coded"
  events$AEDECOD[is.na(events$AEDECOD)] <- "Term not coded"
  count <- function(rows, level) count_events(analysis_id, rows, safety, level, contrast)
  by_name <- function(column) {
    bind(lapply(unique(events[[column]]), function(name) {
      count(events[events[[column]] == name, ], name)
    }))
  }
  rbind(count(events, "any"), by_name("AEBODSYS"), by_name("AEDECOD"))
}

adverse_events <- function(events, safety) {
  emergent <- events[events$TRTEMFL, ]
  left_out <- events[!events$TRTEMFL & events$SUBJID %in% safety$SUBJID, ]
  serious <- equals(emergent$AESER, "Y")
  linked <- emergent$AEREL %in% related
  kinds <- list(any = rep(TRUE, nrow(emergent)), severe = equals(emergent$AESEV, "SEVERE"),
                serious = serious, fatal = equals(emergent$AEOUT, "FATAL"), related = linked,
                serious_related = serious & linked,
                drug_withdrawn = equals(emergent$AEACN, "DRUG WITHDRAWN"))
  overview <- bind(lapply(names(kinds), function(kind) {
    count_events("ae_overview", emergent[kinds[[kind]], ], safety, kind, TRUE, TRUE)
  }))
  term <- tolower(emergent$AEDECOD)
  special <- list(
    "Pneumonia of any kind" = term %in% c("pneumonia", "pneumonia aspiration"),
    "Infection of any kind" = equals(emergent$AEBODSYS, "Infections and infestations") |
      term %in% "pneumonia aspiration",
    "Sepsis" = term %in% c("sepsis", "septic shock"),
    "Gastrointestinal haemorrhage or melaena" = term %in% c("gastrointestinal haemorrhage",
                                                            "melaena"),
    "Hyperglycaemia or blood glucose increased" = term %in% c("hyperglycaemia",
                                                              "blood glucose increased"),
    "Brain herniation" = term %in% "brain herniation",
    "Decompressive craniectomy" = term %in% "decompressive craniectomy",
    "Deep vein thrombosis" = term %in% "deep vein thrombosis"
  )
  rbind(
    overview,
    count_events("ae_overview", left_out, safety, "not_emergent"),
    bind(lapply(names(special), function(label) {
      count_events("ae_special", emergent[special[[label]], ], safety, label, TRUE, TRUE)
    })),
    by_term("ae_soc_pt", emergent, safety, TRUE),
    by_term("ae_serious", emergent[kinds$serious, ], safety),
    by_term("ae_fatal", emergent[kinds$fatal, ], safety),
    by_term("ae_related", emergent[kinds$related, ], safety),
    by_term("ae_drug_withdrawn", emergent[kinds$drug_withdrawn, ], safety)
  )
}

# ---- 9.4 ----

exposure <- function(safety) {
  bind(lapply(arms, function(arm) {
    set <- safety[safety$TRT01A == arm, ]
    numbers <- bind(lapply(c("NDOSE", "DOSEMG", "DOSEMGKG", "DOSEPCT"), function(name) {
      x <- set[[name]][!is.na(set[[name]])]
      quartiles <- unname(quantile(x, c(0.25, 0.5, 0.75), type = 7))
      result("exposure", c(n = length(x), mean = mean(x), sd = sd(x), median = quartiles[2],
                           q1 = quartiles[1], q3 = quartiles[3], min = min(x), max = max(x)),
             arm, name)
    }))
    given <- bind(lapply(1:4, function(k) {
      result("exposure", c(n = sum(set$NDOSE == k)), arm, paste0("NDOSE=", k))
    }))
    known <- set$DOSEPCT[!is.na(set$DOSEPCT)]
    inside <- c(n = sum(known >= 80 - 1e-9 & known <= 120 + 1e-9))
    rbind(numbers, given, result("exposure", inside, arm, "DOSEPCT in range"),
          result("exposure", c(n = sum(set$STEROID)), arm, "CMSTERFL"),
          result("exposure", c(n = sum(set$INSULIN)), arm, "CMINSFL"))
  }))
}

# ---- Files ----

write_rows <- function(rows, name) {
  write.csv(rows, file.path("r_output", name), row.names = FALSE, na = "NA", fileEncoding = "UTF-8")
}

main <- function() {
  names <- sub("\\.csv$", "", list.files("export"))
  tables <- sapply(names, function(name) read_table("export", name), simplify = FALSE)
  lists <- sapply(c("randomisation_list", "kit_list"), function(name) read_table("lists", name),
                  simplify = FALSE)
  subjects <- derive_treatment(derive_subjects(tables, lists), tables$ex, lists$kit_list)
  tables$mrs <- tables$mrs[!contradicted_six(subjects$SUBJID, subjects$RANDDT, tables), ]
  subjects <- derive_time(derive_last_alive(derive_death(subjects, tables), tables))
  subjects <- derive_haemorrhage(subjects, tables$ich)
  subjects <- derive_medication(derive_exposure(subjects, tables$ex), tables$cm)
  subjects <- derive_deterioration(subjects, tables)
  events <- derive_events(subjects, tables$ae)
  opened <- events$TRTEMFL & tolower(events$AEDECOD) %in% "decompressive craniectomy"
  subjects$CRANIECTOMY <- subjects$SUBJID %in% events$SUBJID[opened]
  safety <- subjects[subjects$SAFFL, ]
  all_covariates <- derive_covariates(subjects, tables)
  covariates <- all_covariates[subjects$SAFFL, ]
  randomised <- transform(subjects, TRT01A = TRT01P)[subjects$ENIKNOWN, ]
  numbers <- rbind(
    differences(safety),
    adjusted_ratio("death_90d", safety, "DEATH90", covariates),
    adjusted_ratio("sich_48h", safety, "SICH48", covariates),
    classes(safety),
    two_risks("sich_ecass2", safety, "ECASS2"), unknown("sich_ecass2", safety, "ECASS2UN"),
    two_risks("sich_sits_most", safety, "SITS"), unknown("sich_sits_most", safety, "SITSUN"),
    two_risks("hemicraniectomy", safety, "CRANIECTOMY"),
    two_risks("eni_h24", randomised, "ENI"),
    adjusted_ratio("eni_h24", randomised, "ENI", all_covariates[subjects$ENIKNOWN, ]),
    hazard_ratio(safety, covariates), logrank(safety), curves(safety),
    two_risks("death_90d", safety, "DEATH90"), two_risks("sich_48h", safety, "SICH48"),
    two_risks("ich_any_48h", safety, "ICH48"), two_risks("ph_48h", safety, "PH48"),
    two_risks("ich_any_48h_imaged", safety[safety$IMAGED, ], "ICH48"),
    adverse_events(events, safety), exposure(safety)
  )
  dir.create("r_output", showWarnings = FALSE)
  numbers$stat <- ifelse(is.finite(numbers$stat), sprintf("%.15g", numbers$stat), NA)
  write_rows(numbers, "numbers.csv")
  never_crude <- adjusted(safety, covariates)
  never_crude$stat <- sprintf("%.15g", never_crude$stat)
  write_rows(never_crude, "adjusted.csv")
  write_rows(data.frame(subjects[c("SUBJID", "AVAL")], CNSR = as.integer(!subjects$DEATH90),
                        subjects["LASTDY"]), "times.csv")
  flags <- data.frame(events[c("SUBJID", "AESEQ", "AESTDTC", "AEENDTC", "ASTDY", "ASTDTF")],
                      TRTEMFL = ifelse(events$TRTEMFL, "Y", "N"))
  write_rows(flags, "events.csv")
  text <- sprintf(
    '{"call": "Rscript safety.R", "date": "%s", "r": "%s", "packages": {"survival": "%s"}}',
    Sys.Date(), R.version.string, packageVersion("survival")
  )
  writeLines(text, "r_output/run.json")
}

main()
