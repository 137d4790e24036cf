"""The commands of plugins: there when they are wanted, and never in the way of the others."""

from pathlib import Path

import pytest

from sandbox.testing.distributions import install_plugin
from tests.cli.installed_plugins import command_plugin, run_sandbox


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with installed plugins."""
    return tmp_path / "site"


def test_a_plugins_command_is_listed_and_runs(site: Path, tmp_path: Path) -> None:
    """It stands among ours in the help, and its own words come out."""
    install_plugin(site, "greeter", command_plugin("greet"))

    helped = run_sandbox(site, tmp_path, "--help")
    greeted = run_sandbox(site, tmp_path, "greet")

    assert "greet    Greet a class." in helped.stdout
    assert (greeted.returncode, greeted.stdout) == (0, "Good morning\n")


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("raise ValueError('no class today')", "cannot be used: ValueError: no class today"),
        ("return None", "build gave a NoneType where a typer.Typer belongs"),
        ("return typer.Typer()", "cannot be used: RuntimeError"),
        ("raise SystemExit(0)", "cannot be used: SystemExit"),
    ],
)
def test_a_command_that_cannot_be_built_is_a_line(site: Path, tmp_path: Path, end: str, words: str) -> None:
    """It names the plugin and what to do, and ends as wrong input does."""
    install_plugin(site, "greeter", command_plugin("greet", end=end))

    done = run_sandbox(site, tmp_path, "greet")

    assert done.returncode == 3
    assert words in done.stderr
    assert "'greeter' (sandbox-greeter)" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_command_that_fails_is_its_plugins_fault(site: Path, tmp_path: Path) -> None:
    """Nobody is told to send it to us."""
    install_plugin(site, "greeter", command_plugin("greet", body="raise LookupError('no class')"))

    done = run_sandbox(site, tmp_path, "greet")

    assert done.returncode == 3
    assert "of the plugin 'greeter' (sandbox-greeter) failed: LookupError: no class." in done.stderr
    assert "Traceback" not in done.stderr


def test_our_commands_import_no_plugin(site: Path, tmp_path: Path) -> None:
    """Neither a plugin that hangs nor one with our name is in the way of `checks explain --help`."""
    install_plugin(site, "hanging", "import time\ntime.sleep(60)\n")
    install_plugin(site, "taker", command_plugin("checks"))

    done = run_sandbox(site, tmp_path, "checks", "explain", "--help")

    assert done.returncode == 0
    assert "Explain a check" in done.stdout


def test_the_folder_forbids_plugins_before_they_are_imported(site: Path, tmp_path: Path) -> None:
    """`deny` and the environment hold for the help, too, in the folder that --home names."""
    install_plugin(site, "greeter", "print('I was imported')\n" + command_plugin("greet"))
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "sandbox.toml").write_text('[plugins]\ndeny = ["greeter"]\n', encoding="utf-8")

    allowed = run_sandbox(site, tmp_path, "--help")
    denied = run_sandbox(site, tmp_path, "-C", "ours", "--help")
    unnamed = run_sandbox(site, tmp_path, "--help", SANDBOX_PLUGINS="")

    assert "I was imported" in allowed.stdout
    assert "I was imported" not in denied.stdout + unnamed.stdout
    assert "greet " not in denied.stdout + unnamed.stdout


def test_a_malformed_file_keeps_every_plugin_out(site: Path, tmp_path: Path) -> None:
    """The help comes all the same; a command that may be a plugin's is refused with the file's name."""
    install_plugin(site, "greeter", "print('I was imported')\n" + command_plugin("greet"))
    (tmp_path / "sandbox.toml").write_text("[plugins\n", encoding="utf-8")

    helped = run_sandbox(site, tmp_path, "--help")
    asked = run_sandbox(site, tmp_path, "greet")

    assert helped.returncode == 0
    assert "doctor" in helped.stdout
    assert "I was imported" not in helped.stdout + asked.stdout
    assert asked.returncode == 3
    assert "sandbox.toml" in asked.stderr


def test_of_two_plugins_with_one_command_the_preferred_one_has_it(site: Path, tmp_path: Path) -> None:
    """Without a preference neither has it, and a line says what to do."""
    install_plugin(site, "early", command_plugin("greet", body='print("Good morning")'))
    install_plugin(site, "late", command_plugin("greet", body='print("Good night")'))
    (tmp_path / "ours").mkdir()
    preferring = '[plugins]\nprefer = { greet = "sandbox-late" }\n'
    (tmp_path / "ours" / "sandbox.toml").write_text(preferring, encoding="utf-8")

    undecided = run_sandbox(site, tmp_path, "greet")
    decided = run_sandbox(site, tmp_path, "--home", "ours", "greet")

    assert undecided.returncode == 3
    assert "sandbox-early and sandbox-late both bring the command 'greet'" in undecided.stderr
    assert (decided.returncode, decided.stdout) == (0, "Good night\n")


def test_a_command_that_is_missing_may_be_a_broken_plugins(site: Path, tmp_path: Path) -> None:
    """So the plugins that could not be used are named."""
    install_plugin(site, "greeter", "import a_library_that_nobody_has")

    done = run_sandbox(site, tmp_path, "greet")

    assert done.returncode == 3
    assert "Note: not used: greeter; 'sandbox plugins' says why." in done.stderr
    assert "No such command 'greet'" in done.stderr


def test_help_imports_neither_pydantic_nor_a_service(site: Path, tmp_path: Path) -> None:
    """With a plugin that brings a command it stays as quick as without."""
    install_plugin(site, "greeter", command_plugin("greet"))

    done = run_sandbox(site, tmp_path, "--help", PYTHONPROFILEIMPORTTIME="1")

    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert "typer" in imported
    assert not imported & {"pydantic", "openai", "httpx", "httpx2", "anthropic", "botocore", "rich"}
