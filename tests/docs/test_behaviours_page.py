"""The table of providers and behaviours: it has today's rows and columns, and nothing in it is broken."""

import re
from pathlib import Path

import pytest

from sandbox.bundled import plugin as bundled
from sandbox.contracts.loading import installed_plugins
from sandbox.contracts.registry import build_registry
from sandbox.testing import ProviderConformance
from sandbox.testing.conformance import behaviours

PAGE = Path(__file__).parents[2] / "docs" / "plugins" / "behaviours.md"


@pytest.fixture(scope="module")
def rows() -> list[list[str]]:
    """The cells of the table, its head first."""
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    head, _, *others = ([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines)
    return [head, *others]


def test_every_behaviour_has_a_row(rows: list[list[str]]) -> None:
    """In the order in which they are tried."""
    sentences = [
        (getattr(ProviderConformance, name).__doc__ or "").strip().splitlines()[0]
        for name in behaviours(ProviderConformance)
    ]

    assert [row[0] for row in rows[1:]] == sentences


def test_every_provider_that_asks_a_model_has_a_column(rows: list[list[str]]) -> None:
    """Those that answer from a file have none."""
    brought = {spec.name for spec in bundled.sandbox_providers()}
    brought |= set(build_registry(installed_plugins()).providers)

    assert rows[0][1:] == sorted(brought - {"replay", "scripted"})


def test_nothing_in_it_is_broken(rows: list[list[str]]) -> None:
    """A provider that does not do what it says does not land."""
    assert {cell for row in rows[1:] for cell in row[1:]} == {"kept", "–"}
    assert all("kept" in row[1:] for row in rows[1:] if "seed that was chosen" not in row[0])
