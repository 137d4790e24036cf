"""The provider that gives answers written beforehand, where plugin authors look for it."""

from sandbox.bundled.providers.scripted import ScriptedProvider

__all__ = ["ScriptedProvider"]
