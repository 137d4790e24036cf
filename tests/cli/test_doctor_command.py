"""`sandbox doctor` on plugins: what is not allowed here is no fault, what cannot be used is one."""

from pathlib import Path

from sandbox.testing.distributions import BROKEN_PLUGINS, install_plugin
from tests.cli.installed_plugins import check_plugin, run_sandbox


def test_a_plugin_that_is_denied_is_named_but_no_fault(tmp_path: Path) -> None:
    """Somebody wanted it so."""
    install_plugin(tmp_path / "site", "acme", check_plugin())

    done = run_sandbox(tmp_path / "site", tmp_path, "doctor", SANDBOX_DISABLE="acme")

    assert "✓ plugins not allowed here: acme" in " ".join(done.stdout.split())


def test_a_plugin_that_cannot_be_used_is_a_fault(tmp_path: Path) -> None:
    """It is named, with where to read more."""
    BROKEN_PLUGINS["raises_at_import"].install(tmp_path / "site")

    done = run_sandbox(tmp_path / "site", tmp_path, "doctor")

    assert done.returncode == 3
    assert "✗ plugins not used: raises_at_import; see 'sandbox plugins'" in " ".join(done.stdout.split())
