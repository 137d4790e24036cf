"""What `sandbox` brings along: the one place where it is registered."""

from collections.abc import Iterable

from sandbox.bundled.artifacts.feedback import Feedback
from sandbox.bundled.artifacts.lesson_plan import LessonPlan
from sandbox.bundled.checks import (
    answer_not_given_away,
    arithmetic_correct,
    formative_checks,
    minutes_add_up,
    must_not_say,
    must_say,
    no_invented_links,
    objective_measurable,
    praises_the_work,
    quotes_student_work,
    reading_level_fits,
    sections_present,
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


@hookimpl
def sandbox_providers() -> Iterable[ProviderSpec]:
    """Hosted and compatible servers, and two providers that ask nobody."""
    return [specs.OPENAI, specs.SCRIPTED, specs.REPLAY]


@hookimpl
def sandbox_checks() -> Iterable[Check]:
    """The first checks."""
    return [
        answer_not_given_away.CHECK,
        arithmetic_correct.CHECK,
        formative_checks.CHECK,
        minutes_add_up.CHECK,
        must_not_say.CHECK,
        must_say.CHECK,
        no_invented_links.CHECK,
        objective_measurable.CHECK,
        praises_the_work.CHECK,
        quotes_student_work.CHECK,
        reading_level_fits.CHECK,
        sections_present.CHECK,
    ]


@hookimpl
def sandbox_guards() -> Iterable[GuardSpec]:
    """Contacts and ids first: a name inside an e-mail address belongs to the address."""
    return [personal_data.GUARD, roster.GUARD]


@hookimpl
def sandbox_artifacts() -> Iterable[type[Artifact]]:
    """What teachers get."""
    return [LessonPlan, Feedback]


@hookimpl
def sandbox_stores() -> Iterable[StoreSpec]:
    """A file on this machine, or a server."""
    return [sqlite.STORE, postgresql.STORE]


@hookimpl
def sandbox_executors() -> Iterable[ExecutorSpec]:
    """Quick, and slow but always in the same order."""
    return [side_by_side.EXECUTOR, one_by_one.EXECUTOR]
