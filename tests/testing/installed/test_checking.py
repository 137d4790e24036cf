"""Trying one plugin in a process of its own: lines of JSON and nothing else, in the order of events."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.testing.distributions import BROKEN_PLUGINS, CLASHING_PLUGINS, install_plugin
from tests.cli.installed_plugins import check_plugin


def lines_of(site: Path, name: str, **environment: str) -> list[dict[str, object]]:
    """What is told of an installed plugin."""
    done = subprocess.run(
        [sys.executable, "-m", "sandbox.testing.installed.checking", name, "--home", str(site)],
        env=os.environ | {"PYTHONPATH": str(site)} | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def marks(lines: list[dict[str, object]], kind: str = "plugin") -> dict[object, object]:
    """How each behaviour of a kind came out."""
    return {
        each["behaviour"]: each["mark"] for each in lines if each.get("kind") == kind and "mark" in each
    }


def test_each_behaviour_is_told_of_before_and_after(tmp_path: Path) -> None:
    """So whoever reads knows where it stands when nothing more comes."""
    install_plugin(tmp_path, "acme", "print('noise')\n" + check_plugin("print('noise')"))

    lines = lines_of(tmp_path, "acme")

    events = [line["event"] for line in lines]
    assert events[:2] == ["importing", "imported"]
    assert events[-1] == "end"
    begun = [line["behaviour"] for line in lines if line["event"] == "showing"]
    ended = [line["behaviour"] for line in lines if line["event"] == "result" and line["kind"] == "check"]
    assert begun == ended
    assert len(ended) > 10


def test_what_a_plugin_brings_is_said_with_its_package(tmp_path: Path) -> None:
    """Name, version, state and hooks, as the list of plugins has them."""
    install_plugin(tmp_path, "acme", check_plugin(), distribution="sandbox-of-acme", version="2.5")

    imported = lines_of(tmp_path, "acme")[1]

    assert (imported["package"], imported["version"]) == ("sandbox-of-acme", "2.5")
    assert (imported["state"], imported["hooks"]) == ("loaded", ["sandbox_checks"])


@pytest.mark.parametrize(
    "name", ["misspelt_hook", "needs_a_later_api", "raises_half_way", "exits_in_a_hook"]
)
def test_a_plugin_that_breaks_the_contract_is_tried_no_further(tmp_path: Path, name: str) -> None:
    """It brings nothing, and the reason is told."""
    BROKEN_PLUGINS[name].install(tmp_path)

    lines = lines_of(tmp_path, name)

    assert BROKEN_PLUGINS[name].reason in str(lines[1]["reason"])
    assert marks(lines)["can_be_used"] == "broken"
    assert [line for line in lines if line["event"] == "trying"] == []


def test_a_name_of_ours_is_a_clash(tmp_path: Path) -> None:
    """It could not be used beside what we bring, but what it brings is tried all the same."""
    install_plugin(tmp_path, "taker", check_plugin().replace('"kind_words"', '"must_say"'))

    lines = lines_of(tmp_path, "taker")

    assert lines[1]["state"] == "clash"
    assert marks(lines)["can_be_used"] == "broken"
    assert marks(lines, "check")["it_asks_no_network"] == "kept"


def test_only_the_plugin_that_is_named_is_imported(tmp_path: Path) -> None:
    """Another one, which would hang or clash, has no part in it."""
    for plugin in CLASHING_PLUGINS.values():
        plugin.install(tmp_path)
    install_plugin(tmp_path, "hanging", "import time\ntime.sleep(600)\n")

    lines = lines_of(tmp_path, "clashing_one")

    assert lines[1]["state"] == "loaded"


def test_two_packages_with_one_name_are_told_as_a_clash(tmp_path: Path) -> None:
    """Neither is imported, until one is preferred."""
    install_plugin(tmp_path, "acme", "1 / 0", distribution="first")
    install_plugin(tmp_path, "acme", check_plugin(), distribution="second")

    undecided = lines_of(tmp_path, "acme")
    (tmp_path / "sandbox.toml").write_text('[plugins]\nprefer = { acme = "second" }\n', encoding="utf-8")
    decided = lines_of(tmp_path, "acme")

    assert "first and second both bring the plugin 'acme'" in str(undecided[1]["reason"])
    assert (decided[1]["package"], decided[1]["state"]) == ("second", "loaded")


def test_a_slow_import_names_who_makes_it_slow(tmp_path: Path) -> None:
    """What is ours, such as pydantic behind a check, is not laid at the plugin's door."""
    (tmp_path / "big_library.py").write_text("import time\ntime.sleep(0.3)\n", encoding="utf-8")
    install_plugin(tmp_path, "acme", "import big_library\n" + check_plugin())

    lines = lines_of(tmp_path, "acme")

    (told,) = [line["told"] for line in lines if line.get("behaviour") == "begins_at_once"]
    assert "most of it in big_library" in str(told)
    assert "pydantic" not in str(told)


def test_no_key_of_the_user_comes_out(tmp_path: Path) -> None:
    """Not even if a plugin puts it into its own words."""
    key = "sk-" + "a1b2c3d4" * 4
    install_plugin(tmp_path, "acme", "import os\nraise ValueError(os.environ['ACME_API_KEY'])")

    lines = lines_of(tmp_path, "acme", ACME_API_KEY=key)

    assert lines[1]["reason"] == "ValueError: [key]"
    assert key not in json.dumps(lines)
