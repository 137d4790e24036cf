"""What the plugin brings."""

from importlib.metadata import entry_points

from sandbox_bedrock import plugin


def test_the_plugin_is_found_by_its_entry_point() -> None:
    """The package names its module in the group that `sandbox` looks through."""
    (entry,) = entry_points(group="sandbox", name="bedrock")

    assert entry.load() is plugin


def test_it_brings_one_provider_with_a_rehearsal() -> None:
    """It can be tried without a key, and lists no models: which there are depends on account and region."""
    (spec,) = plugin.sandbox_providers()

    assert spec.name == "bedrock"
    assert spec.rehearse is not None
    assert len(spec.rehearse().errors) > 15
    assert spec.models == ()
