"""Check: questions about a leveled text can be answered from it."""

from sandbox.bundled.artifacts.leveled_text import LeveledText, TextQuestion
from sandbox.bundled.reading.near_quotes import QuotableText
from sandbox.bundled.reading.proper_names import names_in
from sandbox.bundled.reading.wording import fold
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_WORD = late_pattern(r"\w+")
_PLACE = late_pattern(
    r"\W*(?:see |in |from )?(?:the )?(?:(?:first|second|third|fourth|fifth|last|next) )?"
    r"(?:paragraphs?|lines?|sentences?|page|text|passage)\b[\s\w,.&-]{0,40}"
)
_LONG_ENOUGH = 2


def _run(subject: Subject) -> Judgement:
    leveled = subject.artifact
    if not isinstance(leveled, LeveledText):
        return not_applicable("It looks at leveled texts only.")
    text = QuotableText(f"{leveled.title}\n\n{leveled.rewritten_text}")
    missing: list[Evidence] = []
    doubts: list[tuple[str, Evidence]] = []
    for index, question in enumerate(leveled.questions):
        evidence = Evidence(quote=question.evidence, where=f"questions[{index}].evidence")
        if not text.holds(question.evidence):
            if _PLACE.fullmatch(fold(question.evidence)):
                doubts.append(("a place is named instead of the words", evidence))
            else:
                missing.append(evidence)
        elif _is_a_snippet(question.evidence):
            doubts.append(("one word is no evidence", evidence))
        doubts += [
            (f"the answer names '{name}', which the text does not", found)
            for name, found in _strange_names(index, question, text)
        ]
    if missing:
        return failed(
            f"Evidence that is not in the text: {len(missing)} of {len(leveled.questions)} questions.",
            *missing,
        )
    if doubts:
        reason = "; ".join(dict.fromkeys(story for story, _ in doubts[:4]))
        return warned(f"To look at: {reason}.", *(evidence for _, evidence in doubts))
    return passed(f"The evidence of all {len(leveled.questions)} questions stands in the text.")


def _is_a_snippet(evidence: str) -> bool:
    """Whether the words are too few to show anything; scripts without spaces have one long word."""
    words = _WORD.findall(evidence)
    return len(words) < _LONG_ENOUGH and len(evidence.strip()) < 8


def _strange_names(index: int, question: TextQuestion, text: QuotableText) -> list[tuple[str, Evidence]]:
    where = f"questions[{index}].answer"
    return [
        (name, Evidence(quote=name, where=where))
        for name in names_in(question.answer)
        if not any(word[:5] in text.folded for word in fold(name).split())
        and fold(name) not in fold(question.question)
    ]


CHECK = Check(
    name="questions_from_the_text",
    version="1.0.0",
    title="Questions can be answered from the text",
    why=(
        "A question whose answer stands nowhere tests what students knew before, and evidence that was "
        "made up sends them looking for words that are not there."
    ),
    how=(
        "The evidence of each question is looked for in the text; capitals, spaces, kinds of quotation "
        "marks and a small slip do not matter. What does not stand there fails. A place instead of words, "
        "one word alone, or an answer with a name that the text does not hold is a warning."
    ),
    mend="Ask for evidence that is copied exactly from the rewritten text, once it is done.",
    source=(
        "Common Core State Standards, Reading, Anchor Standard 1: cite evidence from the text; the rule "
        "itself is plain comparison."
    ),
    run=_run,
    is_quick=True,
    artifacts=("leveled_text",),
    limits=(
        "Whether the evidence really shows the answer is for a person to say: true words that are beside "
        "the point pass."
    ),
)
