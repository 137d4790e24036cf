"""Check: no harsh word, sarcasm, shaming or shouting stands in what a student is told."""

import re
from collections.abc import Iterator

from sandbox.bundled.reading.harsh_words import BELITTLING, HARSH, SHOUTED, may_be_harsh
from sandbox.bundled.reading.passages import student_passages, words_of_the_student
from sandbox.bundled.reading.person_words import DENIED
from sandbox.bundled.reading.wording import before, fold, is_english, sentences, tidy, without_quotes
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.domain.finding import Evidence
from sandbox.domain.passages import Passage


def _run(subject: Subject) -> Judgement:
    passages = student_passages(subject)
    if not any(passage.text.strip() for passage in passages):
        return not_applicable("There is nothing that is said to a student.")
    if not is_english(subject):
        return not_applicable("The lists of words are English, and this is in another language.")
    work = fold(words_of_the_student(subject))
    told = [
        Passage(passage.path, sentence)
        for passage in passages
        for sentence in sentences(tidy(without_quotes(passage.text, of=work)))
    ]
    if harsh := tuple(_found(HARSH, told)):
        return failed(f"Words that hurt or shame: '{harsh[0].quote}'.", *harsh)
    if small := tuple(_found(BELITTLING, told)):
        return warned(f"Words that may make a student feel small: '{small[0].quote}'.", *small)
    shouted = tuple(
        Evidence(quote=found[0], where=sentence.path)
        for sentence in told
        for found in SHOUTED.finditer(sentence.text)
        if found[0].casefold() not in work
    )
    if shouted:
        return warned(f"Capitals that read like shouting: '{shouted[0].quote}'.", *shouted)
    return passed("No harsh word, no shaming and no shouting was found.")


def _found(pattern: re.Pattern[str], told: list[Passage]) -> Iterator[Evidence]:
    for sentence in told:
        if not may_be_harsh(sentence.text):
            continue
        for found in pattern.finditer(sentence.text):
            if not DENIED.search(fold(before(found.start(), sentence.text))):
                yield Evidence(quote=found[0].strip(" .,!?"), where=sentence.path)


CHECK = Check(
    name="tone_is_kind",
    version="1.0.0",
    title="Speaks kindly",
    why="A student who is shamed or mocked stops trying, whatever else the feedback says.",
    how=(
        "The words to the student are searched for harsh words about the student or the work "
        "('ridiculous', 'pathetic'), for sarcasm, for reproaches ('you should know this by now') and for "
        "comparisons with others, which fail; for 'this is easy' and shouting in capitals, which are a "
        "warning. Quotes from the work and words about characters are let be."
    ),
    mend="Ask for a warm and plain tone that speaks of the work, and forbid comparing with other students.",
    source=(
        "Kluger and DeNisi (1996), The Effects of Feedback Interventions on Performance: feedback that "
        "draws attention to the self can do harm."
    ),
    run=_run,
    is_quick=True,
    artifacts=("feedback", "tutor_turn"),
    needs_artifact=False,
    limits="It knows English words from lists; coldness, and irony in friendly words, are not found.",
)
