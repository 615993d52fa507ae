# The reasons that take a subject out of the per-protocol set (SAP 3.2): a row per subject and code.

planned_ia <- 40          # mg
planned_iv_per_kg <- 2    # mg/kg a day
compliance <- c(0.80, 1.20)
rounding <- 1e-9          # relative; a dose of exactly 80 % or 120 % in decimals is inside

reason_codes <- c(
  "IE", "IN01", "IN02", "IN03", "IN04", "IN05", "IN06", "IN07", "EX02", "EX06", "EX08", "EX10",
  "EX14", "EX15A", "EX15B", "DOSEIA", "DOSEIV", "KIT", "DV", "NOMRS", "WINDOW"
)

# `broken` missing means that the criterion could not be judged: not a violation.
reason <- function(subjid, code, broken, value) {
  broken <- broken %in% TRUE
  value <- rep_len(as.character(value), length(subjid))
  data.frame(SUBJID = subjid[broken], CODE = rep(code, sum(broken)), VALUE = value[broken])
}

named_value <- function(name, value) paste0(name, "=", value)

minutes_between <- function(from, to) as.numeric(difftime(to, from, units = "mins"))

# All values of a subject that broke one rule, in one row.
reason_of_rows <- function(subjid, code, value) {
  if (length(subjid) == 0) return(reason(character(0), code, logical(0), character(0)))
  join <- function(values) paste(sort(unique(values), method = "radix"), collapse = ";")
  values <- tapply(value, subjid, join)
  reason(names(values), code, TRUE, values)
}

site_answer_reasons <- function(ie) {
  inclusion <- startsWith(ie$IETESTCD, "IN")
  against <- (ie$IEORRES == ifelse(inclusion, "N", "Y")) %in% TRUE
  reason_of_rows(ie$SUBJID[against], "IE", named_value(ie$IETESTCD, ie$IEORRES)[against])
}

# IN07. A consent without a time is compared by date; of a partial date the first possible day
# counts, so that it is "after" only when no day that agrees with it would be in time. A subject
# without a `dm` row has no consent in the export.
consent_reasons <- function(subjects, dm) {
  consent <- dm$RFICDTC
  empty <- is.na(dm$CONSENT_EMPTY) | dm$CONSENT_EMPTY
  timed <- is_real_datetime(consent)
  after_time <- timed & type_datetime(consent) > subjects$RANDDTC
  after_date <- !timed & type_date(first_day(consent)) > subjects$RANDDT
  late <- !is.na(consent) & (after_time | after_date)
  reason(subjects$SUBJID, "IN07", empty | late, ifelse(empty, "empty", consent))
}

eligibility_reasons <- function(subjects, dm, bl, evt) {
  id <- subjects$SUBJID
  onset <- minutes_between(bl$LKWDTC, subjects$RANDDTC)
  procedure <- minutes_between(evt$PUNCDTC, evt$RECANDTC)
  low_egfr <- (bl$EGFR < 30) %in% TRUE
  high_creat <- (bl$CREAT > 220) %in% TRUE
  renal <- ifelse(low_egfr & high_creat,
                  paste(named_value("EGFR", bl$EGFR), named_value("CREAT", bl$CREAT), sep = ";"),
                  ifelse(low_egfr, named_value("EGFR", bl$EGFR), named_value("CREAT", bl$CREAT)))
  rbind(
    reason(id, "IN01", dm$AGE < 18 | dm$AGE > 80, dm$AGE),
    reason(id, "IN02", onset > 24 * 60 | onset < 0, onset / 60),
    reason(id, "IN03", !is.na(bl$OCCLOC) & !bl$OCCLOC %in% c("ICA", "M1", "M2"), bl$OCCLOC),
    reason(id, "IN04", bl$NIHSSBL < 6, bl$NIHSSBL),
    reason(id, "IN05", bl$ASPECTS < 3, bl$ASPECTS),
    reason(id, "IN06", !is.na(evt$ETICI) & !evt$ETICI %in% c("2B50", "2B67", "2C", "3"), evt$ETICI),
    reason(id, "EX02", bl$MRSPRE >= 2, bl$MRSPRE),
    reason(id, "EX06", bl$ANTICOAG == "Y" & bl$INR > 1.7, bl$INR),
    reason(id, "EX08", low_egfr | high_creat, renal),
    reason(id, "EX10", bl$GLUC < 2.8 | bl$GLUC > 22.2, bl$GLUC),
    reason(id, "EX14", evt$DSACOMP != "NONE", evt$DSACOMP),
    reason(id, "EX15A", procedure > 90, procedure),
    reason(id, "EX15B", evt$PASSES > 3, evt$PASSES)
  )
}

# SAP 3.3, several rows for one EXDAY: doses are summed, planned = the largest. An empty dose is 0.
dose_of_day <- function(subjects, ex, day) {
  rows <- ex[ex$EXDAY %in% day, ]
  subject <- factor(rows$SUBJID, levels = subjects$SUBJID)
  planned <- rows$EXPDOSE
  largest <- tapply(planned[!is.na(planned)], subject[!is.na(planned)], max)
  list(
    given = as.vector(xtabs(ifelse(is.na(rows$EXDOSE), 0, rows$EXDOSE) ~ subject)),
    any = subjects$SUBJID %in% rows$SUBJID[(rows$EXDOSE > 0) %in% TRUE],
    planned = as.vector(largest)
  )
}

outside_compliance <- function(given, planned) {
  too_little <- given < compliance[1] * planned * (1 - rounding)
  too_much <- given > compliance[2] * planned * (1 + rounding)
  too_little | too_much
}

intraarterial_reasons <- function(subjects, ex) {
  given <- dose_of_day(subjects, ex, 0)$given
  reason(subjects$SUBJID, "DOSEIA", outside_compliance(given, planned_ia), given)
}

# Where the plan of a due dose is unknown (neither EXPDOSE nor WEIGHT) only "nothing given" can be
# judged.
intravenous_reasons <- function(subjects, ex, weight) {
  days <- lapply(1:3, function(day) dose_of_day(subjects, ex, day))
  due <- sapply(1:3, function(k) days[[k]]$any | !((subjects$DTHDY <= k) %in% TRUE))
  plan <- sapply(days, function(d) ifelse(is.na(d$planned), planned_iv_per_kg * weight, d$planned))
  given <- rowSums(sapply(days, `[[`, "given"))
  planned <- rowSums(ifelse(due, plan, 0))
  broken <- ifelse(is.na(planned), given <= 0, outside_compliance(given, planned))
  reason(subjects$SUBJID, "DOSEIV", rowSums(due) > 0 & broken, paste(given, planned, sep = " of "))
}

kit_reasons <- function(subjects, ex, kit_list) {
  given <- doses_given(ex)
  arm <- kit_arm(given$EXKIT, kit_list)
  other <- (arm != subjects$TRT01P[match(given$SUBJID, subjects$SUBJID)]) %in% TRUE
  reason_of_rows(given$SUBJID[other], "KIT", given$EXKIT[other])
}

deviation_reasons <- function(dv) {
  major <- dv$DVMAJOR %in% "Y"
  reason_of_rows(dv$SUBJID[major], "DV", dv$DVDECOD[major])
}

# Deaths are never out of window, also when the 6 comes from an assessment of days 105-120.
outcome_reasons <- function(subjects) {
  out_of_window <- subjects$MRS90SRC == "d" & subjects$MRS90 < 6
  rbind(
    reason(subjects$SUBJID, "NOMRS", subjects$MRS90SRC == "e", ""),
    reason(subjects$SUBJID, "WINDOW", out_of_window, study_day(subjects$MRS90DT, subjects$RANDDT))
  )
}

derive_reasons <- function(subjects, tables, kit_list) {
  dm <- match_rows(subjects, tables$dm)
  bl <- match_rows(subjects, tables$bl)
  evt <- match_rows(subjects, tables$evt)
  reasons <- rbind(
    site_answer_reasons(tables$ie),
    eligibility_reasons(subjects, dm, bl, evt),
    consent_reasons(subjects, dm),
    intraarterial_reasons(subjects, tables$ex),
    intravenous_reasons(subjects, tables$ex, dm$WEIGHT),
    kit_reasons(subjects, tables$ex, kit_list),
    deviation_reasons(tables$dv),
    outcome_reasons(subjects)
  )
  reasons[order(reasons$SUBJID, match(reasons$CODE, reason_codes), method = "radix"), ]
}
