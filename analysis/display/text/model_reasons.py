"""Why a model has no estimate, in the language that applies now."""

from analysis.display.text.chinese import read_chinese
from analysis.display.text.language import is_chinese, say
from analysis.errors.reason import Reason


def say_reason(reason: Reason) -> str:
    """Return a reason in words; the Chinese of its code, with the fields as they are."""
    if not is_chinese():
        return str(reason)
    fields = {
        name: say_reason(field) if isinstance(field, Reason) else field
        for name, field in reason.fields.items()
    }
    return read_chinese().reasons[reason.code].format(**fields)


def say_absence(reason: Reason) -> str:
    """Return the reason after the words that there is no number; what was not collected says so."""
    if reason.is_not_collected:
        return say_reason(reason)
    return say("not estimable: {reason}", reason=say_reason(reason))
