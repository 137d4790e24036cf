"""The server that is not there."""

import httpx2
import pytest

from sandbox.testing.transport import chat_completion, openai_server_mock


@pytest.mark.anyio
async def test_a_route_answers() -> None:
    """What goes through httpx2 is answered by the routes."""
    with openai_server_mock("http://localhost:8080/v1") as server:
        route = server.post("/chat/completions").respond(json=chat_completion("Hello."))
        async with httpx2.AsyncClient() as client:
            response = await client.post("http://localhost:8080/v1/chat/completions", json={})

    assert response.json()["choices"][0]["message"]["content"] == "Hello."
    assert route.call_count == 1


def test_code_that_does_not_await_is_answered_too() -> None:
    """Plugin authors may use the client that blocks."""
    with openai_server_mock() as server:
        server.get("/models").respond(json={"data": []})

        response = httpx2.get("https://api.openai.com/v1/models")

    assert response.json() == {"data": []}


@pytest.mark.anyio
async def test_a_request_without_a_route_is_not_sent() -> None:
    """A test that forgot a route fails; it does not go to the network."""
    with openai_server_mock():
        async with httpx2.AsyncClient() as client:
            with pytest.raises(AssertionError, match="not mocked"):
                await client.get("https://models.example.org/v1/models")


def test_the_body_has_usage_only_if_it_is_given() -> None:
    """Many servers count no tokens."""
    usage: dict[str, object] = {"prompt_tokens": 1, "completion_tokens": 2}

    assert "usage" not in chat_completion("Hello.")
    assert chat_completion("Hello.", usage=usage)["usage"] == usage
