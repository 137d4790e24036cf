"""Conformance of a provider: a seed, counting, staying on this machine, if its card claims them."""

from hashlib import sha256

from sandbox.contracts.provider import CountingProvider
from sandbox.contracts.rehearsal import HttpCall, Said
from sandbox.domain.exchange import FinishReason, Settings
from sandbox.testing.conformance import BrokenPromiseError, NotDeclared, expect
from sandbox.testing.network import no_network
from sandbox.testing.providers.answers import numbers_in
from sandbox.testing.providers.bench import SHORT_ANSWER_TOKENS, Bench, ProviderSuite, asking, on_bench

PUBLIC_URL = "https://service.example/v1"
_SEED = 424243
_SEEDED = Settings(max_output_tokens=SHORT_ANSWER_TOKENS, seed=_SEED)


class ClaimBehaviours(ProviderSuite):
    """A provider that is taken at its card's word."""

    @asking
    async def test_sends_the_seed(self, bench: Bench) -> None:
        """The seed that was chosen is the one that the service gets."""
        if not bench.card.takes_seed:
            raise NotDeclared("The card does not say 'takes_seed'.")
        server = bench.server
        await bench.complete(bench.request(settings=_SEEDED))
        expect(
            _SEED in numbers_in(server.calls[-1].json),
            f"The seed {_SEED} did not reach the service: send settings.seed, or set takes_seed to False.",
        )

    @asking
    async def test_gives_the_same_answer_to_the_same_seed(self, bench: Bench) -> None:
        """The same request with the same seed gets the same text, as the card promises."""
        if not bench.card.takes_seed:
            raise NotDeclared("The card does not say 'takes_seed'.")
        if bench.is_rehearsed:
            bench.server.says = _digest
        request = bench.request(settings=_SEEDED)
        first = await bench.complete(request)
        second = await bench.complete(request)
        expect(
            first.text == second.text,
            "The same request with the same seed got two texts: send nothing that changes from "
            "call to call, "
            "or set takes_seed to False.",
        )

    @asking
    async def test_counts_tokens(self, bench: Bench) -> None:
        """Every text has a number of tokens, and a longer one has more."""
        if not bench.card.counts_tokens:
            raise NotDeclared("The card does not say 'counts_tokens'.")
        provider = bench.provider
        if not isinstance(provider, CountingProvider):
            raise BrokenPromiseError(
                "The card says 'counts_tokens', but there is no method count_tokens(model, text)."
            )
        short = await provider.count_tokens(bench.model, "Plants drink light.")
        long = await provider.count_tokens(bench.model, "Plants drink light, and give us air. " * 20)
        expect(
            0 < short < long,
            f"A short text counts {short} tokens and a long one {long}: count what is given.",
        )

    @on_bench
    def test_is_not_local_when_its_service_is_elsewhere(self, bench: Bench) -> None:
        """A card says `is_local` only if the address lies on this machine: guards rely on it."""
        options = {**bench.server.rehearsal.options(PUBLIC_URL), **bench.own_options}
        card = bench.build(options).describe(bench.model)
        expect(
            not card.is_local,
            f"With the address {PUBLIC_URL} the card still says 'is_local': students' texts would leave "
            "this machine unguarded. Say so only of an address on loopback.",
        )

    @asking
    async def test_reaches_nobody_else_if_it_is_local(self, bench: Bench) -> None:
        """While it answers, nothing is looked up or connected to beyond this machine."""
        if not bench.card.is_local:
            raise NotDeclared("The card does not say 'is_local'.")
        with no_network() as attempts:
            outcome = await bench.outcome(bench.complete(), within_seconds=120)
        expect(
            not attempts,
            f"The card says 'is_local', and it tried to {' and to '.join(attempts)}.",
        )
        if outcome.error is not None:
            raise outcome.error


def _digest(call: HttpCall) -> Said:
    return Said(
        text=sha256(call.body).hexdigest(),
        input_tokens=5,
        output_tokens=6,
        finish_reason=FinishReason.STOP,
    )
