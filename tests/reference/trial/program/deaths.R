# SAP 4.1: what dates a death that no record dates in full, and which 6 is no death.

# First and last day that a partial date can mean.
span <- function(text) {
  first <- as.Date(if (nchar(text) == 4) paste0(text, "-01-01") else paste0(text, "-01"))
  step <- if (nchar(text) == 4) "year" else "month"
  c(first, seq(first, by = step, length.out = 2)[2] - 1)
}

# The partial ones of these texts, by the first day that they can mean, the wider one first.
partial_dates <- function(texts) {
  sort(texts[!is.na(texts) & nchar(texts) %in% c(4, 7)], method = "radix")
}

# SAP 4.1: the date of a death that no record gives in full. Of the days from the last one alive on
# each partial date, that of `dd` first, leaves those it can mean, unless it would leave none;
# where none of them fits it is the day after that last one.
impute_death <- function(in_dd, elsewhere, last) {
  from <- last
  to <- as.Date("9999-12-31")
  fits <- FALSE
  for (text in c(partial_dates(in_dd), partial_dates(elsewhere))) {
    days <- span(text)
    if (max(from, days[1]) <= min(to, days[2])) {
      from <- max(from, days[1])
      to <- min(to, days[2])
      fits <- TRUE
    }
  }
  if (fits) from else last + 1
}

# SAP 4.1: rows of a single local 6 that a central score takes back, without another record of a
# death.
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
