# The covariates of the primary model (SAP 5.1) as numbers, imputed (5.2) and merged (5.3).

rare <- 5  # a category with fewer subjects of the ITT set is merged

require_values <- function(x, name) {
  if (all(is.na(x))) stop("no subject has a value of ", name, call. = FALSE)
}

impute_median <- function(x, name) {
  require_values(x, name)
  x[is.na(x)] <- median(x, na.rm = TRUE)
  x
}

# Ties go to the level that comes first; the reference is first.
impute_mode <- function(x, name) {
  require_values(x, name)
  x[is.na(x)] <- levels(x)[which.max(table(x))]
  x
}

# A rare category joins the reference; with a rare reference both join the largest category.
merge_rare <- function(x) {
  counts <- table(x)
  merged <- levels(x)[counts < rare]
  target <- if (levels(x)[1] %in% merged) levels(x)[which.max(counts)] else levels(x)[1]
  value <- ifelse(x %in% merged, target, as.character(x))
  factor(value, levels = unique(c(target, setdiff(levels(x), merged))))
}

# One 0/1 column for each level but the reference; none for a covariate of one level.
indicators <- function(x, name) {
  shown <- levels(x)[-1]
  columns <- vapply(shown, function(level) as.numeric(x == level), numeric(length(x)))
  names <- if (length(shown) > 0) list(NULL, paste(name, shown, sep = "_"))
  matrix(as.numeric(columns), nrow = length(x), dimnames = names)
}

# The first of `levels` is the reference.
categorical <- function(x, levels, name) {
  indicators(merge_rare(impute_mode(factor(x, levels = levels), name)), name)
}

# Values are learnt from the whole ITT set, whatever the arm, and serve every analysis set.
derive_covariates <- function(subjects, tables) {
  dm <- match_rows(subjects, tables$dm)
  bl <- match_rows(subjects, tables$bl)
  hours <- minutes_between(bl$LKWDTC, subjects$RANDDTC) / 60
  cbind(
    AGE = impute_median(dm$AGE, "AGE"),
    NIHSSBL = impute_median(bl$NIHSSBL, "NIHSSBL"),
    ASPECTS = impute_median(bl$ASPECTS, "ASPECTS"),
    categorical(bl$OCCLOC, c("M1", "ICA", "M2", "OTHER"), "OCCLOC"),
    OTTH = impute_median(hours, "OTTH"),
    categorical(bl$IVT, c("N", "Y"), "IVT"),
    categorical(ifelse(bl$MRSPRE >= 1, "GE1", "0"), c("0", "GE1"), "MRSPRE")
  )
}

no_covariates <- function(subjects) matrix(numeric(0), nrow = nrow(subjects), ncol = 0)

# SAP 5.3: a column that is constant among the subjects of a fit is dropped from it.
drop_constant <- function(x) {
  varies <- apply(x, 2, function(column) length(unique(column)) > 1)
  x[, as.logical(varies), drop = FALSE]
}
