# Ordinal multiple imputation by R, the reference of tests/reference/models/imputation.
#
# Run: Rscript imputation.R (in this folder, about ten minutes; writes imputation.json).
#   direct     complete predictors: the mean probability of each level for each missing row, over
#              parameters drawn from N(estimate, covariance) of ordinal::clm, cut points in order
#   chained    mice within each arm, (a) with its methods polr, logreg and norm as they are, (b) with
#              polr and logreg replaced by a draw from N(estimate, covariance) of ordinal::clm
#   augmented  ordinal::clm on the rows of mice's own augmentation of separated data

suppressMessages({
  library(mice)
  library(ordinal)
  library(MASS)
})
source("../made_data/provenance.R")
source("draws.R")
set.seed(20241124)

rows <- read.csv("rows.csv")

# --- direct ---------------------------------------------------------------------------------------

# Mean level probabilities of the missing rows of one arm; `delta` towards worse, last level barred.
direct <- function(data, draws, delta, barred) {
  x <- data[, c("age", "female")]
  seen <- !is.na(data$y)
  fit <- fit_levels(data$y[seen], x[seen, ])
  k <- length(fit$y.levels)
  total <- 0
  thrown <- 0
  for (draw in seq_len(draws)) {
    psi <- draw_parameters(fit)
    thrown <- thrown + attr(psi, "thrown")
    below <- cbind(plogis(cumulative(psi, x[!seen, ], k) - delta), 1)
    p <- below - cbind(0, below[, -k])
    if (barred) p[, k] <- 0
    total <- total + p / rowSums(p)
  }
  list(
    levels = as.integer(fit$y.levels), probabilities = total / draws,
    redraws = thrown / draws, delta = delta, barred = barred
  )
}
by_arm <- split(rows, rows$arm)
draws <- 20000
direct_results <- list(
  plain = lapply(by_arm, direct, draws = draws, delta = 0, barred = FALSE),
  worse = lapply(by_arm, direct, draws = draws, delta = 1, barred = TRUE)
)

# --- chained --------------------------------------------------------------------------------------

complete_arm <- function(data, methods, m, cycles) {
  variables <- data[, c("age", "female", "early", "score", "fever", "y")]
  if (methods[["y"]] == "polr") {
    variables$y <- factor(variables$y, ordered = TRUE)
    variables$early <- factor(variables$early, ordered = TRUE)
    variables$fever <- factor(variables$fever)
  }
  visits <- c("early", "score", "fever")
  visits <- c(visits[order(colSums(is.na(data[, visits])))], "y")
  imputed <- mice(
    variables, m = m, maxit = cycles, method = methods, visitSequence = visits, printFlag = FALSE
  )
  as_number <- function(values) as.numeric(as.character(values))
  lapply(seq_len(m), function(i) {
    filled <- complete(imputed, i)
    filled[] <- lapply(filled, as_number)
    filled$arm <- data$arm[1]
    filled$was_missing <- is.na(data$y)
    filled
  })
}

chained <- function(po, binary, m, cycles) {
  methods <- c(age = "", female = "", early = po, score = "norm", fever = binary, y = po)
  arms <- lapply(by_arm, complete_arm, methods = methods, m = m, cycles = cycles)
  data_sets <- Map(rbind, arms[[1]], arms[[2]])
  fits <- lapply(data_sets, function(data) fit_levels(data$y, data[, c("arm", "age", "female")]))
  log_odds <- -vapply(fits, function(fit) fit$beta[["arm"]], numeric(1))
  variances <- vapply(fits, function(fit) vcov(fit)["arm", "arm"], numeric(1))
  imputed_means <- t(vapply(data_sets, function(data) {
    lost <- data[data$was_missing, ]
    c(tapply(lost$y, lost$arm, mean))
  }, numeric(2)))
  pooled <- pool.scalar(log_odds, variances, n = nrow(rows), k = 9)
  list(
    m = m, cycles = cycles, log_odds = pooled$qbar, within = pooled$ubar, between = pooled$b,
    total = pooled$t, df = pooled$df, fmi = pooled$fmi,
    between_error = pooled$b * sqrt(2 / (m - 1)),
    imputed_mean = colMeans(imputed_means), imputed_mean_sd = apply(imputed_means, 2, sd)
  )
}
stock <- chained("polr", "logreg", m = 200, cycles = 10)
proper <- chained("po", "po", m = 200, cycles = 10)

# --- augmented ------------------------------------------------------------------------------------

separated <- list(
  levels = rep(0:3, c(6, 7, 7, 5)),
  flag = rep(c(0, 1), c(13, 12)), # 1 exactly from level 2 on
  size = c(3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4, 3)
)
x <- data.frame(flag = separated$flag, size = separated$size)
n <- nrow(x)
# mice leaves data alone in which a single value is missing: two rows are called missing here, which
# only that rule looks at
seen <- rep(c(TRUE, FALSE), c(n - 2, 2))
plain <- mice:::augment(separated$levels, seen, x, !seen)
frame <- data.frame(y = factor(plain$y, ordered = TRUE), plain$x)
fit <- clm(y ~ ., data = frame, weights = plain$w, control = tight)

write_reference(
  list(
    provenance = describe_provenance("Rscript imputation.R", c("mice", "ordinal", "MASS", "jsonlite")),
    direct = direct_results,
    chained = list(stock = stock, proper = proper),
    augmented = c(separated, list(
      pseudo_levels = plain$y[-seq_len(n)], pseudo_x = as.matrix(plain$x[-seq_len(n), ]),
      weight = plain$w[length(plain$w)], cut_points = unname(fit$alpha),
      effects = unname(-fit$beta), covariance = unname(vcov(fit))
    ))
  ),
  "imputation.json"
)
