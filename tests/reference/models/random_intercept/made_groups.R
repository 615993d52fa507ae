# The made-up data sets of made_groups.json; made_groups.py draws the same numbers.
#
# Only +, -, *, / and floor are used, so that Python and R agree to the last bit; both write the
# sums that the tests compare.

modulus <- 2147483647  # a prime; products below stay under 2^53, exact in doubles
first_row <- 50000     # number of the first row: its square exceeds the modulus
noise_stream <- 1      # first stream of each kind of number
group_stream <- 5
column_stream <- 9

load_specifications <- function(path) {
  content <- jsonlite::fromJSON(path, simplifyDataFrame = FALSE)
  content[setdiff(names(content), "about")]
}

# Numbers in [0, 1): a quadratic congruence in the row number i, another for every stream.
draw_uniform <- function(stream, n) {
  i <- first_row + seq_len(n) - 1
  quadratic <- ((i * i) %% modulus) * (65539 + 7919 * stream) %% modulus
  linear <- i * (16807 + 104729 * stream) %% modulus
  ((quadratic + linear) %% modulus) / modulus
}

# Sums of four uniform numbers, with mean 0 and variance 1/3.
draw_bell <- function(stream, n) {
  u <- lapply(0:3, function(k) draw_uniform(stream + k, n))
  u[[1]] + u[[2]] + u[[3]] + u[[4]] - 2
}

draw_column <- function(column, uniform) {
  if (column$kind == "binary") return(as.numeric(uniform < column$share))
  column$low + column$width * floor(uniform * column$steps)
}

find_cuts <- function(specification) {
  if (!is.null(specification$cuts)) return(specification$cuts)
  specification$first_cut + specification$cut_width * (seq_len(specification$cut_count) - 1)
}

draw_data_set <- function(specification) {
  sizes <- rep(specification$sizes, max(1, specification$copies))
  groups <- rep(seq_along(sizes), sizes)
  n <- length(groups)
  copies <- vapply(specification$columns, function(column) max(1, column$copies), numeric(1))
  listed <- rep(specification$columns, copies)
  x <- matrix(0, n, length(listed))
  # 1.75 is near the root of 3, 3 near the ratio of a logistic to this bell's standard deviation
  latent <- 3 * draw_bell(noise_stream, n)
  latent <- latent + 1.75 * specification$spread * draw_bell(group_stream, length(sizes))[groups]
  for (j in seq_along(listed)) {
    column <- listed[[j]]
    x[, j] <- draw_column(column, draw_uniform(column_stream + j - 1, n))
    latent <- latent + column$effect * x[, j]
  }
  list(y = rowSums(outer(latent, find_cuts(specification), ">")), x = x, groups = groups)
}
