"""Conformance of a provider: what it says of itself before any model is asked."""

import os
import re
import subprocess
import sys
from time import perf_counter

from sandbox.contracts.provider import Provider
from sandbox.domain.exchange import ModelCard
from sandbox.errors import ErrorKind, InputError, ProviderError
from sandbox.testing.conformance import BrokenPromiseError, NotDeclared, expect
from sandbox.testing.network import no_network
from sandbox.testing.providers.bench import Bench, ProviderSuite, asking, on_bench

UNKNOWN_OPTION = "option_nobody_knows"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_LONGEST_SUMMARY = 200
_HEAVY = (
    "aiobotocore",
    "aiohttp",
    "anthropic",
    "boto3",
    "botocore",
    "google.genai",
    "httpx",
    "httpx2",
    "mistralai",
    "openai",
    "torch",
    "transformers",
    "xllamacpp",
)
"""What takes long to import, and is needed only by those who ask a model."""
_IMPORTING = f"""
import importlib.util, sys
name = sys.argv[1]
try:
    is_there = importlib.util.find_spec(name) is not None
except ImportError:
    is_there = False
if not is_there:
    print("absent")
else:
    importlib.import_module(name)
    print(*(heavy for heavy in {_HEAVY!r} if heavy in sys.modules))
"""


class RegistrationBehaviours(ProviderSuite):
    """A provider that is listed, described and built, and not asked yet."""

    @on_bench
    def test_says_what_it_is(self, bench: Bench) -> None:
        """It has a name that can stand before the slash, a summary, and its models each once."""
        spec = bench.spec
        expect(
            _NAME.fullmatch(spec.name) is not None,
            f"The name {spec.name!r} cannot be written before a slash: use small letters, digits, - and _.",
        )
        expect(
            _is_sentence(spec.summary) and len(spec.summary) <= _LONGEST_SUMMARY,
            f"The summary {spec.summary!r} is no sentence of at most {_LONGEST_SUMMARY} letters: "
            "say what it asks, for people.",
        )
        expect(
            len(set(spec.models)) == len(spec.models) and all(spec.models),
            f"The models {spec.models} have an empty name, or one twice: list each once.",
        )

    @on_bench
    def test_says_how_to_set_it_up(self, bench: Bench) -> None:
        """Where it needs a key, the setup names the variable that holds it."""
        setup = bench.spec.setup
        if not setup and not bench.secrets:
            raise NotDeclared("It has no setup and reads no key.")
        expect(_is_sentence(setup), f"The setup {setup!r} is no sentence: say what is to be done first.")
        if bench.secrets:
            expect(
                any(variable in setup for variable in bench.secrets),
                f"The setup names none of the variables {', '.join(bench.secrets)}: say where the "
                "key goes.",
            )

    @on_bench
    def test_refuses_an_option_that_it_does_not_know(self, bench: Bench) -> None:
        """A misspelt option is refused, because what it meant would silently not hold."""
        try:
            bench.build({**bench.options, UNKNOWN_OPTION: 1})
        except InputError as error:
            expect(
                UNKNOWN_OPTION in str(error),
                f"The error does not name the option: {error} - use read_options of "
                "sandbox.contracts.options.",
            )
        else:
            raise BrokenPromiseError(
                f"build() took the option '{UNKNOWN_OPTION}': read the options with read_options of "
                "sandbox.contracts.options."
            )

    @on_bench
    def test_connects_to_nothing_before_it_is_asked(self, bench: Bench) -> None:
        """Building it and describing a model reach no service, because both happen for a mere list."""
        with no_network() as attempts:
            bench.provider.describe(bench.model)
        expect(
            not attempts,
            f"build() or describe() tried to {' and to '.join(attempts)}: open connections in complete().",
        )
        if bench.is_rehearsed:
            expect(
                bench.server.connections == 0,
                "build() or describe() connected to the service: open connections in complete().",
            )

    @on_bench
    def test_describes_a_model_the_same_way_each_time(self, bench: Bench) -> None:
        """The card bears the model's name, comes quickly, and is the same from a second provider."""
        first = bench.provider
        started = perf_counter()
        card: object = first.describe(bench.model)
        seconds = perf_counter() - started
        if not isinstance(card, ModelCard):
            raise BrokenPromiseError(
                f"describe() gave a {type(card).__name__}: return a ModelCard of sandbox.domain.exchange."
            )
        expect(
            card.name == bench.model,
            f"Asked about '{bench.model}' the card has the name '{card.name}': give it the name asked for.",
        )
        expect(
            seconds < 1,
            f"describe() took {seconds:.1f} seconds: it is called often, so leave out what takes time.",
        )
        expect(
            card == first.describe(bench.model),
            "describe() gave two different cards: leave out what changes.",
        )
        second = bench.build(bench.options).describe(bench.model)
        expect(
            card == second,
            "Two providers with the same options describe the model differently: identity must not change "
            "unless the model does.",
        )

    @asking
    async def test_shows_no_key(self, bench: Bench) -> None:
        """Neither its text form nor a card holds the key, before and after it was asked."""
        if not bench.secrets:
            raise NotDeclared("It reads no key.")
        shown = [*_shown(bench, bench.provider)]
        await bench.outcome(bench.complete())
        shown += _shown(bench, bench.provider)
        for text in shown:
            found = bench.said_of_a_secret(text)
            expect(
                not found,
                f"repr() of the provider, or its card, shows {found}: declare that field with repr=False.",
            )

    @asking
    async def test_says_which_key_is_missing(self, bench: Bench) -> None:
        """Without its key it fails with the kind `authentication`, and names the variable."""
        if not bench.secrets:
            raise NotDeclared("It reads no key.")
        for variable in bench.secrets:
            del os.environ[variable]
        outcome = await bench.outcome(_asked_without_key(bench, own=False))
        if outcome.error is None and outcome.value is not None:
            # A server on this machine may need none; what the options lead to by themselves is another.
            with no_network():
                outcome = await bench.outcome(_asked_without_key(bench, own=True))
        error = outcome.error
        expect(
            isinstance(error, ProviderError) and error.kind is ErrorKind.AUTHENTICATION,
            f"Without {' or '.join(bench.secrets)} it {outcome.in_words}: raise a ProviderError of kind "
            "'authentication' when it is built or first asked.",
        )
        expect(
            any(variable in str(error) for variable in bench.secrets),
            f"The error names none of {', '.join(bench.secrets)}: say which variable is to hold the key.",
        )

    @on_bench
    def test_imports_nothing_heavy_to_be_listed(self, bench: Bench) -> None:
        """The module that `build` stands in leaves the service's library to those who ask a model."""
        build = bench.spec.build
        module = getattr(build, "func", build).__module__
        found = subprocess.run(  # noqa: S603 - our own Python, and the name of a module
            [sys.executable, "-c", _IMPORTING, module],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            capture_output=True,
            text=True,
            check=False,
        )
        heavy = found.stdout.split()
        if heavy == ["absent"]:
            raise NotDeclared(f"The module {module} cannot be imported by its name.")
        expect(
            found.returncode == 0,
            f"The module {module} cannot be imported: {(found.stderr.strip().splitlines() or ['?'])[-1]}",
        )
        expect(
            not heavy,
            f"Importing {module} also imports {', '.join(heavy)}, for every 'sandbox --help': "
            "import it with "
            "importlib.import_module when it is first needed.",
        )


def _shown(bench: Bench, provider: Provider) -> list[str]:
    card = provider.describe(bench.model)
    return [repr(provider), str(provider), repr(bench.spec), repr(card), card.model_dump_json()]


async def _asked_without_key(bench: Bench, *, own: bool) -> object:
    provider = bench.build(bench.own_options if own else bench.options)
    return await provider.complete(bench.request())


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= 3 and text.rstrip()[-1] in ".?!"
