"""What a number is that a file shows as a date."""

from enum import Enum


class Kind(Enum):
    """What a number with a format is. A datetime that is shown as a date is ``SHOWN_AS_DATE``."""

    DATE = "date"
    DATETIME = "datetime"
    SHOWN_AS_DATE = "datetime shown as date"
    TIME = "time"
