# R's side: answers commands on standard input, as engine.py does.
#
#   Rscript r_engine.R FOLDER
#
#   read NAME TRIALS N P   read the trials NAME of FOLDER
#   fit METHOD TIMES       seconds of one pass over the trials, the mean of TIMES passes
#   estimate METHOD        estimates of every trial, from a fit with tight tolerances
#   peak                   largest resident memory of this process so far, in bytes
#   versions               NAME=VERSION of what computes; packages that are missing are not named
#
# Timed fits are R's default calls. Estimates are written in the project's direction:
# logit P(Y <= j) = theta_j + x b.

folder <- commandArgs(TRUE)[1]
packages <- Filter(function(name) requireNamespace(name, quietly = TRUE), c("ordinal", "rms"))
for (name in packages) suppressPackageStartupMessages(library(name, character.only = TRUE))
nodes <- 15
trials <- list()

read_numbers <- function(name, part, count) {
  readBin(file.path(folder, paste0(name, "-", part, ".f64")), "double", count)
}

read_trials <- function(name, count, n, p) {
  y <- matrix(read_numbers(name, "y", count * n), n)
  x <- array(read_numbers(name, "x", count * n * p), c(n, p, count))
  sites <- matrix(read_numbers(name, "sites", count * n), n)
  lapply(seq_len(count), function(i) describe_trial(y[, i], matrix(x[, , i], n), sites[, i]))
}

describe_trial <- function(y, x, sites) {
  colnames(x) <- paste0("x", seq_len(ncol(x)))
  list(
    frame = data.frame(y = factor(y), x, site = factor(sites)),
    formula = reformulate(colnames(x), "y"),
    formula_sites = reformulate(c(colnames(x), "(1 | site)"), "y"),
    level = y, x = x, design = cbind("(Intercept)" = 1, x)
  )
}

methods <- list(
  clm = function(trial, ...) clm(trial$formula, data = trial$frame, ...),
  clm.fit = function(trial, ...) clm.fit(trial$frame$y, trial$design, ...),
  orm = function(trial, ...) orm(trial$formula, data = trial$frame, ...),
  orm.fit = function(trial, ...) orm.fit(trial$x, trial$frame$y, ...),
  clmm = function(trial, ...) {
    clmm(trial$formula_sites, data = trial$frame, nAGQ = nodes, ...)
  },
  wilcox.test = function(trial) {
    treated <- trial$x[, 1] == 1
    wilcox.test(trial$level[!treated], trial$level[treated], exact = FALSE)
  }
)

estimate_clm <- function(fit) c(fit$alpha, -fit$beta)
estimate_orm <- function(fit) -fit$coefficients
estimators <- list(
  clm = function(trial) {
    estimate_clm(methods$clm(trial, control = clm.control(gradTol = 1e-10)))
  },
  clm.fit = function(trial) {
    estimate_clm(methods$clm.fit(trial, control = clm.control(gradTol = 1e-10)))
  },
  orm = function(trial) estimate_orm(methods$orm(trial, eps = 1e-12)),
  orm.fit = function(trial) estimate_orm(methods$orm.fit(trial, eps = 1e-12)),
  # the default fit: a tighter one takes three times as long and is not closer
  clmm = function(trial) {
    fit <- methods$clmm(trial)
    c(estimate_clm(fit), fit$ST[[1]], fit$logLik)
  },
  # win odds of arm 1, which wins with the lower level: the count of pairs with arm 0 higher
  wilcox.test = function(trial) {
    wins <- unname(methods$wilcox.test(trial)$statistic) / prod(table(trial$x[, 1]))
    wins / (1 - wins)
  }
)

time_passes <- function(name, times) {
  method <- methods[[name]]
  invisible(gc())
  start <- Sys.time()
  for (i in seq_len(times)) for (trial in trials) method(trial)
  as.numeric(difftime(Sys.time(), start, units = "secs")) / times
}

write_numbers <- function(values) paste(sprintf("%.17g", values), collapse = " ")

measure_peak <- function() {
  if (!file.exists("/proc/self/status")) return("nan")
  found <- grep("^VmHWM:", readLines("/proc/self/status"), value = TRUE)
  sprintf("%.0f", 1024 * as.numeric(gsub("[^0-9]", "", found)))
}

list_versions <- function() {
  versions <- vapply(packages, function(name) as.character(packageVersion(name)), "")
  versions <- c(R = as.character(getRversion()), BLAS = basename(extSoftVersion()[["BLAS"]]), versions)
  paste0(names(versions), "=", versions, collapse = " ")
}

answer <- function(words) {
  switch(words[1],
    read = {
      size <- as.integer(words[3:5])
      trials <<- read_trials(words[2], size[1], size[2], size[3])
      "done"
    },
    fit = write_numbers(time_passes(words[2], as.integer(words[3]))),
    estimate = write_numbers(unlist(lapply(trials, estimators[[words[2]]]))),
    peak = measure_peak(),
    versions = list_versions(),
    stop("unknown command ", words[1])
  )
}

commands <- file("stdin", "r")
while (length(line <- readLines(commands, n = 1)) > 0) {
  reply <- tryCatch(answer(strsplit(line, " ")[[1]]), error = function(e) {
    paste("error", gsub("\n", " ", conditionMessage(e)))
  })
  cat(reply, "\n", sep = "")
  flush(stdout())
}
