"""Reads the plugin policy of a folder and nothing else: `--help` cannot wait for pydantic."""

import os
import tomllib
from pathlib import Path

from sandbox.domain.plugin_policy import PluginPolicy
from sandbox.errors import FileError
from sandbox.storage.text_file import read_text

FILE_NAME = "sandbox.toml"


def read_plugin_policy(home: Path) -> PluginPolicy:
    """What `[plugins]` in the folder's `sandbox.toml` says, if there is one, and the environment on top.

    Raises:
        FileError: the file is malformed; reading all of it, as every command does, says where.
    """
    path = home / FILE_NAME
    try:
        table = tomllib.loads(read_text(path)).get("plugins", {}) if path.exists() else {}
        return PluginPolicy.parse(table, os.environ)
    except ValueError as cause:  # a TOMLDecodeError is one, too
        raise FileError(path, f"[plugins] cannot be read: {cause}") from cause
