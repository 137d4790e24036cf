"""Check: what a student is told speaks of the work, not of what kind of person the student is."""

import re
from collections.abc import Iterator

from sandbox.bundled.reading.passages import student_passages, words_of_the_student
from sandbox.bundled.reading.person_words import (
    BLAME,
    DENIED,
    EMPTY_PRAISE,
    PERSON_PRAISE,
    may_judge_people,
)
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
        if may_judge_people(passage.text)
        for sentence in sentences(tidy(without_quotes(passage.text, of=work)))
    ]
    for pattern, words in (
        (BLAME, "Words that blame the student"),
        (PERSON_PRAISE, "Praise for the person"),
    ):
        if found := tuple(_found(pattern, told)):
            return failed(f"{words}, not for the work: '{found[0].quote}'.", *found)
    if found := tuple(_found(EMPTY_PRAISE, told)):
        return warned(f"Praise that leaves nothing to learn: '{found[0].quote}'.", *found)
    return passed("It speaks of the work, not of what kind of person the student is.")


def _found(pattern: re.Pattern[str], told: list[Passage]) -> Iterator[Evidence]:
    for sentence in told:
        for found in pattern.finditer(sentence.text):
            if not DENIED.search(fold(before(found.start(), sentence.text))):
                yield Evidence(quote=found[0].strip(" .,!?"), where=sentence.path)


CHECK = Check(
    name="praises_the_work",
    version="1.0.2",
    title="Speaks of the work, not of the person",
    why=(
        "Praise for being clever makes students avoid what is hard, and blame makes them stop. Praise for "
        "what was done helps."
    ),
    how=(
        "The words to the student are searched for praise of the person ('you are brilliant', 'smart "
        "boy') and for blame ('careless', 'lazy'), which fail, and for empty praise ('flawless'), which "
        "is a warning. 'Your brilliant opening line', and words about a character in a story, are let be."
    ),
    mend=(
        "Ask for praise that names what the words or the steps achieve, and that never says what the "
        "student is."
    ),
    source=(
        "Mueller and Dweck (1998), Praise for Intelligence Can Undermine Children's Motivation and "
        "Performance; Kluger and DeNisi (1996)."
    ),
    run=_run,
    is_quick=True,
    artifacts=("feedback", "tutor_turn"),
    needs_artifact=False,
    limits=(
        "It knows English words from lists; irony, a cold tone, and praise in other words are not found."
    ),
)
