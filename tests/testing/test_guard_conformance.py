"""The kit for guards: an honest guard passes, and each way of leaking is found by the behaviour meant."""

import re
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import count

import pytest

from sandbox.contracts.guard import GuardAction, GuardDecision, GuardSpec, Outgoing
from sandbox.testing.conformance import BrokenPromiseError, Mark, run_conformance
from sandbox.testing.guard_conformance import GuardCase, GuardConformance

LOCKER = re.compile(r"locker \d+", re.IGNORECASE)
STOPS = [
    GuardCase("Meet me at locker 214 at noon.", gone=["locker 214", "214"]),
    GuardCase("LOCKER 7 and locker 8", gone=["LOCKER 7", "locker 8"], restores=False),
]
LETS_PASS = [GuardCase("The locker is blue."), GuardCase("Read page 214.", roster=["Ana Lind"])]


def redacted(
    outgoing: Outgoing,
    *,
    numbers: "count[int] | None" = None,
    reason: str = "A locker was taken out.",
    is_careful: bool = True,
) -> GuardDecision:
    """What an honest guard decides: each locker gets a placeholder of its own, or one of these numbers."""
    whole = "\n".join(outgoing.texts.values())
    numbers = numbers or count(1)
    known: dict[str, str] = {}

    def placeholder(match: re.Match[str]) -> str:
        words = match[0]
        if words not in known:
            known[words] = next(
                name for n in numbers if (name := f"[LOCKER_{n}]") not in whole or not is_careful
            )
        return known[words]

    left = {name: LOCKER.sub(placeholder, text) for name, text in outgoing.texts.items()}
    if not known:
        return GuardDecision(action=GuardAction.ALLOW, reason="No locker is named.", texts=outgoing.texts)
    replaced = {name: words for words, name in known.items()}
    return GuardDecision(action=GuardAction.REDACT, reason=reason, texts=left, replaced=replaced)


@dataclass(frozen=True)
class Told:
    """A guard that does what a function says."""

    inspect: Callable[[Outgoing], GuardDecision]


HONEST = GuardSpec(
    name="lockers", version="1.0.0", summary="Keeps the numbers of lockers here.", guard=Told(redacted)
)


def refusing(outgoing: Outgoing) -> GuardDecision:
    """What a strict guard decides: nothing leaves that holds a locker."""
    if any(LOCKER.search(text) for text in outgoing.texts.values()):
        return GuardDecision(action=GuardAction.REFUSE, reason="A locker is named.", texts={})
    return GuardDecision(action=GuardAction.ALLOW, reason="No locker is named.", texts=outgoing.texts)


class TestAnHonestGuard(GuardConformance):
    """It keeps every promise."""

    spec = HONEST
    stops = STOPS
    lets_pass = LETS_PASS


class TestAGuardThatRefuses(GuardConformance):
    """To refuse is as good as to redact."""

    spec = replace(HONEST, guard=Told(refusing))
    stops = STOPS
    lets_pass = LETS_PASS


def suite_of(spec: GuardSpec, **cases: object) -> type[GuardConformance]:
    """The suite of a guard, with the cases of the honest one or these."""
    return type(
        "Suite", (GuardConformance,), {"spec": spec, "stops": STOPS, "lets_pass": LETS_PASS} | cases
    )


def _blind(outgoing: Outgoing) -> GuardDecision:
    return GuardDecision(action=GuardAction.ALLOW, reason="All is well.", texts=outgoing.texts)


def _first_text_only(outgoing: Outgoing) -> GuardDecision:
    first = next(iter(outgoing.texts), "")
    found = redacted(Outgoing(texts={first: outgoing.texts.get(first, "")}))
    return replace(found, texts={**outgoing.texts, **found.texts} if outgoing.texts else {})


def _refusing_in_the_open(outgoing: Outgoing) -> GuardDecision:
    found = refusing(outgoing)
    return replace(found, texts=outgoing.texts)


def _alarmed(outgoing: Outgoing) -> GuardDecision:
    return GuardDecision(action=GuardAction.REFUSE, reason="One never knows.", texts={})


def _tidying(outgoing: Outgoing) -> GuardDecision:
    found = redacted(outgoing)
    return replace(found, texts={name: text.strip(".") for name, text in found.texts.items()})


def _losing(outgoing: Outgoing) -> GuardDecision:
    found = redacted(outgoing)
    return replace(found, texts=dict(list(found.texts.items())[:1]))


def _inventing(outgoing: Outgoing) -> GuardDecision:
    return replace(redacted(outgoing), texts={**redacted(outgoing).texts, "": ""})


def _writing_into_it(outgoing: Outgoing) -> GuardDecision:
    found = redacted(outgoing)
    with suppress(TypeError):
        outgoing.texts.update(found.texts)  # type: ignore[attr-defined]  # that is the mistake
    return found


def _forgetting(outgoing: Outgoing) -> GuardDecision:
    return replace(redacted(outgoing), replaced={})


def _promising_too_much(outgoing: Outgoing) -> GuardDecision:
    found = redacted(outgoing)
    return replace(found, replaced={**found.replaced, "[LOCKER_99]": "x"}) if found.replaced else found


def _careless(outgoing: Outgoing) -> GuardDecision:
    return redacted(outgoing, is_careful=False)


def _talkative(outgoing: Outgoing) -> GuardDecision:
    found = redacted(outgoing)
    return replace(found, reason=f"Took out {', '.join(found.replaced.values()) or 'nothing'}.")


@dataclass(frozen=True, kw_only=True)
class OpenDecision(GuardDecision):
    """A decision that prints what it should hide."""

    replaced: Mapping[str, str] = field(default_factory=dict, repr=True)


def _printing(outgoing: Outgoing) -> GuardDecision:
    found = redacted(outgoing)
    return OpenDecision(
        action=found.action, reason=found.reason, texts=found.texts, replaced=found.replaced
    )


_numbers = count(1)


def _counting_on(outgoing: Outgoing) -> GuardDecision:
    return redacted(outgoing, numbers=_numbers)


def _restless(outgoing: Outgoing) -> GuardDecision:
    found = redacted(outgoing)
    marked = {name: f"{text} [LOCKER_0]" for name, text in found.texts.items()}
    is_known = any("[LOCKER_" in text for text in outgoing.texts.values())
    if found.action is GuardAction.ALLOW and is_known:
        return replace(found, action=GuardAction.REDACT, texts=marked)
    return found


def _fragile(outgoing: Outgoing) -> GuardDecision:
    for text in outgoing.texts.values():
        text.encode("cp1252") if "पानी" in text else None
    return redacted(outgoing)


def _trusting_the_roster(outgoing: Outgoing) -> GuardDecision:
    for name in outgoing.roster:
        re.compile(name)
    return redacted(outgoing)


def _backtracking(outgoing: Outgoing) -> GuardDecision:
    for text in outgoing.texts.values():
        re.search(r"^(\w+\s?)*$", text)
    return redacted(outgoing)


def _asking(outgoing: Outgoing) -> GuardDecision:
    with suppress(Exception):
        socket.getaddrinfo("names.example.org", 443)
    return redacted(outgoing)


def _giving_texts(outgoing: Outgoing) -> GuardDecision:
    return redacted(outgoing).texts  # type: ignore[return-value]  # that is the mistake


def _without_reason(outgoing: Outgoing) -> GuardDecision:
    return replace(redacted(outgoing), reason=" ")


def _giving_bytes(outgoing: Outgoing) -> GuardDecision:
    found = redacted(outgoing)
    return replace(found, texts={name: text.encode() for name, text in found.texts.items()})  # type: ignore[misc]  # that is the mistake


@pytest.mark.parametrize(
    ("inspect", "behaviour", "words"),
    [
        (_blind, "it_stops_what_must_not_leave", "should stop ['locker 214', '214']"),
        (_first_text_only, "it_stops_what_must_not_leave", "still stands in the text 'input student_work'"),
        (_refusing_in_the_open, "it_stops_what_must_not_leave", "When you refuse, give no texts"),
        (_alarmed, "it_lets_pass_what_may_leave", "should let 'The locker is blue.' pass"),
        (_tidying, "what_it_allows_is_as_it_was", "and yet changed one"),
        (_tidying, "what_it_took_out_can_be_put_back", "'Meet me at locker 214 at noon'"),
        (_losing, "no_text_is_lost", "gave back ['message 1 (user)']"),
        (_inventing, "no_text_is_lost", "gave back"),
        (_writing_into_it, "it_changes_nothing_that_it_was_given", "Make new ones"),
        (_forgetting, "what_it_took_out_can_be_put_back", "Name in `replaced`"),
        (_promising_too_much, "what_it_took_out_can_be_put_back", "'[LOCKER_99]', which stands in none"),
        (
            _careless,
            "a_placeholder_that_is_there_already_is_not_used_again",
            "'[LOCKER_1]' stood in the text",
        ),
        (_talkative, "its_words_do_not_tell_what_it_took_out", "reason quotes"),
        (_printing, "its_words_do_not_tell_what_it_took_out", "would stand in logs"),
        (_counting_on, "it_decides_the_same_twice", "decided in two ways"),
        (_restless, "what_it_left_passes_the_next_time", "its own work once more"),
        (_fragile, "it_bears_odd_texts_and_rosters", "UnicodeEncodeError on Hindi"),
        (_trusting_the_roster, "it_bears_odd_texts_and_rosters", "on an empty text"),
        (_backtracking, "it_ends_on_very_long_texts", "computed for"),
        (_asking, "it_asks_no_network", "tried to reach names.example.org"),
        (_giving_texts, "it_lets_pass_what_may_leave", "gave a dict"),
        (_without_reason, "it_lets_pass_what_may_leave", "without a reason"),
        (_giving_bytes, "it_lets_pass_what_may_leave", "should be texts by name"),
    ],
)
def test_a_guard_that_breaks_a_promise_is_found_out(inspect, behaviour: str, words: str) -> None:
    """By the behaviour that is about this promise, in words that help its author."""
    suite = suite_of(replace(HONEST, guard=Told(inspect)))

    with pytest.raises(BrokenPromiseError, match=re.escape(words)):
        getattr(suite(), f"test_{behaviour}")()


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"name": "Lockers!"}, "small letters"), ({"version": "2"}, "1.0.0"), ({"summary": ""}, "summary")],
)
def test_a_guard_that_does_not_say_what_it_is_is_found_out(changes: dict[str, str], words: str) -> None:
    """Its name and version stand in every trial."""
    suite = suite_of(replace(HONEST, **changes))

    with pytest.raises(BrokenPromiseError, match=re.escape(words)):
        suite().test_it_says_what_it_is()


@pytest.mark.parametrize(
    ("cases", "words"),
    [
        ({"stops": []}, "at least one case in `stops`"),
        ({"lets_pass": []}, "at least one case in `lets_pass`"),
        ({"stops": [GuardCase("locker 9")]}, "Say under `gone`"),
        ({"stops": [GuardCase("locker 9", gone=["locker 8"])]}, "never stood there"),
    ],
)
def test_cases_that_show_nothing_are_an_error(cases: dict[str, object], words: str) -> None:
    """Such a suite would pass for no reason."""
    with pytest.raises(BrokenPromiseError, match=re.escape(words)):
        suite_of(HONEST, **cases)().test_there_are_cases_for_both_sides()


def test_every_behaviour_is_tried() -> None:
    """Without pytest, too."""
    results = list(run_conformance(suite_of(HONEST)))

    assert len(results) == 15
    assert {result.mark for result in results} == {Mark.KEPT}
