"""Which file a model's name means, and what is known of it: fetched weights, or a file of your own."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from glob import escape
from pathlib import Path

from pydantic import ValidationError

from sandbox.domain.record import Record
from sandbox.errors import ErrorKind, ProviderError
from sandbox_llamacpp.digests import remembered_sha256
from sandbox_llamacpp.gguf_header import HeaderError
from sandbox_llamacpp.known_weights import KNOWN_WEIGHTS, PROVIDER_NAME, SMOLLM2, KnownWeights
from sandbox_llamacpp.model_shape import ModelShape, read_shape
from sandbox_llamacpp.weights import cache_folder, weights_path

SUFFIX = ".gguf"
FIRST_OF_SEVERAL = re.compile(r"-\d{5}(?P<rest>-of-\d{5}\.gguf)$", re.IGNORECASE)
"""How llama.cpp names the files of a model that comes in several; the others are loaded with the first."""
CARD_SUFFIX = ".json"
"""A fetched FILE.gguf has its card beside it, as FILE.gguf.json."""
_HUB_FOLDER = "hub"
_PART = r"[^\\/:*?\"<>|\x00-\x1f]*[^\\/:*?\"<>|\x00-\x1f. ]"
_HUB_NAME = re.compile(
    rf"(?P<repository>(?!\.)[\w.-]+/(?!\.)[\w.-]+)/(?P<file>(?!\.)(?:{_PART}/(?!\.))*{_PART})", re.ASCII
)


class FetchedCard(Record):
    """Where fetched weights came from."""

    source: str
    """OWNER/REPO/FILE.gguf"""
    hub: str
    """The address of the hub."""
    revision: str
    sha256: str
    licence: str = ""
    """As the hub names it; empty if it does not."""
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HubName:
    """The name of a file on a hub."""

    repository: str
    """OWNER/REPO"""
    file: str
    """With the folders inside the repository, if there are any."""

    def __str__(self) -> str:
        return f"{self.repository}/{self.file}"

    @property
    def path(self) -> Path:
        """Where it lies once it is fetched."""
        return cache_folder() / _HUB_FOLDER / self.repository / self.file

    @classmethod
    def parse(cls, name: str) -> "HubName | None":
        """What is written as OWNER/REPO/FILE.gguf; None for anything else."""
        found = _HUB_NAME.fullmatch(name)
        if found is None or not name.lower().endswith(SUFFIX):
            return None
        return cls(repository=found["repository"], file=found["file"])


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """The file that a model's name means."""

    name: str
    """The shortest name that means this file and no other."""
    path: Path
    full_name: str
    known: KnownWeights | None = None
    card: FetchedCard | None = None

    @property
    def is_here(self) -> bool:
        """Whether the file is there; whether it is the right one is looked at when it is loaded."""
        return self.path.is_file()

    @property
    def is_intact(self) -> bool:
        """Whether the file is there, and is what was fetched; of your own file only you know."""
        return self.is_here and (not self.expected_sha256 or self.expected_sha256 == self.digest)

    @property
    def expected_sha256(self) -> str:
        """What is to be in the file; empty for your own."""
        if self.known:
            return self.known.sha256
        return self.card.sha256 if self.card else ""

    @property
    def digest(self) -> str:
        """The SHA-256 of what is in the file now."""
        return remembered_sha256(self.path, cache_folder())

    @property
    def licence(self) -> str:
        """The licence of the weights, in words."""
        if self.known:
            return self.known.licence
        if self.card:
            return self.card.licence or "its licence is not told"
        return "your own file"

    @property
    def fetch_command(self) -> str:
        """What to type to fetch it; empty for your own file."""
        return "" if not (self.known or self.card) else f"sandbox models fetch {PROVIDER_NAME}/{self.name}"

    @property
    def size_bytes(self) -> int:
        """Of the file, with those that it goes on in; or of what it will be."""
        if self.is_here:
            first = FIRST_OF_SEVERAL.search(self.path.name)
            pattern = f"{escape(self.path.name[: first.start()])}-*{first['rest']}" if first else ""
            files = self.path.parent.glob(pattern) if first else [self.path]
            return sum(file.stat().st_size for file in files)
        return self.known.size_bytes if self.known else 0

    @property
    def shape(self) -> ModelShape | None:
        """What the model takes besides its weights, if that is known."""
        if self.is_here:
            try:
                return read_shape(self.path)
            except (HeaderError, OSError):
                return None
        return self.known.shape if self.known else None


def kept_files() -> dict[str, ModelFile]:
    """The known models, here or not, and every other model in the cache folder, by their shortest names."""
    folder = cache_folder()
    found = [
        ModelFile(name=name, full_name=name, path=weights_path(name), known=known)
        for name, known in KNOWN_WEIGHTS.items()
    ]
    reserved = {file.path for file in found}
    loose = [path for path in sorted(_ggufs(folder.glob("*"))) if path not in reserved]
    others: list[tuple[Path, str, FetchedCard | None]] = [(path, str(path), None) for path in loose]
    for path in sorted(_ggufs((folder / _HUB_FOLDER).rglob("*"))):
        card = read_card(path)
        if card is not None:
            others.append((path, card.source, card))
    stems = Counter(path.stem.lower() for path, _, _ in others) + Counter(iter(KNOWN_WEIGHTS))
    for path, full_name, card in others:
        stem = path.stem.lower()
        name = stem if stems[stem] == 1 else full_name
        found.append(ModelFile(name=name, full_name=full_name, path=path, card=card))
    return {file.name: file for file in found}


def find_file(name: str) -> ModelFile:
    """The file that a model's name means: that of a known model, of a path, or of what was fetched.

    Raises:
        ProviderError: of kind `unknown_model`, if there is none, or more than one.
    """
    kept = kept_files()
    if name in KNOWN_WEIGHTS:
        return kept[name]
    path = Path(name).expanduser()
    if path.suffix.lower() == SUFFIX and path.is_file():
        return ModelFile(name=name, full_name=name, path=path)
    if name in kept:
        return kept[name]
    same = [file for file in kept.values() if name in {file.full_name, file.path.stem.lower()}]
    if len(same) == 1:
        return same[0]
    raise ProviderError(ErrorKind.UNKNOWN_MODEL, _advice(name, same))


def read_card(path: Path) -> FetchedCard | None:
    """The card beside a fetched file; None if there is none that can be read."""
    try:
        return FetchedCard.model_validate_json(card_path(path).read_bytes())
    except (OSError, ValidationError):
        return None


def card_path(path: Path) -> Path:
    """Where the card of a fetched file lies."""
    return path.with_name(path.name + CARD_SUFFIX)


def _ggufs(paths: Iterable[Path]) -> Iterable[Path]:
    return (path for path in paths if path.suffix.lower() == SUFFIX and path.is_file())


def _advice(name: str, same: list[ModelFile]) -> str:
    if same:
        names = " or ".join(f"'{PROVIDER_NAME}/{file.full_name}'" for file in same)
        return f"Several models are called '{name}': write {names}."
    if HubName.parse(name):
        return (
            f"The model '{name}' is not here, and there is no file at that path: run "
            f"'sandbox models fetch {PROVIDER_NAME}/{name}' to fetch it."
        )
    return (
        f"{PROVIDER_NAME} has no model '{name}', and there is no such .gguf file. Write "
        f"'{PROVIDER_NAME}/{SMOLLM2.name}', the path of a file, as in '{PROVIDER_NAME}/models/mine.gguf', "
        "or a name that 'sandbox models' lists."
    )
