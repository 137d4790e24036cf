"""Our checks of feedback and of tutors' turns are held to what the kit asks of everybody's."""

from sandbox.bundled.checks import (
    few_next_steps,
    guess_is_probed,
    hint_before_telling,
    mistake_is_located,
    next_step_is_doable,
    one_question,
    praise_and_growth,
    revision_call_agrees,
    strength_is_specific,
    tone_is_kind,
)
from sandbox.testing.check_conformance import CheckCase, CheckConformance
from tests.bundled.checks import test_few_next_steps as few
from tests.bundled.checks import test_guess_is_probed as guesses
from tests.bundled.checks import test_hint_before_telling as hints
from tests.bundled.checks import test_mistake_is_located as located
from tests.bundled.checks import test_next_step_is_doable as doable
from tests.bundled.checks import test_one_question as one
from tests.bundled.checks import test_praise_and_growth as growth
from tests.bundled.checks import test_revision_call_agrees as revision
from tests.bundled.checks import test_strength_is_specific as strengths
from tests.bundled.checks import test_tone_is_kind as tone
from tests.bundled.checks import turns


class TestFewNextSteps(CheckConformance):
    """Few things to do are let be, many are caught."""

    check = few_next_steps.CHECK
    catches = [CheckCase(answer) for answer in few.TOO_MUCH.values()]
    leaves_alone = [CheckCase(answer) for answer in few.SHORT_ENOUGH.values()]


class TestGuessIsProbed(CheckConformance):
    """What is called a guess is asked about."""

    check = guess_is_probed.CHECK
    catches = [CheckCase(turns.turn(words, error_type="guess")) for words in guesses.NOT_PROBED.values()]
    leaves_alone = [CheckCase(turns.turn(words, error_type="guess")) for words in guesses.PROBED.values()]


class TestHintBeforeTelling(CheckConformance):
    """A hint comes before the answer."""

    check = hint_before_telling.CHECK
    catches = [CheckCase(answer) for answer in hints.TELLING.values()]
    leaves_alone = [CheckCase(answer) for answer in hints.HINTING.values()]


class TestMistakeIsLocated(CheckConformance):
    """The place that is meant is shown."""

    check = mistake_is_located.CHECK
    catches = [
        *(CheckCase(turns.turn(words), inputs=turns.INPUTS) for words in located.NOWHERE.values()),
        *(CheckCase(words, inputs=turns.INPUTS) for words in located.NOWHERE.values()),
    ]
    leaves_alone = [
        CheckCase(turns.turn(words), inputs=turns.INPUTS) for words in located.SOMEWHERE.values()
    ]


class TestNextStepIsDoable(CheckConformance):
    """A next step can be done."""

    check = next_step_is_doable.CHECK
    catches = [
        *(CheckCase(turns.with_step(how=words, **doable.NOTHING_MORE)) for words in doable.VAGUE.values()),
        *(CheckCase(words) for words in doable.VAGUE.values()),
    ]
    leaves_alone = [
        CheckCase(turns.with_step(how=words, **doable.NOTHING_MORE)) for words in doable.DOABLE.values()
    ]


class TestOneQuestion(CheckConformance):
    """One question is asked."""

    check = one_question.CHECK
    catches = [CheckCase(turns.turn(words), inputs=turns.INPUTS) for words in one.NOT_ONE.values()]
    leaves_alone = [CheckCase(turns.turn(words), inputs=turns.INPUTS) for words in one.ONE.values()]


class TestPraiseAndGrowth(CheckConformance):
    """Something works and something can grow."""

    check = praise_and_growth.CHECK
    catches = [CheckCase(answer) for answer in growth.ONE_SIDED.values()]
    leaves_alone = [CheckCase(answer) for answer in growth.BALANCED.values()]


class TestRevisionCallAgrees(CheckConformance):
    """Whether to revise fits the next steps."""

    check = revision_call_agrees.CHECK
    catches = [CheckCase(revision.calling(*call)) for call in revision.AT_ODDS.values()]
    leaves_alone = [CheckCase(revision.calling(*call)) for call in revision.AGREED.values()]


class TestStrengthIsSpecific(CheckConformance):
    """A strength says what the words achieve."""

    check = strength_is_specific.CHECK
    catches = [CheckCase(turns.with_whys(words)) for words in strengths.GENERIC.values()]
    leaves_alone = [CheckCase(turns.with_whys(words)) for words in strengths.SPECIFIC.values()]


class TestToneIsKind(CheckConformance):
    """Words that hurt are caught, plain ones let be."""

    check = tone_is_kind.CHECK
    catches = [
        CheckCase(turns.with_step(how=words)) for words in (*tone.HARSH.values(), *tone.UNKIND.values())
    ]
    leaves_alone = [
        CheckCase(turns.with_step(how=words), inputs={"student_work": tone.WORK})
        for words in tone.KIND.values()
    ]
