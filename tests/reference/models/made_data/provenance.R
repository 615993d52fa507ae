# What made a file of reference numbers, and how it is written.

describe_provenance <- function(call, packages) {
  versions <- vapply(packages, function(name) as.character(packageVersion(name)), character(1))
  list(call = call, date = format(Sys.Date()), r = R.version.string, packages = as.list(versions))
}

write_reference <- function(content, path) {
  json <- jsonlite::toJSON(content, digits = I(17), auto_unbox = TRUE, na = "null", pretty = FALSE)
  # one line per named entry of the second floor: small changes stay small in a diff
  writeLines(gsub('(},|^\\{)("[A-Za-z_0-9 -]+":)', "\\1\n\\2", json), path)
}
