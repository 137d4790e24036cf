"""The providers that come along; what each needs is imported when a model of it is first asked."""

from sandbox.contracts.late import late
from sandbox.contracts.provider import ProviderSpec

OPENAI = ProviderSpec(
    name="openai",
    summary="OpenAI, Azure OpenAI, and servers that speak like them: vLLM, llama.cpp, Ollama, LM Studio.",
    build=late("sandbox.bundled.providers.openai:build_openai"),
    setup="Put your key into the variable OPENAI_API_KEY, or set base_url to a server that needs none.",
    rehearse=late("sandbox.bundled.providers.openai_rehearsal:rehearse_chat"),
)
SCRIPTED = ProviderSpec(
    name="scripted",
    summary="Answers from a file that you write, to try things out without a model.",
    build=late("sandbox.bundled.providers.scripted:build_scripted"),
    setup='Write the path of a JSONL file after the slash; its lines are {"text": "..."}.',
)
REPLAY = ProviderSpec(
    name="replay",
    summary="Answers from a cassette: what a model once said, without asking it again.",
    build=late("sandbox.bundled.providers.replay:build_replay"),
    setup="Write the path of a cassette after the slash: replay/cassettes/lesson_plan.jsonl",
)
