"""Codes of school standards: finding them, comparing two ways of writing one, and their grades."""

import re
from collections.abc import Iterator

from sandbox.bundled.reading.wording import either
from sandbox.contracts.late import late_pattern
from sandbox.domain.audience import GRADES, grade_number

_MATH = r"(?:CC|OA|NBT|NF|MD|G|RP|NS|EE|SP|F)"
_ELA = r"(?:CCRA|RL|RI|RF|RH|RST|WHST|SL|W|L)"
_BAND = r"(?:K|1[0-2]|[1-9])(?:-(?:1[0-2]|[1-9]))?"
_ANY = either(
    r"CCSS(?:[.-][A-Za-z0-9-]{1,20}){1,8}",
    rf"(?:K|[1-8])\.{_MATH}(?:\.[A-D])?(?:\.\d{{1,2}}[a-d]?|\.[A-D])",
    r"HS[ANFGS]-?[A-Z]{1,3}(?:\.[A-Z]{1,3})?(?:\.[A-D])?(?:\.\d{1,2}[a-d]?)",
    rf"{_ELA}\.{_BAND}\.\d{{1,2}}[a-f]?",
    r"(?:K-2|3-5|MS|HS|K|[1-5])-(?:PS|LS|ESS|ETS)\d-\d{1,2}",
    r"TEKS(?: ?§| )?\d{1,3}\.\d{1,3}(?: ?\([A-Za-z0-9]{1,2}\)){0,4}",
    r"§ ?\d{3}\.\d{1,3}(?: ?\([A-Za-z0-9]{1,2}\)){1,4}",
    r"D[1-4]\.(?:Civ|Eco|Geo|His)\.\d{1,2}\.(?:K-2|3-5|6-8|9-12)",
    r"(?:1A|1B|2|3A|3B)-(?:AP|CS|DA|IC|NI)-\d\d",
    r"(?:MA|ELA|SC|SS)\.(?:K|\d{1,3})\.[A-Z]{1,3}\.\d{1,2}\.\d{1,2}",
    r"SOL \d{1,2}\.\d{1,2}[a-z]?",
)
_CODE = late_pattern(rf"(?<![\w.-]){_ANY}(?!\w)")
_PREFIX = late_pattern(
    r"^CCSS[.-](?:(?:MATH|ELA-LITERACY|ELA)[.-])?(?:(?:CONTENT|PRACTICE)[.-])?", re.IGNORECASE
)
_CLUSTER = late_pattern(r"(?<=[A-Z])\.[A-D](?=\.\d)")
_SPACES = late_pattern(r"[\s§-]+")
_COMPUTING = {"1A": "K-2", "1B": "3-5", "2": "6-8", "3A": "9-10", "3B": "11-12"}
_GRADES_SAID = (
    late_pattern(r"^(K|[1-8])\.[A-Z]"),
    late_pattern(rf"^{_ELA}\.({_BAND})\."),
    late_pattern(r"^(K-2|3-5|MS|HS|K|[1-5])-(?:PS|LS|ESS|ETS)"),
    late_pattern(r"^(HS)[ANFGS]"),
    late_pattern(r"^D[1-4]\.[A-Za-z]+\.\d+\.([K0-9-]+)$"),
    late_pattern(r"^(1A|1B|2|3A|3B)-(?:AP|CS|DA|IC|NI)"),
    late_pattern(r"^TEKS ?(\d)\.\d"),
)
_SCHOOLS = {"MS": "6-8", "HS": "9-12"}


def standard_codes(text: str) -> Iterator[str]:
    """The words of a text that are written like the code of a standard."""
    for found in _CODE.finditer(text.translate({0x2010: "-", 0x2011: "-", 0x2013: "-", 0xA0: " "})):
        yield text[found.start() : found.end()]


def plain_code(code: str) -> str:
    """What two ways of writing one code have in common: without prefix, cluster letter and spaces."""
    bare = _PREFIX.sub("", code.strip().translate({0x2010: "-", 0x2011: "-", 0x2013: "-", 0xA0: " "}))
    return _SPACES.sub("", _CLUSTER.sub("", bare.upper()).removeprefix("TEKS")).strip(".")


def grades_of(code: str) -> tuple[int, int] | None:
    """The first and the last grade that a code is for, kindergarten being 0; None if it does not say."""
    bare = _PREFIX.sub("", code.strip())
    for pattern in _GRADES_SAID:
        if found := pattern.match(bare):
            said = (
                _COMPUTING.get(found[1], found[1])
                if "-" in bare[:3] and pattern is _GRADES_SAID[5]
                else found[1]
            )
            first, _, last = _SCHOOLS.get(said, said).partition("-")
            if first in GRADES and (last or first) in GRADES:
                return grade_number(first), grade_number(last or first)
    return None
