"""Check: a tutor hints before telling, and what the turn says of itself fits its words."""

from sandbox.bundled.artifacts.tutor_turn import ErrorType, Strategy, TutorTurn
from sandbox.bundled.reading.wording import either, fold, is_english, is_question, sentences
from sandbox.contracts.check import Check, Judgement, Subject, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_TELLS = late_pattern(
    either(
        r"\bthe (?:correct |right |real )?(?:answer|result|solution) (?:is|should be) (?!not\b)\S",
        r"\bthe (?:correct|right) (?:way|word|number|sum|product|spelling|order|value) (?:is|was)\b",
        r"\b(?:it|that|this) should (?:actually )?(?:be|say|read) (?!about|longer|shorter|easy|possible)\S",
        r"\byou (?:should|need to|must|have to) (?:write|put|change it to|use) [\"“'‘]",
        r"\bhere is (?:the|how to do|the whole) (?:answer|solution|next step|step)\b",
        r"\b(?:instead of|not) \S{1,20},? (?:it is|it['’]s|write|use)\b",
    )
)
"""Words with which somebody tells and does not hint."""
_ASKING = frozenset({Strategy.ASK_QUESTION, Strategy.ASK_FOR_REASONING})
_WRONG_IDEA = frozenset({ErrorType.MISINTERPRETATION, ErrorType.GUESS, ErrorType.CARELESS})
_FIRST_HINTS = 1


def _run(subject: Subject) -> Judgement:
    turn = subject.artifact
    if not isinstance(turn, TutorTurn):
        return not_applicable("It looks at turns of a tutor only.")
    if doubt := _doubt(turn) or (_told(turn) if is_english(subject) else ""):
        return warned(doubt, Evidence(quote=turn.tutor_says, where="tutor_says"))
    return passed("What the turn says of itself fits its words, and it tells nothing before a hint.")


def _doubt(turn: TutorTurn) -> str:
    """What does not fit together in what the turn says of itself; nothing if all does."""
    asks = any(is_question(sentence) or "?" in sentence for sentence in sentences(turn.tutor_says))
    if turn.strategy is Strategy.CORRECT_DIRECTLY and turn.hint_level <= _FIRST_HINTS:
        return (
            f"It corrects directly, but says that it gave no more than a hint of level {turn.hint_level}."
        )
    if turn.strategy is Strategy.CORRECT_DIRECTLY and turn.error_type is ErrorType.NONE:
        return "It corrects directly where it sees no mistake."
    if turn.strategy is Strategy.GIVE_HINT and turn.hint_level == 0:
        return "It says that it gives a hint, and that it gives none."
    if turn.strategy is Strategy.CONFIRM and turn.error_type in _WRONG_IDEA:
        return "It confirms what it takes for a mistake."
    if turn.strategy in _ASKING and not any(mark in turn.tutor_says for mark in "?？؟") and not asks:
        return "It says that it asks, but there is no question in it."
    return ""


def _told(turn: TutorTurn) -> str:
    if turn.error_type is ErrorType.NONE or turn.hint_level > _FIRST_HINTS:
        return ""
    if turn.strategy is Strategy.CORRECT_DIRECTLY or not _TELLS.search(fold(turn.tutor_says)):
        return ""
    return f"Its words tell, though it says that it gave no more than a hint of level {turn.hint_level}."


CHECK = Check(
    name="hint_before_telling",
    version="1.0.0",
    title="Hints before it tells",
    why="What a student finds after a hint stays; what is told right away is soon gone.",
    how=(
        "What the turn says of itself is held against its words: to correct directly after no hint, a hint "
        "of level 0, a question that is not there, a mistake that is confirmed, and words such as 'it "
        "should be' at hint level 0 or 1 are warnings. It never fails."
    ),
    mend="Ask for hints that grow step by step: where to look, what to think about, an example of its own.",
    source=(
        "Wang and others (2024), Bridging the Novice-Expert Gap via Models of Decision-Making; VanLehn "
        "(2011), The Relative Effectiveness of Human Tutoring."
    ),
    run=_run,
    is_quick=True,
    artifacts=("tutor_turn",),
    limits=(
        "It goes by what the turn says of itself, and does not read the hints of earlier turns. Whether "
        "the answer is told is for another check."
    ),
)
