"""How much memory a model needs, and what happens if there is less."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sandbox_llamacpp.known_weights import SMOLLM2
from sandbox_llamacpp.memory import MemoryFit, free_memory_bytes, needed_bytes, size_in_words
from sandbox_llamacpp.options import LlamaCppOptions
from sandbox_llamacpp.provider import LlamaCppProvider
from sandbox_llamacpp.server import Server

from sandbox.errors import ErrorKind, ProviderError


@pytest.mark.parametrize(
    ("context_tokens", "slots", "measured_megabytes"), [(2048, 1, 202), (8192, 1, 344), (2048, 2, 247)]
)
def test_the_estimate_is_a_little_above_what_was_measured(
    context_tokens: int, slots: int, measured_megabytes: int
) -> None:
    """The figures are those of the README: the known model, after a prompt that was read whole."""
    options = LlamaCppOptions(context_tokens=context_tokens, slots=slots)
    megabytes = needed_bytes(SMOLLM2.size_bytes, SMOLLM2.shape, options) / 1_000_000

    assert 1 < megabytes / measured_megabytes < 1.15


def test_the_fit_is_told_in_words() -> None:
    """For people who know gigabytes."""
    assert str(MemoryFit(needed_bytes=319_000_000, free_bytes=21_400_000_000)) == (
        "fits: needs about 319 MB of 21.4 GB free"
    )
    assert str(MemoryFit(needed_bytes=5_100_000_000, free_bytes=900_000_000)) == (
        "does not fit: needs about 5.1 GB of 900 MB free"
    )


@pytest.mark.parametrize(("size", "words"), [(0, "0 MB"), (98_362_432, "98 MB"), (5_000_000_000, "5.0 GB")])
def test_sizes_are_told_in_words(size: int, words: str) -> None:
    """A size for people."""
    assert size_in_words(size) == words


def test_this_machine_has_memory() -> None:
    """What is free is a sensible number of bytes."""
    assert 1_000_000 < free_memory_bytes() < 10**15


def opened(path: Path, *, free: int, **options: int) -> list[Path]:
    """The files that a provider loads to count, on a machine with so much memory free."""
    paths: list[Path] = []

    def open_server(path: Path, _: LlamaCppOptions) -> Server:
        paths.append(path)
        raise RuntimeError("far enough")

    known = LlamaCppOptions.model_validate(options)
    provider = LlamaCppProvider(known, open_server=open_server, free_memory_bytes=lambda: free)
    with pytest.raises(ProviderError) as caught:
        provider._open(str(path))
    if not paths:
        raise caught.value
    return paths


def test_a_model_that_does_not_fit_is_refused_before_it_is_loaded(
    gguf: Callable[..., bytes], tmp_path: Path
) -> None:
    """With both figures, and what to change."""
    path = tmp_path / "tiny.gguf"
    path.write_bytes(gguf())

    with pytest.raises(ProviderError, match="needs about 2 MB of 1 MB free") as caught:
        opened(path, free=1_000_000)
    assert caught.value.kind is ErrorKind.UNAVAILABLE
    for word in ("context_tokens (now 6144)", "slots (now 1)", "memory_check = false"):
        assert word in str(caught.value)


def test_a_model_that_fits_is_loaded(gguf: Callable[..., bytes], tmp_path: Path) -> None:
    """With fewer tokens of context it takes less."""
    path = tmp_path / "tiny.gguf"
    path.write_bytes(gguf())

    assert opened(path, free=1_000_000, context_tokens=1024) == [path]


def test_the_check_can_be_left_out(gguf: Callable[..., bytes], tmp_path: Path) -> None:
    """An estimate may be wrong."""
    path = tmp_path / "tiny.gguf"
    path.write_bytes(gguf())

    assert opened(path, free=0, memory_check=False) == [path]


def test_a_file_whose_need_is_not_known_is_left_to_llama_cpp(tmp_path: Path) -> None:
    """It gives the better reason."""
    path = tmp_path / "letter.gguf"
    path.write_bytes(b"Dear Sir or Madam")

    assert opened(path, free=0) == [path]


def test_a_model_in_several_files_needs_them_all(gguf: Callable[..., bytes], tmp_path: Path) -> None:
    """llama.cpp loads the others with the first."""
    first = tmp_path / "big[1]-00001-of-00002.gguf"
    first.write_bytes(gguf())
    (tmp_path / "big[1]-00002-of-00002.gguf").write_bytes(b"0" * 3_000_000)
    (tmp_path / "big[1]-00002-of-00003.gguf").write_bytes(b"0" * 9_000_000)

    with pytest.raises(ProviderError, match="needs about 5 MB"):
        opened(first, free=1_000_000)
