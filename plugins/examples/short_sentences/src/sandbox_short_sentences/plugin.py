"""What this plugin brings: the check `short_sentences`."""

import re

from sandbox import Check, Evidence, Judgement, Subject, hookimpl, passed, warned

MOST_WORDS = 30


def look(subject: Subject) -> Judgement:
    """Warns of sentences that a reader has lost the beginning of."""
    sentences = re.split(r"(?<=[.!?])\s+|\n+", subject.text)
    long = [sentence for sentence in sentences if len(sentence.split()) > MOST_WORDS]
    if long:
        evidence = [Evidence(quote=sentence) for sentence in long[:3]]
        return warned(f"{len(long)} sentences have more than {MOST_WORDS} words.", *evidence)
    return passed(f"No sentence has more than {MOST_WORDS} words.")


CHECK = Check(
    name="short_sentences",
    version="0.1.0",
    title="Sentences are short",
    why="Students who read slowly lose the beginning of a long sentence.",
    how=f"It counts the words between full stops, and warns of more than {MOST_WORDS}.",
    mend="Ask for sentences of at most twenty words.",
    source="house rule",
    limits="It takes the full stop of an abbreviation for the end of a sentence.",
    needs_artifact=False,
    is_quick=True,
    run=look,
)


@hookimpl
def sandbox_checks():
    """The one check."""
    return [CHECK]
