# The made-up trial with the covariates of the primary model made ready (SAP 5.2, 5.3).

arms <- c("MPSS", "PLACEBO")

impute_median <- function(x) replace(x, is.na(x), median(x, na.rm = TRUE))

# Ties go to the first level, the reference.
impute_mode <- function(x) replace(x, is.na(x), levels(x)[which.max(table(x))])

merge_rare <- function(x, below = 5) {
  rare <- names(which(table(x) < below))
  stopifnot(!levels(x)[1] %in% rare)
  x[x %in% rare] <- levels(x)[1]
  droplevels(x)
}

categorical <- function(x, levels) merge_rare(impute_mode(factor(x, levels = levels)))

indicators <- function(x, name) {
  shown <- levels(x)[-1]
  columns <- sapply(shown, function(level) as.numeric(x == level))
  matrix(columns, nrow = length(x), dimnames = list(NULL, paste(name, shown, sep = "_")))
}

read_trial <- function(path) {
  trial <- read.csv(path, colClasses = c(SITEID = "character", MRSPRGR1 = "character"),
                    na.strings = "")
  stopifnot(!anyDuplicated(trial$SUBJID))
  trial
}

derive_covariates <- function(trial) {
  cbind(
    AGE = impute_median(trial$AGE),
    NIHSSBL = impute_median(trial$NIHSSBL),
    ASPECTS = impute_median(trial$ASPECTS),
    indicators(categorical(trial$OCCLOC, c("M1", "ICA", "M2", "OTHER")), "OCCLOC"),
    OTTH = impute_median(trial$LKWRNDH),
    indicators(categorical(trial$IVT, c("N", "Y")), "IVT"),
    indicators(categorical(trial$MRSPRGR1, c("0", ">=1")), "MRSPRE")
  )
}

# The log ratio with its Wald interval and p-value.
wald <- function(log_estimate, std_error) {
  z <- qnorm(0.975)
  list(
    estimate = exp(log_estimate), log_estimate = log_estimate, std_error = std_error,
    ci_low = exp(log_estimate - z * std_error), ci_high = exp(log_estimate + z * std_error),
    p_value = 2 * pnorm(-abs(log_estimate / std_error))
  )
}

write_output <- function(results, packages, path) {
  versions <- lapply(setNames(packages, packages), function(p) as.character(packageVersion(p)))
  content <- list(
    provenance = list(
      call = paste("Rscript", sub(".*=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))),
      date = as.character(Sys.Date()), r = R.version.string, packages = versions
    ),
    results = results
  )
  jsonlite::write_json(content, path, digits = NA, auto_unbox = TRUE, pretty = TRUE, null = "null")
}
