# Reference numbers for the tests of this folder.
# Call: cd tests/reference/models/proportionality && Rscript reference.R > reference.json
# Columns are numbered from 1 here and from 0 in Python; `sets.json` counts from 0.

suppressPackageStartupMessages({
  library(ordinal)
  library(VGAM)
  library(jsonlite)
})
options(digits = 17)
source("tests.R")
source("partial.R")
source("probabilities.R")

read_data <- function(name) {
  table <- read.csv(file.path("data", paste0(name, ".csv")))
  x <- as.matrix(table[grepl("^x", names(table))])
  w <- if ("w" %in% names(table)) table$w else rep(1, nrow(table))
  list(y = table$y, x = unname(x), w = as.numeric(w), levels = sort(unique(table$y)),
       site = table$site)
}

describe_partial <- function(data, free, values) {
  fit <- fit_clm(data, free)
  described <- describe_clm(fit, data)
  described$free <- I(free - 1)
  vgam <- describe_vglm(data, free)
  described$vglm <- vgam
  described$robust <- sandwich_of(described$estimates, described$covariance, data, free, NULL)
  if (!is.null(data$site)) {
    described$cluster <- sandwich_of(described$estimates, described$covariance, data, free,
                                     data$site)
  }
  described$rows <- predict_rows(fit, data, c(1, nrow(data$x)))
  described$averages <- describe_averages(described, data, free, 1, values)
  described$covariance <- summarise(described$covariance)
  described
}

describe_data_set <- function(name, set) {
  data <- read_data(name)
  values <- if (is.null(set$values)) c(1, 0) else unlist(set$values)
  terms <- lapply(set$terms, function(term) unlist(term) + 1)
  fit <- fit_clm(data, integer())
  proportional <- describe_clm(fit, data)
  proportional$rows <- predict_rows(fit, data, c(1, nrow(data$x)))
  proportional$averages <- describe_averages(proportional, data, integer(), 1, values)
  proportional$covariance <- summarise(proportional$covariance)
  beta <- -unname(fit$beta)
  theta <- unname(fit$alpha)
  list(
    cuts = describe_cuts(data),
    brant = brant(data, terms),
    score_expected = score_tests(data, theta, beta, terms, "expected"),
    score_observed = score_tests(data, theta, beta, terms, "observed"),
    proportional = proportional,
    partial = lapply(set$partial, function(free) describe_partial(data, unlist(free) + 1, values))
  )
}

sets <- read_json("sets.json")
sets <- sets[setdiff(names(sets), "about")]
results <- Map(describe_data_set, names(sets), sets)
provenance <- list(
  call = "Rscript reference.R > reference.json", date = as.character(Sys.Date()),
  R = R.version.string,
  packages = lapply(c(ordinal = "ordinal", VGAM = "VGAM", numDeriv = "numDeriv",
                      jsonlite = "jsonlite"), function(name) as.character(packageVersion(name)))
)
cat(toJSON(list(provenance = provenance, results = results), digits = NA, auto_unbox = TRUE,
           null = "null", pretty = FALSE), "\n")
