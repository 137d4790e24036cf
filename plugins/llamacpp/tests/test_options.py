"""What `sandbox.toml` may say of this provider."""

import os

import pytest
from sandbox_llamacpp.options import llamacpp_options

from sandbox.errors import InputError


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that asks for nothing."""
    monkeypatch.delenv("SANDBOX_LLAMACPP_THREADS", raising=False)
    return monkeypatch


def test_without_options_there_are_some_threads_but_not_many() -> None:
    """Some cores are left to others: a thread that has to share its core makes the model crawl."""
    options = llamacpp_options({})

    assert 1 <= options.threads <= max(1, min(4, (os.cpu_count() or 1) // 2))
    assert options.context_tokens >= 4000
    assert options.slots == 1


def test_what_is_given_is_taken() -> None:
    """Each option does what it says."""
    given = {"threads": 3, "context_tokens": 4096, "slots": 2, "memory_check": False}

    assert llamacpp_options(given).model_dump() == given


def test_the_environment_sets_the_threads(environment: pytest.MonkeyPatch) -> None:
    """A busy machine can be told to use one, whatever the file says."""
    environment.setenv("SANDBOX_LLAMACPP_THREADS", "1")

    assert llamacpp_options({"threads": 3}).threads == 1


@pytest.mark.parametrize("threads", ["none", "0", "-2", "1.5"])
def test_an_environment_that_makes_no_sense_is_named(environment: pytest.MonkeyPatch, threads: str) -> None:
    """The file is not blamed for what the environment says."""
    environment.setenv("SANDBOX_LLAMACPP_THREADS", threads)

    with pytest.raises(InputError, match="SANDBOX_LLAMACPP_THREADS"):
        llamacpp_options({})


def test_a_misspelt_option_gets_the_nearest_name() -> None:
    """A setting that nobody reads is not passed over."""
    with pytest.raises(InputError, match=r"option of \[providers\.llamacpp\] 'thread'.*'threads'"):
        llamacpp_options({"thread": 2})


@pytest.mark.parametrize("options", [{"threads": 0}, {"slots": 0}, {"context_tokens": 10}])
def test_numbers_that_cannot_be_are_refused(options: dict[str, int]) -> None:
    """Nothing runs on no thread."""
    with pytest.raises(InputError, match=f"{next(iter(options))}: should be at least"):
        llamacpp_options(options)
