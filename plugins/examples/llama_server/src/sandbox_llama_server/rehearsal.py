"""How the server of llama.cpp answers, so that the provider can be tried without one."""

from sandbox.contracts.rehearsal import HttpCall, HttpReply, Rehearsal, RehearsedError, Said
from sandbox.errors import ErrorKind


def answer(_: HttpCall, said: Said) -> HttpReply:
    """What the server replies when its model says this."""
    return HttpReply.of(
        {
            "content": said.text,
            "model": "rehearsed",
            "tokens_evaluated": said.input_tokens,
            "tokens_predicted": said.output_tokens,
            "stop_type": "limit" if said.finish_reason == "length" else "eos",
        }
    )


LOADING = {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}}
REHEARSAL = Rehearsal(
    model="one",
    options=lambda url: {"base_url": url},
    answer=answer,
    errors=(
        RehearsedError(
            name="still loading", reply=HttpReply.of(LOADING, status=503), kind=ErrorKind.TRANSIENT
        ),
    ),
)
