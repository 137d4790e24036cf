"""Check: a message to families holds no contact that nobody gave."""

import re
from collections.abc import Iterator

from sandbox.bundled.artifacts.family_message import FamilyMessage
from sandbox.bundled.guards.phone_numbers import phone_numbers
from sandbox.bundled.guards.street_addresses import street_addresses
from sandbox.bundled.reading.wording import EDGE_MARKS, fold, tidy
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_PLACE_TO_FILL_IN = late_pattern(r"\[[^\[\]]{1,80}\]|\{\{?[^{}]{1,80}\}\}?|<[^<>@]{1,80}>")
_INTERNET = late_pattern(
    r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,4}[a-z]{2,24}\b|(?:https?://|www\.)\S{2,200}"
    r"|(?<!\w)@\w{3,30}\b",
    re.IGNORECASE,
)
_LONG_NUMBER = late_pattern(r"\d{3,}")
_NAMED = late_pattern(
    r"\b(?:Mr|Ms|Mrs|Mx|Miss|Dr|Prof|Coach|Principal|Sra|Sr|Señora|Señor|Maestra|Maestro)\.? "
    r"(?-i:[A-ZÀ-Þ])[\w'’-]{1,30}"
)
_EXTENSION = late_pattern(r"\b(?:extension|ext\.?|room|classroom) ?#?\d{1,5}\b", re.IGNORECASE)


def _run(subject: Subject) -> Judgement:
    message = subject.artifact
    if not isinstance(message, FamilyMessage):
        return not_applicable("It looks at messages to families only.")
    given = fold(subject.given)
    digits = re.sub(r"\D", "", given)
    invented = [
        Evidence(quote=words, where=passage.path)
        for passage in subject.passages
        for words in _contacts(tidy(passage.text), in_contact=passage.field == "contact")
        if not _is_given(words, given, digits)
    ]
    if invented:
        return failed(f"A contact that nobody gave: '{invented[0].quote}'.", *invented)
    contact = tidy(message.contact)
    if _PLACE_TO_FILL_IN.search(contact):
        return passed("How the teacher is reached is left for the teacher to fill in.")
    if contact and fold(contact).strip(EDGE_MARKS) in given:
        return passed("The contact is in the words that were given.")
    return warned(
        "The contact is neither a place to fill in nor what was given.",
        Evidence(quote=contact or "(empty)", where="contact"),
    )


def _contacts(text: str, *, in_contact: bool) -> Iterator[str]:
    """Numbers, addresses and names by which somebody could be reached."""
    yield from (found[0].rstrip(".,;:!?)") for found in _INTERNET.finditer(text))
    if _LONG_NUMBER.search(text):
        yield from (text[start:end].strip() for start, end in phone_numbers(text, 0, len(text)))
    yield from (text[start:end].strip(" ,") for start, end in street_addresses(text))
    if in_contact:
        yield from (found[0] for pattern in (_NAMED, _EXTENSION) for found in pattern.finditer(text))


def _is_given(words: str, given: str, digits: str) -> bool:
    """Whether the inputs hold these words, or a number of the same digits."""
    folded = fold(words)
    number = re.sub(r"\D", "", folded)
    return folded in given or (len(number) >= 7 and number in digits)


CHECK = Check(
    name="contact_is_placeholder",
    version="1.0.0",
    title="No invented contact",
    why=(
        "A number that a model made up belongs to somebody else, and a family that writes to it tells a "
        "stranger about a child."
    ),
    how=(
        "The contact has to be a place to fill in, such as [TEACHER CONTACT], or words that were given. "
        "Phone numbers, e-mail and web addresses, streets, names and room numbers that nobody gave fail, "
        "numbers and addresses also in the rest of the message. Other words under contact are a warning."
    ),
    mend="Ask for [TEACHER CONTACT] in exactly these words, and say that no number may be written.",
    source="A rule of this project: what a family acts on has to be true.",
    run=_run,
    is_quick=True,
    artifacts=("family_message",),
    limits=(
        "It knows phone numbers and addresses by their form. It cannot tell whether a contact that was "
        "given is the right one."
    ),
)
