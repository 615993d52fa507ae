# Reference win ratios, bounds over joint distributions and re-randomisation tests of rows.csv.
#
#   Rscript win_ratio.R          (in this folder; writes win_ratio.json)
#
# Win ratio: pair by pair from the definition; Pocock 2012, the covariance of Bebu & Lachin 2016.
# Bounds: every potential of the dual transport problem with values -1, 0, 1 is tried.
# Re-randomisation: the score of the arm in a model fitted by optim; its deviation by coin.

suppressPackageStartupMessages(library(coin))
source("../made_data/provenance.R")

rows <- read.csv("rows.csv")
treated <- which(rows$arm == 1)
reference <- which(rows$arm == 0)

# 1: i better, -1: j better, 0: not decided.
by_death <- function(i, j, margin) {
  if (rows$died[j] == 1 && outlives(i, rows$days[j], margin)) return(1)
  if (rows$died[i] == 1 && outlives(j, rows$days[i], margin)) return(-1)
  0
}

# Died later by more than the margin, or seen alive once it had passed.
outlives <- function(i, day, margin) {
  if (rows$died[i] == 1) rows$days[i] - day > margin else rows$days[i] - day >= margin
}

by_score <- function(column, direction) {
  function(i, j, margin) {
    gain <- direction * (rows[[column]][i] - rows[[column]][j])
    if (is.na(gain)) return(0)
    gain <- round(gain, 6)  # utilities have three decimals
    if (gain > margin) 1 else if (-gain > margin) -1 else 0
  }
}

outcomes <- list(death = by_death, mrs = by_score("mrs", -1), eq5d = by_score("utility", 1))

decide <- function(i, j, order, margins) {
  for (level in seq_along(order)) {
    won <- outcomes[[order[level]]](i, j, margins[level])
    if (won != 0) return(won * level)
  }
  0
}

# Sums over pairs that share a row, less the product of the means, over n (n - 1): as U-statistics.
u_covariance <- function(first, second) {
  n <- nrow(first)
  own <- rowMeans(first)
  other <- rowMeans(second)
  pairs <- sum(outer(own, own, "-") * outer(other, other, "-")) / 2
  pairs / (n * (n - 1)) / n
}

refer <- function(order, margins) {
  table <- outer(treated, reference, Vectorize(function(i, j) decide(i, j, order, margins)))
  won <- 1 * (table > 0)
  lost <- 1 * (table < 0)
  wins <- mean(won)
  losses <- mean(lost)
  cover <- function(a, b) u_covariance(a, b) + u_covariance(t(a), t(b))
  ww <- cover(won, won); wl <- cover(won, lost); ll <- cover(lost, lost)
  net <- wins - losses
  net_variance <- ww - 2 * wl + ll
  probability <- (1 + net) / 2
  list(
    wins = wins, losses = losses, ties = 1 - wins - losses,
    log_ratio = log(wins / losses),
    log_ratio_error = sqrt(ww / wins^2 - 2 * wl / (wins * losses) + ll / losses^2),
    log_odds = qlogis(probability),
    log_odds_error = sqrt(net_variance) / 2 / (probability * (1 - probability)),
    net_benefit = net, net_benefit_error = sqrt(net_variance),
    won = vapply(seq_along(order), function(k) mean(table == k), 1),
    lost = vapply(seq_along(order), function(k) mean(table == -k), 1)
  )
}

hierarchies <- list(
  all_three = list(order = c("death", "mrs", "eq5d"), margins = c(0, 0, 0)),
  with_margins = list(order = c("death", "mrs", "eq5d"), margins = c(7, 1, 0.075)),
  utility_first = list(order = c("eq5d", "mrs", "death"), margins = c(0.1, 0, 0)),
  scale_alone = list(order = c("mrs"), margins = c(0))
)

# Largest mean gain: smallest mean of f(treated) + g(reference) with f + g >= gain everywhere.
largest <- function(gain, ours, theirs) {
  potentials <- as.matrix(expand.grid(rep(list(-1:1), length(ours))))
  means <- apply(potentials, 1, function(f) sum(ours * f) + sum(theirs * apply(gain - f, 2, max)))
  min(means)
}

bound <- function(y, arm) {
  levels <- sort(unique(y))
  ours <- as.numeric(table(factor(y[arm == 1], levels))) / sum(arm == 1)
  theirs <- as.numeric(table(factor(y[arm == 0], levels))) / sum(arm == 0)
  sign_of <- outer(seq_along(levels), seq_along(levels), function(t, r) sign(r - t))
  gains <- list(benefit = 1 * (sign_of > 0), harm = 1 * (sign_of < 0), net = sign_of)
  lapply(gains, function(gain) list(
    low = -largest(-gain, ours, theirs), high = largest(gain, ours, theirs),
    independent = sum(outer(ours, theirs) * gain)
  ))
}

# Log likelihood of proportional odds in cut points (first, then log steps) and slopes.
residuals_without_arm <- function(y, x) {
  k <- max(y)
  cut_points <- function(par) cumsum(c(par[1], exp(par[seq_len(k)[-1]])))
  ends <- function(par) {
    cuts <- c(-Inf, cut_points(par), Inf)
    shift <- as.numeric(x %*% par[-seq_len(k)])
    list(high = plogis(cuts[y + 2] + shift), low = plogis(cuts[y + 1] + shift))
  }
  minus <- function(par) { e <- ends(par); -sum(log(e$high - e$low)) }
  par <- c(-2, rep(-0.5, k - 1), rep(0, ncol(x)))
  for (step in 1:30) {
    par <- optim(par, minus, method = "BFGS", control = list(reltol = 1e-16, maxit = 1000))$par
  }
  e <- ends(par)
  1 - e$high - e$low
}

rerandomise <- function(x) {
  residual <- residuals_without_arm(rows$mrs, x)
  frame <- data.frame(residual, arm = rows$arm, site = factor(rows$site))
  several <- ave(frame$arm, frame$site, FUN = length) > 1  # coin refuses a block of one row
  kept <- droplevels(frame[several, ])
  test <- independence_test(residual ~ arm | site, data = kept, teststat = "scalar")
  excess <- statistic(test, "linear") - expectation(test)
  list(score = as.numeric(excess), z = as.numeric(statistic(test)))
}

results <- list(
  hierarchies = lapply(hierarchies, function(h) c(h, refer(h$order, h$margins))),
  bounds = list(mrs = bound(rows$mrs, rows$arm), sites = bound(rows$site[rows$site < 7] %% 7,
                                                               rows$arm[rows$site < 7])),
  rerandomisation = rerandomise(cbind((rows$age - 60) / 10, rows$age > 75))
)
provenance <- describe_provenance("Rscript win_ratio.R", c("coin", "jsonlite"))
write_reference(c(list(provenance = provenance), results), "win_ratio.json")
