# From files to typed tables, by the rules at the head of the table definitions.
#
# Order of the rules: blanks around a value are not part of it; an empty cell is missing; a value
# that is not of its type, not in its code list, no real date or outside its limits is set to
# missing; rows that are then identical are collapsed; rows without their key and rows of subjects
# that are not randomised are left out; of what remains a table keyed by subject may hold a subject
# once, else the run stops.

pattern_integer <- "^[+-]?[0-9]+([.]0*)?$"
pattern_decimal <- "^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$"
pattern_date <- "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
# Seconds are allowed beyond the letter of the layout: SAS and SPSS exports write them.
pattern_datetime <- "^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"
pattern_partial_date <- "^[0-9]{4}(-[0-9]{2})?$"

# A file that is not UTF-8 stops the run; a byte order mark is not part of the first column's name.
read_lines <- function(path) {
  if (!file.exists(path)) stop("missing file: ", basename(path), call. = FALSE)
  lines <- readLines(path, warn = FALSE, encoding = "UTF-8")
  if (!all(validUTF8(lines))) stop(basename(path), " is not UTF-8", call. = FALSE)
  c(sub(intToUtf8(0xFEFF), "", lines[1], fixed = TRUE), lines[-1])
}

# Every cell as text, without the blanks around it.
read_cells <- function(path) {
  cells <- read.csv(
    text = read_lines(path), colClasses = "character", na.strings = character(0),
    check.names = FALSE, row.names = NULL, fill = FALSE, comment.char = "", encoding = "UTF-8"
  )
  names(cells) <- trimws(names(cells))
  cells[] <- lapply(cells, trimws, whitespace = "[[:space:]]")
  cells
}

type_number <- function(cell, pattern) {
  value <- rep(NA_real_, length(cell))
  is_number <- grepl(pattern, cell)
  value[is_number] <- as.numeric(cell[is_number])
  value[!is.finite(value)] <- NA
  value
}

is_real_date <- function(iso) {
  grepl(pattern_date, iso) & substr(iso, 1, 4) != "0000" & !is.na(as.Date(iso, format = "%Y-%m-%d"))
}

type_date <- function(cell) {
  cell[!is_real_date(cell)] <- NA
  as.Date(cell, format = "%Y-%m-%d")
}

is_real_datetime <- function(cell) grepl(pattern_datetime, cell) & is_real_date(substr(cell, 1, 10))

# Site local time; "UTC" only keeps R from applying a clock change.
type_datetime <- function(cell) {
  cell[!is_real_datetime(cell)] <- NA
  to_the_second <- ifelse(nchar(cell) == 16, paste0(cell, ":00"), cell)
  as.POSIXct(to_the_second, format = "%Y-%m-%dT%H:%M:%S", tz = "UTC")
}

# The first calendar day that agrees with YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:MM, as text.
first_day <- function(iso) paste0(substr(iso, 1, 10), substring("0000-01-01", nchar(iso) + 1, 10))

# A partial date stays text: what is known of it.
type_partial <- function(cell, with_time) {
  partial <- grepl(pattern_partial_date, cell) & is_real_date(first_day(cell))
  known <- partial | is_real_date(cell) | (with_time & is_real_datetime(cell))
  cell[!known] <- NA
  cell
}

type_text <- function(cell) {
  cell[cell == ""] <- NA
  cell
}

type_cells <- function(cell, definition) {
  if (definition$partial) return(type_partial(cell, definition$type == "datetime"))
  value <- switch(definition$type,
    str = type_text(cell),
    int = type_number(cell, pattern_integer),
    float = type_number(cell, pattern_decimal),
    date = type_date(cell),
    datetime = type_datetime(cell)
  )
  if (!is.null(definition$codes)) value[!value %in% definition$codes] <- NA
  if (!is.null(definition$limits)) {
    value[value < definition$limits[1] | value > definition$limits[2]] <- NA
  }
  value
}

type_table <- function(cells, layout, name) {
  absent <- setdiff(names(layout$columns), names(cells))
  if (length(absent) > 0) {
    stop(name, ": missing column ", paste(absent, collapse = ", "), call. = FALSE)
  }
  typed <- Map(function(column, definition) type_cells(cells[[column]], definition),
               names(layout$columns), layout$columns)
  typed <- as.data.frame(typed, stringsAsFactors = FALSE)
  # SAP 3.2, IN07 asks whether the cell is empty in the export, not whether its value is missing.
  if (name == "dm") typed$CONSENT_EMPTY <- cells$RFICDTC == ""
  typed
}

# A key column that is not required may be missing; the row stays.
has_key <- function(typed, layout) {
  required <- Filter(function(key) layout$columns[[key]]$required, layout$key)
  complete.cases(typed[required])
}

require_one_row_per_key <- function(typed, key, name) {
  twice <- unique(typed[[key]][duplicated(typed[[key]])])
  if (length(twice) > 0) {
    stop(name, ": different rows with the same ", key, ": ", paste(twice, collapse = ", "),
         call. = FALSE)
  }
}

read_table <- function(directory, name, layout, subjects = NULL) {
  typed <- type_table(read_cells(file.path(directory, paste0(name, ".csv"))), layout, name)
  typed <- typed[!duplicated(typed), , drop = FALSE]
  typed <- typed[has_key(typed, layout), , drop = FALSE]
  if (!is.null(subjects)) typed <- typed[typed$SUBJID %in% subjects, , drop = FALSE]
  if (length(layout$key) == 1) require_one_row_per_key(typed, layout$key, name)
  row.names(typed) <- NULL
  typed
}

read_randomisation <- function(directory) {
  rand <- read_table(directory, "rand", export_layout$rand)
  for (required in c("RANDNO", "RANDDTC")) {
    without <- rand$SUBJID[is.na(rand[[required]])]
    if (length(without) > 0) {
      stop("rand: no ", required, " for ", paste(without, collapse = ", "), call. = FALSE)
    }
  }
  require_one_row_per_key(rand, "RANDNO", "rand")
  rand[order(rand$SUBJID, method = "radix"), ]
}

read_export <- function(directory) {
  rand <- read_randomisation(directory)
  others <- setdiff(names(export_layout), "rand")
  tables <- lapply(others, function(name) {
    read_table(directory, name, export_layout[[name]], subjects = rand$SUBJID)
  })
  c(list(rand = rand), setNames(tables, others))
}

read_unblinding <- function(directory) {
  lists <- lapply(names(unblinding_layout), function(name) {
    read_table(directory, name, unblinding_layout[[name]])
  })
  setNames(lists, names(unblinding_layout))
}
