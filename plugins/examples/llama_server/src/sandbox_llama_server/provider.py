"""How the server of llama.cpp is asked: POST /completion, as its own documentation has it."""

from sandbox import Completion, ModelCard, Request
from sandbox.contracts.json_service import JsonService, JsonServiceProvider
from sandbox.contracts.options import read_options
from sandbox.domain.exchange import FinishReason, StructuredMode, Usage
from sandbox.domain.record import Record


class Options(Record):
    """What `[providers.llama_server]` in sandbox.toml may say."""

    base_url: str = "http://127.0.0.1:8080"


def card(model: str) -> ModelCard:
    """One model at a time: the server answers with the one that it was started with."""
    return ModelCard(name=model, structured=(StructuredMode.GRAMMAR,), max_concurrency=1)


def body(request: Request) -> dict:
    """The messages as ChatML, which most small models read."""
    turns = [f"<|im_start|>{each.role}\n{each.content}<|im_end|>\n" for each in request.messages]
    return {
        "prompt": "".join(turns) + "<|im_start|>assistant\n",
        "n_predict": request.settings.max_output_tokens,
        "temperature": request.settings.temperature,
        "top_p": request.settings.top_p,
        "seed": request.settings.seed,
        "json_schema": request.output_schema,
        "stop": ["<|im_end|>"],
    }


def read(answer: dict, request: Request) -> Completion:
    """The text, and the tokens that the server counted."""
    return Completion(
        text=answer["content"],
        model_served=request.model,  # the server tells the path of its file, which is nobody's business
        usage=Usage(input_tokens=answer["tokens_evaluated"], output_tokens=answer["tokens_predicted"]),
        finish_reason=FinishReason.LENGTH if answer["stop_type"] == "limit" else FinishReason.STOP,
    )


def build(options) -> JsonServiceProvider:
    """The provider; this server needs no key."""
    known = read_options("llama_server", options, Options)
    service = JsonService(base_url=known.base_url, path="/completion", card=card, body=body, read=read)
    return JsonServiceProvider(service)
