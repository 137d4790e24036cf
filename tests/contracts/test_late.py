"""What is imported or compiled at its first use."""

import re
import subprocess
import sys

import pytest

from sandbox.bundled.plugin import sandbox_providers
from sandbox.contracts.late import late, late_pattern
from sandbox.contracts.provider import ProviderSpec


def test_a_late_function_is_imported_when_it_is_first_called() -> None:
    """Making it imports nothing."""
    code = (
        "import sys; from sandbox.contracts.late import late; read = late('csv:reader'); "
        "print('csv' in sys.modules, list(read(['a,b'])), 'csv' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)

    assert done.stdout.strip() == "False [['a', 'b']] True"


def test_what_a_late_function_raises_comes_through() -> None:
    """As if it had been imported at once."""
    with pytest.raises(ValueError, match="Expecting"):
        late("json:loads")("{")


def test_a_late_pattern_finds_what_a_pattern_finds() -> None:
    """With its flags, by each of its methods, and again."""
    pattern = late_pattern(r"\bmaths?\b", re.IGNORECASE)

    assert [found[0] for found in pattern.finditer("Math and maths")] == ["Math", "maths"]
    assert [pattern.search("MATHS") is not None for _ in range(2)] == [True, True]
    assert pattern.pattern == r"\bmaths?\b"


@pytest.mark.parametrize("spec", sandbox_providers(), ids=lambda spec: spec.name)
def test_every_provider_that_comes_along_can_be_built(spec: ProviderSpec) -> None:
    """The address of what builds it is right."""
    provider = spec.build({"base_url": "http://127.0.0.1:1/v1"} if spec.name == "openai" else {})

    assert callable(provider.complete)


def test_what_most_runs_do_without_is_not_imported_with_the_face() -> None:
    """A user waits for what is imported."""
    code = "import sys; from sandbox import Sandbox; print(*sorted(sys.modules))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)

    assert {
        "alembic",
        "openai",
        "rich",
        "sandbox.bundled.providers.openai",
        "sandbox.report.html_page",
        "sandbox.storage.cassette",
        "sqlalchemy",
    }.isdisjoint(done.stdout.split())
