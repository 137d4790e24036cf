"""Our own checks are held to what the kit asks of everybody's, with the cases that their own tests have."""

from collections.abc import Iterable, Mapping, Sequence

from sandbox.bundled import plugin
from sandbox.bundled.artifacts.feedback import Feedback, NextStep, Strength
from sandbox.bundled.artifacts.lesson_plan import LessonPlan
from sandbox.bundled.artifacts.tutor_turn import ErrorType, Strategy, TutorTurn
from sandbox.bundled.checks import (
    answer_not_given_away,
    arithmetic_correct,
    claims_have_sources,
    contact_is_placeholder,
    formative_checks,
    minutes_add_up,
    must_not_say,
    must_say,
    needs_human_approval,
    no_diagnosis,
    no_eligibility_language,
    no_invented_links,
    no_other_student,
    objective_measurable,
    options_weighed,
    praises_the_work,
    quotes_student_work,
    reading_level_fits,
    sections_present,
)
from sandbox.testing.check_conformance import CheckCase, CheckConformance
from tests.bundled.checks import test_answer_not_given_away as given_away
from tests.bundled.checks import test_arithmetic_correct as arithmetic
from tests.bundled.checks import test_claims_have_sources as sources
from tests.bundled.checks import test_contact_is_placeholder as contacts
from tests.bundled.checks import test_formative_checks as formative
from tests.bundled.checks import test_must_not_say as ruled_out
from tests.bundled.checks import test_must_say as asked_for
from tests.bundled.checks import test_needs_human_approval as approval
from tests.bundled.checks import test_no_diagnosis as labels
from tests.bundled.checks import test_no_eligibility_language as team_words
from tests.bundled.checks import test_no_invented_links as links
from tests.bundled.checks import test_no_other_student as others
from tests.bundled.checks import test_objective_measurable as objectives
from tests.bundled.checks import test_options_weighed as weighing
from tests.bundled.checks import test_praises_the_work as praise
from tests.bundled.checks import test_quotes_student_work as quotes
from tests.bundled.checks import test_reading_level_fits as levels
from tests.bundled.checks import test_sections_present as sections
from tests.bundled.checks import whole_artifacts as whole
from tests.conformance import test_feedback_checks, test_lesson_checks, test_quiz_and_text_checks
from tests.examples import FEEDBACK, LESSON_PLAN

OTHERS = (test_feedback_checks, test_lesson_checks, test_quiz_and_text_checks)
ANSWER = Feedback.model_validate(FEEDBACK)
PLAN = LessonPlan.model_validate(LESSON_PLAN)
_, SECOND, *_ = PLAN.segments


def telling(words: str) -> Feedback:
    """Feedback that tells the student this as the way to go on."""
    step = ANSWER.next_steps[0].model_copy(update={"how": words})
    return ANSWER.model_copy(update={"next_steps": (step,)})


def quoting(words: str) -> Feedback:
    """Feedback that quotes this as the words to work on."""
    strength = Strength(quote="ate the hole cake", why="It shows what happened.")
    step = NextStep(quote=words, what="Look at this.", how="Read it aloud.")
    return ANSWER.model_copy(update={"strengths": (strength,), "next_steps": (step,)})


def plan(**changes: object) -> LessonPlan:
    """The plan, changed in these fields."""
    return PLAN.model_copy(update=changes)


def lasting(*minutes: int) -> LessonPlan:
    """The plan with segments of these lengths."""
    return plan(segments=tuple(SECOND.model_copy(update={"minutes": each}) for each in minutes))


def checking(words: str) -> LessonPlan:
    """The plan in which this is how one segment shows who understood."""
    return plan(segments=(SECOND, SECOND.model_copy(update={"check_for_understanding": words})))


def answering(cases: Iterable[tuple[str, str]]) -> Sequence[CheckCase]:
    """Feedback on a student's work, each with the answer that must not be given away."""
    work = {"student_work": given_away.WORK}
    return [
        CheckCase(telling(words), inputs=work, answer_key=(key,) if key else ()) for key, words in cases
    ]


def saying(words: str) -> TutorTurn:
    """A tutor's turn that tells the student this."""
    return TutorTurn(
        error_type=ErrorType.RIGHT_IDEA,
        strategy=Strategy.GIVE_HINT,
        hint_level=1,
        tutor_says=words,
        teacher_note="One more hint may be needed.",
    )


def turns(cases: Iterable[tuple[str, str]]) -> Sequence[CheckCase]:
    """Turns in a dialogue, each with the answer that must not be given away."""
    talk = {"dialogue": given_away.TALK}
    return [CheckCase(saying(words), inputs=talk, answer_key=(key,) if key else ()) for key, words in cases]


def at_grades(grades: str, text: str) -> Sequence[CheckCase]:
    """The same text for several grades."""
    return [CheckCase(text, grade=grade, name=f"grade {grade}") for grade in grades]


class TestAnswerNotGivenAway(CheckConformance):
    """Hints may stand in feedback, answers not."""

    check = answer_not_given_away.CHECK
    catches = [
        *answering(given_away.GIVEN_AWAY.values()),
        *turns(given_away.TURNS_THAT_TELL.values()),
    ]
    leaves_alone = [
        *answering(given_away.KEPT_BACK.values()),
        *turns(given_away.TURNS_THAT_DO_NOT.values()),
    ]


class TestArithmeticCorrect(CheckConformance):
    """Wrong equations are caught, and what is none is left alone."""

    check = arithmetic_correct.CHECK
    catches = [CheckCase(text) for text in arithmetic.WRONG.values()]
    leaves_alone = [CheckCase(text) for text in arithmetic.RIGHT_OR_NOT_UNDERSTOOD.values()]


class TestClaimsHaveSources(CheckConformance):
    """Evidence comes from what was given."""

    check = claims_have_sources.CHECK
    catches = [
        CheckCase(sources.claiming(*item), inputs=whole.BRIEF_INPUTS) for item in sources.NOT_GIVEN.values()
    ]
    leaves_alone = [
        CheckCase(sources.claiming(*item), inputs=whole.BRIEF_INPUTS) for item in sources.GIVEN.values()
    ]


class TestContactIsPlaceholder(CheckConformance):
    """How a teacher is reached is for the teacher to fill in."""

    check = contact_is_placeholder.CHECK
    catches = [CheckCase(whole.message(contact=words)) for words in contacts.INVENTED.values()]
    leaves_alone = [
        *(CheckCase(whole.message(contact=words)) for words in contacts.PLACEHOLDERS.values()),
        *(
            CheckCase(whole.message(contact=words), inputs=contacts.INPUTS)
            for words in contacts.GIVEN.values()
        ),
    ]


class TestFormativeChecks(CheckConformance):
    """Each segment shows who understood."""

    check = formative_checks.CHECK
    catches = [CheckCase(checking(words)) for words in formative.SHOWS_NOTHING.values()]
    leaves_alone = [CheckCase(checking(words)) for words in formative.SHOWS_SOMETHING.values()]


class TestMinutesAddUp(CheckConformance):
    """The segments fill the lesson."""

    check = minutes_add_up.CHECK
    catches = [CheckCase(lasting(10, 10, 10)), CheckCase(lasting(10, 15, 20), inputs={"minutes": "60"})]
    leaves_alone = [CheckCase(PLAN), CheckCase(lasting(10, 15, 20), inputs={"minutes": "45 min"})]


class TestMustNotSay(CheckConformance):
    """What the case rules out is not said."""

    check = must_not_say.CHECK
    catches = [CheckCase(text, must_not=[phrase]) for phrase, text in ruled_out.SAID.values()]
    leaves_alone = [CheckCase(text, must_not=[phrase]) for phrase, text in ruled_out.NOT_SAID.values()]


class TestMustSay(CheckConformance):
    """What the case asks for is said."""

    check = must_say.CHECK
    catches = [CheckCase(text, must=[phrase]) for phrase, text in asked_for.MISSING.values()]
    leaves_alone = [CheckCase(text, must=[phrase]) for phrase, text in asked_for.SAID.values()]


class TestNeedsHumanApproval(CheckConformance):
    """Accommodations rest on the excerpt and wait for approval."""

    check = needs_human_approval.CHECK
    catches = [
        CheckCase(answer, inputs=whole.PLAN_INPUTS)
        for answer in (
            *(whole.accommodations(teacher_note=words) for words in approval.PRETENDS.values()),
            *map(whole.resting_on, approval.INVENTED.values()),
        )
    ]
    leaves_alone = [
        CheckCase(answer, inputs=whole.PLAN_INPUTS)
        for answer in (
            *(whole.accommodations(teacher_note=words) for words in approval.WAITS.values()),
            *map(whole.resting_on, approval.COPIED.values()),
        )
    ]


class TestNoDiagnosis(CheckConformance):
    """Nobody is given a label."""

    check = no_diagnosis.CHECK
    catches = [
        CheckCase(telling(words)) for words in (*labels.LABELED.values(), *labels.SUGGESTED.values())
    ]
    leaves_alone = [CheckCase(telling(words)) for words in labels.NOT_A_LABEL.values()]


class TestNoEligibilityLanguage(CheckConformance):
    """What only the team may decide is left to it."""

    check = no_eligibility_language.CHECK
    catches = [
        CheckCase(whole.because(words), inputs=whole.PLAN_INPUTS) for words in team_words.DECIDES.values()
    ]
    leaves_alone = [
        CheckCase(whole.because(words), inputs=whole.PLAN_INPUTS)
        for words in team_words.LEAVES_IT_TO_THE_TEAM.values()
    ]


class TestNoInventedLinks(CheckConformance):
    """Links that nobody gave are caught."""

    check = no_invented_links.CHECK
    catches = [CheckCase(text, inputs=links.GIVEN) for text, _ in links.INVENTED.values()]
    leaves_alone = [CheckCase(text, inputs=links.GIVEN) for text in links.NO_LINKS.values()]


class TestNoOtherStudent(CheckConformance):
    """Nobody is compared with classmates."""

    check = no_other_student.CHECK
    catches = [
        *(CheckCase(telling(words)) for words in others.COMPARED.values()),
        *(CheckCase(whole.message(what_we_learn=words)) for words in others.OF_A_CHILD.values()),
    ]
    leaves_alone = [
        *(CheckCase(telling(words)) for words in others.OF_YOURSELF.values()),
        *(CheckCase(whole.message(what_we_learn=words)) for words in others.OF_THE_CLASS.values()),
    ]


class TestObjectiveMeasurable(CheckConformance):
    """An objective can be seen or heard."""

    check = objective_measurable.CHECK
    catches = [CheckCase(plan(objective=words)) for words in objectives.NOT_MEASURABLE.values()]
    leaves_alone = [CheckCase(plan(objective=words)) for words in objectives.MEASURABLE.values()]


class TestOptionsWeighed(CheckConformance):
    """A brief weighs options and says when to stop."""

    check = options_weighed.CHECK
    catches = [CheckCase(answer) for answer in weighing.CAUGHT]
    leaves_alone = [CheckCase(answer) for answer in weighing.LEFT_ALONE]


class TestPraisesTheWork(CheckConformance):
    """Praise is for the work, never for the child."""

    check = praises_the_work.CHECK
    catches = [
        *(CheckCase(telling(words)) for words in praise.ABOUT_THE_PERSON.values()),
        *(CheckCase(saying(words)) for words in praise.TURNS_ON_THE_PERSON.values()),
    ]
    leaves_alone = [
        *(
            CheckCase(telling(words), inputs={"student_work": "She yelled: you are so stupid"})
            for words in praise.ABOUT_THE_WORK.values()
        ),
        *(
            CheckCase(saying(words), inputs={"dialogue": "Student: i am so stupid"})
            for words in praise.TURNS_ON_THE_WORK.values()
        ),
    ]


class TestQuotesStudentWork(CheckConformance):
    """What is quoted stands in the student's work."""

    check = quotes_student_work.CHECK
    catches = [
        CheckCase(quoting(words), inputs={"student_work": quotes.WORK})
        for words in quotes.INVENTED.values()
    ]
    leaves_alone = [
        CheckCase(quoting(words), inputs={"student_work": quotes.WORK}) for words in quotes.REAL.values()
    ]


class TestReadingLevelFits(CheckConformance):
    """What students and families get can be read by them."""

    check = reading_level_fits.CHECK
    catches = [
        *at_grades("2345678", levels.HARD),
        *(CheckCase(saying(words), grade="3") for words in levels.HARD_TURNS.values()),
        *(CheckCase(levels.letter(words), grade="12") for words in levels.BUREAUCRATIC.values()),
    ]
    leaves_alone = [
        *at_grades("234568", levels.EASY),
        CheckCase(levels.HARD, name="no grade"),
        CheckCase(telling("Fold the strip again, and look."), grade="4"),
        *(CheckCase(saying(words), grade="3") for words in levels.EASY_TURNS.values()),
        *(CheckCase(levels.letter(words), grade="K") for words in levels.PLAIN_LETTERS.values()),
    ]


class TestSectionsPresent(CheckConformance):
    """Every section says something."""

    check = sections_present.CHECK
    catches = [
        *(CheckCase(plan(worked_example=text)) for text in sections.EMPTY.values()),
        CheckCase(ANSWER.model_copy(update={"teacher_note": "N/A"})),
    ]
    leaves_alone = [
        *(CheckCase(plan(worked_example=text)) for text in sections.FULL.values()),
        CheckCase(ANSWER),
    ]


def test_every_check_of_ours_is_held_to_it() -> None:
    """A new check needs a class here, or in one of the modules beside this one."""
    suites: Mapping[str, object] = {
        suite.check.name: suite
        for suite in CheckConformance.__subclasses__()
        if suite.__module__ in {__name__, *(module.__name__ for module in OTHERS)}
    }

    assert set(suites) == {check.name for check in plugin.sandbox_checks()}
