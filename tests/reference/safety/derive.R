# Section 9 of the plan, derived from the tables of an export (read as text).
#
# Numbers of days count from the calendar date of randomisation (day 0).

death_day_limit <- 90

read_table <- function(folder, name) {
  read.csv(file.path(folder, paste0(name, ".csv")), colClasses = "character", na.strings = "",
           encoding = "UTF-8")
}

day_of <- function(text) as.Date(substr(text, 1, 10))  # NA for missing; complete dates only

complete <- function(text) ifelse(!is.na(text) & nchar(text) >= 10, text, NA)

earliest <- function(ids, dates, subjects) {
  known <- !is.na(dates)
  found <- tapply(dates[known], factor(ids[known], levels = subjects), min)
  as.Date(as.numeric(found), origin = "1970-01-01")
}

latest <- function(ids, dates, subjects) {
  known <- !is.na(dates)
  found <- tapply(dates[known], factor(ids[known], levels = subjects), max)
  as.Date(as.numeric(found), origin = "1970-01-01")
}

derive_subjects <- function(tables, lists) {
  rand <- tables$rand[order(tables$rand$SUBJID), ]
  arm <- lists$randomisation_list$ARM[match(rand$RANDNO, lists$randomisation_list$RANDNO)]
  weight <- as.numeric(tables$dm$WEIGHT[match(rand$SUBJID, tables$dm$SUBJID)])
  data.frame(SUBJID = rand$SUBJID, RANDDTC = rand$RANDDTC, RANDDT = day_of(rand$RANDDTC),
             TRT01P = arm, WEIGHT = weight)
}

# SAP 3.3: arm of the kit of the first dose given; the date of that dose.
derive_treatment <- function(subjects, ex, kits) {
  given <- ex[!is.na(ex$EXDOSE) & as.numeric(ex$EXDOSE) > 0, ]
  sequence <- as.numeric(given$EXSEQ)
  given <- given[order(given$SUBJID, is.na(given$EXSTDTC), given$EXSTDTC, sequence), ]
  first <- given[match(subjects$SUBJID, given$SUBJID), ]
  subjects$SAFFL <- subjects$SUBJID %in% given$SUBJID
  arm <- kits$ARM[match(first$EXKIT, kits$KITNO)]
  subjects$TRT01A <- ifelse(!subjects$SAFFL, NA, ifelse(is.na(arm), subjects$TRT01P, arm))
  subjects$TRTSDT <- day_of(first$EXSTDTC)
  undated <- subjects$SAFFL & is.na(subjects$TRTSDT)
  subjects$TRTSDT[undated] <- subjects$RANDDT[undated]
  subjects
}

# SAP 4.1: dd; without it the earliest of a score of 6, of DEATH in ds, of the end of a fatal event.
derive_death <- function(subjects, tables) {
  ids <- subjects$SUBJID
  mrs <- tables$mrs[!is.na(tables$mrs$MRS) & tables$mrs$MRS == "6", ]
  ds <- tables$ds[tables$ds$DSDECOD == "DEATH", ]
  ae <- tables$ae[!is.na(tables$ae$AEOUT) & tables$ae$AEOUT == "FATAL", ]
  other <- earliest(c(mrs$SUBJID, ds$SUBJID, ae$SUBJID),
                    c(day_of(mrs$MRSDTC), day_of(complete(ds$DSSTDTC)),
                      day_of(complete(ae$AEENDTC))), ids)
  recorded <- day_of(tables$dd$DTHDTC[match(ids, tables$dd$SUBJID)])
  subjects$DTHDT <- recorded
  subjects$DTHDT[is.na(recorded)] <- other[is.na(recorded)]
  dead <- c(tables$dd$SUBJID, mrs$SUBJID, ds$SUBJID, ae$SUBJID)
  last <- derive_last_alive(subjects, tables)$LASTDY + subjects$RANDDT
  for (i in which(is.na(subjects$DTHDT) & ids %in% dead)) {
    in_dd <- tables$dd$DTHDTC[tables$dd$SUBJID == ids[i]]
    elsewhere <- c(ae$AEENDTC[ae$SUBJID == ids[i]], ds$DSSTDTC[ds$SUBJID == ids[i]])
    subjects$DTHDT[i] <- impute_death(in_dd, elsewhere, last[i])
  }
  subjects$DTHDY <- as.numeric(subjects$DTHDT - subjects$RANDDT)
  subjects
}

# SAP 9.1: the last day known alive.
derive_last_alive <- function(subjects, tables) {
  ex <- tables$ex[!is.na(tables$ex$EXDOSE) & as.numeric(tables$ex$EXDOSE) > 0, ]
  mrs <- tables$mrs[!is.na(tables$mrs$MRS) & as.numeric(tables$mrs$MRS) < 6, ]
  ds <- tables$ds[tables$ds$DSDECOD == "COMPLETED", ]
  ended <- tables$ae[is.na(tables$ae$AEOUT) | tables$ae$AEOUT != "FATAL", ]
  ids <- c(subjects$SUBJID, tables$evt$SUBJID, tables$evt$SUBJID, ex$SUBJID, tables$nihss$SUBJID,
           mrs$SUBJID, tables$eq5d$SUBJID, tables$ich$SUBJID, tables$ae$SUBJID, ended$SUBJID,
           ds$SUBJID)
  dates <- c(subjects$RANDDT, day_of(tables$evt$PUNCDTC), day_of(tables$evt$RECANDTC),
             day_of(ex$EXSTDTC), day_of(tables$nihss$NIHDTC), day_of(mrs$MRSDTC),
             day_of(tables$eq5d$EQDTC), day_of(tables$ich$ICHDTC),
             day_of(complete(tables$ae$AESTDTC)), day_of(complete(ended$AEENDTC)),
             day_of(complete(ds$DSSTDTC)))
  subjects$LASTDY <- as.numeric(latest(ids, dates, subjects$SUBJID) - subjects$RANDDT)
  subjects
}

derive_time <- function(subjects) {
  died <- !is.na(subjects$DTHDY) & subjects$DTHDY <= death_day_limit
  later <- !is.na(subjects$DTHDY) & subjects$DTHDY > death_day_limit
  censored <- ifelse(later, death_day_limit, pmin(subjects$LASTDY, death_day_limit))
  subjects$DEATH90 <- died
  subjects$AVAL <- ifelse(died, pmax(subjects$DTHDY, 0), censored)
  subjects
}

# SAP 9.2: 0 to 48 h after randomisation.
derive_haemorrhage <- function(subjects, ich) {
  moment <- function(text) as.POSIXct(text, format = "%Y-%m-%dT%H:%M", tz = "UTC")
  start <- moment(subjects$RANDDTC)[match(ich$SUBJID, subjects$SUBJID)]
  minutes <- as.numeric(difftime(moment(ich$ICHDTC), start, units = "mins"))
  inside <- !is.na(minutes) & minutes >= 0 & minutes <= 48 * 60
  any_of <- function(rows) subjects$SUBJID %in% ich$SUBJID[rows]
  symptomatic <- !is.na(ich$SICH) & ich$SICH == "Y"
  type <- ifelse(is.na(ich$ICHTYPE), "unknown", ich$ICHTYPE)
  subjects$SICH48 <- any_of(symptomatic & (inside | is.na(ich$ICHDTC)))
  subjects$ICH48 <- any_of(inside & !type %in% c("unknown", "NONE"))
  subjects$PH48 <- any_of(inside & type %in% c("1C", "2"))
  subjects$IMAGED <- any_of(inside)
  for (class in heidelberg) subjects[[paste0("CLASS", class)]] <- any_of(inside & type == class)
  subjects$TOLD48 <- any_of(inside & type != "unknown")
  late <- !is.na(minutes) & minutes >= 22 * 60 & minutes <= 36 * 60
  subjects$PH2LATE <- any_of(late & type == "2")
  subjects$TOLDLATE <- any_of(late & type != "unknown")
  subjects
}

heidelberg <- c("1A", "1B", "1C", "2", "3A", "3B", "3C", "3D")

# SAP 3.4: the score of a visit nearest to its nominal time, then the earlier, then the worse.
score_of <- function(subjects, nihss, visit) {
  moment <- function(text) as.POSIXct(text, format = "%Y-%m-%dT%H:%M", tz = "UTC")
  rows <- nihss[nihss$VISIT == visit & !is.na(nihss$NIHSS), ]
  of <- match(rows$SUBJID, subjects$SUBJID)
  hours <- as.numeric(difftime(moment(rows$NIHDTC), moment(subjects$RANDDTC)[of], units = "hours"))
  days <- as.numeric(day_of(rows$NIHDTC) - subjects$RANDDT[of])
  off <- if (visit == "H24") abs(hours - 24) else abs(days - 7)
  rows <- rows[order(rows$SUBJID, is.na(off), off, rows$NIHDTC, -as.numeric(rows$NIHSS)), ]
  as.numeric(rows$NIHSS[match(subjects$SUBJID, rows$SUBJID)])
}

# SAP 9.2: a rise of 4 points above the lowest earlier score, or death by day 7; 8.2: early gain.
derive_deterioration <- function(subjects, tables) {
  base <- as.numeric(tables$bl$NIHSSBL[match(subjects$SUBJID, tables$bl$SUBJID)])
  day1 <- score_of(subjects, tables$nihss, "H24")
  week <- score_of(subjects, tables$nihss, "D7")
  lowest <- pmin(base, day1, na.rm = TRUE)
  rise1 <- day1 - base
  rise7 <- pmax(rise1, week - lowest, na.rm = TRUE)
  died <- !is.na(subjects$DTHDY) & subjects$DTHDY <= 7
  worse1 <- died | (!is.na(rise1) & rise1 >= 4)
  worse7 <- died | (!is.na(rise7) & rise7 >= 4)
  subjects$ECASS2 <- subjects$ICH48 & worse7
  subjects$ECASS2UN <- !subjects$TOLD48 | (subjects$ICH48 & !worse7 & is.na(rise7))
  subjects$SITS <- subjects$PH2LATE & worse1
  subjects$SITSUN <- !subjects$TOLDLATE | (subjects$PH2LATE & !worse1 & is.na(rise1))
  subjects$ENI <- (!is.na(rise1) & rise1 <= -8) | (!is.na(day1) & day1 <= 1)
  early <- !is.na(subjects$DTHDY) & subjects$DTHDY <= 1 & is.na(day1)
  subjects$ENIKNOWN <- subjects$ENI | !is.na(rise1) | early
  subjects
}

# ---- SAP 9.3: treatment-emergent events ----

days_of_month <- function(year, month) {
  first <- as.Date(sprintf("%04d-%02d-01", year, month))
  as.integer(format(seq(first, by = "month", length.out = 2)[2] - 1, "%d"))
}

# First and last day that a text can mean; NA for an empty one.
possible_days <- function(text) {
  if (is.na(text)) return(as.Date(c(NA, NA)))
  if (nchar(text) == 4) return(as.Date(paste0(text, c("-01-01", "-12-31"))))
  if (nchar(text) == 7) {
    last <- days_of_month(as.integer(substr(text, 1, 4)), as.integer(substr(text, 6, 7)))
    return(as.Date(c(paste0(text, "-01"), sprintf("%s-%02d", text, last))))
  }
  as.Date(c(text, text))
}

# A partial start: the earliest day that is possible, not before the first dose, not after the end.
emergent_start <- function(start, end, first_dose) {
  if (!is.na(start) && nchar(start) == 10) return(as.Date(start))
  possible <- possible_days(start)
  day <- max(possible[1], first_dose, na.rm = TRUE)
  if (any(day > c(possible[2], possible_days(end)[2]), na.rm = TRUE)) return(as.Date(NA))
  day
}

derive_events <- function(subjects, ae) {
  of <- match(ae$SUBJID, subjects$SUBJID)
  ae$TRT01A <- subjects$TRT01A[of]
  first <- subjects$TRTSDT[of]
  treated <- subjects$SAFFL[of]
  start <- as.Date(rep(NA, nrow(ae)))
  for (i in which(treated)) start[i] <- emergent_start(ae$AESTDTC[i], ae$AEENDTC[i], first[i])
  ae$ASTDY <- as.numeric(start - subjects$RANDDT[of])
  partial <- is.na(ae$AESTDTC) | nchar(ae$AESTDTC) < 10
  length <- ifelse(is.na(ae$AESTDTC), 0, nchar(ae$AESTDTC))
  flags <- c("0" = "Y", "4" = "M", "7" = "D")[as.character(length)]
  ae$ASTDTF <- ifelse(partial & !is.na(start), flags, NA)
  ae$TRTEMFL <- treated & !is.na(start) & start >= first & ae$ASTDY <= 90
  ae
}

# ---- SAP 9.4: doses of the days 0 to 3, of which those due count ----

derive_exposure <- function(subjects, ex) {
  ex$EXDOSE <- as.numeric(ex$EXDOSE)
  ex$EXPDOSE <- as.numeric(ex$EXPDOSE)
  subjects$NDOSE <- subjects$DOSEMG <- subjects$DUEMG <- subjects$PLANMG <- 0
  for (i in seq_len(nrow(subjects))) {
    for (day in 0:3) {
      rows <- ex[ex$SUBJID == subjects$SUBJID[i] & ex$EXDAY == as.character(day), ]
      given <- sum(rows$EXDOSE, na.rm = TRUE)
      noted <- rows$EXPDOSE[!is.na(rows$EXPDOSE)]
      planned <- if (day == 0) 40 else if (length(noted) > 0) max(noted) else 2 * subjects$WEIGHT[i]
      not_due <- day > 0 && given == 0 && isTRUE(subjects$DTHDY[i] <= day)
      subjects$NDOSE[i] <- subjects$NDOSE[i] + (given > 0)
      subjects$DOSEMG[i] <- subjects$DOSEMG[i] + given
      if (!not_due) {
        subjects$DUEMG[i] <- subjects$DUEMG[i] + given
        subjects$PLANMG[i] <- subjects$PLANMG[i] + planned
      }
    }
  }
  subjects$DOSEMGKG <- subjects$DOSEMG / subjects$WEIGHT
  subjects$DOSEPCT <- 100 * subjects$DUEMG / subjects$PLANMG
  subjects
}

derive_medication <- function(subjects, cm) {
  with_class <- function(class) subjects$SUBJID %in% cm$SUBJID[cm$CMCLAS %in% class]
  subjects$STEROID <- with_class("STEROID")
  subjects$INSULIN <- with_class("INSULIN")
  subjects
}

# ---- SAP 5.1 to 5.3: covariates ----

derive_covariates <- function(subjects, tables) {
  bl <- tables$bl[match(subjects$SUBJID, tables$bl$SUBJID), ]
  dm <- tables$dm[match(subjects$SUBJID, tables$dm$SUBJID), ]
  moment <- function(text) as.POSIXct(text, format = "%Y-%m-%dT%H:%M", tz = "UTC")
  hours <- as.numeric(difftime(moment(subjects$RANDDTC), moment(bl$LKWDTC), units = "hours"))
  number <- function(x) {
    x <- as.numeric(x)
    ifelse(is.na(x), median(x, na.rm = TRUE), x)
  }
  category <- function(x, levels) {
    counts <- table(factor(x, levels = levels))
    x <- ifelse(is.na(x), levels[which.max(counts)], x)
    counts <- table(factor(x, levels = levels))
    stopifnot(counts[1] >= 5)  # a rare reference does not occur here
    x[x %in% levels[counts < 5]] <- levels[1]
    factor(x, levels = levels[counts >= 5])
  }
  data.frame(AGE = number(dm$AGE), NIHSSBL = number(bl$NIHSSBL), ASPECTS = number(bl$ASPECTS),
             OCCLOC = category(bl$OCCLOC, c("M1", "ICA", "M2", "OTHER")), LKWRNDH = number(hours),
             IVT = category(bl$IVT, c("N", "Y")),
             MRSPRGR1 = category(ifelse(as.numeric(bl$MRSPRE) >= 1, ">=1", "0"), c("0", ">=1")))
}
