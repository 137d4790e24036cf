"""`sandbox plugins` and `sandbox plugins --check`: each plugin is a line, whatever it does."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from sandbox.cli.plugin_results import PluginRecord, provider_page
from sandbox.cli.plugin_watch import Shown
from sandbox.testing.distributions import BROKEN_PLUGINS, CLASHING_PLUGINS, HANGING_PLUGIN, install_plugin
from tests.cli.installed_plugins import check_plugin, run_sandbox

FAULTY_PROVIDER = """
import importlib
from dataclasses import replace
from sandbox.contracts.hookspecs import hookimpl
from sandbox.contracts.provider import ProviderSpec

def build(options):
    return importlib.import_module("tests.cli.faulty_provider").FaultyProvider(options)

def rehearse():
    return importlib.import_module("tests.testing.providers.sound_provider").rehearse()

@hookimpl
def sandbox_providers():
    return [ProviderSpec(name="acme", summary="Asks a service that was made up.", build=build,
        setup="Put your key into ACME_API_KEY.", rehearse=rehearse)]
"""
COUNTED_PROVIDER = """
import importlib
from sandbox.contracts.hookspecs import hookimpl
from sandbox.contracts.provider import ProviderSpec

def build(options):
    return importlib.import_module("tests.cli.counted_provider").CountedProvider(options)

@hookimpl
def sandbox_providers():
    return [ProviderSpec(name="counted", summary="Counts what it is asked.", build=build)]
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with installed plugins."""
    return tmp_path / "site"


def words(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def checked(site: Path, folder: Path, *arguments: str, exit_code: int = 1) -> dict[str, dict[str, Any]]:
    """What `--check --json` says of each plugin, once it ended as it should and without a traceback."""
    done = run_sandbox(site, folder, "plugins", "--check", "--json", *arguments)
    assert "Traceback" not in done.stderr
    assert done.returncode == exit_code, done.stderr
    return {record["name"]: record for record in json.loads(done.stdout)}


def broken(record: dict[str, Any]) -> dict[str, str]:
    """The behaviours that are broken, and what was told of each."""
    return {each["behaviour"]: each["told"] for each in record["results"] if each["mark"] == "broken"}


def test_the_list_has_a_line_and_a_next_step_for_each_plugin(site: Path, tmp_path: Path) -> None:
    """Sound, slow, broken and denied ones, with package, version, state and time; nothing is cut off."""
    install_plugin(site, "sound", check_plugin())
    install_plugin(site, "slow", "import time\ntime.sleep(0.25)\n" + command_free())
    BROKEN_PLUGINS["lacks_a_dependency"].install(site)
    BROKEN_PLUGINS["misspelt_hook"].install(site)

    done = run_sandbox(site, tmp_path, "plugins", SANDBOX_DISABLE="llamacpp")

    text = words(done.stdout)
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert re.search(r"bundled lesson-sandbox \S+ ✓ loaded – artifacts, checks,", text)
    assert re.search(r"sound sandbox-sound 1\.0 ✓ loaded \d+ ms checks", text)
    assert re.search(r"slow sandbox-slow 1\.0 ✓ loaded ! \d+ ms nothing → Every command waits", text)
    assert "✗ import error – ModuleNotFoundError: No module named 'a_library_that_nobody_has' →" in text
    assert "do without it: pip uninstall sandbox-lacks_a_dependency" in text
    assert "sandbox_cheks is no hook" in text
    assert re.search(r"llamacpp \S+ \S+ – blocked – it is denied", text)


def command_free() -> str:
    """The code of a plugin that brings nothing."""
    return "from sandbox.contracts.hookspecs import hookimpl\n"


@pytest.mark.parametrize("columns", [40, 80, 120, 200])
def test_no_word_is_cut_at_any_width(site: Path, tmp_path: Path, columns: int) -> None:
    """Every word of the JSON's reasons stands whole in the list."""
    for plugin in CLASHING_PLUGINS.values():
        plugin.install(site)
    BROKEN_PLUGINS["hook_with_an_argument"].install(site)

    listed = run_sandbox(site, tmp_path, "plugins", COLUMNS=str(columns))
    facts = json.loads(run_sandbox(site, tmp_path, "plugins", "--json").stdout)

    said = {
        word
        for fact in facts
        for key in ("name", "package", "reason", "next")
        for word in fact[key].split()
    }
    assert said <= set(listed.stdout.split())
    assert max(map(len, listed.stdout.splitlines())) <= columns


def test_the_list_comes_also_when_two_clash(site: Path, tmp_path: Path) -> None:
    """It says who claims what and how to settle it; the exit code says that something is to be done."""
    for plugin in CLASHING_PLUGINS.values():
        plugin.install(site)

    done = run_sandbox(site, tmp_path, "plugins")

    assert done.returncode == 3
    assert "both bring the provider 'claimed_twice'" in words(done.stdout)
    assert 'prefer = { claimed_twice = "sandbox-clashing_one" }' in words(done.stdout)
    assert "Until this is settled" in done.stderr


def test_the_list_comes_also_when_strict_forbids_to_go_on(site: Path, tmp_path: Path) -> None:
    """Strict makes of a broken plugin an error, and the list shows which one."""
    BROKEN_PLUGINS["raises_at_import"].install(site)

    done = run_sandbox(site, tmp_path, "plugins", SANDBOX_STRICT_PLUGINS="1")
    lax = run_sandbox(site, tmp_path, "plugins")

    assert (done.returncode, lax.returncode) == (3, 0)
    assert "ValueError: first line second line" in words(done.stdout)


def test_whatever_a_plugin_does_it_is_a_broken_behaviour(site: Path, tmp_path: Path) -> None:
    """Hanging, dying, bringing one name twice, half of something, or reaching for the network."""
    HANGING_PLUGIN.install(site)
    for name in ("exits_at_import", "gives_one_name_twice", "raises_half_way"):
        BROKEN_PLUGINS[name].install(site)
    install_plugin(site, "vanishes", "import os\nos._exit(7)\n")
    install_plugin(
        site,
        "phones",
        "import socket\ntry:\n    socket.create_connection(('192.0.2.1', 80))\nexcept OSError: pass\n",
    )
    install_plugin(
        site, "stays", "import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()\n"
    )
    install_plugin(site, "chatty", "import os\nos.write(1, b'{\"event\": \"end\"}\\n')\nprint('hello')\n")
    broken_names = ["hangs_at_import", "exits_at_import", "gives_one_name_twice", "raises_half_way"]
    names = [*broken_names, "vanishes", "phones", "stays", "chatty"]

    found = checked(site, tmp_path, *names, "--timeout", "5")

    assert list(found) == names
    told = {name: broken(record) for name, record in found.items()}
    assert "It hangs at import: nothing was heard for 5 seconds" in told["hangs_at_import"]["can_be_used"]
    assert told["exits_at_import"]["can_be_used"] == "SystemExit: 3"
    assert "the check 'same' twice" in told["gives_one_name_twice"]["can_be_used"]
    assert told["raises_half_way"] == {"can_be_used": "RuntimeError: half-way"}
    assert "ended with exit status 7 at import" in told["vanishes"]["can_be_used"]
    assert "reach 192.0.2.1" in told["phones"]["begins_without_the_network"]
    assert "went on for" in told["stays"]["lets_the_process_end"]
    assert told["chatty"] == {}


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("time.sleep(60)", "It hangs in every_reason_is_a_sentence: nothing was heard for 5 seconds."),
        ("os._exit(9)", "The process ended with exit status 9 in every_reason_is_a_sentence."),
    ],
)
def test_a_plugin_that_stops_in_a_behaviour_is_broken_there(
    site: Path, tmp_path: Path, body: str, told: str
) -> None:
    """What came before it counts, and the line says where it stopped."""
    install_plugin(site, "acme", check_plugin(body))

    found = checked(site, tmp_path, "acme", "--timeout", "5")

    record = found["acme"]
    assert record["state"] == "loaded"
    assert record["kept"] > 3
    assert list(broken(record).values()) == [f"{told} The rest was not tried."]
    assert record["results"][-1]["kind"] == "check"


def test_a_sound_plugin_is_shown_behaviour_by_behaviour(site: Path, tmp_path: Path) -> None:
    """Each with its sentence; at last the counts, and exit code 0."""
    install_plugin(site, "acme", check_plugin())

    done = run_sandbox(site, tmp_path, "plugins", "--check", "acme")

    text = words(done.stdout)
    assert done.returncode == 0, done.stdout
    assert done.stderr == ""
    assert "check kind_words ✓ It has a name, a version such as 1.0.0" in text
    assert "✓ When all is done, the process can end." in text
    assert re.search(r"acme: \d\d kept, 0 broken, \d not declared$", text)
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_a_plugin_that_may_not_be_used_is_not_even_imported(site: Path, tmp_path: Path) -> None:
    """Being asked for by name does not allow what the folder denies."""
    install_plugin(site, "acme", f"open({str(tmp_path / 'imported')!r}, 'w').close()\n{check_plugin()}")

    done = run_sandbox(site, tmp_path, "plugins", "--check", "acme", SANDBOX_DISABLE="acme")

    assert done.returncode == 0
    assert "acme: not tried: it is denied" in done.stdout
    assert not (tmp_path / "imported").exists()


def test_a_provider_that_lies_blocks_and_leaks_is_found_out(site: Path, tmp_path: Path) -> None:
    """Each fault is a behaviour by itself, and no key comes out."""
    install_plugin(site, "faulty", FAULTY_PROVIDER)

    record = checked(site, tmp_path, "faulty", "--timeout", "40")["faulty"]

    told = broken(record)
    assert "streams_if_it_says_so" in told
    assert "lets_others_work_meanwhile" in told
    assert "shows_no_key" in told
    assert record["kept"] > 20
    assert "planted-" not in json.dumps(record)


def test_a_model_is_asked_only_if_that_is_wanted(site: Path, tmp_path: Path) -> None:
    """How many requests there will be is said before; the user's options are used."""
    install_plugin(site, "counted", COUNTED_PROVIDER)
    count = tmp_path / "count.txt"
    (tmp_path / "sandbox.toml").write_text(
        f"[models]\nmine = 'counted/m'\n[providers.counted]\nfile = '{count.as_posix()}'\n",
        encoding="utf-8",
    )

    checked(site, tmp_path, "counted", exit_code=0)
    asked_before = count.exists()
    done = run_sandbox(site, tmp_path, "plugins", "--check", "counted", "--ask", "mine", "--json")

    (record,) = json.loads(done.stdout)
    announced = re.search(r"Now counted/m is really asked: at most (\d+) requests", words(done.stderr))
    assert not asked_before
    assert announced
    assert 5 < len(count.read_text(encoding="utf-8")) <= int(announced[1])
    assert "gives_what_the_model_said" in {
        each["behaviour"] for each in record["results"] if each["mark"] == "kept"
    }


def test_only_local_holds_for_a_check_as_well(site: Path, tmp_path: Path) -> None:
    """A model elsewhere is not asked, and a line says why."""
    install_plugin(site, "counted", COUNTED_PROVIDER)
    count = tmp_path / "count.txt"
    (tmp_path / "sandbox.toml").write_text(
        f"only_local = true\n[providers.counted]\nfile = '{count.as_posix()}'\n", encoding="utf-8"
    )

    done = run_sandbox(site, tmp_path, "plugins", "--check", "counted", "--ask", "counted/m")

    assert done.returncode == 3
    assert "only_local in sandbox.toml forbids to ask 'counted/m'" in done.stderr
    assert not count.exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["acme"], "write that, too"),
        (["--ask", "a/b"], "write that, too"),
        (["--check", "acmee"], "Did you mean 'acme'?"),
        (["--check", "acme", "--ask", "acme"], "Write --ask as provider/model"),
        (["--check", "acme", "--table", "--json"], "exclude each other"),
        (["--check", "acme", "--ask", "nobody/x"], "Unknown provider 'nobody'"),
    ],
)
def test_wrong_arguments_end_with_3_and_a_hint(
    site: Path, tmp_path: Path, arguments: list[str], told: str
) -> None:
    """On stderr, in words."""
    install_plugin(site, "acme", check_plugin())

    done = run_sandbox(site, tmp_path, "plugins", *arguments)

    assert done.returncode == 3
    assert told in done.stderr


def test_the_table_has_a_row_for_each_behaviour_and_a_column_for_each_provider() -> None:
    """In an order that does not depend on who was tried first; one that showed nothing stands below."""

    def record(plugin: str, provider: str, *marks: str) -> PluginRecord:
        results = [
            Shown.model_validate(
                {
                    "kind": "provider",
                    "name": provider,
                    "behaviour": f"b{number}",
                    "sentence": sentence,
                    "mark": mark,
                }
            )
            for number, (sentence, mark) in enumerate(
                zip(["It | answers.", "It ends."], marks, strict=True)
            )
        ]
        return PluginRecord(name=plugin, results=tuple(results))

    silent = record("bundled", "scripted", "not declared", "not declared")
    page = provider_page(
        [record("two", "zeta", "kept", "broken"), silent, record("one", "acme", "kept", "not declared")]
    )

    assert page.splitlines()[-6:] == [
        "| What is wanted | acme | zeta |",
        "| --- | --- | --- |",
        "| It \\| answers. | kept | kept |",
        "| It ends. | – | broken |",
        "",
        "Nothing can be shown of these without a file of answers: scripted.",
    ]
