"""Which plugins may be used: what the environment and `[plugins]` in `sandbox.toml` say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

ALLOW_VARIABLE = "SANDBOX_PLUGINS"
DENY_VARIABLE = "SANDBOX_DISABLE"
STRICT_VARIABLE = "SANDBOX_STRICT_PLUGINS"
_KEYS = ("allow", "deny", "strict", "prefer")


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginPolicy:
    """Which plugins may be used. What `sandbox` itself brings is always there."""

    allow: frozenset[str] | None = None
    """Names of plugins; the others are left alone. None means all."""
    deny: frozenset[str] = frozenset()
    is_strict: bool = False
    """Whether a plugin that cannot be used is an error."""
    prefer: Mapping[str, str] = field(default_factory=dict)
    """Where two packages claim a name: the name, and the package that gets it."""

    @classmethod
    def parse(cls, table: object, environment: Mapping[str, str]) -> Self:
        """What a `[plugins]` table says, and the environment on top: it may forbid more, or allow others.

        Raises:
            ValueError: the table says something that it cannot say.
        """
        if not isinstance(table, Mapping):
            raise ValueError("should be a table")
        for key in table:
            if key not in _KEYS:
                raise ValueError(f"has no key '{key}'; it takes {', '.join(_KEYS)}")
        allow = _names(table, "allow") if "allow" in table else None
        if ALLOW_VARIABLE in environment:
            allow = _split(environment[ALLOW_VARIABLE])
        prefer = table.get("prefer", {})
        if not (isinstance(prefer, Mapping) and all(isinstance(each, str) for each in prefer.values())):
            raise ValueError('prefer should name a package for each name, as in { openai = "package" }')
        is_strict = table.get("strict", False)
        if not isinstance(is_strict, bool):
            raise ValueError("strict should be true or false")
        return cls(
            allow=allow,
            deny=_names(table, "deny") | _split(environment.get(DENY_VARIABLE, "")),
            is_strict=is_strict or environment.get(STRICT_VARIABLE, "0") not in {"", "0"},
            prefer=dict(prefer),
        )

    def forbids(self, name: str) -> str:
        """Why a plugin of this name may not be used; empty if it may."""
        if name in self.deny:
            return f"it is denied, by {DENY_VARIABLE} or by deny in sandbox.toml"
        if self.allow is not None and name not in self.allow:
            return f"it is not among those that {ALLOW_VARIABLE}, or allow in sandbox.toml, names"
        return ""


def _names(table: Mapping[str, object], key: str) -> frozenset[str]:
    names = table.get(key, [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError(f'{key} should be a list of names, as in ["llamacpp"]')
    return frozenset(names)


def _split(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\s,]+", text))
