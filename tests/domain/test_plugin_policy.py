"""The policy for plugins: what sandbox.toml says, and what the environment says on top of it."""

import re

import pytest

from sandbox.domain.plugin_policy import PluginPolicy


def test_nothing_said_allows_everything() -> None:
    """No plugin is forbidden, and a broken one is no error."""
    policy = PluginPolicy.parse({}, {})

    assert policy == PluginPolicy()
    assert (policy.allow, policy.is_strict, policy.forbids("owl")) == (None, False, "")


def test_the_table_is_read() -> None:
    """Every key of it."""
    table = {"allow": ["owl", "hen"], "deny": ["hen"], "strict": True, "prefer": {"openai": "great-owl"}}

    policy = PluginPolicy.parse(table, {})

    assert (policy.allow, policy.deny) == ({"owl", "hen"}, {"hen"})
    assert (policy.is_strict, policy.prefer) == (True, {"openai": "great-owl"})


@pytest.mark.parametrize("text", ["owl,hen", "owl, hen", "owl hen", " owl ,, hen\n"])
def test_the_environment_names_plugins_with_commas_or_spaces(text: str) -> None:
    """However somebody writes a list."""
    policy = PluginPolicy.parse({}, {"SANDBOX_PLUGINS": text, "SANDBOX_DISABLE": text})

    assert (policy.allow, policy.deny) == ({"owl", "hen"}, {"owl", "hen"})


def test_the_environment_takes_the_place_of_the_allowed_ones() -> None:
    """Whoever runs the command decides which are tried."""
    policy = PluginPolicy.parse({"allow": ["owl"]}, {"SANDBOX_PLUGINS": "hen"})

    assert policy.allow == {"hen"}


def test_an_empty_list_in_the_environment_allows_none() -> None:
    """It is there, and names nothing: that is not the same as not being there."""
    policy = PluginPolicy.parse({"allow": ["owl"]}, {"SANDBOX_PLUGINS": ""})

    assert policy.allow == frozenset()
    assert "SANDBOX_PLUGINS" in policy.forbids("owl")


def test_the_environment_denies_more_and_never_less() -> None:
    """What the file denies stays denied."""
    policy = PluginPolicy.parse({"deny": ["owl"]}, {"SANDBOX_DISABLE": "hen"})

    assert policy.deny == {"owl", "hen"}
    assert PluginPolicy.parse({"deny": ["owl"]}, {"SANDBOX_DISABLE": ""}).deny == {"owl"}


@pytest.mark.parametrize(
    ("table", "environment", "is_strict"),
    [
        ({}, {}, False),
        ({"strict": True}, {}, True),
        ({"strict": False}, {}, False),
        ({}, {"SANDBOX_STRICT_PLUGINS": "1"}, True),
        ({}, {"SANDBOX_STRICT_PLUGINS": "yes"}, True),
        ({}, {"SANDBOX_STRICT_PLUGINS": "0"}, False),
        ({}, {"SANDBOX_STRICT_PLUGINS": ""}, False),
        ({"strict": True}, {"SANDBOX_STRICT_PLUGINS": "0"}, True),
    ],
)
def test_either_may_be_strict(
    table: dict[str, object], environment: dict[str, str], is_strict: bool
) -> None:
    """The environment can ask for more strictness, and not for less than the file does."""
    assert PluginPolicy.parse(table, environment).is_strict is is_strict


def test_denied_weighs_more_than_allowed() -> None:
    """Each reason says what forbids it."""
    policy = PluginPolicy(allow=frozenset({"owl", "hen"}), deny=frozenset({"hen"}))

    assert policy.forbids("owl") == ""
    assert policy.forbids("hen").startswith("it is denied, by SANDBOX_DISABLE")
    assert policy.forbids("cat").startswith("it is not among those that SANDBOX_PLUGINS")


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ([], "should be a table"),
        ("owl", "should be a table"),
        ({"alow": ["owl"]}, "has no key 'alow'; it takes allow, deny, strict, prefer"),
        ({"allow": "owl"}, "allow should be a list of names"),
        ({"allow": [3]}, "allow should be a list of names"),
        ({"deny": {"owl": True}}, "deny should be a list of names"),
        ({"strict": "yes"}, "strict should be true or false"),
        ({"strict": 1}, "strict should be true or false"),
        ({"prefer": ["openai"]}, "prefer should name a package for each name"),
        ({"prefer": {"openai": 3}}, "prefer should name a package for each name"),
    ],
)
def test_a_table_that_cannot_be_meant_is_an_error(table: object, words: str) -> None:
    """In words that say what belongs there."""
    with pytest.raises(ValueError, match=re.escape(words)):
        PluginPolicy.parse(table, {})


def test_other_variables_do_not_matter() -> None:
    """Only the three that are ours are read."""
    assert PluginPolicy.parse({}, {"PLUGINS": "owl", "sandbox_plugins": "hen"}) == PluginPolicy()
