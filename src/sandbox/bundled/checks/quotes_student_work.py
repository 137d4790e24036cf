"""Check: what feedback quotes really stands in the student's work."""

from itertools import islice

from sandbox.bundled.artifacts.feedback import Feedback
from sandbox.bundled.reading.near_quotes import NEAR, QuotableText
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_LONG_ENOUGH = 3
_TOKEN = late_pattern(r"\w+|[^\w\s]")
_WORD = late_pattern(r"\w+")


def _run(subject: Subject) -> Judgement:
    feedback = subject.artifact
    if not isinstance(feedback, Feedback):
        return not_applicable("It looks at feedback only.")
    work = QuotableText(subject.input_text("student_work"))
    if not _WORD.search(work.folded):
        return not_applicable("The case has no student work to quote from.")
    quotes = [
        *(Evidence(quote=s.quote, where=f"strengths[{i}].quote") for i, s in enumerate(feedback.strengths)),
        *(
            Evidence(quote=s.quote, where=f"next_steps[{i}].quote")
            for i, s in enumerate(feedback.next_steps)
        ),
    ]
    invented = [evidence for evidence in quotes if not work.holds(evidence.quote)]
    if invented:
        words = "; ".join(f"'{evidence.quote}'" for evidence in invented)
        return failed(f"Quotes that do not stand in the student's work: {words}.", *invented)
    needed = _length(work.folded)
    if all(_length(evidence.quote) < needed for evidence in quotes):
        return failed(f"No quote has {needed} words or more, so none shows which place is meant.", *quotes)
    return passed(f"All {len(quotes)} quotes stand in the student's work.", *quotes)


def _length(text: str) -> int:
    """How many words and signs a text has; as many as are long enough, if there are more."""
    return len(list(islice(_TOKEN.finditer(text), _LONG_ENOUGH)))


CHECK = Check(
    name="quotes_student_work",
    version="1.0.0",
    title="Quotes the student's own words",
    why=(
        "A quote that the student never wrote shows that nobody read the work; a true one shows where to "
        "look."
    ),
    how=(
        "Each quote is looked for in the student's work; capitals, spaces, kinds of quotation marks and a "
        f"mended typo do not matter (likeness of {NEAR} or more). One quote has to be {_LONG_ENOUGH} "
        "words long, or all of the work."
    ),
    mend=(
        "Ask for quotes that are copied exactly, mistakes included, and put the work between clear marks "
        "in the prompt."
    ),
    source=(
        "Hattie and Timperley (2007), The Power of Feedback: feedback has to be about the task that was "
        "done."
    ),
    run=_run,
    is_quick=True,
    artifacts=("feedback",),
    limits=(
        "A quote that is true but beside the point passes. What the text quotes outside the quote fields "
        "is not looked at."
    ),
)
