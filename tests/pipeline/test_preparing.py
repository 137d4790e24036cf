"""Preparing: a plugin may change what is asked; if it does anything else, nothing is sent."""

import pytest

from sandbox.contracts.preparer import RequestPreparer
from sandbox.domain.exchange import Message, ModelCard, Request, Role
from sandbox.errors import InputError
from sandbox.pipeline.preparing import Prepared, prepare_request

CARD = ModelCard(name="m")
REQUEST = Request(model="m", messages=(Message(role=Role.USER, content="Renata asks."),))


def preparer(prepare) -> RequestPreparer:
    """A preparer that does this."""
    return RequestPreparer(name="mine", version="1", summary="-", prepare=prepare)


def shouted(request: Request, card: ModelCard) -> Request:
    """The request in capitals, with the model's name."""
    messages = tuple(
        message.model_copy(update={"content": f"{message.content.upper()} {card.name}"})
        for message in request.messages
    )
    return request.model_copy(update={"messages": messages})


def test_each_preparer_sees_what_the_one_before_made() -> None:
    """And the last one's request is asked."""
    prepared = prepare_request([preparer(shouted), preparer(shouted)], REQUEST, CARD)

    assert prepared.refusal == ""
    assert prepared.request.messages[0].content == "RENATA ASKS. M m"


def test_without_preparers_nothing_changes() -> None:
    """The request is the same one."""
    assert prepare_request([], REQUEST, CARD) == Prepared(REQUEST)


def raising(cause: BaseException):
    """A function that raises this."""

    def prepare(*_: object) -> Request:
        raise cause

    return prepare


@pytest.mark.parametrize(
    ("prepare", "refusal"),
    [
        (raising(ValueError("Renata")), "failed with ValueError, so nothing was sent."),
        (raising(SystemExit(3)), "failed with SystemExit"),
        (lambda *_: None, "gave a NoneType and no request"),
        (lambda request, _: request.model_copy(update={"model": "other"}), "changed model"),
        (lambda request, _: request.model_copy(update={"repeat": 2}), "changed repeat"),
        (raising(InputError("Only models of our district may be asked.")), "Only models of our district"),
    ],
)
def test_a_preparer_that_does_anything_else_refuses(prepare, refusal: str) -> None:
    """Whatever goes wrong, nothing may be sent, and no word of a student is in the reason."""
    prepared = prepare_request([preparer(prepare)], REQUEST, CARD)

    assert refusal in prepared.refusal
    assert "'mine'" in prepared.refusal
    assert "Renata" not in prepared.refusal


def test_an_interrupt_is_no_fault() -> None:
    """Ctrl-C goes through."""
    with pytest.raises(KeyboardInterrupt):
        prepare_request([preparer(raising(KeyboardInterrupt()))], REQUEST, CARD)
