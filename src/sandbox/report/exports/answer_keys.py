"""The answer keys of a suite, as the guards leave them."""

from collections.abc import Sequence

from sandbox.contracts.guard import GuardSpec
from sandbox.domain.exchange import Message, Role
from sandbox.domain.trial import Case
from sandbox.evaluation.suite import LoadedSuite
from sandbox.pipeline.guarding import guard_outgoing


def guarded_answer_keys(loaded: LoadedSuite, guards: Sequence[GuardSpec]) -> dict[str, tuple[str, ...]]:
    """What the student is to find out, by case; a key that a guard refuses is left out."""
    return {case.id: _guarded(case, guards) for case in loaded.cases if case.answer_key}


def _guarded(case: Case, guards: Sequence[GuardSpec]) -> tuple[str, ...]:
    messages = tuple(Message(role=Role.USER, content=key) for key in case.answer_key)
    guarded = guard_outgoing(guards, messages, {}, case.roster)
    return () if guarded.is_refused else tuple(message.content for message in guarded.messages)
