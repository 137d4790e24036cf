"""What docs/providers.md tells people to write can be used."""

import re
import tomllib
from pathlib import Path

import pytest

from sandbox.bundled.providers.openai import OpenAIOptions, build_openai
from sandbox.bundled.providers.openai_dialects import DIALECTS

TEXT = (Path(__file__).parents[3] / "docs" / "providers.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```toml\n(.*?)```", TEXT, flags=re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS)
def test_every_block_of_settings_builds_a_provider(block: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a key in the variable that the page names, and no other."""
    options = tomllib.loads(block)["providers"]["openai"]
    monkeypatch.delenv("OPENAI_API_KEY")
    for variable in re.findall(r"`([A-Z_]+_API_KEY)`|\"([A-Z_]+_API_KEY)\"", TEXT):
        monkeypatch.setenv("".join(variable), "invented")

    card = build_openai(options).describe("small")

    assert card.is_local is ("localhost" in block)


def test_there_is_a_block_for_each_service() -> None:
    """Each line of the table but OpenAI's own, which needs none, has one."""
    addresses = set(re.findall(r"\| `(https?://[^`]+)` \|", TEXT))
    written = {tomllib.loads(block)["providers"]["openai"].get("base_url") for block in BLOCKS}

    assert len(addresses) == 9
    assert addresses == written - {None}


def test_every_option_and_every_key_variable_is_told() -> None:
    """Nothing has to be looked up in the code."""
    told = set(re.findall(r"^\| `(\w+)` \|", TEXT, flags=re.MULTILINE))

    assert told == set(OpenAIOptions.model_fields)
    assert all(f"`{dialect.key_variable}`" in TEXT for dialect in DIALECTS)
