"""Finding the phrases that a case asks for or rules out."""

from sandbox.bundled.reading.wording import find_phrase
from sandbox.contracts.check import Subject
from sandbox.domain.finding import Evidence


def first_found(phrase: str, subject: Subject) -> Evidence | None:
    """Where an answer first says a phrase; `a | b` means either."""
    for passage in subject.passages:
        for choice in phrase.split("|"):
            if words := find_phrase(choice, passage.text):
                return Evidence(quote=words, where=passage.path)
    return None
