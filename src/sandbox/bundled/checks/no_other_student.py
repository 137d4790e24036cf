"""Check: a student is not compared with classmates, and no second student is named."""

import re
from collections.abc import Iterator

from sandbox.bundled.artifacts.feedback import Feedback
from sandbox.bundled.reading.wording import (
    before,
    either,
    find_phrase,
    fold,
    is_english,
    sentences,
    tidy,
    without_quotes,
)
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence
from sandbox.domain.passages import Passage

_WHOSE = "(?:your|his|her|their|the|this|our)"
_MATES = "(?:classmates|peers|students|kids|children|pupils|learners|boys|girls)"
_OTHERS = either(
    rf"{_WHOSE} (?:classmates|peers)",
    rf"(?:the |all |all the |any )?(?:other|most|many)(?: of {_WHOSE})?(?: other)? {_MATES}",
    rf"(?:most|the rest|half|everyone else|everybody else|anyone else)(?: of| in) {_WHOSE} (?:class"
    rf"|grade|group)",
    r"everyone else|everybody else|anyone else|the others",
    rf"{_WHOSE} (?:class|grade) average",
)
_MORE = (
    r"(?:better|worse|faster|slower|more|less|weaker|stronger|clearer|higher|lower|further|farther"
    r"|longer|shorter"
    r"|smarter|neater|quicker|ahead|behind|above|below)"
)
_COMPARES = late_pattern(
    either(
        rf"\b{_MORE}\b[^.!?;:]{{0,40}}?\b(?:than|of) (?:what |those of |that of )?{_OTHERS}\b",
        rf"\b(?:ahead of|behind|above|below) (?:the rest of |most of )?(?:{_OTHERS}|{_WHOSE} class\b)",
        rf"\b(?:unlike|(?:in comparison|compared|comparing you|in contrast) (?:to|with)) (?:{_OTHERS}"
        rf"|others)\b",
        rf"\b{_OTHERS} (?:your age |in (?:the|your|this) class )?(?:have |has |can |could |are |is |did "
        rf"|do )?(?:\w+ ){{0,3}}?"
        r"(?:already|finished|mastered|moved on|got it|did better|done better|are ahead|scored)\b",
        r"\b(?:one of the|the|among the) (?:very )?(?:best|worst|top|bottom|weakest|strongest|slowest"
        r"|fastest|only)"
        rf"(?: \w+){{0,2}} (?:of|in) {_WHOSE} (?:whole )?(?:class|grade)\b(?! asked)",
        r"\b(?:nobody|no ?body|no one|none) else (?:in|of) (?:your|the|this|his|her) (?:whole )?(?:class"
        r"|grade)\b",
        r"\bcatch(?:ing)? up (?:with|to) (?:the others|everyone|(?:your|the|his|her|their) (?:class"
        r"|classmates|peers|group)"
        r"|(?:the )?other (?:students|children|kids))\b",
        rf"\bstands? out (?:from|among) (?:the work of )?(?:{_OTHERS})",
        r"\b(?:finished|came in|is|are|were|was) (?:the )?(?:last|first|second|third|slowest|fastest) "
        r"(?:in|of) (?:your|the"
        r"|this|his|her) (?:class|grade|group)\b",
        rf"\b(?:most|few|many|half|several|some|all|none) (?:of )?(?:{_WHOSE} )?(?:other )?(?:classmates"
        rf"|peers"
        rf"|(?:students|children|kids) in {_WHOSE} (?:class|grade)) (?!will|may|might|with|for|to)",
        rf"\b(?:than|among|amongst) (?:any(?:one|body)|all|(?:your|his|her|their) peers) ?(?:in|of)? "
        rf"?(?:{_WHOSE} class)?\b(?<=peers|class)",
        r"\bthe (?:weak|strong|slow|fast|smart|neat|bright)est (?:\w+ )?(?:of|in) (?:the|your|this|his"
        r"|her) (?:class|group|grade)\b",
        rf"\b(?:at|near) the (?:top|bottom) of {_WHOSE} (?:class|grade)\b",
        rf"\b(?:rank(?:s|ed)?|come|came|place[sd]?) (?:first|second|third|last|\d+(?:st|nd|rd|th)) (?:in"
        rf"|of) {_WHOSE}"
        r" (?:class|grade|group)\b",
    ),
    re.IGNORECASE,
)
_PARTLY_THEIRS = late_pattern(
    r"\b(?:fractions?|numbers?|animals?|graphs?|data|survey|characters?)\b", re.IGNORECASE
)
"""What a comparison is about that compares nobody: most of the other fractions."""
_STUDENT = late_pattern(r"\[STUDENT_\d{1,4}\]")
_QUOTES = frozenset({"quote"})
_MOST_NAMES = 200


def _run(subject: Subject) -> Judgement:
    work = fold(subject.input_text("student_work"))
    passages = [
        Passage(passage.path, tidy(without_quotes(passage.text, of=work)))
        for passage in subject.passages
        if not (isinstance(subject.answer, Feedback) and passage.field in _QUOTES)
    ]
    named = list(_named(passages, subject.case.roster))
    if len({fold(evidence.quote) for evidence in named}) > 1:
        return failed(f"Two students are named in one answer: '{named[-1].quote}' is one too many.", *named)
    if not is_english(subject):
        return not_applicable("The lists of words are English, and this answer is in another language.")
    if compared := list(_compared(passages)):
        return failed(f"The student is compared with others: '{compared[0].quote}'.", *compared)
    return passed("Nobody is compared with classmates, and no second student is named.")


def _named(passages: list[Passage], roster: tuple[str, ...]) -> Iterator[Evidence]:
    for passage in passages:
        for found in _STUDENT.finditer(passage.text):
            yield Evidence(quote=found[0], where=passage.path)
        for name in roster[:_MOST_NAMES]:
            if words := find_phrase(name, passage.text):
                yield Evidence(quote=words, where=passage.path)


def _compared(passages: list[Passage]) -> Iterator[Evidence]:
    for passage in passages:
        for sentence in sentences(passage.text):
            for found in _COMPARES.finditer(sentence):
                is_about_things = _PARTLY_THEIRS.search(before(found.start(), sentence) + found[0])
                if not is_about_things:
                    yield Evidence(quote=found[0].strip(), where=passage.path)


CHECK = Check(
    name="no_other_student",
    version="1.0.0",
    title="Speaks of one student only",
    why=(
        "Being ranked turns a student's eyes from the work to the others. What a family reads of another "
        "child is that child's private matter."
    ),
    how=(
        "The answer is searched for comparisons with classmates ('better than most of the class', "
        "'everyone else has already finished') and for two students named in one answer, by placeholders "
        "or names of the roster. What the student wrote may be quoted."
    ),
    mend="Ask for a comparison with the student's own earlier work or with the task, and for no names.",
    source=(
        "Kluger and DeNisi (1996), on feedback that draws attention to the self; for other students' "
        "records, the Family Educational Rights and Privacy Act, 34 CFR 99.3."
    ),
    run=_run,
    is_quick=True,
    artifacts=("family_message", "feedback"),
    limits=(
        "Comparisons are found by English words from a list. A classmate who is described without a name "
        "is not found, and one name alone is not judged: it may be the student's."
    ),
)
