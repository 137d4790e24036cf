"""Estimates tokens where nobody counted them."""

from sandbox.domain.exchange import Request, Usage

_BYTES_PER_TOKEN = 4


def estimated_usage(request: Request, answer: str) -> Usage:
    """The tokens of a request and its answer, guessed from their lengths and marked as a guess."""
    return Usage(
        input_tokens=sum(_tokens(message.content) for message in request.messages),
        output_tokens=_tokens(answer),
        is_estimated=True,
    )


def _tokens(text: str) -> int:
    return -(-len(text.encode()) // _BYTES_PER_TOKEN)
