"""Proper names in a text: words with a capital letter where no sentence begins."""

from collections.abc import Iterator

from sandbox.bundled.reading.wording import word_set
from sandbox.contracts.late import late_pattern

_WORD = r"[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:['’-][^\W\d_]+)*"
_NAME = late_pattern(
    rf"(?<![\w'’.-]){_WORD}"
    rf"(?:[^\S\n](?:(?:of|the|de|von|[A-Z]\.)[^\S\n])?{_WORD}){{0,4}}"
)
_BEGINS = late_pattern(r"(?:^|[.!?:;…\n\"“”‘«»()\[\]•*–—-]|['’](?=\s*$)|\d[.)])\s*[\"“‘'«(\[]*\s*$")
"""What stands before a word that has its capital letter for another reason."""
_NO_NAMES = word_set("""
    I I'm I've I'll I'd Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March
    April May June July August September October November December Mr Mrs Ms Dr Miss Earth Moon Sun God
    Internet English American North South East West TV OK
""")
_LOOK_BACK = 6


def names_in(text: str) -> Iterator[str]:
    """The names of a text that stand inside a sentence, each as often as it stands there."""
    for found in _NAME.finditer(text):
        before = text[max(0, found.start() - _LOOK_BACK) : found.start()]
        words = found[0].split()
        if found.start() == 0 or _BEGINS.search(before):
            continue
        if any(word.removesuffix("'s").removesuffix("’s") not in _NO_NAMES for word in words):
            yield found[0]
