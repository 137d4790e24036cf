"""The page on large evaluations: every setting is in its table, and what it shows can be used."""

import json
import re
import tomllib
from pathlib import Path

import pytest
import typer
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sandbox.cli import eval_command, export_command, records_command
from sandbox.domain.budget import Budget, Limits
from sandbox.domain.exchange import Price
from sandbox.storage.configuration import Configuration

PAGE = (Path(__file__).parents[2] / "docs" / "running.md").read_text(encoding="utf-8")
TABLES: dict[str, tuple[str, type[BaseModel]]] = {
    "limits": ("limits.NAME.", Limits),
    "budget": ("budget.", Budget),
    "prices": ("prices.MODEL.", Price),
}
"""Settings that are tables: their keys have rows of their own."""


def _default(field: FieldInfo) -> str:
    """A default as the page writes it: as in the file, or a word."""
    value = None if field.is_required() else field.get_default(call_default_factory=True)
    if value in (None, {}):
        return "none"
    return f"`{json.dumps(value)}`" if isinstance(value, (str, int, float)) else "all"


def _rows(prefix: str, record: type[BaseModel]) -> dict[str, str]:
    return {f"{prefix}{name}": _default(field) for name, field in record.model_fields.items()}


def test_the_table_has_every_setting_with_its_default() -> None:
    """A setting that nobody can read about does not land, nor a row without a setting."""
    expected = _rows("", Configuration)
    for name, (prefix, record) in TABLES.items():
        del expected[name]
        expected |= _rows(prefix, record)
    section = PAGE.split("## All settings of `sandbox.toml`")[1].split("\n## ")[0]

    rows = re.findall(r"^\| `([^`]+)` \| (.+?) \| .+ \|$", section, flags=re.MULTILINE)

    assert dict(rows) == expected
    assert len(rows) == len(expected)


@pytest.mark.parametrize("block", re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL))
def test_every_example_of_settings_is_understood(block: str) -> None:
    """What the page shows can be copied into `sandbox.toml`."""
    assert Configuration.model_validate(tomllib.loads(block)) != Configuration()


def test_every_option_on_the_page_is_there() -> None:
    """No command on the page has an option that `sandbox` does not know."""
    known = {"--home"}
    for module in (eval_command, export_command, records_command):
        command = typer.main.get_command(module.app)
        for each in (command, *getattr(command, "commands", {}).values()):
            known |= {option for parameter in each.params for option in parameter.opts}

    assert set(re.findall(r"(?<!\S)`?(--[a-z][a-z-]*)", PAGE)) <= known


def test_every_link_leads_somewhere() -> None:
    """Pages are where the links say, with the headings that they name."""
    for path, _, heading in (link.partition("#") for link in re.findall(r"\]\(([^)]+)\)", PAGE)):
        page = Path(__file__).parents[2] / "docs" / path
        assert page.is_file(), path
        headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert not heading or heading in {each.lower().replace(" ", "-") for each in headings}, heading
