"""Conformance of a provider: what it sends, and what it gives back."""

from collections.abc import Iterator

from sandbox.contracts.rehearsal import HttpCall
from sandbox.domain.exchange import Completion, FinishReason, Message, Role, Settings
from sandbox.errors import ErrorKind, ProviderError
from sandbox.testing.conformance import NotDeclared, expect
from sandbox.testing.providers.bench import LONG_PROMPT, SHORT_ANSWER_TOKENS, Bench, ProviderSuite, asking
from sandbox.testing.providers.rehearsal_server import INPUT_TOKENS, OUTPUT_TOKENS, Conduct, saying

EVERY_LETTER = 'Größe, 日本, עברית, ½ & <b>, "quoted" \\ done 🌱\nsecond line\tend.'
_REPEAT = 918273645
_CHOSEN = {"temperature": 0.625, "top_p": 0.875}
_LIMIT = 1237


class AnsweringBehaviours(ProviderSuite):
    """A provider that is asked once, by a service that is well."""

    @asking
    async def test_gives_what_the_model_said(self, bench: Bench) -> None:
        """The completion holds the model's text, and says which model it came from."""
        said = "Your plants drink light, and so do your ideas."
        if bench.is_rehearsed:
            bench.server.says = saying(said)
        completion = await bench.complete()
        expect(bool(completion.text.strip()), "The completion holds no text: read it from the answer.")
        expect(
            not bench.is_rehearsed or completion.text == said,
            f"The service said {said!r}, and the completion holds {completion.text!r}: give it unchanged.",
        )
        expect(
            bool(completion.model_served),
            "model_served is empty: give what the service says, or else the model asked for.",
        )

    @asking
    async def test_keeps_every_letter(self, bench: Bench) -> None:
        """Letters of every script come through unchanged, on the way there and on the way back."""
        bench.server.says = saying(EVERY_LETTER)
        completion = await bench.complete(bench.request(EVERY_LETTER))
        expect(
            completion.text == EVERY_LETTER,
            f"The service said {EVERY_LETTER!r}, and the completion holds {completion.text!r}: "
            "read as UTF-8.",
        )
        expect(
            any(EVERY_LETTER in text for text in strings_in(_sent(bench).json)),
            "The prompt did not reach the service unchanged: send it as it is, in UTF-8.",
        )

    @asking
    async def test_reports_the_tokens_that_were_counted(self, bench: Bench) -> None:
        """Usage is what the service counted, and not an estimate."""
        usage = (await bench.complete()).usage
        expect(
            not usage.is_estimated,
            "Usage is marked as an estimate, although the service counted: read its numbers.",
        )
        counted = (usage.input_tokens, usage.output_tokens)
        expect(
            not bench.is_rehearsed or counted == (INPUT_TOKENS, OUTPUT_TOKENS),
            f"The service counted {INPUT_TOKENS} tokens in and {OUTPUT_TOKENS} out, and usage says "
            f"{counted[0]} and {counted[1]}.",
        )
        expect(min(counted) > 0, f"Usage says {counted[0]} tokens in and {counted[1]} out: count them.")

    @asking
    async def test_measures_how_long_the_answer_took(self, bench: Bench) -> None:
        """The latency is what passed between the request and its answer."""
        thinks = 0.05 if bench.is_rehearsed else 0.0
        if bench.is_rehearsed:
            bench.server.conduct = Conduct(thinks_seconds=thinks)
        outcome = await bench.outcome(bench.complete(), within_seconds=120)
        if outcome.error is not None:
            raise outcome.error
        measured = outcome.value.latency_seconds if outcome.value else 0
        expect(
            max(thinks * 0.9, 1e-9) <= measured <= outcome.seconds + 0.01,
            f"latency_seconds is {measured:.3f}, where {outcome.seconds:.3f} seconds passed: "
            "measure it with "
            "time.perf_counter().",
        )

    @asking
    async def test_gives_a_completion_that_can_be_kept(self, bench: Bench) -> None:
        """Written as JSON and read again, the completion is the same."""
        completion = await bench.complete()
        try:
            read = Completion.model_validate_json(completion.model_dump_json(warnings="error"))
        except ValueError:
            read = None
        expect(read == completion, "The completion cannot be stored: fill its fields with their own types.")

    @asking
    async def test_says_that_an_answer_was_cut_off(self, bench: Bench) -> None:
        """An answer that reached max_output_tokens has the finish reason `length`."""
        if bench.is_rehearsed:
            bench.server.says = saying("One, two, three", finish_reason=FinishReason.LENGTH)
        limit = Settings(max_output_tokens=4)
        completion = await bench.complete(bench.request(LONG_PROMPT, settings=limit))
        expect(
            completion.finish_reason is FinishReason.LENGTH,
            f"The answer was cut off, and finish_reason is '{completion.finish_reason}': half an "
            "answer must "
            "not pass for a whole one.",
        )

    @asking
    async def test_says_that_an_answer_was_filtered(self, bench: Bench) -> None:
        """An answer that the service's filter withheld is named so, as finish reason or as an error."""
        bench.server.says = saying("I", finish_reason=FinishReason.CONTENT_FILTER)
        outcome = await bench.outcome(bench.complete())
        call = _sent(bench)
        plain, filtered = (
            bench.server.rehearsal.answer(call, saying("I", finish_reason=reason)(call))
            for reason in (FinishReason.STOP, FinishReason.CONTENT_FILTER)
        )
        if plain == filtered:
            raise NotDeclared("The rehearsal answers the same with and without a content filter.")
        is_error = (
            isinstance(outcome.error, ProviderError) and outcome.error.kind is ErrorKind.CONTENT_FILTER
        )
        reason = outcome.value.finish_reason if outcome.value else None
        expect(
            is_error or reason is FinishReason.CONTENT_FILTER,
            f"The service's filter withheld the answer, and it {outcome.in_words} with the finish reason "
            f"'{reason}': say 'content_filter'.",
        )

    @asking
    async def test_sends_every_message(self, bench: Bench) -> None:
        """System, user and assistant messages reach the service, and in their order."""
        told = {
            Role.SYSTEM: "Kitsystem speaks kindly.",
            Role.USER: "Kituser asks one thing.",
            Role.ASSISTANT: "Kitassistant has answered.",
        }
        messages = [Message(role=role, content=text) for role, text in told.items()]
        messages.append(Message(role=Role.USER, content="Kitlast asks another."))
        bench.server.says = saying("Yes.")
        await bench.complete(bench.request(messages=tuple(messages)))
        sent = _sent(bench).body.decode("utf-8")
        for message in messages:
            expect(
                message.content in sent,
                f"The {message.role} message did not reach the service: send every message.",
            )
        talk = [sent.index(message.content) for message in messages if message.role is not Role.SYSTEM]
        expect(talk == sorted(talk), "The messages reached the service in another order: keep theirs.")

    @asking
    async def test_sends_the_settings_that_are_asked_for(self, bench: Bench) -> None:
        """The limit of tokens, temperature and top_p reach the service, or are refused."""
        bench.server.says = saying("Yes.")
        await bench.outcome(bench.complete(bench.request(settings=Settings(max_output_tokens=_LIMIT))))
        expect(
            _LIMIT in numbers_in(_sent(bench).json),
            f"max_output_tokens = {_LIMIT} did not reach the service: an answer would be cut elsewhere.",
        )
        for name, value in _CHOSEN.items():
            settings = Settings.model_validate({"max_output_tokens": _LIMIT, name: value})
            outcome = await bench.outcome(bench.complete(bench.request(settings=settings)))
            is_refused = (
                isinstance(outcome.error, ProviderError) and outcome.error.kind is ErrorKind.INVALID_REQUEST
            )
            expect(
                is_refused or value in numbers_in(_sent(bench).json),
                f"{name} = {value} did not reach the service, and was not refused: send it, or raise a "
                "ProviderError of kind 'invalid_request'.",
            )

    @asking
    async def test_sends_no_setting_that_is_none(self, bench: Bench) -> None:
        """What nobody chose is left to the service: neither null nor a number of the provider's own."""
        settings = Settings(max_output_tokens=SHORT_ANSWER_TOKENS)
        bench.server.says = saying("Yes.")
        await bench.complete(bench.request(settings=settings))
        chosen = {"temperature", "topp", "seed"} & {
            name.replace("_", "").lower() for name in names_in(_sent(bench).json)
        }
        expect(
            not chosen,
            f"It sent {', '.join(sorted(chosen))}, which nobody chose: leave out settings that are None.",
        )

    @asking
    async def test_sends_nothing_about_the_repeat(self, bench: Bench) -> None:
        """The number of the repeat is our own matter, and stays here."""
        bench.server.says = saying("Yes.")
        await bench.complete(bench.request(repeat=_REPEAT))
        call = _sent(bench)
        sent = f"{call.path} {dict(call.headers)} {call.body.decode('utf-8', 'replace')}"
        expect(str(_REPEAT) not in sent, "request.repeat was sent: it is for our records only.")


def strings_in(value: object) -> Iterator[str]:
    """Every text in a JSON value."""
    match value:
        case str(text):
            yield text
        case dict() as members:
            for member in members.values():
                yield from strings_in(member)
        case list() as items:
            for item in items:
                yield from strings_in(item)


def names_in(value: object) -> Iterator[str]:
    """The name of every member of every object in a JSON value."""
    match value:
        case dict() as members:
            for name, member in members.items():
                yield name
                yield from names_in(member)
        case list() as items:
            for item in items:
                yield from names_in(item)


def numbers_in(value: object) -> list[float]:
    """Every number in a JSON value."""
    match value:
        case bool():
            return []
        case int() | float():
            return [value]
        case dict() as members:
            return [number for member in members.values() for number in numbers_in(member)]
        case list() as items:
            return [number for item in items for number in numbers_in(item)]
    return []


def _sent(bench: Bench) -> HttpCall:
    calls = bench.server.calls
    expect(bool(calls), "It answered without asking the service at the address that its options give.")
    return calls[-1]
