"""Check: a tutor who thinks that a student guessed asks for the reasons."""

from sandbox.bundled.artifacts.tutor_turn import ErrorType, Strategy, TutorTurn
from sandbox.bundled.reading.wording import either, fold, is_english
from sandbox.contracts.check import Check, Judgement, Subject, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_ASKS_FOR_REASONS = late_pattern(
    either(
        r"\b(?:how|why|where)\b[^.!?]{0,60}\byou\b",
        r"\bwhat (?:made|makes|led|helped|told|tells) you\b",
        r"\bwhat (?:did|do|were|are|was|is) (?:you|your)\b[^.!?]{0,40}"
        r"\b(?:think|thinking|thought|start|see|know|look|use|do|reasons?|idea|first|picture|notice)\b",
        r"\b(?:tell|show|explain|share|describe|write|say|draw|talk|walk|take|convince)\b[^.!?]{0,30}"
        r"\b(?:how|why|through|thinking|reasons?|what you|where|steps?|me)\b",
        r"\bwhere (?:does|did|do)\b[^.!?]{0,30}\bcome from\b",
        r"\bwhy\b[^.!?]{0,60}\?",
        r"\bhow (?:could|can|would|might) (?:we|you|one|somebody|someone)\b",
        r"\b(?:reason(?:s|ing)?|evidence|thinking)\b[^.!?]{0,40}\?",
    )
)


def _run(subject: Subject) -> Judgement:
    turn = subject.artifact
    if not isinstance(turn, TutorTurn):
        return not_applicable("It looks at turns of a tutor only.")
    if turn.error_type is not ErrorType.GUESS:
        return not_applicable("The tutor does not take the student's words for a guess.")
    evidence = Evidence(quote=turn.tutor_says, where="tutor_says")
    if is_english(subject):
        asks = _ASKS_FOR_REASONS.search(fold(turn.tutor_says)) is not None
    else:
        asks = turn.strategy is Strategy.ASK_FOR_REASONING
    if asks:
        return passed("The turn asks how the student came to it.", evidence)
    return warned("The turn calls it a guess, but does not ask how the student came to it.", evidence)


CHECK = Check(
    name="guess_is_probed",
    version="1.0.0",
    title="Asks for the reasons behind a guess",
    why="What looks like a guess may be an idea that was never said. Only the student can tell.",
    how=(
        "Where the turn names the mistake a guess, its words have to ask for reasons: 'how did you', "
        "'why', 'what made you', 'tell me how'. In other languages its strategy has to be to ask for "
        "reasoning. It never fails, it only warns."
    ),
    mend="Say that a guess is met by asking how the student came to it, before any hint.",
    source="Wang and others (2024), Bridging the Novice-Expert Gap via Models of Decision-Making.",
    run=_run,
    is_quick=True,
    artifacts=("tutor_turn",),
    limits="It goes by what the turn says of itself: whether it was a guess it cannot tell.",
)
