"""What every check does: it sees what it must, leaves the rest alone, and bears whatever it is shown."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from textwrap import shorten
from typing import ClassVar
from unicodedata import category

from sandbox.contracts.check import Check, Judgement, Subject
from sandbox.domain.artifact import Artifact
from sandbox.domain.finding import Evidence, Outcome
from sandbox.domain.prompt import InputValue
from sandbox.domain.trial import Case
from sandbox.testing.check_places import QUICK_CHARACTERS, expect_quick, expect_same_elsewhere
from sandbox.testing.conformance import NotDeclared, expect
from sandbox.testing.examples import Note, filled_with
from sandbox.testing.hard_texts import (
    ODD_TEXTS,
    expect_no_crash,
    expect_no_endless_work,
    growing_lengths,
    long_texts,
)
from sandbox.testing.network import no_network

_CAUGHT = {Outcome.FAIL, Outcome.WARN}
_LEFT_ALONE = {Outcome.PASS, Outcome.NOT_APPLICABLE}
_OF_THE_LEARNERS = frozenset({"grade", "language"})
"""Inputs that say who the learners are, and are no free text."""
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)([-+][0-9A-Za-z.+-]+)?")
_SENTENCE = re.compile(r"\S+\s.*[.?!…。？！؟।]['\"”’»)\]]*", re.DOTALL)


@dataclass(frozen=True)
class CheckCase:
    """An answer for a check to look at, and what is known of the case that asked for it."""

    answer: Artifact | str
    """The structured answer; or a text, for a check that needs no structured answer."""
    _: KW_ONLY
    name: str = ""
    """A few words for messages."""
    inputs: Mapping[str, InputValue] = field(default_factory=dict)
    grade: str | int | None = None
    answer_key: Sequence[str] = ()
    must: Sequence[str] = ()
    must_not: Sequence[str] = ()

    def __str__(self) -> str:
        return self.name or shorten(self.subject.text, width=60, placeholder=" ...") or "an empty answer"

    @property
    def subject(self) -> Subject:
        """The answer as a check gets it, made anew each time."""
        grade = {} if self.grade is None else {"grade": str(self.grade)}
        case = Case.model_validate(
            {
                "id": "kit",
                "inputs": {**self.inputs, **grade},
                "answer_key": tuple(self.answer_key),
                "must": tuple(self.must),
                "must_not": tuple(self.must_not),
            }
        )
        answer = self.answer if isinstance(self.answer, str) else self.answer.model_copy(deep=True)
        return Subject(answer, case)


class CheckConformance:
    """What every check does, tried on the cases that its author gives.

    class TestNoShouting(CheckConformance):
        check = NO_SHOUTING
        catches = [CheckCase("You are LATE again.")]
        leaves_alone = [CheckCase("You are late again."), CheckCase("NASA flew there.")]
    """

    check: ClassVar[Check]
    catches: ClassVar[Sequence[CheckCase]] = ()
    leaves_alone: ClassVar[Sequence[CheckCase]] = ()

    def test_it_says_what_people_need_in_order_to_trust_it(self) -> None:
        """It has a name, a version such as 1.0.0, a title, and says why, how, mend, source and limits."""
        check = self.check
        expect(bool(_NAME.fullmatch(check.name)), f"Its name is '{check.name}': use small letters and _.")
        expect(
            bool(_VERSION.fullmatch(check.version)),
            f"Its version is '{check.version}', but should be like 1.0.0.",
        )
        for what in ("title", "why", "how", "mend", "source", "limits"):
            said = getattr(check, what)
            expect(len(said.strip()) > 2, f"It says nothing under {what}. Write it for a teacher.")
        for what in ("why", "how", "mend", "limits"):
            said = getattr(check, what)
            expect(
                bool(_SENTENCE.fullmatch(said.strip())),
                f"What it says under {what} is no sentence: {said!r}",
            )

    def test_there_are_cases_for_both_sides(self) -> None:
        """There is something that it must catch, and something that it must leave alone."""
        expect(
            len(self.catches) > 0, "Give at least one case in `catches`: a check that never fails is none."
        )
        expect(
            len(self.leaves_alone) > 0,
            "Give at least one case in `leaves_alone`: a check that always fails is none.",
        )
        for case in self._cases():
            artifact = case.subject.artifact
            expect(
                artifact is not None or not self.check.needs_artifact,
                f"'{case}' is plain text, but the check needs the structured answer (needs_artifact), so "
                "it would never be asked about it.",
            )
            expect(
                artifact is None or self.check.applies_to(artifact.type_name),
                f"'{case}' is of a type that the check does not name under artifacts, so it would never be "
                "asked about it.",
            )

    def test_it_catches_what_it_must(self) -> None:
        """Each case in `catches` fails, or is a warning."""
        for case in self.catches:
            found = self._judged(case.subject)
            expect(found.outcome in _CAUGHT, f"It should catch '{case}', but says {_in_words(found)}")

    def test_it_leaves_alone_what_it_must(self) -> None:
        """Each case in `leaves_alone` passes, or is none of its business."""
        for case in self.leaves_alone:
            found = self._judged(case.subject)
            expect(
                found.outcome in _LEFT_ALONE, f"It should leave '{case}' alone, but says {_in_words(found)}"
            )

    def test_every_reason_is_a_sentence(self) -> None:
        """A teacher can read why it judged as it did."""
        for case in self._cases():
            reason = self._judged(case.subject).reason
            expect(
                bool(_SENTENCE.fullmatch(reason.strip())),
                f"On '{case}' its reason is no sentence: {reason!r}",
            )

    def test_what_it_quotes_really_stands_there(self) -> None:
        """Evidence stands in the answer, an input or the case, or names a place where nothing stands."""
        for case in self._cases():
            subject = case.subject
            where_it_may_stand = _folded("\n".join(_said(subject)))
            for evidence in self._judged(subject).evidence:
                expect(bool(evidence.quote.strip()), f"On '{case}' it gives evidence that quotes nothing.")
                expect(
                    _folded(evidence.quote) in where_it_may_stand or _is_missing(evidence, subject),
                    f"On '{case}' it quotes '{evidence.quote}', which stands nowhere. Quote the very words "
                    "that you found, or give no evidence. Where something is missing, name its place.",
                )

    def test_it_judges_the_same_answer_the_same_way(self) -> None:
        """Neither a second look nor what it saw in between makes a difference."""
        cases = self._cases()
        first = [self._judged(case.subject) for case in cases]
        backwards = [self._judged(case.subject) for case in reversed(cases)]
        for case, one, other in zip(cases, first, reversed(backwards), strict=True):
            expect(
                one == other,
                f"It judged '{case}' in two ways: first {_in_words(one)}, then {_in_words(other)}. A check "
                "must not remember, guess, or look at the clock.",
            )

    def test_it_changes_nothing(self) -> None:
        """The answer and the case are the same after it looked."""
        for case in self._cases():
            subject = case.subject
            before = _snapshot(subject)
            self._judged(subject)
            expect(
                _snapshot(subject) == before,
                f"It changed what it was shown, on '{case}'. Others look at it after you.",
            )

    def test_it_bears_odd_texts(self) -> None:
        """Empty texts, other scripts, emoji and markup get a judgement with a reason."""
        for case in self._one_of_each_shape():

            def look(text: str, subject: Subject = case.subject) -> None:
                self._judged(_filled(subject, text))

            expect_no_crash(look, f"'{self.check.name}'")

    def test_it_bears_plain_text(self) -> None:
        """If it says that it needs no structured answer, it can do without."""
        if self.check.needs_artifact:
            raise NotDeclared("it needs the structured answer")
        expect_no_crash(lambda text: self._judged(CheckCase(text).subject), f"'{self.check.name}'")

    def test_it_bears_an_artifact_that_it_has_never_seen(self) -> None:
        """If it names no types of artifact, it is asked about those of every plugin."""
        if self.check.artifacts:
            raise NotDeclared(f"it looks at {', '.join(self.check.artifacts)} only")
        note = Note(heading="Tomorrow", points=("Bring a ruler.",))
        expect_no_crash(
            lambda text: self._judged(CheckCase(filled_with(note, text)).subject), f"'{self.check.name}'"
        )

    def test_it_ends_on_very_long_texts(self) -> None:
        """Ten times as much text takes about ten times as long, up to 200,000 characters."""
        for case in self._longest_of_each_type():

            def look(text: str, subject: Subject = case.subject) -> None:
                self.check.run(_lengthened(subject, text))

            expect_no_endless_work(look, long_texts(_own_texts(case)))

    def test_it_is_quick_if_it_says_so(self) -> None:
        """Where it says that it is quick, it takes less than 50 ms, whatever it is shown."""
        if not self.check.is_quick:
            raise NotDeclared("it does not say that it is quick")
        expect_quick(self.check, self._hard_subjects())

    def test_it_says_the_same_in_a_process_of_its_own(self) -> None:
        """Where it does not say that it is quick, it can be had in another process, and judges the same."""
        if self.check.is_quick:
            raise NotDeclared("it is quick, and runs where everything runs")
        expect_same_elsewhere(self.check, ((str(case), case.subject) for case in self._cases()))

    def test_it_asks_no_network(self) -> None:
        """What it looks at stays on this machine."""
        with no_network() as attempts:
            for case in self._cases():
                self._judged(case.subject)
        expect(
            not attempts,
            f"It tried to reach {' and '.join(dict.fromkeys(attempts))}. An answer may hold a student's "
            "words.",
        )

    def _cases(self) -> list[CheckCase]:
        return [*self.catches, *self.leaves_alone]

    def _hard_subjects(self) -> Iterator[tuple[str, Subject]]:
        """The cases, and then those with odd texts and long ones in them that grow and grow."""
        for case in self._cases():
            yield f"'{case}'", case.subject
        for case in self._longest_of_each_type():
            for name, text in ODD_TEXTS.items():
                for length in growing_lengths(len(text)):
                    yield name, _filled(case.subject, text[len(text) - length :])
            for name, make in long_texts(_own_texts(case)):
                for length in growing_lengths(QUICK_CHARACTERS):
                    yield f"{length:,} characters of {name}", _lengthened(case.subject, make(length))

    def _one_of_each_shape(self) -> list[CheckCase]:
        """Those cases that still differ when all their words are replaced."""
        return list({_shape(case): case for case in self._cases()}.values())

    def _longest_of_each_type(self) -> list[CheckCase]:
        longest = {type(case.answer): case for case in sorted(self._cases(), key=_length)}
        return list(longest.values())

    def _judged(self, subject: Subject) -> Judgement:
        """What the check says, once it is sure that it says anything."""
        found: object = self.check.run(subject)
        expect(
            isinstance(found, Judgement),
            f"It gave a {type(found).__name__}, but a check gives passed(...), warned(...), failed(...) or "
            "not_applicable(...).",
        )
        judgement: Judgement = found  # type: ignore[assignment]  # it was looked at above
        expect(
            judgement.outcome in _CAUGHT | _LEFT_ALONE,
            f"Its outcome was {judgement.outcome!r}, but that a check could not be made is for us to say: "
            "raise.",
        )
        reason: object = judgement.reason
        expect(isinstance(reason, str) and bool(reason.strip()), "It judged without a reason.")
        return judgement


def _shape(case: CheckCase) -> tuple[object, ...]:
    expected = (len(words) for words in (case.answer_key, case.must, case.must_not))
    return type(case.answer), case.grade, *case.inputs, *expected


def _own_texts(case: CheckCase) -> list[str]:
    """What the check is known to look at closely."""
    return [case.subject.text[:400], *case.must, *case.must_not, *case.answer_key]


def _length(case: CheckCase) -> int:
    return len(case.subject.text) + sum(len(str(value)) for value in case.inputs.values())


def _in_words(found: Judgement) -> str:
    return f"{found.outcome}: {found.reason}"


def _folded(text: str) -> str:
    """The text with every stretch of spaces as one, since an answer may be wrapped."""
    return " ".join(text.split())


def _said(subject: Subject) -> Iterator[str]:
    """Everything that evidence may be quoted from."""
    yield subject.text
    if subject.artifact is not None:
        yield from _leaves(subject.artifact.model_dump(mode="json"))
    for name in subject.case.inputs:
        yield subject.input_text(name)
    yield from (*subject.case.answer_key, *subject.case.must, *subject.case.must_not)


def _is_missing(evidence: Evidence, subject: Subject) -> bool:
    """Whether the place that evidence names, such as `segments[2].title`, is an empty one."""
    place: object = subject.artifact
    for name, number in re.findall(r"(\w+)|\[(\d+)\]", evidence.where) if evidence.where else ():
        if name and hasattr(place, name):
            place = getattr(place, name)
        elif number and isinstance(place, tuple | list) and int(number) < len(place):
            place = place[int(number)]
        else:
            return False
    if isinstance(place, str):
        return all(letter.isspace() or category(letter) == "Cf" for letter in place)
    return evidence.where != "" and place in (None, (), [])


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    else:
        yield str(value)


def _snapshot(subject: Subject) -> tuple[object, ...]:
    artifact = subject.artifact.model_dump_json() if subject.artifact is not None else None
    return subject.text, artifact, subject.case.model_dump_json(), subject.audience.model_dump_json()


def _filled(subject: Subject, text: str) -> Subject:
    """The subject with this text in the answer, and wherever the case has free text."""
    answer = text if subject.artifact is None else filled_with(subject.artifact, text)
    return Subject(answer, _case_with(subject.case, text, text))


def _lengthened(subject: Subject, text: str) -> Subject:
    """The subject with a long text in its inputs, and as its answer if it has no structured one."""
    answer = text if subject.artifact is None else subject.artifact
    return Subject(answer, _case_with(subject.case, text, text[:60]))


def _case_with(case: Case, text: str, phrase: str) -> Case:
    def instead(value: InputValue) -> InputValue:
        if isinstance(value, tuple):
            return tuple(text for _ in value)
        return text if isinstance(value, str) else value

    return case.model_copy(
        update={
            "inputs": {
                name: value if name in _OF_THE_LEARNERS else instead(value)
                for name, value in case.inputs.items()
            },
            "answer_key": tuple(phrase for _ in case.answer_key),
            "must": tuple(phrase for _ in case.must),
            "must_not": tuple(phrase for _ in case.must_not),
        }
    )
