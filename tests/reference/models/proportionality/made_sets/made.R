# Partial proportional odds of the made-up data sets of made_sets.json by ordinal::clm and VGAM::vglm.
#
#   Rscript made.R          (in this folder; writes made.json)
#
# Columns are numbered from 1 here and from 0 in Python; made_sets.json counts from 0. clm and vglm
# are given columns that are centred and divided by a power of two (../../made_data/frames.R); estimates
# and covariance are taken back by a linear map.
#
# Without a maximum inside the ordered region: `smallest_distance` is that of neighbouring cumulative
# logits over all rows where clm stopped (clm asks for order in the rows that inform it alone), and
# `clm` and `vglm` hold what they said, or "nothing".

suppressPackageStartupMessages({
  library(ordinal)
  library(VGAM)
})
source("../../made_data/made_data.R")
source("../../made_data/provenance.R")
source("../../made_data/frames.R")
source("../partial.R")

# From the centred and scaled columns to the columns themselves, for (theta, beta, gamma cut by cut).
map_of <- function(map, free, cuts) {
  shared <- setdiff(seq_along(map$scale), free)
  scale <- c(map$scale[shared], rep(map$scale[free], cuts))
  centre <- c(map$centre[shared], rep(map$centre[free], cuts))
  back <- diag(c(rep(1, cuts), 1 / scale))
  for (cut in seq_len(cuts)) {
    gamma <- length(shared) + (cut - 1) * length(free) + seq_along(free)
    used <- c(seq_along(shared), gamma)
    back[cut, cuts + used] <- -(centre / scale)[used]
  }
  back
}

draw_standardised <- function(specification) {
  data <- draw_data_set(specification)
  map <- standardise(data$x)
  w <- if (is.null(data$weights)) rep(1, length(data$y)) else data$weights
  list(y = data$y, x = unname(map$x), w = w, levels = sort(unique(data$y)), map = map)
}

# Of neighbouring cumulative logits at the estimates, over all rows.
smallest_distance <- function(estimates, data, free) {
  cuts <- length(data$levels) - 1
  shared <- ncol(data$x) - length(free)
  gamma <- matrix(estimates[-seq_len(cuts + shared)], cuts, length(free), byrow = TRUE)
  logits <- outer(rep(1, nrow(data$x)), estimates[seq_len(cuts)]) +
    data$x[, free, drop = FALSE] %*% t(gamma)
  min(logits[, -1] - logits[, -cuts])
}

take_back_partial <- function(described, back) {
  covariance <- back %*% described$covariance %*% t(back)
  list(
    estimates = drop(back %*% described$estimates), covariance = summarise(covariance),
    log_likelihood = described$log_likelihood
  )
}

# What an expression says by its first warning or its error; its value, if it has one.
listen <- function(expression) {
  said <- character(0)
  value <- tryCatch(
    withCallingHandlers(expression, warning = function(w) {
      said <<- c(said, conditionMessage(w))
      invokeRestart("muffleWarning")
    }),
    error = function(e) {
      said <<- c(said, conditionMessage(e))
      NULL
    }
  )
  said <- gsub("[[:space:]]+", " ", c(said, "nothing")[1])
  list(value = value, said = said)
}

# vglm's covariance is taken back before it is summarised. `vglm` is what it said if it has no fit:
# its steps, which nothing shortens, can leave the ordered region.
refer_maximum <- function(data, free) {
  back <- map_of(data$map, free, length(data$levels) - 1)
  fit <- fit_clm(data, free)
  if (fit$maxGradient > 1e-6) stop("clm did not converge")
  found <- describe_clm(fit, data)
  vglm <- listen(describe_vglm(data, free, I))
  c(
    list(free = I(free - 1)), take_back_partial(found, back),
    list(
      smallest_distance = smallest_distance(found$estimates, data, free),
      vglm = if (is.null(vglm$value)) vglm$said else take_back_partial(vglm$value, back)
    )
  )
}

refer_failure <- function(data, free) {
  clm <- listen(fit_clm(data, free))
  vglm <- listen(describe_vglm(data, free))
  list(
    free = I(free - 1), clm = clm$said, vglm = vglm$said,
    smallest_distance = smallest_distance(describe_clm(clm$value, data)$estimates, data, free)
  )
}

refer <- function(name) {
  data <- draw_standardised(specifications[[name]])
  count <- function(set) unlist(set) + 1
  taken <- system.time(found <- lapply(sets[[name]]["maximum"], lapply, function(set) {
    refer_maximum(data, count(set))
  }))
  for (kind in intersect(c("edge", "separation"), names(sets[[name]]))) {
    found[[kind]] <- lapply(sets[[name]][[kind]], function(set) refer_failure(data, count(set)))
  }
  message(name, ": ", round(taken[["elapsed"]], 1), " s")
  found
}

specifications <- load_specifications("../../made_data/data_sets.json")
sets <- jsonlite::read_json("made_sets.json")
sets <- sets[setdiff(names(sets), "about")]
results <- lapply(setNames(names(sets), names(sets)), refer)
provenance <- describe_provenance("Rscript made.R", c("ordinal", "VGAM", "jsonlite"))
write_reference(list(provenance = provenance, data_sets = results), "made.json")
