# The layout of the export, transcribed from the table definitions of the trial (one CSV per table).
#
# Only the tables this program needs are listed; other tables and further columns are ignored.
# Plausible ranges are left out on purpose: a value outside its range is kept (it is only queried).

column <- function(type, required = FALSE, codes = NULL, limits = NULL, partial = FALSE) {
  list(type = type, required = required, codes = codes, limits = limits, partial = partial)
}

table_layout <- function(key, ...) list(key = key, columns = list(...))

string <- function(...) column("str", ...)
integer_number <- function(...) column("int", ...)
decimal_number <- function(...) column("float", ...)
yes_no <- function(...) column("str", codes = c("Y", "N"), ...)
calendar_date <- function(...) column("date", ...)
date_time <- function(...) column("datetime", ...)
identifier <- function() column("str", required = TRUE)

criteria <- c(sprintf("IN%02d", 1:7), sprintf("EX%02d", 1:15))

export_layout <- list(
  rand = table_layout(
    key = "SUBJID",
    SUBJID = identifier(),
    RANDNO = string(required = TRUE),
    RANDDTC = date_time(required = TRUE),
    KITNO = string()
  ),
  dm = table_layout(
    key = "SUBJID",
    SUBJID = identifier(),
    SITEID = string(required = TRUE),
    AGE = integer_number(),
    SEX = string(codes = c("M", "F")),
    WEIGHT = decimal_number(),
    HEIGHT = decimal_number(),
    RFICDTC = date_time(partial = TRUE),
    RFICBY = string(codes = c("PATIENT", "FAMILY"))
  ),
  bl = table_layout(
    key = "SUBJID",
    SUBJID = identifier(),
    LKWDTC = date_time(),
    MRSPRE = integer_number(limits = c(0, 5)),
    NIHSSBL = integer_number(limits = c(0, 42)),
    ASPECTS = integer_number(limits = c(0, 10)),
    OCCLOC = string(codes = c("ICA", "M1", "M2", "OTHER")),
    OCCSIDE = string(codes = c("L", "R", "B")),
    IVT = yes_no(),
    TOAST = string(codes = c("LAA", "CE", "OTHER", "UNDETERMINED")),
    SBP = decimal_number(),
    DBP = decimal_number(),
    GLUC = decimal_number(),
    CREAT = decimal_number(),
    EGFR = decimal_number(),
    INR = decimal_number(),
    HTN = yes_no(),
    DIAB = yes_no(),
    AFIB = yes_no(),
    CAD = yes_no(),
    STROKEHX = yes_no(),
    SMOKE = yes_no(),
    ANTIPLT = yes_no(),
    ANTICOAG = yes_no()
  ),
  ie = table_layout(
    key = c("SUBJID", "IETESTCD"),
    SUBJID = identifier(),
    IETESTCD = string(required = TRUE, codes = criteria),
    IEORRES = yes_no(required = TRUE)
  ),
  evt = table_layout(
    key = "SUBJID",
    SUBJID = identifier(),
    PUNCDTC = date_time(),
    RECANDTC = date_time(),
    PASSES = integer_number(),
    ETICI = string(codes = c("0", "1", "2A", "2B50", "2B67", "2C", "3")),
    ANESTH = string(codes = c("GA", "CS", "LA")),
    RESCUE = yes_no(),
    DSACOMP = string(codes = c("NONE", "PERFORATION", "DISSECTION", "EXTRAVASATION"))
  ),
  ex = table_layout(
    key = c("SUBJID", "EXSEQ"),
    SUBJID = identifier(),
    EXSEQ = integer_number(required = TRUE),
    EXROUTE = string(required = TRUE, codes = c("IA", "IV")),
    EXDAY = integer_number(required = TRUE, limits = c(0, 3)),
    EXSTDTC = date_time(),
    EXPDOSE = decimal_number(),
    EXDOSE = decimal_number(),
    EXKIT = string(),
    EXREAS = string()
  ),
  nihss = table_layout(
    key = c("SUBJID", "VISIT"),
    SUBJID = identifier(),
    VISIT = string(required = TRUE, codes = c("H24", "D7")),
    NIHDTC = date_time(),
    NIHSS = integer_number(limits = c(0, 42))
  ),
  mrs = table_layout(
    key = c("SUBJID", "VISIT", "MRSSRC", "MRSDTC"),
    SUBJID = identifier(),
    VISIT = string(required = TRUE, codes = c("D30", "D90")),
    MRSDTC = calendar_date(),
    MRSSRC = string(required = TRUE, codes = c("CENTRAL", "LOCAL")),
    MRSMODE = string(codes = c("CLINIC", "PHONE", "VIDEO")),
    MRS = integer_number(limits = c(0, 6))
  ),
  eq5d = table_layout(
    key = c("SUBJID", "VISIT"),
    SUBJID = identifier(),
    VISIT = string(required = TRUE, codes = "D90"),
    EQDTC = calendar_date()
  ),
  ich = table_layout(
    key = c("SUBJID", "ICHDTC"),
    SUBJID = identifier(),
    ICHDTC = date_time(),
    ICHTYPE = string(codes = c("NONE", "1A", "1B", "1C", "2", "3A", "3B", "3C", "3D")),
    SICH = yes_no()
  ),
  ae = table_layout(
    key = c("SUBJID", "AESEQ"),
    SUBJID = identifier(),
    AESEQ = integer_number(required = TRUE),
    AETERM = string(required = TRUE),
    AEDECOD = string(),
    AEBODSYS = string(),
    AESTDTC = calendar_date(partial = TRUE),
    AEENDTC = calendar_date(partial = TRUE),
    AESEV = string(codes = c("MILD", "MODERATE", "SEVERE")),
    AESER = yes_no(),
    AEREL = string(codes = c("NOT RELATED", "UNLIKELY", "POSSIBLE", "PROBABLE", "DEFINITE")),
    AEOUT = string(codes = c(
      "RECOVERED", "RECOVERING", "NOT RECOVERED", "RECOVERED WITH SEQUELAE", "FATAL", "UNKNOWN"
    )),
    AEACN = string(codes = c(
      "DOSE NOT CHANGED", "DOSE REDUCED", "DRUG INTERRUPTED", "DRUG WITHDRAWN", "NOT APPLICABLE"
    ))
  ),
  ds = table_layout(
    key = "SUBJID",
    SUBJID = identifier(),
    DSDECOD = string(required = TRUE, codes = c(
      "COMPLETED", "DEATH", "LOST TO FOLLOW-UP", "WITHDRAWAL BY SUBJECT", "OTHER"
    )),
    DSSTDTC = calendar_date(partial = TRUE)
  ),
  dd = table_layout(
    key = "SUBJID",
    SUBJID = identifier(),
    DTHDTC = calendar_date(required = TRUE, partial = TRUE),
    DTHCAUS = string()
  ),
  dv = table_layout(
    key = c("SUBJID", "DVSEQ"),
    SUBJID = identifier(),
    DVSEQ = integer_number(required = TRUE),
    DVDECOD = string(),
    DVTERM = string(),
    DVMAJOR = yes_no(required = TRUE)
  )
)

unblinding_layout <- list(
  randomisation_list = table_layout(
    key = "RANDNO",
    RANDNO = identifier(),
    ARM = string(required = TRUE, codes = c("MPSS", "PLACEBO"))
  ),
  kit_list = table_layout(
    key = "KITNO",
    KITNO = identifier(),
    ARM = string(required = TRUE, codes = c("MPSS", "PLACEBO"))
  )
)
