# One row per randomised subject: arms, safety set, death, day-90 mRS (SAP 1.1, 3.1, 3.3, 4).

mrs_window <- c(76, 104)        # day 90 +- 14
mrs_window_wide <- c(60, 120)   # day 90 +- 30

# SAP 1.1: calendar days since randomisation.
study_day <- function(date, randomised) as.integer(date - randomised)

inside <- function(day, window) day >= window[1] & day <= window[2]

# The rows of `table` in the order of `subjects`; missing where a subject has none.
match_rows <- function(subjects, table) {
  rows <- table[match(subjects$SUBJID, table$SUBJID), setdiff(names(table), "SUBJID")]
  row.names(rows) <- NULL
  rows
}

# SAP 3.1: every subject of `rand`, as randomised.
derive_subjects <- function(tables, lists) {
  rand <- tables$rand
  planned <- lists$randomisation_list$ARM[match(rand$RANDNO, lists$randomisation_list$RANDNO)]
  if (anyNA(planned)) {
    stop("no arm in the randomisation list for RANDNO of ",
         paste(rand$SUBJID[is.na(planned)], collapse = ", "), call. = FALSE)
  }
  data.frame(SUBJID = rand$SUBJID, RANDDTC = rand$RANDDTC, RANDDT = as.Date(rand$RANDDTC),
             TRT01P = planned, ITTFL = TRUE)
}

# SAP 3.3: doses given, the first of a subject on top (earliest start, then EXSEQ; undated last).
doses_given <- function(ex) {
  given <- ex[(ex$EXDOSE > 0) %in% TRUE, ]
  given[order(given$SUBJID, given$EXSTDTC, given$EXSEQ, given$EXDAY, given$EXKIT,
              na.last = TRUE, method = "radix"), ]
}

# Arm of each kit; missing when the kit is blank or on no list.
kit_arm <- function(kit, kit_list) kit_list$ARM[match(kit, kit_list$KITNO, incomparables = NA)]

derive_safety <- function(subjects, ex, kit_list) {
  given <- doses_given(ex)
  first <- given[!duplicated(given$SUBJID), ]
  subjects$SAFFL <- subjects$SUBJID %in% first$SUBJID
  used <- kit_arm(match_rows(subjects, first)$EXKIT, kit_list)
  subjects$TRT01A <- ifelse(is.na(used), subjects$TRT01P, used)
  subjects$TRT01A[!subjects$SAFFL] <- NA
  subjects
}

# SAP 4.1: where a death shows outside `dd`.
other_death_records <- function(tables) {
  mrs <- tables$mrs[tables$mrs$MRS %in% 6, ]
  ds <- tables$ds[tables$ds$DSDECOD %in% "DEATH", ]
  ae <- tables$ae[tables$ae$AEOUT %in% "FATAL", ]
  records <- data.frame(
    SUBJID = c(mrs$SUBJID, ds$SUBJID, ae$SUBJID),
    DATE = c(mrs$MRSDTC, type_date(ds$DSSTDTC), type_date(ae$AEENDTC))  # a partial date gives none
  )
  records <- records[!is.na(records$DATE), ]
  records[order(records$SUBJID, records$DATE, method = "radix"), ]
}

# SAP 9.1: the last day known alive.
last_known_alive <- function(subjects, tables) {
  evt <- tables$evt
  ex <- doses_given(tables$ex)
  mrs <- tables$mrs[(tables$mrs$MRS < 6) %in% TRUE, ]
  ended <- tables$ae[!(tables$ae$AEOUT %in% "FATAL"), ]
  ds <- tables$ds[tables$ds$DSDECOD %in% "COMPLETED", ]
  ids <- c(subjects$SUBJID, evt$SUBJID, evt$SUBJID, ex$SUBJID, tables$nihss$SUBJID, mrs$SUBJID,
           tables$eq5d$SUBJID, tables$ich$SUBJID, tables$ae$SUBJID, ended$SUBJID, ds$SUBJID)
  days <- c(subjects$RANDDT, as.Date(evt$PUNCDTC), as.Date(evt$RECANDTC), as.Date(ex$EXSTDTC),
            as.Date(tables$nihss$NIHDTC), mrs$MRSDTC, tables$eq5d$EQDTC,
            as.Date(tables$ich$ICHDTC), type_date(tables$ae$AESTDTC), type_date(ended$AEENDTC),
            type_date(ds$DSSTDTC))
  known <- !is.na(days)
  as.Date(tapply(as.numeric(days)[known], factor(ids[known], levels = subjects$SUBJID), max),
          origin = "1970-01-01")
}

# SAP 4.1. "Without a `dd` row" is read as "without a usable date in `dd`": a row whose date is
# missing or unreadable says that the subject died, so the other records date the death. (Read to
# the letter, such a row would leave a subject known to be dead without a day-90 mRS.)
derive_death <- function(subjects, tables) {
  other <- other_death_records(tables)
  other_date <- other$DATE[match(subjects$SUBJID, other$SUBJID)]
  subjects$DTHDT <- type_date(match_rows(subjects, tables$dd)$DTHDTC)
  undated <- is.na(subjects$DTHDT)
  subjects$DTHDT[undated] <- other_date[undated]
  fatal <- tables$ae[tables$ae$AEOUT %in% "FATAL", ]
  ended <- tables$ds[tables$ds$DSDECOD %in% "DEATH", ]
  dead <- c(tables$dd$SUBJID, fatal$SUBJID, tables$mrs$SUBJID[tables$mrs$MRS %in% 6], ended$SUBJID)
  last <- last_known_alive(subjects, tables)
  for (i in which(is.na(subjects$DTHDT) & subjects$SUBJID %in% dead)) {
    id <- subjects$SUBJID[i]
    in_dd <- tables$dd$DTHDTC[tables$dd$SUBJID == id]
    elsewhere <- c(fatal$AEENDTC[fatal$SUBJID == id], ended$DSSTDTC[ended$SUBJID == id])
    subjects$DTHDT[i] <- impute_death(in_dd, elsewhere, last[[i]])
  }
  subjects$DTHDY <- study_day(subjects$DTHDT, subjects$RANDDT)
  subjects
}

# SAP 4.2 and the D90 rows with a score and a date that 4.3 chooses from, the best of each first.
day90_candidates <- function(subjects, mrs) {
  row <- match(mrs$SUBJID, subjects$SUBJID)
  death <- subjects$DTHDT[row]
  mrs$DAY <- study_day(mrs$MRSDTC, subjects$RANDDT[row])
  after_death <- mrs$MRSDTC > death
  six_before_death <- mrs$MRS == 6 & mrs$MRSDTC < death
  usable <- mrs$VISIT == "D90" & !is.na(mrs$MRS) & !is.na(mrs$MRSDTC) &
    !(after_death %in% TRUE) & !(six_before_death %in% TRUE)
  mrs <- mrs[usable, ]
  mrs[order(mrs$SUBJID, mrs$MRSSRC != "CENTRAL", abs(mrs$DAY - 90), mrs$DAY, -mrs$MRS), ]
}

# SAP 4.3; `source` is the letter of the rule that gave the value.
derive_mrs90 <- function(subjects, mrs) {
  candidates <- day90_candidates(subjects, mrs)
  near <- match_rows(subjects, candidates[inside(candidates$DAY, mrs_window), ])
  wide <- match_rows(subjects, candidates[inside(candidates$DAY, mrs_window_wide), ])
  died_by <- function(day) (subjects$DTHDY <= day) %in% TRUE
  source <- ifelse(died_by(90), "a",
            ifelse(!is.na(near$MRS), "b",
            ifelse(died_by(mrs_window[2]), "c",
            ifelse(!is.na(wide$MRS), "d", "e"))))
  dead <- source %in% c("a", "c")
  subjects$MRS90 <- ifelse(dead, 6, ifelse(source == "b", near$MRS, wide$MRS))
  subjects$MRS90[source == "e"] <- NA
  subjects$MRS90DT <- subjects$DTHDT
  subjects$MRS90DT[source == "b"] <- near$MRSDTC[source == "b"]
  subjects$MRS90DT[source == "d"] <- wide$MRSDTC[source == "d"]
  subjects$MRS90DT[source == "e"] <- NA
  subjects$MRS90SRC <- source
  subjects
}

# SAP 9.1 and 9.2, subject by subject: no record, no image and unknown status count as no event.
derive_safety_events <- function(subjects, ich) {
  randomised <- subjects$RANDDTC[match(ich$SUBJID, subjects$SUBJID)]
  hours <- as.numeric(difftime(ich$ICHDTC, randomised, units = "mins")) / 60
  within48 <- (hours >= 0 & hours <= 48) %in% TRUE
  symptomatic <- ich$SICH %in% "Y" & (within48 | is.na(ich$ICHDTC))  # one without a date counts
  any_type <- !is.na(ich$ICHTYPE) & ich$ICHTYPE != "NONE" & within48
  subjects$DEATH90 <- (subjects$DTHDY <= 90) %in% TRUE
  subjects$SICH48 <- subjects$SUBJID %in% ich$SUBJID[symptomatic]
  subjects$ICH48 <- subjects$SUBJID %in% ich$SUBJID[any_type]
  subjects
}
