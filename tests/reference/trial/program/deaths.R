# SAP 4.1: what dates a death that no record dates in full, and which 6 is no death.

# First and last day that a partial date can mean.
span <- function(text) {
  first <- as.Date(if (nchar(text) == 4) paste0(text, "-01-01") else paste0(text, "-01"))
  step <- if (nchar(text) == 4) "year" else "month"
  c(first, seq(first, by = step, length.out = 2)[2] - 1)
}

# SAP 4.1: the earliest day that fits and is not before the last day known alive; NA if none fits.
earliest_fitting <- function(texts, last) {
  texts <- texts[!is.na(texts) & nchar(texts) < 10]
  days <- lapply(texts, function(text) {
    day <- max(span(text)[1], last)
    if (day <= span(text)[2]) day else as.Date(NA)
  })
  days <- do.call(c, c(list(as.Date(NA)), days))
  if (all(is.na(days))) as.Date(NA) else min(days, na.rm = TRUE)
}

# The date of a death that no record gives in full: by `dd`, by a fatal event, else the day after.
impute_death <- function(in_dd, in_ae, last) {
  for (texts in list(in_dd, in_ae)) {
    day <- earliest_fitting(texts, last)
    if (!is.na(day)) return(day)
  }
  last + 1
}

# SAP 4.1: rows of a single local 6 that a central score takes back, without another record of death.
contradicted_six <- function(ids, randomised, tables) {
  mrs <- tables$mrs
  score <- as.numeric(mrs$MRS)
  day <- as.numeric(as.Date(mrs$MRSDTC) - randomised[match(mrs$SUBJID, ids)])
  elsewhere <- c(tables$dd$SUBJID, tables$ds$SUBJID[tables$ds$DSDECOD %in% "DEATH"],
                 tables$ae$SUBJID[tables$ae$AEOUT %in% "FATAL"])
  near <- function(day) abs(day - 90) <= 14
  vapply(seq_len(nrow(mrs)), function(i) {
    own <- mrs$SUBJID == mrs$SUBJID[i]
    is_single <- score[i] %in% 6 && sum(score[own] %in% 6) == 1 && mrs$MRSSRC[i] == "LOCAL"
    if (!is_single || is.na(day[i]) || mrs$SUBJID[i] %in% elsewhere) return(FALSE)
    living <- day[own & mrs$MRSSRC == "CENTRAL" & (score < 6) %in% TRUE]
    any(living > day[i] | (near(living) & near(day[i])), na.rm = TRUE)
  }, logical(1))
}
