"""What every guard does: what it must stop does not leave, and all else stays as it was."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import ClassVar

from sandbox.contracts.guard import GuardAction, GuardDecision, GuardSpec, Outgoing
from sandbox.pipeline.guarding import restore_text
from sandbox.testing.conformance import expect
from sandbox.testing.hard_texts import ODD_TEXTS, expect_no_crash, expect_no_endless_work, long_texts
from sandbox.testing.network import no_network

_PLACES = ("message 1 (user)", "input student_work")
_ODD_ROSTER = (*ODD_TEXTS.values(), "(", "[a-", "\\", "*", "x" * 5000)


@dataclass(frozen=True)
class GuardCase:
    """A text that is about to leave, and what of it must not."""

    text: str
    _: KW_ONLY
    gone: Sequence[str] = ()
    """The words that must not stand in what is left."""
    roster: Sequence[str] = ()
    restores: bool = True
    """Whether the very same text comes back; False where one placeholder stands for two spellings."""

    def outgoing(self) -> Outgoing:
        """The text as a guard gets it: in a message, and in the input that it came from."""
        return Outgoing(texts=dict.fromkeys(_PLACES, self.text), roster=tuple(self.roster))

    def named(self) -> str:
        """The text in short, for messages."""
        return repr(self.text if len(self.text) < 70 else f"{self.text[:66]} ...")


class GuardConformance:
    """What every guard does, tried on the cases that its author gives.

    class TestHouseNumbers(GuardConformance):
        spec = HOUSE_NUMBERS
        stops = [GuardCase("I live at 12 Oak Street.", gone=["12 Oak"])]
        lets_pass = [GuardCase("There are 12 oaks in the street.")]
    """

    spec: ClassVar[GuardSpec]
    stops: ClassVar[Sequence[GuardCase]] = ()
    lets_pass: ClassVar[Sequence[GuardCase]] = ()

    def test_it_says_what_it_is(self) -> None:
        """It has a name, a version and a summary."""
        spec = self.spec
        expect(
            bool(re.fullmatch(r"[a-z][a-z0-9_]*", spec.name)),
            f"Its name is '{spec.name}': use small letters and _.",
        )
        expect(
            bool(re.fullmatch(r"\d+\.\d+\.\d+\S*", spec.version)),
            f"Its version is '{spec.version}', not like 1.0.0.",
        )
        expect(
            len(spec.summary.strip()) > 10,
            "Its summary should say in a sentence what it keeps from leaving.",
        )

    def test_there_are_cases_for_both_sides(self) -> None:
        """There is something that it must stop, and something that it must let pass."""
        expect(
            len(self.stops) > 0, "Give at least one case in `stops`: a guard that stops nothing is none."
        )
        expect(
            len(self.lets_pass) > 0,
            "Give at least one case in `lets_pass`: a guard that stops everything is none.",
        )
        for case in self.stops:
            expect(len(case.gone) > 0, f"Say under `gone` which words of {case.named()} must not leave.")
            for word in case.gone:
                expect(
                    word in case.text,
                    f"'{word}' should be gone from {case.named()}, but never stood there.",
                )

    def test_it_stops_what_must_not_leave(self) -> None:
        """It refuses, or the words are gone from every text, whatever their capitals."""
        for case in self.stops:
            decision = self._decided(case.outgoing())
            expect(
                decision.action is not GuardAction.ALLOW,
                f"It let {case.named()} pass, but should stop {case.gone}.",
            )
            for place, text in decision.texts.items():
                for word in case.gone:
                    expect(
                        word.casefold() not in text.casefold(),
                        f"'{word}' still stands in the text '{place}' of {case.named()}: {text!r}. When "
                        "you refuse, give no texts.",
                    )

    def test_it_lets_pass_what_may_leave(self) -> None:
        """It allows each case in `lets_pass`."""
        for case in self.lets_pass:
            decision = self._decided(case.outgoing())
            expect(
                decision.action is GuardAction.ALLOW,
                f"It should let {case.named()} pass, but says {decision.reason}",
            )

    def test_what_it_allows_is_as_it_was(self) -> None:
        """If it allows, no text differs, and nothing was replaced."""
        for outgoing in self._all_outgoing():
            decision = self._decided(outgoing)
            if decision.action is GuardAction.ALLOW:
                expect(
                    dict(decision.texts) == dict(outgoing.texts),
                    "It allowed the texts, and yet changed one. Say REDACT if you change anything.",
                )
                expect(
                    not decision.replaced, "It allowed the texts, and yet says that it replaced something."
                )

    def test_no_text_is_lost(self) -> None:
        """It gives back every text under its name, and no other, unless it refuses."""
        for outgoing in self._all_outgoing():
            decision = self._decided(outgoing)
            if decision.action is not GuardAction.REFUSE:
                expect(
                    decision.texts.keys() == outgoing.texts.keys(),
                    f"It was given texts named {sorted(outgoing.texts)} and gave back "
                    f"{sorted(decision.texts)}.",
                )
        nothing = self._decided(Outgoing(texts={}, roster=("Ana Lind",)))
        expect(not nothing.texts, "It was given no text at all, and gave one back.")

    def test_it_changes_nothing_that_it_was_given(self) -> None:
        """It gives new texts back; those that came in stay as they were."""
        for outgoing in self._all_outgoing():
            before = dict(outgoing.texts), outgoing.roster
            self._decided(outgoing)
            expect(
                (dict(outgoing.texts), outgoing.roster) == before,
                "It changed the texts that it was given. Make new ones.",
            )

    def test_what_it_took_out_can_be_put_back(self) -> None:
        """Every placeholder stands in a text, did not stand there before, and gives the very words back."""
        for case in self.stops:
            decision = self._decided(case.outgoing())
            left = "\n".join(decision.texts.values())
            if decision.action is not GuardAction.REDACT:
                continue
            for placeholder in decision.replaced:
                expect(
                    bool(placeholder) and placeholder in left,
                    f"In {case.named()} it replaced something by '{placeholder}', which stands in none of "
                    "the texts.",
                )
                expect(
                    placeholder not in case.text,
                    f"It uses '{placeholder}' in {case.named()}, where that stood before. Take another "
                    "number.",
                )
            if case.restores:
                back = restore_text(decision.texts[_PLACES[0]], decision.replaced)
                expect(
                    back == case.text,
                    f"With the words put back, {case.named()} reads {back!r}. Name in `replaced` what each "
                    "placeholder stands for; if one stands for several spellings, give the case "
                    "restores=False.",
                )

    def test_a_placeholder_that_is_there_already_is_not_used_again(self) -> None:
        """Two things never share a placeholder, not even if the text holds one from elsewhere."""
        for case in self.stops:
            first = self._decided(case.outgoing())
            for placeholder in first.replaced:
                text = f"{placeholder} and {case.text}"
                again = self._decided(Outgoing(texts={_PLACES[0]: text}, roster=tuple(case.roster)))
                expect(
                    placeholder not in again.replaced,
                    f"'{placeholder}' stood in the text, and the guard used it for something else: what "
                    "the teacher gets back would be wrong.",
                )

    def test_its_words_do_not_tell_what_it_took_out(self) -> None:
        """Neither the reason nor the printed decision holds what must not leave."""
        for case in self.stops:
            decision = self._decided(case.outgoing())
            for word in {*case.gone, *decision.replaced.values()} - {""}:
                whole = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
                expect(
                    not whole.search(decision.reason),
                    f"Its reason quotes what it took out of {case.named()}. Say how many, and of what "
                    "kind.",
                )
                expect(
                    not whole.search(repr(decision)),
                    f"Printed, its decision shows what it took out of {case.named()}: it would stand in "
                    "logs.",
                )

    def test_it_decides_the_same_twice(self) -> None:
        """Neither a second look nor what it saw in between makes a difference."""
        outgoing = self._all_outgoing()
        first = [self._decided(each) for each in outgoing]
        backwards = [self._decided(each) for each in reversed(outgoing)]
        for one, other in zip(first, reversed(backwards), strict=True):
            expect(
                one == other,
                f"It decided in two ways: first '{one.reason}', then '{other.reason}', or with other "
                "placeholders. A guard must not remember what it saw.",
            )

    def test_what_it_left_passes_the_next_time(self) -> None:
        """It finds nothing in its own work, and touches it no more."""
        for case in self.stops:
            decision = self._decided(case.outgoing())
            if decision.action is GuardAction.REDACT:
                again = self._decided(Outgoing(texts=decision.texts, roster=tuple(case.roster)))
                expect(
                    again.action is GuardAction.ALLOW,
                    f"It redacted {case.named()}, and its own work once more: '{again.reason}'. A retry "
                    "would differ.",
                )

    def test_it_bears_odd_texts_and_rosters(self) -> None:
        """Empty texts, other scripts, emoji and markup are no reason to fail, nor is a roster of such."""
        for roster in ((), tuple(self._names()), _ODD_ROSTER):

            def look(text: str, roster: tuple[str, ...] = roster) -> None:
                decision = self._decided(Outgoing(texts={"a": text, "b": "Hello."}, roster=roster))
                if decision.action is GuardAction.REDACT:
                    back = restore_text(decision.texts["a"], decision.replaced)
                    expect(bool(back) or not text, "nothing was left of it, and nothing comes back")

            expect_no_crash(look, f"'{self.spec.name}'")

    def test_it_ends_on_very_long_texts(self) -> None:
        """Ten times as much text takes about ten times as long, up to 200,000 characters."""
        roster = tuple(self._names())
        own = [case.text for case in (*self.stops[:2], *self.lets_pass[:1])]
        expect_no_endless_work(
            lambda text: self.spec.guard.inspect(Outgoing(texts={"a": text}, roster=roster)),
            long_texts(own),
        )

    def test_it_asks_no_network(self) -> None:
        """It decides on this machine what may leave it."""
        with no_network() as attempts:
            for outgoing in self._all_outgoing():
                self._decided(outgoing)
        expect(
            not attempts,
            f"It tried to reach {' and '.join(dict.fromkeys(attempts))}, with what must not leave in its "
            "hands.",
        )

    def _all_outgoing(self) -> list[Outgoing]:
        return [case.outgoing() for case in (*self.stops, *self.lets_pass)]

    def _names(self) -> dict[str, None]:
        return dict.fromkeys(name for case in (*self.stops, *self.lets_pass) for name in case.roster)

    def _decided(self, outgoing: Outgoing) -> GuardDecision:
        """What the guard decided, once it is sure that this is a decision."""
        found: object = self.spec.guard.inspect(outgoing)
        expect(
            isinstance(found, GuardDecision),
            f"It gave a {type(found).__name__}, but a guard gives a GuardDecision.",
        )
        decision: GuardDecision = found  # type: ignore[assignment]  # it was looked at above
        expect(
            isinstance(decision.action, GuardAction), f"It says {decision.action!r}, which is no action."
        )
        reason: object = decision.reason
        expect(isinstance(reason, str) and bool(reason.strip()), "It decided without a reason.")
        both: tuple[object, ...] = (decision.texts, decision.replaced)
        for texts in both:
            is_text = isinstance(texts, Mapping) and all(
                isinstance(part, str) for pair in texts.items() for part in pair
            )
            expect(is_text, "Its texts, and what it replaced, should be texts by name.")
        return decision
