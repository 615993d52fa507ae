# Standardised differences at baseline in base R, the reference of tests/reference/models/standardised_difference.
#
# Run: Rscript balance.R (in this folder; writes rows.csv and balance.json).

source("../made_data/provenance.R")

set.seed(20260517)
n <- c(57, 43)
rows <- data.frame(
  arm = rep(c("MPSS", "PLACEBO"), n),
  age = c(round(rnorm(n[1], 67, 11)), round(rnorm(n[2], 65, 14))),
  site = sample(c("ICA", "M1", "M2"), sum(n), replace = TRUE, prob = c(0.3, 0.5, 0.2))
)
rows$age[c(3, 60)] <- NA
rows$site[7] <- NA
write.csv(rows, "rows.csv", row.names = FALSE, quote = FALSE, na = "")

treated <- rows$arm == "MPSS"
mean_difference <- function(x) {
  one <- x[treated & !is.na(x)]
  zero <- x[!treated & !is.na(x)]
  (mean(one) - mean(zero)) / sqrt((var(one) + var(zero)) / 2)
}
share_difference <- function(event) {
  one <- mean(event[treated], na.rm = TRUE)
  zero <- mean(event[!treated], na.rm = TRUE)
  (one - zero) / sqrt((one * (1 - one) + zero * (1 - zero)) / 2)
}

found <- list(
  provenance = describe_provenance("Rscript balance.R", "jsonlite"),
  age = mean_difference(rows$age),
  site = lapply(c(ICA = "ICA", M1 = "M1", M2 = "M2"), function(level) {
    share_difference(rows$site == level)
  })
)
write_reference(found, "balance.json")
