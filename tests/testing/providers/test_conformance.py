"""The suite of providers: a sound one keeps every promise, and each that breaks one is found out."""

import inspect
import os
from contextlib import suppress
from dataclasses import replace

import pytest

from sandbox.bundled.providers.scripted import ScriptedProvider
from sandbox.contracts.provider import Options, ProviderSpec
from sandbox.contracts.rehearsal import HttpCall, HttpReply, Said
from sandbox.domain.exchange import Completion, ModelCard, Request, Usage
from sandbox.testing.conformance import BrokenPromiseError, Mark, NotDeclared, behaviours, run_conformance
from sandbox.testing.providers.conformance import ProviderConformance
from tests.testing.providers.mutants_of_answers import GivesADict
from tests.testing.providers.provider_mutants import MUTANTS, Mutant
from tests.testing.providers.sound_provider import KEY_VARIABLE, SPEC, AcmeProvider, rehearse

QUICK = (
    "says_what_it_is",
    "gives_what_the_model_said",
    "sends_every_message",
    "tells_errors_by_their_status",
    "keeps_a_schema_by_a_tool",
    "streams_what_it_would_give_at_once",
    "is_not_local_when_its_service_is_elsewhere",
)
"""Behaviours of each kind that take no time."""


class TestAcme(ProviderConformance):
    """All that an author writes."""

    spec = SPEC


def show(behaviour: str, spec: ProviderSpec, **settings: object) -> None:
    """Let one behaviour of a provider be tried."""
    suite = type("Suite", (ProviderConformance,), {"spec": spec, **settings})
    getattr(suite(), f"test_{behaviour}")()


def with_card(**changes: object) -> ProviderSpec:
    """Acme with another card."""

    class Described(AcmeProvider):
        def describe(self, model: str) -> ModelCard:
            return super().describe(model).model_copy(update=changes)

    return replace(SPEC, build=Described)


def broken_promises() -> list[object]:
    """Each mutant with each behaviour that it breaks."""
    return [_pair(mutant, behaviour) for mutant in MUTANTS for behaviour in mutant.breaks]


def kept_promises() -> list[object]:
    """Each mutant with the quick behaviours that it keeps."""
    return [
        _pair(mutant, behaviour)
        for mutant in MUTANTS
        if mutant.is_sound_otherwise
        for behaviour in QUICK
        if behaviour not in mutant.breaks
    ]


def _pair(mutant: Mutant, behaviour: str) -> object:
    return pytest.param(mutant, behaviour, id=f"{mutant.spec.build.__name__}-{behaviour}")


@pytest.mark.parametrize(("mutant", "behaviour"), broken_promises())
def test_a_provider_that_breaks_a_promise_is_found_out(mutant: Mutant, behaviour: str) -> None:
    """And its author is told what to change."""
    with pytest.raises(BrokenPromiseError) as caught:
        show(behaviour, mutant.spec)

    assert len(str(caught.value).split()) > 5


@pytest.mark.parametrize(("mutant", "behaviour"), kept_promises())
def test_what_a_mutant_does_right_is_not_held_against_it(mutant: Mutant, behaviour: str) -> None:
    """A behaviour notices its own mistake and no other."""
    with suppress(NotDeclared):
        show(behaviour, mutant.spec)


def test_every_behaviour_can_be_broken() -> None:
    """A behaviour that no mutant breaks might notice nothing."""
    broken = {f"test_{behaviour}" for mutant in MUTANTS for behaviour in mutant.breaks}

    assert set(behaviours(ProviderConformance)) <= broken


def test_every_behaviour_is_said_to_people_and_asks_for_no_fixture() -> None:
    """One sentence each; pytest finds no parameter that it would have to fill."""
    for name in behaviours(ProviderConformance):
        behaviour = getattr(ProviderConformance, name)

        assert behaviour.__doc__.endswith("."), name
        assert "\n" not in behaviour.__doc__, name
        assert list(inspect.signature(behaviour).parameters) == ["suite"], name


def test_the_suite_runs_without_pytest() -> None:
    """Each behaviour gets its mark; the ones shown first are those that ask nobody."""

    class Quick(ProviderConformance):
        spec = with_card(missing="Fetch the weights first.")

    results = {each.behaviour: each for each in run_conformance(Quick)}

    assert next(iter(results)) == "says_what_it_is"
    assert results["says_what_it_is"].mark is Mark.KEPT
    assert results["gives_what_the_model_said"].mark is Mark.NOT_DECLARED
    assert results["gives_what_the_model_said"].told == "Fetch the weights first."
    assert Mark.BROKEN not in {each.mark for each in results.values()}


@pytest.mark.parametrize(
    ("behaviour", "card"),
    [
        ("sends_the_seed", {"takes_seed": False}),
        ("gives_the_same_answer_to_the_same_seed", {"takes_seed": False}),
        ("counts_tokens", {"counts_tokens": False}),
        ("keeps_a_schema_natively", {"structured": ()}),
        ("keeps_a_schema_by_a_tool", {"structured": ()}),
        ("streams_what_it_would_give_at_once", {"streams": False}),
        ("obeys_the_time_limit_in_a_stream", {"streams": False}),
        ("reaches_nobody_else_if_it_is_local", {"is_local": False}),
    ],
)
def test_what_the_card_does_not_claim_is_not_asked_for(behaviour: str, card: dict[str, object]) -> None:
    """A modest provider is a sound one."""
    with pytest.raises(NotDeclared, match="The card does not"):
        show(behaviour, with_card(**card))


def test_a_service_without_rehearsal_is_not_asked_unless_that_is_wanted() -> None:
    """The suite costs nobody money, and sends nothing anywhere, by default."""
    alone = replace(SPEC, rehearse=None)
    elsewhere: Options = {"base_url": "https://acme.example"}

    with pytest.raises(NotDeclared, match="rehearsal"):
        show("gives_what_the_model_said", alone, model="acme-1", options=elsewhere)


def test_a_local_model_without_rehearsal_is_not_asked_if_that_is_not_wanted() -> None:
    """It may take long."""
    alone = replace(SPEC, rehearse=None)
    here: Options = {"base_url": "http://127.0.0.1:9"}

    with pytest.raises(NotDeclared, match="rehearsal"):
        show("gives_what_the_model_said", alone, model="acme-1", options=here, asks_for_real=False)


def test_a_model_in_this_process_is_asked_for_short_answers() -> None:
    """There is nothing to pretend, so what only a pretended service can show is left out."""
    asked: list[Request] = []

    class Engine(ScriptedProvider):
        def __init__(self, options: Options) -> None:
            super().__init__(answer)

        def describe(self, model: str) -> ModelCard:
            return super().describe(model).model_copy(update={"takes_seed": True})

    def answer(request: Request) -> Completion:
        asked.append(request)
        usage = Usage(input_tokens=3, output_tokens=2)
        return Completion(text="Good day.", model_served=request.model, usage=usage)

    engine = ProviderSpec(
        name="engine", summary="Says good day to all.", build=Engine, models=("engine-1",)
    )
    show("gives_what_the_model_said", engine)
    show("answers_several_at_once", engine)
    show("gives_the_same_answer_to_the_same_seed", engine)

    assert {request.model for request in asked} == {"engine-1"}
    assert max(request.settings.max_output_tokens for request in asked) < 50
    for behaviour in ("asks_once_whatever_comes", "sends_the_seed", "obeys_the_time_limit"):
        with pytest.raises(NotDeclared):
            show(behaviour, engine)


def test_a_model_that_nobody_named_is_asked_for() -> None:
    """Without rehearsal and list of models the suite cannot know one."""
    nameless = replace(SPEC, rehearse=None)

    with pytest.raises(NotDeclared, match="set 'model'"):
        show("says_what_it_is", nameless)


def test_a_rehearsal_that_fails_is_not_held_against_the_provider() -> None:
    """The author is sent to the right place."""

    def fail(call: HttpCall, said: Said) -> HttpReply:
        raise KeyError("usage")

    broken = replace(SPEC, rehearse=lambda: replace(rehearse(), answer=fail))

    with pytest.raises(BrokenPromiseError, match=r"The rehearsal itself failed: on POST /answers KeyError"):
        show("gives_what_the_model_said", broken)


@pytest.mark.parametrize("spec", [SPEC, replace(SPEC, build=GivesADict)], ids=["kept", "broken"])
def test_the_environment_is_put_back(spec: ProviderSpec, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever came of it; a real key is never used."""
    monkeypatch.setenv(KEY_VARIABLE, "the author's own")
    before = dict(os.environ)

    for behaviour in ("says_which_key_is_missing", "gives_what_the_model_said"):
        with suppress(BrokenPromiseError):
            show(behaviour, spec)

    assert dict(os.environ) == before
