"""Dates in the forms that the mapping names, as the text that the layout has (strptime)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from unicodedata import combining, normalize

COUNTED = {
    "excel": (datetime(1899, 12, 30), 86_400, 61.0),
    "excel1904": (datetime(1904, 1, 1), 86_400, 0.0),
    "sas_date": (datetime(1960, 1, 1), 86_400, -1e12),
    "sas_datetime": (datetime(1960, 1, 1), 1, -1e12),
    "unix": (datetime(1970, 1, 1), 1, -1e12),
}
"""First moment, seconds of a step, and the least number that means a day."""
WHOLE_IS_DAY = ("excel", "excel1904", "sas_date")
ISO = {4: "%Y", 7: "%Y-%m", 10: "%Y-%m-%d", 16: "%Y-%m-%dT%H:%M", 19: "%Y-%m-%dT%H:%M:%S"}
"""By the length of a text."""
UNKNOWN = ("UNK", "UN", "UK", "NK", "XXX", "XX", "??", "--", "00")
SHORT = """jan janv ene gen|feb febr fevr fev|mar mrz marz mars mrt|apr avr abr|may mai mag mei|
jun juin giu|jul juil lug|aug aout ago|sep sept set|oct okt ott out|nov|dec dez dic"""
FULL = """january januar janner janvier enero gennaio janeiro januari|
february februar fevrier febrero febbraio fevereiro februari|
march marz maerz mars marzo marco maart|april avril abril aprile|may mai mayo maggio maio mei|
june juni juin junio giugno junho|july juli juillet julio luglio julho|
august aout agosto augustus|september septembre septiembre setiembre settembre setembro|
october oktober octobre octubre ottobre outubro|november novembre noviembre novembro|
december dezember decembre diciembre dicembre dezembro"""
HALVES = {"上午": "AM", "午前": "AM", "下午": "PM", "午後": "PM"}
_WORD = re.compile(r"[^\W\d_]{3,12}\.?")
_HALF = re.compile(r"([ap])\.m\.", re.IGNORECASE)
_OFFSET = re.compile(r"\s*(z|(?:utc|gmt)?(?P<sign>[+-])(\d\d):?(\d\d)?|utc|gmt)$", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d{1,12}([.,]\d{1,15})?([eE]\+?\d{1,2})?", re.ASCII)


@dataclass(frozen=True)
class DateForms:
    """How the dates of a column are written: forms, first of the hundred years of two digits.

    ``offset``: of local time, empty where moments carry none.
    """

    forms: tuple[str, ...] = ()
    first_year: int = 1969
    offset: str = ""


def reform_date(text: str, forms: DateForms, *, partial: bool = False) -> str:
    """Return a date that is written as one of the forms in the form of the layout.

    Where none reads it, or two do differently, nobody can: the text is marked. ``partial``: day,
    month and time may be unknown.
    """
    plain = normalize("NFKC", text).strip()
    moment, carried = _take_offset(plain) if forms.offset else (plain, None)
    names = forms.forms or ("iso",)
    read = {iso for form in names if (iso := _read(moment, form, forms.first_year, partial))}
    if len(read) != 1:
        return f"? {text}"
    iso = read.pop()
    if iso.endswith("Z"):
        iso, carried = iso[:-1], timedelta(0)
    if carried is None:
        return iso
    if "T" not in iso or not forms.offset:
        return f"? {text}"
    return (datetime.fromisoformat(iso) + _offset(forms.offset) - carried).isoformat()


def _take_offset(text: str) -> tuple[str, timedelta | None]:
    found = _OFFSET.search(text)
    if found is None or ":" not in text[: found.start()]:
        return text, None
    carried = _offset(re.sub("[A-Za-z]", "", found[0]).strip())
    return (text, None) if abs(carried) > timedelta(hours=14) else (text[: found.start()], carried)


def _offset(text: str) -> timedelta:
    digits = text[1:].replace(":", "").ljust(4, "0")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:])) if text else timedelta(0)
    return -size if text.startswith("-") else size


def _read(text: str, form: str, first_year: int, partial: bool) -> str | None:
    if form in COUNTED:
        return _count(text, form) if _NUMBER.fullmatch(text) else None
    if form == "iso":
        text = re.split(r"(?<=:\d\d)[.,]\d", text.replace(" ", "T"))[0]
        return _parse(text, ISO[len(text)], first_year) if len(text) in ISO else None
    form = normalize("NFKC", form)
    whole = _parse(text, form, first_year)
    if whole or not partial:
        return whole
    day = re.split(r"[\sT:,]*%[HIp]", form)[0]
    parts = [(text, form), *([(text, day)] if "%d" in day else [])]
    found = (iso for one, of in parts for iso in (_parse(one, of, first_year), *_guess(one, of)))
    return next((iso for iso in found if iso), None)


def _guess(text: str, form: str) -> Iterator[str | None]:
    """The dates that are left where a day, or a month too, is unknown."""
    month = next((part for part in ("%m", "%b", "%B") if part in form), "")
    for shorter, without in _cut(text):
        yield _parse(shorter, form.replace("%d", ""), 1969)
        if month and (year := _parse(shorter, form.replace(month, ""), 1969)):
            yield year[:4]
        for shortest, _ in _cut(without):
            yield _parse(shortest, form.replace("%d", "").replace(month, ""), 1969)


def _cut(text: str) -> Iterator[tuple[str, str]]:
    """The text without one word for unknown, each in its turn."""
    for word in UNKNOWN:
        for found in re.finditer(re.escape(word), text):
            shorter = text[: found.start()] + text[found.end() :]
            yield shorter, shorter


def _parse(text: str, form: str, first_year: int) -> str | None:
    try:
        moment = datetime.strptime(_in_english(text, form), form)
    except ValueError:
        return None
    if "%y" in form:
        moment = moment.replace(year=first_year + (moment.year - first_year) % 100)
    if "%M" in form:
        return moment.isoformat()
    has_month = any(part in form for part in ("%m", "%b", "%B"))
    return moment.date().isoformat()[: 10 if "%d" in form else 7 if has_month else 4]


def _in_english(text: str, form: str) -> str:
    """Months as strptime names them; halves of the day as it does."""
    for word, half in HALVES.items():
        text = text.replace(word, half)
    text = _HALF.sub(lambda found: f"{found[1]}M", text)
    if "%b" in form:
        return _WORD.sub(lambda found: _translate(found[0], SHORT, "%b"), text)
    return _WORD.sub(lambda found: _translate(found[0], f"{FULL}", "%B"), text)


def _translate(word: str, names: str, part: str) -> str:
    letters = normalize("NFKD", word.lower()).removesuffix(".")
    folded = "".join(letter for letter in letters if not combining(letter))
    for listed in (names, SHORT):
        for number, month in enumerate(listed.split("|"), start=1):
            if folded in month.split():
                return datetime(2000, number, 1).strftime(part)
    return word


def _count(text: str, form: str) -> str | None:
    origin, step, least = COUNTED[form]
    number = float(text.replace(",", "."))
    is_whole = number.is_integer()
    if number < least or (form == "sas_date" and not is_whole):
        return None
    try:
        moment = origin + timedelta(seconds=round(number * step))
    except OverflowError:
        return None
    if form in WHOLE_IS_DAY and is_whole:
        return moment.date().isoformat()
    return moment.isoformat() + ("Z" if form == "unix" else "")
