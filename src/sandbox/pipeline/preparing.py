"""Prepare: the messages and settings of a request become those that the request preparers want."""

from collections.abc import Sequence
from dataclasses import dataclass

from sandbox.contracts.preparer import RequestPreparer
from sandbox.domain.exchange import ModelCard, Request
from sandbox.errors import FAULTS, SandboxError

_MAY_DIFFER = {"messages", "settings"}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request as the preparers left it; if one failed, why nothing may be sent."""

    request: Request
    refusal: str = ""


def prepare_request(preparers: Sequence[RequestPreparer], request: Request, card: ModelCard) -> Prepared:
    """The request that each preparer made of the one before. If one fails, nothing may be sent."""
    for spec in preparers:
        try:
            given: object = spec.prepare(request, card)
        except SandboxError as cause:  # said on purpose, for people
            return Prepared(request, f"Request preparer '{spec.name}': {cause}")
        except FAULTS as cause:  # its words may quote a student
            return _refused(request, spec, f"failed with {type(cause).__name__}")
        if not isinstance(given, Request):
            return _refused(request, spec, f"gave a {type(given).__name__} and no request")
        changed = {name for name in Request.model_fields if getattr(given, name) != getattr(request, name)}
        if changed - _MAY_DIFFER:
            return _refused(request, spec, f"changed {', '.join(sorted(changed - _MAY_DIFFER))}")
        request = given
    return Prepared(request)


def _refused(request: Request, spec: RequestPreparer, what: str) -> Prepared:
    return Prepared(request, f"Request preparer '{spec.name}' {what}, so nothing was sent.")
