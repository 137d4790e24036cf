from .app import Sandbox
from .bundled.artifacts.feedback import Feedback
from .bundled.artifacts.lesson_plan import LessonPlan
from .contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from .contracts.hookspecs import hookimpl
from .contracts.provider import Provider, ProviderSpec
from .domain.artifact import Artifact
from .domain.calibration import CalibrationCard
from .domain.exchange import Completion, ModelCard, Request, Settings
from .domain.finding import Evidence, Finding, Outcome
from .domain.scorecard import Evaluation, Scorecard
from .domain.trial import Case, Target, Trial
from .errors import ErrorKind, ProviderError, SandboxError

__version__: str

__all__ = [
    "Artifact",
    "CalibrationCard",
    "Case",
    "Check",
    "Completion",
    "ErrorKind",
    "Evaluation",
    "Evidence",
    "Feedback",
    "Finding",
    "Judgement",
    "LessonPlan",
    "ModelCard",
    "Outcome",
    "Provider",
    "ProviderError",
    "ProviderSpec",
    "Request",
    "Sandbox",
    "SandboxError",
    "Scorecard",
    "Settings",
    "Subject",
    "Target",
    "Trial",
    "__version__",
    "failed",
    "hookimpl",
    "not_applicable",
    "passed",
    "warned",
]
