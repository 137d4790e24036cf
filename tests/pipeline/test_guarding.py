"""The guarding stage: texts go through every guard, and any doubt keeps them here."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

import pytest
from pydantic import Field

from sandbox.bundled.guards import personal_data, roster
from sandbox.contracts.guard import GuardAction, GuardDecision, GuardSpec, Outgoing
from sandbox.domain.artifact import Artifact
from sandbox.domain.document import Document
from sandbox.domain.exchange import Message, Role
from sandbox.domain.finding import Outcome
from sandbox.domain.record import Record
from sandbox.pipeline.guarding import Guarded, guard_outgoing, restore, restore_text

MESSAGES = (
    Message(role=Role.SYSTEM, content="Be kind."),
    Message(role=Role.USER, content="Omar wrote: my mail is Omar@example.org"),
)


@dataclass(frozen=True)
class ScriptedGuard:
    """Decides as it was told."""

    decide: Callable[[Outgoing], object]

    def inspect(self, outgoing: Outgoing) -> GuardDecision:
        """The decision that it was told, whatever its type."""
        return self.decide(outgoing)  # type: ignore[return-value]  # faulty guards are the point


def spec(decide: Callable[[Outgoing], object], name: str = "scripted") -> GuardSpec:
    """A guard that decides as told."""
    return GuardSpec(name=name, version="2.0.0", summary="", guard=ScriptedGuard(decide))


def decision(action: GuardAction, texts: object, **more: object) -> GuardDecision:
    """A decision, sound or not."""
    return GuardDecision(action=action, reason="Because.", texts=texts, **more)  # type: ignore[arg-type]


def guarded(*guards: GuardSpec) -> Guarded:
    """What becomes of a small request."""
    inputs = {"student_work": "Omar", "goals": ("Help Omar", "Be brief"), "minutes": 30, "is_draft": True}
    return guard_outgoing(guards, MESSAGES, inputs, ("Omar Ali",))


def raises(outgoing: Outgoing) -> object:
    """Crash with words of a student in the message."""
    raise LookupError(f"Omar's words: {outgoing.texts}")


def changes_what_it_was_given(outgoing: Outgoing) -> object:
    """Try to change the texts in place."""
    outgoing.texts["message 1 (system)"] = ""  # type: ignore[index]  # the point
    return decision(GuardAction.ALLOW, outgoing.texts)


def test_without_guards_everything_leaves_as_it_is() -> None:
    """No guard, no finding, no change."""
    result = guarded()

    assert result.messages == MESSAGES
    assert result.inputs["goals"] == ("Help Omar", "Be brief")
    assert result.findings == ()
    assert not result.is_refused


@pytest.mark.parametrize(
    "order", [(roster.GUARD, personal_data.GUARD), (personal_data.GUARD, roster.GUARD)]
)
def test_messages_and_inputs_leave_without_personal_data(order: tuple[GuardSpec, ...]) -> None:
    """Every text is guarded, also the items of lists; whatever is no text passes through."""
    result = guarded(*order)

    assert result.messages[1].content == "[STUDENT_1] wrote: my mail is [EMAIL_1]"
    assert result.inputs == {
        "student_work": "[STUDENT_1]",
        "goals": ("Help [STUDENT_1]", "Be brief"),
        "minutes": 30,
        "is_draft": True,
    }
    assert result.replaced == {"[STUDENT_1]": "Omar", "[EMAIL_1]": "Omar@example.org"}
    assert [finding.outcome for finding in result.findings] == [Outcome.PASS, Outcome.PASS]
    assert {finding.reason for finding in result.findings} == {
        "1 name was taken out.",
        "1 e-mail address was taken out.",
    }


def test_a_guard_sees_every_text_by_its_place_and_what_the_one_before_it_left() -> None:
    """Guards work one after the other."""
    seen: list[Outgoing] = []

    def look(outgoing: Outgoing) -> object:
        seen.append(outgoing)
        return decision(GuardAction.ALLOW, outgoing.texts)

    guarded(roster.GUARD, spec(look))

    assert seen[0].texts == {
        "message 1 (system)": "Be kind.",
        "message 2 (user)": "[STUDENT_1] wrote: my mail is [STUDENT_1]@example.org",
        "input student_work": "[STUDENT_1]",
        "input goals, item 1": "Help [STUDENT_1]",
        "input goals, item 2": "Be brief",
    }
    assert seen[0].roster == ("Omar Ali",)


def test_a_refusal_keeps_everything_here() -> None:
    """When a guard refuses there is nothing to send, and the guards after it are not asked."""
    refusing = spec(lambda outgoing: decision(GuardAction.REFUSE, outgoing.texts))

    result = guarded(roster.GUARD, refusing, spec(raises))

    assert result.is_refused
    assert result.refusal == "Guard 'scripted': Because."
    assert result.messages == ()
    assert result.inputs == {}
    assert result.replaced == {}
    assert [finding.outcome for finding in result.findings] == [Outcome.PASS, Outcome.FAIL]


@pytest.mark.parametrize(
    "decide",
    [
        raises,
        changes_what_it_was_given,
        lambda outgoing: None,
        lambda outgoing: dict(outgoing.texts),
        lambda outgoing: decision(GuardAction.ALLOW, None),
        lambda outgoing: decision(GuardAction.ALLOW, {}),
        lambda outgoing: decision(GuardAction.REDACT, {**outgoing.texts, "more": ""}),
        lambda outgoing: decision(GuardAction.REDACT, dict(list(outgoing.texts.items())[1:])),
        lambda outgoing: decision(GuardAction.REDACT, {name.upper(): "" for name in outgoing.texts}),
        lambda outgoing: decision(GuardAction.REDACT, dict.fromkeys(outgoing.texts)),
        lambda outgoing: decision(GuardAction.REDACT, dict.fromkeys(outgoing.texts, b"bytes")),
        lambda outgoing: decision(GuardAction.ALLOW, dict.fromkeys(outgoing.texts, "changed")),
        lambda outgoing: decision("allow", outgoing.texts),  # type: ignore[arg-type]
        lambda outgoing: decision(GuardAction.REDACT, outgoing.texts, replaced=None),
        lambda outgoing: decision(GuardAction.REDACT, outgoing.texts, replaced={"[A_1]": 1}),
        lambda outgoing: decision(GuardAction.REDACT, outgoing.texts, replaced={"": "x"}),
        lambda outgoing: decision(GuardAction.REDACT, outgoing.texts, replaced={"[STUDENT_1]": "other"}),
        lambda outgoing: replace(decision(GuardAction.ALLOW, outgoing.texts), reason=3),
    ],
)
def test_a_guard_that_cannot_be_relied_on_refuses(decide: Callable[[Outgoing], object]) -> None:
    """A crash or a broken decision is an error, nothing may be sent, and no student is quoted."""
    result = guarded(roster.GUARD, spec(decide))

    assert result.is_refused
    assert result.messages == ()
    assert result.inputs == {}
    assert result.findings[-1].outcome is Outcome.ERROR
    assert result.findings[-1].check == "scripted"
    assert "Omar" not in str(result)


def test_a_crash_is_named_by_its_type_only() -> None:
    """The reason says what kind of crash it was; the crash's own words may be a student's."""
    assert (
        guarded(spec(raises)).refusal
        == "Guard 'scripted': It crashed with LookupError, so nothing was sent."
    )


def test_what_was_replaced_is_not_printed() -> None:
    """Printing the guarded request shows no original."""
    assert "omar" not in repr(guarded(roster.GUARD, personal_data.GUARD)).lower()


REPLACED = {
    "[STUDENT_1]": "Omar",
    "[STUDENT_12]": "Zoë",
    "[BIRTH_DATE_1]": "3/4/2012",
    "<<a>>": "A",
    "<<A>>": "B",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[STUDENT_1] and [STUDENT_12]", "Omar and Zoë"),
        ("STUDENT_1, STUDENT_12.", "Omar, Zoë."),
        ("[Student_1]'s and [student 1]", "Omar's and Omar"),
        (r"[STUDENT\_1] and \[STUDENT_1\]", "Omar and Omar"),
        ("[STUDENT_1, STUDENT_12]", "[Omar, Zoë]"),
        ("[[STUDENT_1]]s", "[Omar]s"),
        ("[BIRTH DATE 1], BIRTH_DATE_1", "3/4/2012, 3/4/2012"),
        ("<<a>> <<A>>", "A B"),
        (
            "[STUDENT_2], [STUDENT_123], MY_STUDENT_1, STUDENT_1x",
            "[STUDENT_2], [STUDENT_123], MY_STUDENT_1, STUDENT_1x",
        ),
        ("student 1, student_1, Student 12", "student 1, student_1, Student 12"),
        ("", ""),
    ],
)
def test_placeholders_are_restored_as_models_write_them(text: str, expected: str) -> None:
    """Brackets may be lost and letters small, but one placeholder never stands for another."""
    assert restore_text(text, REPLACED) == expected


def test_nothing_is_restored_if_nothing_was_replaced() -> None:
    """A placeholder that the teacher wrote stays."""
    assert restore_text("[STUDENT_1]", {}) == "[STUDENT_1]"


def test_an_original_is_not_searched_for_placeholders() -> None:
    """What is put back is put back once."""
    assert restore_text("[ID_1]", {"[ID_1]": "[ID_2]", "[ID_2]": "x"}) == "[ID_2]"


def test_a_placeholder_inside_another_guards_original_is_resolved() -> None:
    """An address that held a student's placeholder is restored with the name."""
    messages = (Message(role=Role.USER, content="12 Omar Street"),)

    result = guard_outgoing((roster.GUARD, personal_data.GUARD), messages, {}, ("Omar Ali",))

    assert result.messages[0].content == "[ADDRESS_1]"
    assert restore_text("[ADDRESS_1]", result.replaced) == "12 Omar Street"


class Part(Record):
    """A part of an artifact."""

    note: str
    extra: dict[str, str] = {}


class Letter(Artifact):
    """An artifact with texts at every depth."""

    type_name: ClassVar[str] = "letter"

    title: str = Field(max_length=12)
    role: Role = Role.USER
    pages: int = 1
    parts: tuple[Part, ...] = ()

    def document(self) -> Document:
        """The letter as people read it."""
        return Document(self.title, ())


def test_an_artifact_is_restored_at_every_depth() -> None:
    """Each text gets its originals back; numbers and choices stay, and the artifact given is as it was."""
    letter = Letter(title="[STUDENT_1]", parts=(Part(note="for STUDENT_1", extra={"to": "[STUDENT_1]"}),))

    restored = restore(letter, REPLACED)

    assert restored == Letter(title="Omar", parts=(Part(note="for Omar", extra={"to": "Omar"}),))
    assert letter.title == "[STUDENT_1]"


def test_a_name_that_is_too_long_for_the_schema_is_shown_all_the_same() -> None:
    """The limit is for the model; the teacher must see the name."""
    restored = restore(Letter(title="[STUDENT_1]"), {"[STUDENT_1]": "Maximiliana Montgomery"})

    assert isinstance(restored, Letter)
    assert restored.title == "Maximiliana Montgomery"
