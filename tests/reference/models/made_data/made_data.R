# The made-up data sets of data_sets.json; made_data.py draws the same numbers.
#
# Only +, -, *, / and floor are used, so that Python and R agree to the last bit; both write the
# sums that the tests compare.

modulus <- 2147483647  # a prime; products below stay under 2^53, exact in doubles
first_row <- 50000     # row number of the first row: its square exceeds the modulus
noise_stream <- 1      # first stream of each kind of number
weights_stream <- 5
offset_stream <- 6
column_stream <- 7
site_stream <- 51  # beyond the columns

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

draw_column <- function(column, uniform) {
  if (column$kind == "binary") return(as.numeric(uniform < column$share))
  column$low + column$width * floor(uniform * column$steps)
}

find_cuts <- function(specification) {
  if (!is.null(specification$cuts)) return(specification$cuts)
  specification$first_cut + specification$cut_width * (seq_len(specification$cut_count) - 1)
}

draw_weights <- function(specification) {
  if (is.null(specification$weights)) return(NULL)
  uniform <- draw_uniform(weights_stream, specification$n)
  if (specification$weights == "integer") 1 + floor(uniform * 4) else 0.25 + uniform * 3.75
}

draw_offset <- function(specification) {
  if (is.null(specification$offset)) return(NULL)
  offset <- specification$offset
  offset$low + offset$width * draw_uniform(offset_stream, specification$n)
}

draw_data_set <- function(specification) {
  n <- specification$n
  copies <- vapply(specification$columns, function(column) max(1, column$copies), numeric(1))
  listed <- rep(specification$columns, copies)
  x <- matrix(0, n, length(listed))
  u <- lapply(0:3, function(k) draw_uniform(noise_stream + k, n))
  latent <- 3 * (u[[1]] + u[[2]] + u[[3]] + u[[4]] - 2)
  for (j in seq_along(listed)) {
    x[, j] <- draw_column(listed[[j]], draw_uniform(column_stream + j - 1, n))
    latent <- latent + listed[[j]]$effect * x[, j]
  }
  y <- rowSums(outer(latent, find_cuts(specification), ">"))
  if (!is.null(specification$levels)) y <- specification$levels[y + 1]
  list(y = y, x = x, weights = draw_weights(specification), offset = draw_offset(specification))
}

# Sites by number, for sandwiches: unequal in size, because the uniform number is squared.
draw_sites <- function(n) {
  uniform <- draw_uniform(site_stream, n)
  floor(uniform * uniform * min(max(8, floor(n / 25)), 40))
}
