# Writes mrs.sas7bdat, the table of test_edc_formats.py as a SAS data set, in the folder of this
# script: pyreadstat reads the format but cannot write it.
#   Rscript make_sas7bdat.R     (R 4.2.2, haven 2.5.1)
library(haven)

mrs <- data.frame(
  SUBJID = c("01-001", "01-002", "02-001"),
  VISIT = c("D90", "D90", "D30"),
  MRSDTC = as.Date(c("2026-05-01", NA, "2026-04-02")),
  MRSSRC = c("CENTRAL", "LOCAL", "CENTRAL"),
  MRSMODE = c("CLINIC", "", "PHONE"),
  MRS = c(3, NA, 0)
)
write_sas(mrs, "mrs.sas7bdat")
