"""Check: a strength says what the student's words achieve."""

from sandbox.bundled.artifacts.feedback import Feedback, Strength
from sandbox.bundled.reading.content_words import content_words
from sandbox.bundled.reading.unanswered import is_unanswered
from sandbox.bundled.reading.wording import either, fold, is_english, word_set
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_PRAISE = word_set("""
    amazing attempt awesome beautiful beautifully best bravo brilliant cool correct deserve done effort
    enjoyed excellent fabulous fantastic fine good going great happy hard impressive incredible interesting
    job keep kudos like liked love loved lovely nice nicely outstanding part perfect perfectly pleased
    praise proud quote really right solid start strong strongly strength super superb terrific thing things
    thank thanks try up very way well wonderful work wow writing written wrote line lines words word phrase
    paragraph answer text essay student works working here today paper piece effective effectively high five
""")
"""Words that praise or point, and say nothing of what was achieved."""
_EFFECT = late_pattern(
    either(
        r"\b(?:so|because|since|that way|which (?:is|makes|helps|shows|tells|lets|gives|means)"
        r"|therefore)\b",
        r"\b(?:make|help|show|let|tell|give|keep|bring|hold|lead|prove|explain|mean|connect|support|build"
        r"|allow|set|draw|pull|paint|catch|check|start|use|name|find|keep|see|hear|feel|follow|picture)"
        r"(?:s|es|d|ed|ing)?\b",
        r"\b(?:readers?|anyone|somebody|someone|we can|i can|you can|can be|it is (?:easy|clear)"
        r"|easy to)\b",
    )
)
"""Words with which one says what something does."""
_ENOUGH_OF_ITS_OWN = 2
_ENOUGH_WITHOUT_EFFECT = 3


def _run(subject: Subject) -> Judgement:
    feedback = subject.artifact
    if not isinstance(feedback, Feedback):
        return not_applicable("It looks at feedback only.")
    if not is_english(subject):
        return not_applicable("The lists of words are English, and this feedback is in another language.")
    if is_unanswered(subject):
        return not_applicable("The work holds no answer, so nothing in it has to be praised.")
    if not feedback.strengths:
        return not_applicable("No strength is named.")
    generic = [
        Evidence(quote=strength.why, where=f"strengths[{i}].why")
        for i, strength in enumerate(feedback.strengths)
        if not _says_what_it_achieves(strength)
    ]
    if not generic:
        return passed("Each strength says what the words achieve.")
    reason = f"'{generic[0].quote}' could be said of any work: it does not say what these words achieve."
    says_nothing = all(not _words_of_its_own(strength.why) for strength in feedback.strengths)
    return failed(reason, *generic) if says_nothing else warned(reason, *generic)


def _says_what_it_achieves(strength: Strength) -> bool:
    n = len(_words_of_its_own(strength.why))
    if n >= _ENOUGH_WITHOUT_EFFECT:
        return True
    return n >= _ENOUGH_OF_ITS_OWN and _EFFECT.search(fold(strength.why)) is not None


def _words_of_its_own(why: str) -> frozenset[str]:
    return frozenset(content_words(why)) - _PRAISE


CHECK = Check(
    name="strength_is_specific",
    version="1.0.0",
    title="Says what a strength achieves",
    why="'Good job' cannot be repeated. A student who knows what worked can do it again.",
    how=(
        "What is said of each strength is read without words of praise. If nothing is left in any of them "
        f"it fails; if fewer than {_ENOUGH_WITHOUT_EFFECT} words are left, or fewer than "
        f"{_ENOUGH_OF_ITS_OWN} beside a word such as 'makes', 'shows', 'because' or 'the reader', it is a "
        "warning. Work that says 'I don't know' needs no strength."
    ),
    mend="Ask for what the quoted words do: what they make a reader see, or what can be checked by them.",
    source=(
        "Hattie and Timperley (2007), The Power of Feedback: praise without information about the task "
        "does not help learning."
    ),
    run=_run,
    is_quick=True,
    artifacts=("feedback",),
    limits="It counts English words. Whether what is praised is really a strength it cannot tell.",
)
