"""What `sandbox` brings along: the one place where it is registered."""

from collections.abc import Iterable

from sandbox.bundled.artifacts.accommodations import Accommodations
from sandbox.bundled.artifacts.decision_brief import DecisionBrief
from sandbox.bundled.artifacts.differentiation import Differentiation
from sandbox.bundled.artifacts.family_message import FamilyMessage
from sandbox.bundled.artifacts.feedback import Feedback
from sandbox.bundled.artifacts.lesson_plan import LessonPlan
from sandbox.bundled.artifacts.leveled_text import LeveledText
from sandbox.bundled.artifacts.quiz import Quiz
from sandbox.bundled.artifacts.rubric import Rubric
from sandbox.bundled.artifacts.tutor_turn import TutorTurn
from sandbox.bundled.card_shelf import with_cards
from sandbox.bundled.checks import (
    aims_and_tasks_agree,
    answer_not_given_away,
    answers_are_right,
    arithmetic_correct,
    claims_have_sources,
    contact_is_placeholder,
    depth_of_questions,
    distractors_are_plausible,
    example_before_practice,
    few_next_steps,
    formative_checks,
    glossary_explains,
    guess_is_probed,
    hint_before_telling,
    items_do_not_overlap,
    kept_to_the_text,
    key_not_conspicuous,
    lesson_in_order,
    minutes_add_up,
    misconceptions_met,
    mistake_is_located,
    must_not_say,
    must_say,
    needs_human_approval,
    next_step_is_doable,
    no_diagnosis,
    no_eligibility_language,
    no_invented_links,
    no_negative_stems,
    no_other_student,
    numbers_agree,
    objective_measurable,
    one_key,
    one_question,
    one_spelling,
    options_weighed,
    praise_and_growth,
    praises_the_work,
    questions_from_the_text,
    quotes_student_work,
    reading_level_fits,
    recalls_prior_learning,
    revision_call_agrees,
    rubric_levels_agree,
    rubric_levels_differ,
    safety_is_named,
    sections_present,
    standards_given,
    strength_is_specific,
    students_are_active,
    success_criteria_fit,
    supports_keep_the_aim,
    text_fits_grade,
    tone_is_kind,
    weights_add_up,
    words_are_defined,
)
from sandbox.bundled.executors import one_by_one, side_by_side
from sandbox.bundled.guards import personal_data, roster
from sandbox.bundled.providers import specs
from sandbox.bundled.stores import postgresql, sqlite
from sandbox.contracts.check import Check
from sandbox.contracts.executor import ExecutorSpec
from sandbox.contracts.guard import GuardSpec
from sandbox.contracts.hookspecs import hookimpl
from sandbox.contracts.provider import ProviderSpec
from sandbox.contracts.store import StoreSpec
from sandbox.domain.artifact import Artifact

_CHECKS = (
    aims_and_tasks_agree,
    answer_not_given_away,
    answers_are_right,
    arithmetic_correct,
    claims_have_sources,
    contact_is_placeholder,
    depth_of_questions,
    distractors_are_plausible,
    example_before_practice,
    few_next_steps,
    formative_checks,
    glossary_explains,
    guess_is_probed,
    hint_before_telling,
    items_do_not_overlap,
    kept_to_the_text,
    key_not_conspicuous,
    lesson_in_order,
    minutes_add_up,
    misconceptions_met,
    mistake_is_located,
    must_not_say,
    must_say,
    needs_human_approval,
    next_step_is_doable,
    no_diagnosis,
    no_eligibility_language,
    no_invented_links,
    no_negative_stems,
    no_other_student,
    numbers_agree,
    objective_measurable,
    one_key,
    one_question,
    one_spelling,
    options_weighed,
    praise_and_growth,
    praises_the_work,
    questions_from_the_text,
    quotes_student_work,
    reading_level_fits,
    recalls_prior_learning,
    revision_call_agrees,
    rubric_levels_agree,
    rubric_levels_differ,
    safety_is_named,
    sections_present,
    standards_given,
    strength_is_specific,
    students_are_active,
    success_criteria_fit,
    supports_keep_the_aim,
    text_fits_grade,
    tone_is_kind,
    weights_add_up,
    words_are_defined,
)
"""The modules of the checks; each has one."""


@hookimpl
def sandbox_providers() -> Iterable[ProviderSpec]:
    """Hosted and compatible servers, and two providers that ask nobody."""
    return [specs.OPENAI, specs.SCRIPTED, specs.REPLAY]


@hookimpl
def sandbox_checks() -> Iterable[Check]:
    """What is looked for in answers, each check with its card."""
    return with_cards([module.CHECK for module in _CHECKS])


@hookimpl
def sandbox_guards() -> Iterable[GuardSpec]:
    """Contacts and ids first: a name inside an e-mail address belongs to the address."""
    return [personal_data.GUARD, roster.GUARD]


@hookimpl
def sandbox_artifacts() -> Iterable[type[Artifact]]:
    """What teachers get."""
    return [
        LessonPlan,
        Feedback,
        LeveledText,
        Quiz,
        Rubric,
        Differentiation,
        FamilyMessage,
        TutorTurn,
        Accommodations,
        DecisionBrief,
    ]


@hookimpl
def sandbox_stores() -> Iterable[StoreSpec]:
    """A file on this machine, or a server."""
    return [sqlite.STORE, postgresql.STORE]


@hookimpl
def sandbox_executors() -> Iterable[ExecutorSpec]:
    """Quick, and slow but always in the same order."""
    return [side_by_side.EXECUTOR, one_by_one.EXECUTOR]
