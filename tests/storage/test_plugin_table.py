"""The plugin policy of a folder, read by itself."""

from pathlib import Path

import pytest

from sandbox.errors import FileError
from sandbox.storage.configuration import read_configuration
from sandbox.storage.plugin_table import read_plugin_policy


@pytest.mark.parametrize(
    "text", ["", 'model = "a/b"\n', '[plugins]\nallow = ["acme"]\ndeny = ["b"]\nstrict = true\n']
)
def test_it_says_what_the_whole_configuration_says(tmp_path: Path, text: str) -> None:
    """Read quickly or read wholly, a file allows the same plugins."""
    (tmp_path / "sandbox.toml").write_text(text, encoding="utf-8")

    assert read_plugin_policy(tmp_path) == read_configuration(tmp_path).plugins


def test_a_folder_without_a_file_allows_everything(tmp_path: Path) -> None:
    """Unless the environment says otherwise."""
    assert read_plugin_policy(tmp_path).forbids("acme") == ""


@pytest.mark.parametrize("text", ["[plugins", '[plugins]\nalow = ["acme"]', "plugins = 3", "\ufffe\x00"])
def test_what_cannot_be_read_is_an_error_with_the_file(tmp_path: Path, text: str) -> None:
    """A policy that is not understood must not pass for none."""
    (tmp_path / "sandbox.toml").write_text(text, encoding="utf-8")

    with pytest.raises(FileError, match=r"sandbox\.toml"):
        read_plugin_policy(tmp_path)
