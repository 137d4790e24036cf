"""The pages on plugins: the example of each is installed as a stranger's package would be, and used."""

import asyncio
import json
import re
import sys
from collections.abc import Callable, Iterator
from importlib import invalidate_caches
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sandbox.app import Sandbox
from sandbox.bundled.artifacts.feedback import Feedback
from sandbox.bundled.providers.scripted import ScriptedProvider
from sandbox.cli.main import run
from sandbox.contracts import hookspecs
from sandbox.contracts.check import Subject
from sandbox.contracts.guard import GuardAction, Outgoing
from sandbox.contracts.loading import HOOKS, PluginState, installed_plugins
from sandbox.contracts.registry import Registry, build_registry
from sandbox.domain.event import TrialFinished
from sandbox.domain.exchange import Message, ModelCard, Request, Role
from sandbox.domain.plugin_policy import PluginPolicy
from sandbox.domain.trial import Case, TrialStatus
from sandbox.errors import ErrorKind, ProviderError, SandboxError
from sandbox.pipeline.prompt_review import unbounded
from sandbox.report.summary import build_summary
from tests.examples import FEEDBACK

PAGES = Path(__file__).parents[2] / "docs" / "plugins"
METADATA = "Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n"
Install = Callable[[str], Registry]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Installs the example of a page as a distribution of its own, and gives what it brings."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))

    def make(page: str) -> Registry:
        text = (PAGES / f"{page}.md").read_text(encoding="utf-8")
        modules = dict(re.findall(r"```python\n# ([\w/]+)\.py\n(.*?)```", text, flags=re.DOTALL))
        for name, code in modules.items():
            path = site / f"{name}.py"
            path.parent.mkdir(exist_ok=True)
            path.write_text(code, encoding="utf-8")
        info = site / "acme-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            "Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n", encoding="utf-8"
        )
        module = next(iter(modules)).replace("/", ".")
        (info / "entry_points.txt").write_text(f"[sandbox]\nacme = {module}\n", encoding="utf-8")
        invalidate_caches()
        registry = build_registry(installed_plugins(PluginPolicy(allow=frozenset({"acme"}))))
        (plugin,) = [each for each in registry.plugins if each.name == "acme"]
        assert (plugin.state, plugin.reason) == (PluginState.LOADED, "")
        return registry

    yield make
    for module in [module for module in sys.modules if module.startswith("sandbox_acme")]:
        del sys.modules[module]


def request(text: str, model: str = "one") -> Request:
    """A question."""
    return Request(model=model, messages=(Message(role=Role.USER, content=text),))


def test_every_hook_has_a_page_a_test_and_a_line_in_the_list() -> None:
    """A hook that nobody can read about does not land."""
    overview = (PAGES / "README.md").read_text(encoding="utf-8")
    tests = {name.removeprefix("test_") for name in globals() if name.startswith("test_sandbox_")}

    assert tests == set(HOOKS)
    for hook in HOOKS:
        page = PAGES / f"{hook.removeprefix('sandbox_')}.md"
        assert page.is_file(), hook
        assert f"`{hook}`" in page.read_text(encoding="utf-8").splitlines()[0]
        assert f"| `{hook}` |" in overview
        assert f"]({page.name})" in overview
        assert len(re.findall(r"\.(?:\s|$)", getattr(hookspecs, hook).__doc__)) == 1


def test_sandbox_providers(install: Install) -> None:
    """The provider answers, names what it does not know, and reads its option."""
    provider = install("providers").provider("acme").build({"tone": "short"})

    completion = asyncio.run(provider.complete(request("Hello there")))
    with pytest.raises(ProviderError) as caught:
        asyncio.run(provider.complete(request("Hello there", "two")))

    assert completion.text == "A short answer to 2 words."
    assert caught.value.kind is ErrorKind.UNKNOWN_MODEL


def test_registering_the_provider_imports_nothing_heavy(install: Install) -> None:
    """Its own module comes with the first model that is asked."""
    registry = install("providers")

    assert "sandbox_acme.provider" not in sys.modules
    registry.provider("acme").build({})
    assert "sandbox_acme.provider" in sys.modules


def test_sandbox_checks(install: Install) -> None:
    """The check catches what it must, and leaves the rest alone."""
    check = install("checks").check("no_shouting")

    def outcome(text: str) -> str:
        return check.run(Subject(text, Case(id="a"))).outcome

    assert outcome("STOP that NOW please") == "fail"
    assert outcome("The USA has 50 states.") == "pass"


def test_sandbox_guards(install: Install) -> None:
    """The guard takes bus lines out, in every text alike, and leaves other numbers."""
    guard = install("guards").guards["bus_lines"].guard
    outgoing = Outgoing(texts={"a": "I take bus 42 home.", "b": "Only Bus 42 stops there, at 15:30."})

    decision = guard.inspect(outgoing)
    untouched = guard.inspect(Outgoing(texts={"a": "42 apples in a busy shop"}))

    assert decision.action is GuardAction.REDACT
    assert "42" not in "".join(decision.texts.values())
    assert "15:30" in decision.texts["b"]
    assert decision.replaced == {"[BUS_1]": "bus 42"}
    assert decision.reason == "1 bus line was taken out."
    assert untouched.action is GuardAction.ALLOW


def test_sandbox_artifacts(install: Install) -> None:
    """The type can be asked for, comes to an end, and reads well."""
    ticket = install("artifacts").artifact("exit_ticket")
    filled = ticket.model_validate({"objective": "Add fractions.", "questions": ["What is 1/4 + 2/4?"]})

    assert unbounded(ticket.schema_for_model()) == []
    assert "Objective: Add fractions." in filled.text()
    assert "What is 1/4 + 2/4?" in filled.markdown()


def test_sandbox_report_formats(install: Install, tmp_path: Path) -> None:
    """The line says the verdict, and how many answered."""
    layout = install("report_formats").report_format("one_line")
    with Sandbox(
        tmp_path, plugins=[], providers={"test": ScriptedProvider([json.dumps(FEEDBACK)])}
    ) as sandbox:
        evaluation = sandbox.evaluate("feedback", models=["test/m"], limit=2)
        summary = build_summary(
            evaluation, lambda _: iter(()), sandbox.registry.checks, product_version="0"
        )

    assert layout.render(summary).endswith("on test/m: hold (2 of 2 answered)\n")


def test_sandbox_stores(install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is saved under an address is there again."""
    registry = install("stores")
    monkeypatch.setattr(sys.modules["sandbox_acme_store"], "SHELF", tmp_path / "shelf")
    store = registry.store("acme")
    with Sandbox(
        tmp_path, plugins=[], providers={"test": ScriptedProvider([json.dumps(FEEDBACK)])}
    ) as sandbox:
        evaluation = sandbox.evaluate("feedback", models=["test/m"], limit=1)
    with store.open("acme://2026", {"feedback": Feedback}) as records:
        records.save_evaluation(evaluation)
    with store.open("acme://2026", {"feedback": Feedback}) as records:
        assert records.evaluation(evaluation.id) == evaluation

    assert (tmp_path / "shelf" / "2026.db").is_file()


def test_sandbox_executors(install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two targets take turns, and nothing is left out."""
    registry = install("executors")
    (tmp_path / "sandbox.toml").write_text('executor = "turn_by_turn"\n', encoding="utf-8")
    asked: list[str] = []

    def answer(request: Request) -> str:
        asked.append(request.model)
        return json.dumps(FEEDBACK)

    providers = {"test": ScriptedProvider(answer)}
    with Sandbox(tmp_path, plugins=registry.plugins, providers=providers) as sandbox:
        evaluation = sandbox.evaluate("feedback", models=["test/a", "test/b"], limit=3)

    assert asked == ["a", "b"] * 3
    assert [result.scorecard.done for result in evaluation.results] == [3, 3]


def test_sandbox_template_filters(install: Install) -> None:
    """The words are right, in the plural and the singular."""
    apply = install("template_filters").template_filters["in_class_hours"].apply

    assert [apply(90), apply(45), apply(50, 25)] == ["2 class hours", "1 class hour", "2 class hours"]


def test_sandbox_request_preparers(install: Install) -> None:
    """The rule is added; a request that the district does not want is refused."""
    prepare = install("request_preparers").request_preparers["district_rules"].prepare
    card = ModelCard(name="one")

    assert prepare(request("Hello."), card).messages[0].content == "Hello.\nUse the metric system."
    with pytest.raises(SandboxError, match="counselling"):
        prepare(request("Give counselling."), card)
    assert prepare(request("Give counselling."), card.model_copy(update={"is_local": True}))


def test_sandbox_observers(install: Install) -> None:
    """Money is added up; what was recalled cost nothing."""
    observe = install("observers").observers["spending"].observe
    finished = {
        "target": "t",
        "case_id": "a",
        "repeat": 1,
        "status": TrialStatus.ANSWERED,
        "calls": 1,
        "input_tokens": 1,
        "output_tokens": 1,
        "cost_usd": 0.25,
    }

    observe(TrialFinished(**finished, is_recalled=False))
    observe(TrialFinished(**finished, is_recalled=True))
    observe(TrialFinished(**(finished | {"cost_usd": None}), is_recalled=False))

    assert sys.modules["sandbox_acme_observer"].spent == 0.25


def test_sandbox_commands(install: Install, capsys: pytest.CaptureFixture[str]) -> None:
    """The command is listed and run."""
    spec = install("commands").commands["greet"]

    code = run(["greet", "--name", "class"])

    assert CliRunner().invoke(spec.build(), []).output == "Hello, team.\n"
    assert (code, capsys.readouterr().out) == (0, "Hello, class.\n")
