"""Why a number cannot be estimated, as data: a code and fields, and its English."""
