# The baseline table by arsenal::tableby, the primary model by MASS::polr and the shares of the Grotta
# bar by rankinPlot, on the demonstration trial: the reference of tests/reference/displays.
#
# Run: Rscript displays.R (in this folder, after make_rows.py; writes displays.json).

source("../models/made_data/provenance.R")
library(arsenal)

rows <- read.csv("rows.csv", colClasses = "character", na.strings = "")
continuous <- c("AGE", "WEIGHT", "NIHSSBL", "ASPECTS", "LKWRNDH", "PUNCRECM", "PASSES", "SBP", "DBP", "GLUC")
for (name in continuous) rows[[name]] <- as.numeric(rows[[name]])
categorical <- setdiff(names(rows), c(continuous, "SUBJID", "SITEID", "TRT01P", "ITTFL", "PPROTFL", "MRSPRGR1", "MRS90"))

made <- tableby(
  as.formula(paste("TRT01P ~", paste(c(continuous, categorical), collapse = " + "))),
  data = rows, test = FALSE, total = TRUE,
  numeric.stats = c("Nmiss2", "meansd", "medianq1q3", "range"), cat.stats = c("Nmiss2", "countpct")
)
cells <- as.data.frame(made)
names(cells)[names(cells) == "Total"] <- "both"
table <- lapply(split(cells, cells$variable), function(part) {
  part <- part[part$term != part$variable, ]
  groups <- c("MPSS", "PLACEBO", "both")
  setNames(lapply(seq_len(nrow(part)), function(i) {
    setNames(lapply(groups, function(group) as.numeric(unlist(part[[group]][[i]]))), groups)
  }), ifelse(grepl("^countpct", part$term), trimws(part$label), part$term))
})

# The primary model of the plan: what is missing takes the median, or the commonest category.
fill <- function(x) {
  value <- if (is.numeric(x)) median(x, na.rm = TRUE) else names(which.max(table_of(x)))
  replace(x, is.na(x), value)
}
table_of <- function(x) sort(base::table(x), decreasing = TRUE)
covariates <- c("AGE", "NIHSSBL", "ASPECTS", "OCCLOC", "LKWRNDH", "IVT", "MRSPRGR1")
filled <- rows
filled[covariates] <- lapply(rows[covariates], fill)
filled$OCCLOC[filled$OCCLOC == "OTHER"] <- "M1" # fewer than five subjects
filled <- within(filled, {
  arm <- relevel(factor(TRT01P), "PLACEBO")
  OCCLOC <- relevel(factor(OCCLOC), "M1")
  MRSPRGR1 <- relevel(factor(MRSPRGR1), "0")
  # polr: logit P(Y <= j) = zeta_j - eta, so the scale is turned for the odds of a lower score
  score <- factor(6 - as.numeric(MRS90), ordered = TRUE)
})
model <- MASS::polr(
  score ~ arm + AGE + NIHSSBL + ASPECTS + OCCLOC + LKWRNDH + IVT + MRSPRGR1,
  data = filled[!is.na(filled$MRS90), ], Hess = TRUE, control = list(reltol = 1e-14)
)
wald <- confint.default(model)
terms <- names(coef(model))
coefficients <- setNames(lapply(terms, function(term) exp(c(coef(model)[[term]], wald[term, ]))), terms)
profile <- exp(confint(model, "armMPSS"))

# The widths of the bars, from what rankinPlot draws.
library(rankinPlot)
known <- rows[!is.na(rows$MRS90), ]
drawn <- grottaBar(
  base::table(mRS = factor(known$MRS90, 0:6), Group = factor(known$TRT01P, c("PLACEBO", "MPSS"))),
  groupName = "Group", scoreName = "mRS", returnData = TRUE
)$rectData
drawn$group <- c("PLACEBO", "MPSS")[drawn$group]
bars <- lapply(split(drawn, drawn$group), function(bar) {
  list(n = bar$n[order(bar$score)], share = bar$p[order(bar$score)])
})

write_reference(list(
  provenance = describe_provenance(
    "arsenal::tableby; MASS::polr with confint.default and confint; rankinPlot::grottaBar",
    c("arsenal", "MASS", "rankinPlot")
  ),
  baseline = table,
  coefficients = coefficients,
  profile = as.numeric(profile),
  n = nobs(model),
  bars = bars
), "displays.json")
