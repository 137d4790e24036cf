"""Check: feedback is not too hard to read for its grade."""

from sandbox.bundled.reading.passages import student_passages
from sandbox.bundled.reading.readability import count_words, read_ease
from sandbox.bundled.reading.wording import is_english
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.domain.audience import GRADES
from sandbox.domain.finding import Evidence
from sandbox.pipeline.language import other_language

_ENOUGH_WORDS = 75
_WARN_ABOVE = 2
_FAIL_ABOVE = 4
_READ_ALOUD = frozenset({"K", "1"})


def _run(subject: Subject) -> Judgement:
    text = "\n\n".join(passage.text for passage in student_passages(subject))
    if reason := _cannot_judge(subject, text):
        return not_applicable(reason)
    ease = read_ease(text)
    grade = GRADES.index(subject.audience.grade or "K")
    level = f"grade {ease.grade:.0f}" if ease.grade < len(GRADES) else "college"
    reason = (
        f"It reads like {level} (Flesch-Kincaid {ease.flesch_kincaid:.1f}); "
        f"the student is in grade {subject.audience.grade}."
    )
    hardest = Evidence(quote=ease.hardest_sentence[:300], where="the hardest sentence")
    if ease.grade > grade + _FAIL_ABOVE:
        return failed(reason, hardest)
    return warned(reason, hardest) if ease.grade > grade + _WARN_ABOVE else passed(reason)


def _cannot_judge(subject: Subject, text: str) -> str:
    """Why nothing can be said of how hard the text is; empty if something can."""
    grade = subject.audience.grade
    if grade is None:
        return "The grade is not known."
    if grade in _READ_ALOUD:
        return "In kindergarten and grade 1, feedback is read aloud."
    if not is_english(subject):
        return "The formula is made for English, and this feedback is in another language."
    if (n_words := count_words(text)) < _ENOUGH_WORDS:
        return f"The formula needs {_ENOUGH_WORDS} words to be trusted; here are {n_words}."
    name = other_language(text, expected="en")
    return f"The formula is made for English, and this is {name}." if name else ""


CHECK = Check(
    name="reading_level_fits",
    version="1.0.0",
    title="Easy enough to read",
    why="Feedback that the student cannot read is no feedback.",
    how=(
        "Sentence length and syllables give the Flesch-Kincaid grade; the Lexile bands of the Common Core "
        f"turn it into a school grade. More than {_WARN_ABOVE} grades above the student's is a warning, "
        f"more than {_FAIL_ABOVE} fails. Easy is never a fault. Under {_ENOUGH_WORDS} words nothing is "
        "said."
    ),
    mend="Name the grade in the prompt, and ask for short sentences and the words of that grade.",
    source=(
        "Kincaid and others (1975), the Flesch-Kincaid grade; Common Core State Standards, Appendix A, "
        "for the bands."
    ),
    run=_run,
    is_quick=True,
    artifacts=("feedback",),
    needs_artifact=False,
    limits=(
        "It counts syllables and words, and knows nothing of meaning, layout or what the student knows "
        "already. English only."
    ),
)
