"""A hub of models, such as Hugging Face: what it says of a file, and how the file comes here.

The library `huggingface_hub` knows the hub's addresses, variables and errors. The bytes are fetched with
its HTTP client but not with its downloader, which cannot go on with what an earlier program left, and which
may take the file from services of its own. Nobody is asked but the hub, and where it sends us for the file.
"""

import importlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from sandbox.contracts.model_library import FetchProgress
from sandbox.contracts.service_errors import ServiceErrors
from sandbox.errors import ErrorKind, ProviderError, UnknownNameError
from sandbox_llamacpp.known_weights import PROVIDER_NAME
from sandbox_llamacpp.model_files import SUFFIX, HubName

TOKEN_VARIABLE = "HF_TOKEN"  # noqa: S105 - the name of a variable
SHA256 = re.compile(r"[0-9a-f]{64}")
_REVISION = re.compile(r"[0-9a-f]{40,64}")
_PATIENCE = 5
"""How often in a row a download may break off without having brought anything."""
_LONGEST_PAUSE_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class HubFile:
    """What a hub says of one of its files."""

    name: HubName
    revision: str
    size_bytes: int
    sha256: str
    """Empty if the hub does not tell it."""
    licence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """Asks one hub."""

    endpoint: str | None = None
    """Its address; without one, what HF_ENDPOINT says, or else Hugging Face."""
    pause: Callable[[float], None] = time.sleep

    @property
    def address(self) -> str:
        """Where it is asked."""
        return str(self.endpoint or _hub_library().constants.ENDPOINT)

    def look_up(self, name: HubName) -> HubFile:
        """What the hub says of a file.

        Raises:
            UnknownNameError: the repository has no such file.
            ProviderError: it is not to be had from here.
        """
        hub = _hub_library()
        # What is no hub may send anything, and the library takes it for what a hub sends.
        faults: tuple[type[Exception], ...] = (ValueError, KeyError, TypeError, AttributeError)
        faults += _hub_errors()
        try:
            facts = hub.HfApi(endpoint=self.endpoint).model_info(
                name.repository, files_metadata=True, timeout=hub.constants.HF_HUB_DOWNLOAD_TIMEOUT
            )
        except faults as cause:
            raise self._told(name, cause) from None
        files = {each.rfilename: each for each in facts.siblings or ()}
        if name.file not in files:
            known = [each for each in files if each.lower().endswith(SUFFIX)]
            raise UnknownNameError(f"file of {name.repository} at {self.address}", name.file, known)
        file = files[name.file]
        card = facts.card_data or {}
        size_bytes = file.lfs.size if file.lfs else file.size
        sha256 = str(file.lfs.sha256) if file.lfs else ""
        is_sound = isinstance(size_bytes, int) and size_bytes > 0 and _REVISION.fullmatch(str(facts.sha))
        if not is_sound or (sha256 and not SHA256.fullmatch(sha256)):
            raise self._no_hub(name)
        return HubFile(
            name=name,
            revision=facts.sha,
            size_bytes=size_bytes,
            sha256=sha256,
            licence=str(card.get("license_name") or card.get("license") or ""),
        )

    def download(self, file: HubFile, part: Path, progress: FetchProgress) -> None:
        """Fetch what is still missing of a file, going on where an earlier download broke off.

        Raises:
            ProviderError: it did not come. What has come stays in `part`.
            OSError: `part` cannot be written.
        """
        failures = 0
        while (here := _size(part)) < file.size_bytes:
            told = self._errors(file.name).unreachable()  # also what ends early without a word
            try:
                self._append(file, part, here, progress)
            except _hub_errors() as cause:
                told = self._told(file.name, cause)
            if _size(part) >= file.size_bytes:
                return
            failures = 0 if _size(part) > here else failures + 1
            if not told.kind.is_retryable or failures == _PATIENCE:
                raise told
            self.pause(max(2.0**failures, min(told.retry_after_seconds or 0, _LONGEST_PAUSE_SECONDS)))

    def _append(self, file: HubFile, part: Path, here: int, progress: FetchProgress) -> None:
        hub = _hub_library()
        # The revision that was looked up. A redirect to another host loses the token on the way.
        url = hub.hf_hub_url(
            file.name.repository, file.name.file, revision=file.revision, endpoint=self.endpoint
        )
        headers = hub.utils.build_hf_headers() | {"accept-encoding": "identity"}
        if here:
            headers["range"] = f"bytes={here}-"
        timeout = hub.constants.HF_HUB_DOWNLOAD_TIMEOUT
        with hub.get_session().stream("GET", url, headers=headers, timeout=timeout) as response:
            if response.status_code >= 400:
                response.read()
                hub.utils.hf_raise_for_status(response)
            goes_on = response.headers.get("content-range", "").startswith(f"bytes {here}-")
            done = here if goes_on else 0
            with part.open("ab" if goes_on else "wb") as target:
                # As it comes: what is gathered into larger chunks is lost when the connection breaks.
                for chunk in response.iter_raw():
                    target.write(chunk)
                    done += len(chunk)
                    progress(done, file.size_bytes)
                    if done > file.size_bytes:  # whatever this is, its hash will not be right
                        return

    def _told(self, name: HubName, cause: Exception) -> ProviderError:
        """An error of the hub or the way to it. Its words are not repeated: they may hold the token."""
        hub, errors = _hub_library().errors, self._errors(name)
        status = getattr(getattr(cause, "response", None), "status_code", None)
        match cause:
            case hub.GatedRepoError():
                advice = (
                    f"{name.repository} is given only to people who agree to its terms: open "
                    f"{self.address}/{name.repository} in a browser, agree, and put a token of your "
                    f"account into the variable {TOKEN_VARIABLE}."
                )
                return errors.of(ErrorKind.AUTHENTICATION, advice=advice, status=status)
            case hub.RepositoryNotFoundError() | hub.HFValidationError():
                advice = (
                    f"{self.address} shows no repository '{name.repository}': check the name. To see one "
                    f"that is not public, put a token of your account into the variable {TOKEN_VARIABLE}."
                )
                return errors.of(ErrorKind.UNKNOWN_MODEL, advice=advice, status=status)
            case hub.OfflineModeIsEnabled():
                advice = f"The variable HF_HUB_OFFLINE forbids asking {self.address}: unset it."
                return errors.of(ErrorKind.UNAVAILABLE, advice=advice)
            case hub.HfHubHTTPError():
                return errors.of_status(cause.response.status_code, cause.response.headers)
            case _ if isinstance(cause, _hub_errors()):
                return errors.unreachable()
        return self._no_hub(name)

    def _no_hub(self, name: HubName) -> ProviderError:
        return self._errors(name).of(
            ErrorKind.BAD_RESPONSE,
            advice=f"{self.address} does not answer as a hub of models does: check the variable "
            "HF_ENDPOINT if you set it, and whether your network asks you to log in.",
        )

    def _errors(self, name: HubName) -> ServiceErrors:
        return ServiceErrors(service=self.address, model=str(name), key_variable=TOKEN_VARIABLE)


def _hub_library() -> ModuleType:
    """The library that knows the hub.

    Raises:
        ProviderError: it is not installed.
    """
    try:
        hub = importlib.import_module("huggingface_hub")
        for part in ("constants", "errors", "utils"):
            importlib.import_module(f"huggingface_hub.{part}")
    except ImportError:
        raise ProviderError(
            ErrorKind.UNAVAILABLE,
            "Fetching models from a hub needs a package more. Run: "
            f'pip install "lesson-sandbox-{PROVIDER_NAME}[hub]"',
        ) from None
    # Else it would look up with which programs it is used, and tell the hub.
    hub.constants.HF_HUB_DISABLE_TELEMETRY = True
    return hub


def _hub_errors() -> tuple[type[Exception], ...]:
    """What the library and its HTTP client raise. Other errors are this machine's, such as a full disk."""
    http: Any = importlib.import_module("httpx2")
    errors: Any = _hub_library().errors
    of_library = (errors.HfHubHTTPError, errors.OfflineModeIsEnabled, errors.HFValidationError)
    return (http.HTTPError, http.InvalidURL, *of_library)


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0
