"""What a model said loses keys and personal data, and nothing else."""

import json
from typing import Any

import pytest

from sandbox.bundled.guards import personal_data, roster
from sandbox.bundled.providers.scrubbing import Scrubber
from sandbox.contracts.guard import GuardSpec
from sandbox.domain.exchange import Completion, Message, Request, Role
from sandbox.errors import ErrorKind, ProviderError
from sandbox.pipeline.calling import Called

ROSTER = ("Maria Lopez", "Ben Okafor")
SCRUBBER = Scrubber((personal_data.GUARD, roster.GUARD), secrets=("very-secret-value",))
REQUEST = Request(model="m", messages=(Message(role=Role.USER, content="[STUDENT_1] wrote this."),))


def said(text: str) -> Called:
    """A model's answer."""
    return Called(Completion(text=text, model_served="m-2026", request_id="req_4155552671"), None, 1)


@pytest.mark.parametrize(
    "planted",
    [
        "sk-proj-abcdefghijklmnop1234",
        "AIzaSyA1234567890abcdefghijklmnopqrstu",
        "Bearer abc.def-1234567890",
        "very-secret-value",
        "maria@example.com",
        "415-555-2671",
        "SSN 078-05-1120",
        "1204 Elm Street",
        "Maria Lopez",
        "Okafor",
    ],
)
@pytest.mark.parametrize("shape", ["plain", "json", "after an escaped line end"])
def test_what_must_not_be_written_is_taken_out(planted: str, shape: str) -> None:
    """Also where JSON writes a line end as two characters, so that a name seems to begin with an n."""
    text = {
        "plain": f"Well done. {planted}",
        "json": json.dumps({"note": f"Well done. {planted}, and so on."}),
        "after an escaped line end": json.dumps({"note": f"Well done.\n{planted}"}),
    }[shape]

    scrubbed = SCRUBBER.scrub(said(text), REQUEST, ROSTER)

    assert scrubbed.places > 0
    assert scrubbed.called.completion is not None
    left = scrubbed.called.completion.text
    assert planted not in left
    assert planted.rsplit(maxsplit=1)[-1] not in left
    if shape != "plain":
        assert json.loads(left)["note"].startswith("Well done.")


def test_harmless_answers_stay_as_they_are() -> None:
    """Sums, years and words with hyphens are no keys; an answer is not written anew for nothing."""
    called = said('{"note": "In 1863, 3/8 + 2/8.\\nRisk-taking, ask-and-answer, skin-deep-and-more-so."}')

    assert SCRUBBER.scrub(called, REQUEST, ROSTER).called is called


def test_a_placeholder_never_stands_for_two() -> None:
    """The student whom the model guessed is not the one who was taken out of the request."""
    scrubbed = SCRUBBER.scrub(said("Ben is as good as you."), REQUEST, ROSTER).called.completion

    assert scrubbed is not None
    assert "[STUDENT_1]" not in scrubbed.text
    assert "Ben" not in scrubbed.text


def test_errors_are_scrubbed_too() -> None:
    """Services quote keys and texts in what they complain about."""
    error = ProviderError(
        ErrorKind.AUTHENTICATION, "Key sk-abcdefghijklmnop12 of ben@x.org", request_id="very-secret-value"
    )  # fmt: skip

    left = SCRUBBER.scrub(Called(None, error, 3), REQUEST, ROSTER).called

    assert left.error is not None
    assert (left.calls, left.error.kind) == (3, ErrorKind.AUTHENTICATION)
    assert "[key]" in str(left.error)
    assert "ben@" not in str(left.error)
    assert left.error.request_id == "[key]"


def test_a_guard_that_fails_keeps_the_answer_out() -> None:
    """What cannot be looked at is neither recorded nor used."""

    class Broken:
        def inspect(self, outgoing: object) -> None:
            raise ValueError("Maria Lopez")

    guard: Any = Broken()
    scrubber = Scrubber((GuardSpec(name="broken", version="1", summary="It fails.", guard=guard),))

    left = scrubber.scrub(said("Maria Lopez"), REQUEST, ROSTER).called

    assert left.completion is None
    assert left.error is not None
    assert "Maria" not in str(left.error)
