"""The guarding stage: what may leave the machine, as the guards leave it; any doubt and nothing leaves."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Self, TypeVar, cast

from sandbox.contracts.guard import GuardAction, GuardDecision, GuardSpec, Outgoing
from sandbox.domain.artifact import Artifact
from sandbox.domain.exchange import Message
from sandbox.domain.finding import Finding, Outcome, shared_finding
from sandbox.domain.prompt import InputValue
from sandbox.domain.record import Record
from sandbox.errors import FAULTS

Value = TypeVar("Value")
_USUAL_PLACEHOLDER = re.compile(r"\[(?P<word>[A-Z]+(?:_[A-Z]+)*)_(?P<number>[0-9]+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """What the guards made of a request; when they refused, there is nothing in it that could be sent."""

    messages: tuple[Message, ...]
    inputs: Mapping[str, InputValue]
    findings: tuple[Finding, ...]
    """One for each guard that was asked; after a refusal no other is."""
    is_refused: bool = False
    refusal: str = ""
    """Why nothing may be sent, in words for people."""
    replaced: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What each placeholder stands for. It stays in memory: never stored, logged or shown."""


class _BrokenGuardError(Exception):
    """A guard cannot be relied on; the text says why and quotes nothing that the guard said."""


def guard_outgoing(
    guards: Sequence[GuardSpec],
    messages: tuple[Message, ...],
    inputs: Mapping[str, InputValue],
    roster: tuple[str, ...],
) -> Guarded:
    """The messages and inputs as they may leave. Each guard sees what the one before it left.

    Refused if a guard refuses, raises, or gives back anything else than the texts it was given.
    """
    texts: Mapping[str, str] = _texts(messages, inputs)
    replaced: dict[str, str] = {}
    findings: list[Finding] = []
    for spec in guards:
        try:
            decision = _decision(spec, texts, roster)
            replaced |= _new_placeholders(decision, replaced)
        except _BrokenGuardError as fault:
            return _refused(spec, Outcome.ERROR, f"It {fault}, so nothing was sent.", findings)
        if decision.action is GuardAction.REFUSE:
            return _refused(spec, Outcome.FAIL, decision.reason, findings)
        findings.append(_finding(spec, Outcome.PASS, decision.reason))
        texts = decision.texts
    return Guarded(
        messages=tuple(
            _guarded_message(message, texts[_message_name(number, message)])
            for number, message in enumerate(messages, start=1)
        ),
        inputs={name: _guarded_input(name, value, texts) for name, value in inputs.items()},
        findings=tuple(findings),
        replaced=replaced,
    )


def restore(artifact: Artifact, replaced: Mapping[str, str]) -> Artifact:
    """The artifact with the originals in place of their placeholders, in every text of it.

    Lengths are not checked again: the schema limits what a model writes, and the teacher must see the name.
    """
    return _restored(artifact, _Originals.of(replaced)) if replaced else artifact


def restore_text(text: str, replaced: Mapping[str, str]) -> str:
    """The text with the originals in place of their placeholders, also where a model wrote them loosely."""
    return _Originals.of(replaced).put_into(text) if replaced else text


def _texts(messages: tuple[Message, ...], inputs: Mapping[str, InputValue]) -> dict[str, str]:
    """Every text by the name of its place."""
    texts = {
        _message_name(number, message): message.content for number, message in enumerate(messages, start=1)
    }
    for name, value in inputs.items():
        if isinstance(value, str):
            texts[_input_name(name)] = value
        elif isinstance(value, tuple):
            texts |= {_input_name(name, number): item for number, item in enumerate(value, start=1)}
    return texts


def _message_name(number: int, message: Message) -> str:
    return f"message {number} ({message.role})"


def _input_name(name: str, item: int = 0) -> str:
    return f"input {name}, item {item}" if item else f"input {name}"


def _guarded_message(message: Message, text: str) -> Message:
    return message if text == message.content else message.model_copy(update={"content": text})


def _guarded_input(name: str, value: InputValue, texts: Mapping[str, str]) -> InputValue:
    if isinstance(value, str):
        return texts[_input_name(name)]
    if isinstance(value, tuple):
        return tuple(texts[_input_name(name, number)] for number in range(1, len(value) + 1))
    return value


def _decision(spec: GuardSpec, texts: Mapping[str, str], roster: tuple[str, ...]) -> GuardDecision:
    """What a guard decided, once it is sure that it can be relied on.

    Raises:
        _BrokenGuardError: the guard crashed, or its decision breaks the contract.
    """
    try:
        given: object = spec.guard.inspect(Outgoing(texts=MappingProxyType(dict(texts)), roster=roster))
        return _checked(given, texts)
    except _BrokenGuardError:
        raise
    except FAULTS as cause:
        # Without the cause: its words may be a student's.
        raise _BrokenGuardError(f"crashed with {type(cause).__name__}") from None


def _checked(given: object, texts: Mapping[str, str]) -> GuardDecision:
    """A decision that keeps the contract, copied so that the guard cannot change it any more."""
    if not isinstance(given, GuardDecision):
        raise _BrokenGuardError(f"gave a {type(given).__name__} and no decision")
    action: object = given.action
    reason: object = given.reason
    if not isinstance(action, GuardAction) or not isinstance(reason, str):
        raise _BrokenGuardError("gave a decision without a known action and a reason")
    if given.action is GuardAction.REFUSE:
        return GuardDecision(action=given.action, reason=given.reason, texts={})
    left, replaced = dict(given.texts), dict(given.replaced)
    if left.keys() != texts.keys():
        raise _BrokenGuardError("gave back other texts than it was given")
    if given.action is GuardAction.ALLOW and left == texts and not replaced:
        return GuardDecision(action=given.action, reason=given.reason, texts=texts)
    if not all(isinstance(text, str) for text in (*left.values(), *replaced, *replaced.values())):
        raise _BrokenGuardError("gave something that is no text")
    if given.action is GuardAction.ALLOW and left != texts:
        raise _BrokenGuardError("changed the texts although it allowed them as they were")
    return GuardDecision(action=given.action, reason=given.reason, texts=left, replaced=replaced)


def _new_placeholders(decision: GuardDecision, known: Mapping[str, str]) -> dict[str, str]:
    """What a guard's placeholders stand for, with the placeholders of earlier guards resolved.

    Raises:
        _BrokenGuardError: a placeholder is empty, or stands for something else already.
    """
    if not decision.replaced:
        return {}
    if "" in decision.replaced or not known.keys().isdisjoint(decision.replaced):
        raise _BrokenGuardError("used a placeholder that is empty or another guard's")
    return {name: restore_text(original, known) for name, original in decision.replaced.items()}


def _refused(spec: GuardSpec, outcome: Outcome, reason: str, before: Sequence[Finding]) -> Guarded:
    return Guarded(
        messages=(),
        inputs={},
        findings=(*before, _finding(spec, outcome, reason)),
        is_refused=True,
        refusal=f"Guard '{spec.name}': {reason}",
    )


def _finding(spec: GuardSpec, outcome: Outcome, reason: str) -> Finding:
    return shared_finding(spec.name, spec.version, outcome, reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Originals:
    """What placeholders stand for, ready to be put into texts."""

    pattern: re.Pattern[str]
    by_name: Mapping[str, str]

    @classmethod
    def of(cls, replaced: Mapping[str, str]) -> Self:
        longest_first = sorted(replaced, key=len, reverse=True)
        return cls(
            pattern=re.compile("|".join(_spellings(placeholder) for placeholder in longest_first)),
            by_name={_name(placeholder): original for placeholder, original in replaced.items()}
            | dict(replaced),
        )

    def put_into(self, text: str) -> str:
        return self.pattern.sub(self._original, text)

    def _original(self, match: re.Match[str]) -> str:
        written = match[0]
        return self.by_name[written if written in self.by_name else _name(written)]


def _spellings(placeholder: str) -> str:
    """A pattern for a placeholder as models write it: in small letters, with a space, without brackets."""
    usual = _USUAL_PLACEHOLDER.fullmatch(placeholder)
    if usual is None:
        return re.escape(placeholder)
    word, number = usual["word"].replace("_", r"\\?[_ ]"), usual["number"]
    inside = rf"{word}\\?[_ ]{number}"
    return rf"(?i:\[{inside}\]|\\\[{inside}\\\]|(?<!\w)(?-i:(?=[A-Z])){word}\\?_{number}(?!\w))"


def _name(written: str) -> str:
    """What is the same in every spelling of a placeholder."""
    return re.sub(r"[\\\[\]]", "", written).replace(" ", "_").upper()


def _restored(value: Value, originals: _Originals) -> Value:
    """The value with every text in it restored; whatever else it holds is as it was."""
    restored: object = value
    if isinstance(value, Record):
        restored = value.model_copy(update={name: _restored(held, originals) for name, held in value})
    elif isinstance(value, tuple | list):
        restored = type(value)(_restored(item, originals) for item in value)
    elif isinstance(value, dict):
        restored = {key: _restored(held, originals) for key, held in value.items()}
    elif isinstance(value, str) and not isinstance(value, Enum):
        restored = originals.put_into(value)
    return cast(Value, restored)
