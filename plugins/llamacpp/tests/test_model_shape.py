"""What a .gguf file says of itself: read without its weights, and without trusting it."""

import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from sandbox_llamacpp.gguf_header import HeaderError, read_header
from sandbox_llamacpp.known_weights import SMOLLM2
from sandbox_llamacpp.model_shape import read_shape

Gguf = Callable[..., bytes]
FEW = {
    "general.architecture": "other",
    "other.block_count": 3,
    "other.embedding_length": 32,
    "other.attention.head_count": 4,
}


def written(folder: Path, content: bytes) -> Path:
    """A file with this content."""
    path = folder / "model.gguf"
    path.write_bytes(content)
    return path


def test_a_header_is_read_up_to_the_vocabulary(gguf: Gguf, tmp_path: Path) -> None:
    """Numbers, texts and lists; of a list of texts its length."""
    header = read_header(written(tmp_path, gguf()))

    assert header["general.name"] == b"Tiny"
    assert header["llama.rope.freq_base"] == 10000.0
    assert header["tokenizer.ggml.add_bos_token"] is False
    assert header["tokenizer.ggml.scores"] == (1, 2, 3)
    assert header["tokenizer.ggml.tokens"] == 3


def test_the_shape_tells_what_a_token_of_the_context_takes(gguf: Gguf, tmp_path: Path) -> None:
    """Two layers of four heads, each with eight keys and eight values of two bytes."""
    shape = read_shape(written(tmp_path, gguf()))

    assert shape.architecture == "llama"
    assert shape.cache_bytes_per_token == 2 * 4 * (8 + 8) * 2
    assert shape.vocabulary == 3
    assert shape.trained_context_tokens == 128


def test_what_is_not_said_has_its_usual_value(gguf: Gguf, tmp_path: Path) -> None:
    """As many cached heads as heads; the vocabulary may stand as a number."""
    shape = read_shape(written(tmp_path, gguf(FEW | {"other.vocab_size": 100})))

    assert shape.cache_bytes_per_token == 3 * 4 * (8 + 8) * 2
    assert shape.vocabulary == 100
    assert shape.trained_context_tokens is None


def test_heads_may_differ_from_layer_to_layer_and_have_sizes_of_their_own(
    gguf: Gguf, tmp_path: Path
) -> None:
    """Some layers keep nothing at all."""
    special = {
        "other.vocab_size": 100,
        "other.attention.head_count_kv": [2, 0, 1],
        "other.attention.key_length": 10,
        "other.attention.value_length": 5,
    }
    shape = read_shape(written(tmp_path, gguf(FEW | special)))

    assert shape.cache_bytes_per_token == (2 + 0 + 1) * (10 + 5) * 2


@pytest.mark.parametrize("missing", [*FEW, "other.vocab_size"])
def test_a_file_that_does_not_say_enough_is_named(missing: str, gguf: Gguf, tmp_path: Path) -> None:
    """Half an estimate is none."""
    said = {key: value for key, value in (FEW | {"other.vocab_size": 9}).items() if key != missing}

    with pytest.raises(HeaderError, match="does not say") as caught:
        read_shape(written(tmp_path, gguf(said)))
    assert str(tmp_path) in str(caught.value)


def test_every_file_that_ends_too_early_is_refused(gguf: Gguf, tmp_path: Path) -> None:
    """Wherever a download broke off."""
    whole = gguf(weights=b"")
    for length in range(len(whole)):
        with pytest.raises(HeaderError):
            read_header(written(tmp_path, whole[:length]))

    assert read_header(written(tmp_path, whole))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Dear Sir or Madam, this is a letter.",
        b"GGUF" + struct.pack("<IQQ", 1, 0, 0),
        b"GGUF" + struct.pack(">IQQ", 3, 0, 0),
        b"GGUF" + struct.pack("<IQQ", 3, 0, 2**63),
        b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 2**63),
        b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1) + b"k" + struct.pack("<I", 77),
        b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1) + b"k" + struct.pack("<IIQ", 9, 8, 2**63),
        b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1) + b"k" + struct.pack("<IIQQ", 9, 8, 1, 2**63),
        b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1) + b"k" + struct.pack("<IIQ", 9, 10, 2**40),
        b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1) + b"k" + struct.pack("<IIQ", 9, 9, 1),
    ],
)
def test_a_broken_file_is_refused_at_once(content: bytes, tmp_path: Path) -> None:
    """No length in it is believed: it would fill the memory."""
    with pytest.raises(HeaderError):
        read_header(written(tmp_path, content))


@pytest.mark.real_model
def test_the_shape_of_the_known_model_is_what_its_file_says(smollm2_file: Path) -> None:
    """So its need is known before it is here."""
    assert read_shape(smollm2_file) == SMOLLM2.shape
