"""Numbers that name a person or an account: by their form, their check digit, or the words before them."""

import re
from collections.abc import Iterator

Place = tuple[int, int]
"""Where something starts and ends."""

_BEFORE = r"(?<![\w.])(?<!\d[-/,])"
_AFTER = r"(?!\w|[-.,/]\d)"
_CUE_END = r"(?:\s+(?:number|no\b\.?|card|code))?(?:[\s:#=]+|\s+(?:is|was)\b)*"
_SOCIAL_SECURITY = r"(?!000|666|9)\d{3}(?P<gap>[- ]?)(?!00)\d{2}(?P=gap)(?!0000)\d{4}"

_WITH_DASHES = re.compile(rf"{_BEFORE}{_SOCIAL_SECURITY.replace('[- ]?', '-')}{_AFTER}(?!\s*=)")
_AFTER_SOCIAL_SECURITY = re.compile(
    rf"(?:\bssn|\bsocial\s+security)\b{_CUE_END}(?P<value>{_SOCIAL_SECURITY}){_AFTER}", re.IGNORECASE
)
_AFTER_SOCIAL_INSURANCE = re.compile(
    rf"(?:\bSIN|\b[Ss]ocial\s+[Ii]nsurance)\b{_CUE_END}"
    rf"(?P<value>\d{{3}}(?P<gap>[- ]?)\d{{3}}(?P=gap)\d{{3}}){_AFTER}"
)
_CARD = re.compile(
    rf"{_BEFORE}(?:[3-6]\d{{3}}(?P<gap>[ -])\d{{4}}(?P=gap)\d{{4}}(?P=gap)\d{{1,7}}"
    rf"|3[47]\d\d(?P<space>[ -])\d{{6}}(?P=space)\d{{5}}|[3-6]\d{{11,18}}"
    rf"|2[2-7]\d{{14}}|(?:1800|2131)\d{{11}})"
    rf"{_AFTER}"
)
_IBAN = re.compile(rf"{_BEFORE}[A-Z]{{2}}\d{{2}}(?: ?[A-Z0-9]{{4}}){{2,7}}(?: ?[A-Z0-9]{{1,3}})?(?!\w)")
_NATIONAL_INSURANCE = re.compile(
    rf"{_BEFORE}(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    rf"(?P<gap> ?)\d\d(?P=gap)\d\d(?P=gap)\d\d(?P=gap)[A-D]{_AFTER}"
)
_SPANISH = re.compile(rf"{_BEFORE}(?P<lead>\d|[XYZ]-?)(?P<digits>\d{{7}})[- ]?(?P<letter>[A-Z]){_AFTER}")
_SPANISH_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_SCHOOL_NUMBER = re.compile(
    rf"""(?:\b(?:student|pupil|school|learner|state|district|national|lunch|library|medicaid|passport)(?:'?s)?
            \s+(?:id\b|i\.d\.|identification|number|no\b\.?|pin\b|\#)
        |\b(?-i:ID|I\.D\.)(?=[\s:\#]) | \bid\s*[:\#=] | \b(?-i:PIN)\s*[:\#=])
        {_CUE_END}(?P<value>(?=[A-Z0-9-]*\d{{4}})[A-Z]{{0,3}}-?\d[\d-]{{3,13}})(?!\w|[.,]\d)""",
    re.IGNORECASE | re.VERBOSE,
)
_SCHOOL_WORDS = ("id", "i.d", "pin", "no", "number", "#")
"""One of these stands in whatever `_SCHOOL_NUMBER` finds: a quick look spares most numbers the slow one."""
_NUMBER_OF_FOUR = re.compile(r"\d{4}\d*")


def school_numbers(text: str) -> Iterator[Place]:
    """Numbers that the words before them call a student's."""
    for number in _NUMBER_OF_FOUR.finditer(text):
        start, end = max(0, number.start() - 60), number.end() + 12
        near = text[start:end].lower()
        if any(word in near for word in _SCHOOL_WORDS):
            yield from (match.span("value") for match in _SCHOOL_NUMBER.finditer(text, start, end))


def identity_numbers(text: str, start: int, end: int) -> Iterator[Place]:
    """Numbers of bank accounts, payment cards, social security, and of those like it elsewhere.

    Canada's count only after a cue, since one in ten numbers of nine digits has the right check digit.
    """
    yield from (place for match in _IBAN.finditer(text, start, end) if (place := _valid_iban(match)))
    yield from (match.span() for match in _CARD.finditer(text, start, end) if _is_luhn(match[0]))
    yield from (match.span() for match in _WITH_DASHES.finditer(text, start, end))
    yield from (match.span("value") for match in _AFTER_SOCIAL_SECURITY.finditer(text, start, end))
    for match in _AFTER_SOCIAL_INSURANCE.finditer(text, start, end):
        if _is_luhn(match["value"]):
            yield match.span("value")
    yield from (match.span() for match in _NATIONAL_INSURANCE.finditer(text, start, end))
    yield from (match.span() for match in _SPANISH.finditer(text, start, end) if _is_spanish(match))


def _is_luhn(number: str) -> bool:
    digits = [int(digit) for digit in re.sub(r"\D", "", number)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _valid_iban(match: re.Match[str]) -> Place | None:
    """Where the account number stands, without words in capitals that follow it."""
    candidate = match[0]
    while len(candidate) >= 15:
        letters = candidate.replace(" ", "")
        if int("".join(str(int(letter, 36)) for letter in letters[4:] + letters[:4])) % 97 == 1:
            return match.start(), match.start() + len(candidate)
        candidate = candidate.rpartition(" ")[0]
    return None


def _is_spanish(match: re.Match[str]) -> bool:
    lead = "XYZ".find(match["lead"][0])
    number = int((match["lead"] if lead < 0 else str(lead)) + match["digits"])
    return _SPANISH_LETTERS[number % 23] == match["letter"]
