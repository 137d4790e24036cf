"""What the documents show is run."""

import asyncio
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sandbox.contracts.check import Subject
from sandbox.contracts.loading import plugin_from_module
from sandbox.contracts.registry import build_registry
from sandbox.domain.audience import Audience
from sandbox.domain.exchange import Message, Request, Role
from sandbox.domain.trial import Case
from sandbox.errors import ErrorKind, ProviderError
from tests.examples import FEEDBACK

ROOT = Path(__file__).parents[1]


def plugins_of(document: str) -> dict[str, ModuleType]:
    """The modules whose code stands in a document, by the name in their first line."""
    text = (ROOT / document).read_text(encoding="utf-8")
    modules = {}
    for code in re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL):
        if match := re.match(r"# (\w+)\.py\n", code):
            module = ModuleType(match[1])
            exec(compile(code, match[1], "exec"), module.__dict__)
            modules[match[1]] = module
    return modules


def test_the_provider_in_the_document_works() -> None:
    """It answers, and names what it does not know."""
    module = plugins_of("docs/add_a_provider.md")["sandbox_acme"]
    registry = build_registry([plugin_from_module("acme", module)])
    provider = registry.provider("acme").build({"tone": "short"})
    request = Request(model="one", messages=(Message(role=Role.USER, content="Hello there"),))

    completion = asyncio.run(provider.complete(request))
    with pytest.raises(ProviderError) as caught:
        asyncio.run(provider.complete(request.model_copy(update={"model": "two"})))

    assert completion.text == "A short answer to 2 words."
    assert caught.value.kind is ErrorKind.UNKNOWN_MODEL


def test_the_python_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each block after the other, on scripted answers: nobody is asked."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sandbox.toml").write_text('model = "scripted/answers.jsonl"\n', encoding="utf-8")
    answer = json.dumps(FEEDBACK | {"question": "[STUDENT_1], what size is a piece?"})
    (tmp_path / "answers.jsonl").write_text(json.dumps({"text": answer}), encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    first, second = re.findall(r"```python\n(.*?)```", readme, flags=re.DOTALL)
    names: dict[str, Any] = {}

    exec(first, names)
    exec(second.replace("openai/MODEL", "scripted/answers.jsonl"), names)
    names["sandbox"].close()

    assert len(first.strip().splitlines()) == 5
    assert "strengths" in capsys.readouterr().out
    assert names["trial"].artifact.question == "Renata, what size is a piece?"


def test_the_check_in_the_document_works() -> None:
    """It catches what it must, and leaves the rest alone."""
    module = plugins_of("docs/add_a_provider.md")["sandbox_acme_checks"]
    check = build_registry([plugin_from_module("acme_checks", module)]).check("no_shouting")

    def outcome(text: str) -> str:
        return check.run(Subject(text=text, artifact=None, case=Case(id="a"), audience=Audience())).outcome

    assert outcome("STOP that NOW please") == "fail"
    assert outcome("The USA has 50 states.") == "pass"
