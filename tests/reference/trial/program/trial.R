# Double programming of the main results of IMPACT-LVO, independent of the analysis package.
#
#   Rscript program/trial.R EDC_DIR UNBLINDING_DIR OUT.csv
#
# Reads one export and both allocation lists, derives the analysis sets and the day-90 mRS, writes
#   OUT.csv        analysis_id, population, group, level, stat_name, stat (15 significant digits)
#   ppreasons.csv  SUBJID, CODE, VALUE           every per-protocol exclusion reason
#   mrs90.csv      SUBJID, AVAL, ADT, source     day-90 mRS and the rule of SAP 4.3 that gave it
#   subjects.csv   arms, sets, death and safety events of every subject
#   run.json       call, date, versions of R and of the package that fits the models
# next to each other. R 4.2 with package ordinal; section numbers are those of the plan (SAP).

program <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
for (part in c("tables", "reading", "deaths", "subjects", "per_protocol", "covariates", "proportional_odds",
               "win_odds", "two_proportions")) {
  source(file.path(dirname(program), paste0(part, ".R")), encoding = "UTF-8")
}

arms <- c("MPSS", "PLACEBO")
mrs_levels <- 0:6

# ---- Derivations ----

derive_trial <- function(tables, lists) {
  subjects <- derive_subjects(tables, lists)
  subjects <- derive_safety(subjects, tables$ex, lists$kit_list)
  tables$mrs <- tables$mrs[!contradicted_six(subjects$SUBJID, subjects$RANDDT, tables), ]
  subjects <- derive_death(subjects, tables)
  subjects <- derive_mrs90(subjects, tables$mrs)
  subjects <- derive_safety_events(subjects, tables$ich)
  reasons <- derive_reasons(subjects, tables, lists$kit_list)
  subjects$PPROTFL <- !subjects$SUBJID %in% reasons$SUBJID
  list(subjects = subjects, reasons = reasons, covariates = derive_covariates(subjects, tables))
}

# ---- Results: one row per number ----

result <- function(analysis_id, population, stats, group = "", level = "") {
  data.frame(analysis_id, population, group, level = as.character(level),
             stat_name = names(stats), stat = unname(stats))
}

# The subjects of a set with the arm that counts in it: as treated in the safety set (SAP 3.3).
analysis_set <- function(subjects, population) {
  member <- switch(population, ITT = subjects$ITTFL, PP = subjects$PPROTFL, SAF = subjects$SAFFL)
  set <- subjects[member, ]
  set$ARM <- if (population == "SAF") set$TRT01A else set$TRT01P
  set
}

per_arm <- function(analysis) do.call(rbind, lapply(arms, analysis))

populations <- function(subjects) {
  do.call(rbind, lapply(c("ITT", "PP", "SAF"), function(population) {
    set <- analysis_set(subjects, population)
    per_arm(function(arm) result("populations", population, c(n = sum(set$ARM == arm)), arm))
  }))
}

pp_reasons <- function(subjects, reasons) {
  arm_of_reason <- subjects$TRT01P[match(reasons$SUBJID, subjects$SUBJID)]
  count <- function(code, group) {
    counted <- reasons$CODE == code & (group == "" | arm_of_reason == group)
    result("pp_reasons", "ITT", c(n = sum(counted)), group, code)
  }
  do.call(rbind, lapply(reason_codes, function(code) {
    do.call(rbind, lapply(c(arms, ""), function(group) count(code, group)))
  }))
}

# Share of the subjects of the arm who have a day-90 mRS.
mrs_distribution <- function(subjects, population) {
  set <- analysis_set(subjects, population)
  per_arm(function(arm) {
    mrs <- set$MRS90[set$ARM == arm & !is.na(set$MRS90)]
    do.call(rbind, lapply(mrs_levels, function(level) {
      n <- sum(mrs == level)
      result("mrs_distribution", population, c(n = n, pct = 100 * n / length(mrs)), arm, level)
    }))
  })
}

primary <- function(subjects, covariates) {
  fit <- common_odds_ratio(subjects$MRS90, subjects$TRT01P == "MPSS", covariates)
  coefficients <- lapply(names(fit$coefficients), function(term) {
    result("primary_coefficients", "ITT", fit$coefficients[[term]], level = term)
  })
  rbind(result("primary", "ITT", fit$effect), do.call(rbind, coefficients))
}

per_protocol <- function(subjects, covariates) {
  set <- analysis_set(subjects, "PP")
  inside_set <- covariates[subjects$PPROTFL, , drop = FALSE]
  effect <- common_odds_ratio_or_missing(set$MRS90, set$ARM == "MPSS", inside_set)
  result("sens_pp", "PP", effect)
}

unadjusted <- function(subjects) {
  treated <- subjects$TRT01P == "MPSS"
  effect <- common_odds_ratio_or_missing(subjects$MRS90, treated, no_covariates(subjects))
  result("sens_unadjusted", "ITT", effect)
}

cutpoints <- function(subjects, covariates) {
  treated <- as.numeric(subjects$TRT01P == "MPSS")
  do.call(rbind, lapply(head(mrs_levels, -1), function(cut) {
    effect <- cutpoint_odds_ratio(subjects$MRS90, treated, covariates, cut)
    result("cutpoint", "ITT", effect, level = cut)
  }))
}

# SAP 9.1 and 9.2: events and denominators, unadjusted risk ratio and difference.
binary_outcome <- function(subjects, analysis_id, event, population) {
  set <- analysis_set(subjects, population)
  events <- sapply(arms, function(arm) sum(set[[event]][set$ARM == arm]))
  n <- sapply(arms, function(arm) sum(set$ARM == arm))
  counts <- per_arm(function(arm) {
    result(analysis_id, population, c(events = events[[arm]], N = n[[arm]]), arm)
  })
  contrast <- function(suffix, compute) {
    effect <- compute(events[["MPSS"]], n[["MPSS"]], events[["PLACEBO"]], n[["PLACEBO"]])
    result(paste0(analysis_id, suffix), population, c(n = sum(n), effect))
  }
  rbind(counts, contrast("_rr", risk_ratio), contrast("_rd", risk_difference))
}

analyse_trial <- function(trial) {
  subjects <- trial$subjects
  rbind(
    populations(subjects),
    pp_reasons(subjects, trial$reasons),
    mrs_distribution(subjects, "ITT"),
    mrs_distribution(subjects, "PP"),
    primary(subjects, trial$covariates),
    per_protocol(subjects, trial$covariates),
    unadjusted(subjects),
    result("win_odds", "ITT", win_odds(subjects$MRS90, subjects$TRT01P == "MPSS")),
    cutpoints(subjects, trial$covariates),
    binary_outcome(subjects, "death_90d", "DEATH90", "SAF"),
    binary_outcome(subjects, "death_90d", "DEATH90", "ITT"),
    binary_outcome(subjects, "sich_48h", "SICH48", "SAF"),
    binary_outcome(subjects, "ich_any_48h", "ICH48", "SAF")
  )
}

# ---- Files ----

yes_or_no <- function(flag) ifelse(flag, "Y", "N")

write_rows <- function(rows, path) {
  write.csv(rows, path, row.names = FALSE, na = "NA", fileEncoding = "UTF-8")
}

beside <- function(path, name) file.path(dirname(path), name)

# A run that stops leaves no earlier output behind.
remove_outputs <- function(path) {
  unlink(c(path, beside(path, c("ppreasons.csv", "mrs90.csv", "subjects.csv", "run.json"))))
}

write_run <- function(arguments) {
  text <- sprintf(
    '{"call": "Rscript trial.R %s", "date": "%s", "r": "%s", "packages": {"ordinal": "%s"}}',
    paste(arguments, collapse = " "), Sys.Date(), R.version.string, packageVersion("ordinal")
  )
  writeLines(text, beside(arguments[3], "run.json"))
}

write_trial <- function(trial, results, path) {
  results$stat <- ifelse(is.finite(results$stat), sprintf("%.15g", results$stat), NA)
  write_rows(results, path)
  subjects <- trial$subjects
  write_rows(trial$reasons, beside(path, "ppreasons.csv"))
  write_rows(data.frame(SUBJID = subjects$SUBJID, AVAL = subjects$MRS90, ADT = subjects$MRS90DT,
                        source = subjects$MRS90SRC), beside(path, "mrs90.csv"))
  flags <- lapply(subjects[c("ITTFL", "PPROTFL", "SAFFL", "DEATH90", "SICH48", "ICH48")], yes_or_no)
  write_rows(data.frame(subjects[c("SUBJID", "TRT01P", "TRT01A", "DTHDT", "DTHDY")], flags),
             beside(path, "subjects.csv"))
}

main <- function(arguments) {
  if (length(arguments) != 3) {
    stop("usage: Rscript trial.R EDC_DIR UNBLINDING_DIR OUT.csv", call. = FALSE)
  }
  remove_outputs(arguments[3])
  trial <- derive_trial(read_export(arguments[1]), read_unblinding(arguments[2]))
  write_trial(trial, analyse_trial(trial), arguments[3])
  write_run(arguments)
}

main(commandArgs(trailingOnly = TRUE))
