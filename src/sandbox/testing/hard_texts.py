"""Texts that break what was only tried on plain ones: empty, odd, and very long."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from time import thread_time

from sandbox.errors import FAULTS
from sandbox.testing.conformance import BrokenPromiseError, expect

ODD_TEXTS: Mapping[str, str] = {
    "an empty text": "",
    "a blank text": " \n\t\u00a0\u2003\n",
    "one letter": "a",
    "marks only": "\"'([{<*_`#|\\/.,;:!?-=+%&^~$@",
    "Arabic with its digits": "انظر إلى الصفحة ٣، ثم ٤ + ٥ = ٩.",
    "Hebrew between Latin": "Read ספר and \u202bהמים\u202c again.",
    "Chinese": "植物喝水吗？小明说：“会的。”",
    "Hindi": "पानी भाप बन गया।",
    "Thai": "น้ำระเหยกลายเป็นไอ",
    "Turkish and German letters": "İstanbul ılık, die STRASSE ist groß, ﬁn",
    "emoji": "👩🏽‍🏫 says 👍🏿🇧🇷 to 👨‍👩‍👧‍👦!",
    "marks on letters": "Z\u0351\u036ba\u0363\u0349l\u0348g\u035eo e\u0301 \u0301",
    "invisible characters": "wo\u200brd \u2060so\u00adft \ufeffend\u200f",
    "control characters": "one\x00two\x07three\x1b[31mfour\x7f\x85five\u2028six",
    "numbers beyond all size": "9" * 5000 + " 1e999999 -0 1/0 ٣٫٥ ½ ² Ⅷ 7\u20e3",
    "markup": "<script>alert('x')</script> <!-- --> ]]> &amp; **b** {{ x }} {% if %} ${x}",
    "one very long word": "donaudampfschiff" * 500,
    "Windows line ends": "one\r\n\r\ntwo\rthree\n",
}
"""What models, students and teachers really write, by what it is."""

_PIECES: Mapping[str, str] = {
    "words": "fold the strip again ",
    "one word": "a",
    "digits": "7",
    "sums": "1+",
    "opening brackets": "(",
    "square brackets": "[a",
    "spaces": " ",
    "bullets": "\n - ",
    "full stops": "a.",
    "opening quotation marks": "“a",
    "apostrophes": " 'a",
    "at signs": "a@",
    "underscores": "_a",
    "Chinese": "水",
    "emoji": "👩🏽‍🏫",
    "Arabic": "الماء ٣ = ",
}
_END = "!"
"""Patterns blow up where a search fails only at the end."""
LONGEST = 200_000
_SECONDS_AT_ONCE = 0.15
_SECONDS_PER_CHARACTER = 25e-6
"""Five seconds for the longest: many times what a look at every word takes on a slow machine."""


def long_texts(own: Iterable[str] = ()) -> Iterator[tuple[str, Callable[[int], str]]]:
    """Names of long texts, and for each what makes it as long as is wanted.

    `own` are texts that the code under test is known to look at closely; they are repeated, too.
    """
    pieces = dict(_PIECES) | {f"“{text[:30]}” repeated": f"{text} " for text in own if text.strip()}
    for name, piece in pieces.items():
        yield name, partial(_filled, piece)


def expect_no_endless_work(
    look: Callable[[str], object], texts: Iterable[tuple[str, Callable[[int], str]]]
) -> None:
    """Have texts looked at that grow and grow, and stop as soon as one takes too long.

    It starts with a few letters, because what doubles with each letter would never end on many. What is
    counted is the time that this thread computes, so that a busy machine makes no difference.

    Raises:
        BrokenPromiseError: the work grows faster than the text.
    """
    look("")  # what is set up at the first call does not count
    for name, make in texts:
        for length in growing_lengths(LONGEST):
            _expect_an_end(look, make(length), name)


def expect_no_crash(look: Callable[[str], object], what: str) -> None:
    """Have every odd text looked at: first its end alone, then more and more of it.

    Raises:
        BrokenPromiseError: it raised on one of them, or would not end.
    """

    def careful_look(text: str, name: str) -> None:
        try:
            look(text)
        except BrokenPromiseError as broken:
            raise BrokenPromiseError(f"On {name}: {broken}") from broken
        except FAULTS as cause:
            raise BrokenPromiseError(
                f"{what} raised {type(cause).__name__} on {name}: {cause}. It has to bear whatever a model "
                "or a student writes."
            ) from cause

    for name, text in ODD_TEXTS.items():
        for length in growing_lengths(len(text)):
            _expect_an_end(partial(careful_look, name=name), text[len(text) - length :], name)


def growing_lengths(longest: int) -> Iterator[int]:
    """From 12 on by a sixth each up to some hundreds, then in great steps, and at last the longest.

    Whoever stops at the first that takes too long is not caught where the work doubles with each letter.
    """
    length = 12
    while length < min(longest, 600):
        yield length
        length += max(1, length // 6)
    yield from (length for length in (LONGEST // 64, LONGEST // 16, LONGEST // 4) if length < longest)
    yield longest


def _expect_an_end(look: Callable[[str], object], text: str, name: str) -> None:
    allowed = _SECONDS_AT_ONCE + len(text) * _SECONDS_PER_CHARACTER
    seconds = _seconds(look, text)
    if allowed < seconds < 4 * allowed:  # once more, in case it was chance
        seconds = min(seconds, _seconds(look, text))
    expect(
        seconds <= allowed,
        f"On {len(text):,} characters of {name} it computed for {seconds:.1f} seconds; {allowed:.1f} would "
        "be generous. Look for a pattern that tries the same letters again and again, such as (a+)+ or two "
        "neighbours of .*, or for a loop inside a loop.",
    )


def _filled(piece: str, length: int) -> str:
    return (piece * (length // len(piece) + 1))[:length] + _END


def _seconds(look: Callable[[str], object], text: str) -> float:
    start = thread_time()
    look(text)
    return thread_time() - start
