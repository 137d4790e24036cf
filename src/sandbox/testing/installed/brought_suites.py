"""The suites for all that a plugin brings, without its author: what needs cases of theirs is left out."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar

from sandbox.bundled import plugin as bundled_plugin
from sandbox.contracts.check import Check
from sandbox.contracts.provider import Options, ProviderSpec
from sandbox.contracts.registry import Registry
from sandbox.contracts.store import Store
from sandbox.domain.artifact import Artifact
from sandbox.errors import FAULTS
from sandbox.testing.check_conformance import CheckCase, CheckConformance
from sandbox.testing.conformance import NotDeclared, behaviours
from sandbox.testing.examples import Note
from sandbox.testing.guard_conformance import GuardCase, GuardConformance
from sandbox.testing.installed.made_artifact import made_artifact
from sandbox.testing.installed.small_conformance import (
    ArtifactConformance,
    CommandConformance,
    ExecutorConformance,
    FilterConformance,
    ObserverConformance,
    PreparerConformance,
)
from sandbox.testing.network import no_network
from sandbox.testing.providers.bench import Bench, ProviderSuite, asking
from sandbox.testing.providers.conformance import ProviderConformance
from sandbox.testing.report_conformance import ReportConformance
from sandbox.testing.stores.conformance import StoreConformance
from sandbox.testing.stores.sharing import KNOWN, ArtifactTypes

_SEEN: tuple[type[Artifact], ...] = (*bundled_plugin.sandbox_artifacts(), Note)
_SENTENCES = (
    "Plants drink light. Tell your neighbour how you know.",
    "Maya Okafor-Lind, 12 Oak Street, wrote: 3/8 + 2/8 = 5/8. See https://example.org/fractions today!",
)
_OF_THE_AUTHOR = "Only its author knows what belongs here: the plugin's own tests have to show it."
_NOT_HERE = "It cannot be opened in an empty folder: the plugin's own tests have to show it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A model that may really be asked, with the user's own options."""

    provider: str
    model: str
    options: Options = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtSuite:
    """One thing that a plugin brings, and the suite that it is held to."""

    kind: str
    name: str
    suite: type
    asks: int = 0
    """How many behaviours really ask a model, at most."""


def brought_suites(registry: Registry, *, ask: Asking | None = None) -> Iterator[BroughtSuite]:
    """A suite for each thing in the registry of one plugin."""
    for name, provider in sorted(registry.providers.items()):
        asked = ask if ask and ask.provider == name else None
        suite = _provider(provider, asked)
        yield BroughtSuite(kind="provider", name=name, suite=suite, asks=_asking(suite) if asked else 0)
    types = {kind.type_name: kind for kind in (*_SEEN, *registry.artifacts.values())}
    for name, check in sorted(registry.checks.items()):
        yield BroughtSuite(kind="check", name=name, suite=_check(check, types.values()))
    small: tuple[tuple[str, Mapping[str, Any], type, str], ...] = (
        ("guard", registry.guards, _GuardSuite, "spec"),
        ("artifact type", registry.artifacts, ArtifactConformance, "artifact"),
        ("report format", registry.report_formats, ReportConformance, "spec"),
        ("store", registry.stores, _StoreSuite, "spec"),
        ("executor", registry.executors, ExecutorConformance, "executor"),
        ("template filter", registry.template_filters, FilterConformance, "template_filter"),
        ("request preparer", registry.request_preparers, PreparerConformance, "preparer"),
        ("observer", registry.observers, ObserverConformance, "observer"),
        ("command", registry.commands, CommandConformance, "command"),
    )
    for kind, shelf, suite, attribute in small:
        for name in sorted(shelf):
            yield BroughtSuite(kind=kind, name=name, suite=_with(suite, **{attribute: shelf[name]}))


def _with(suite: type, **attributes: object) -> type:
    return type(suite.__name__, (suite,), attributes)


def _left_out(suite: type, *names: str) -> dict[str, object]:
    """Methods that stand in for behaviours which need cases of the author's."""

    def left_out(name: str) -> Callable[[object], None]:
        def leave_out(_: object) -> None:
            raise NotDeclared(_OF_THE_AUTHOR)

        leave_out.__doc__ = getattr(suite, name).__doc__
        return leave_out

    return {name: left_out(name) for name in names}


def _provider(spec: ProviderSpec, ask: Asking | None) -> type:
    if ask is None:
        return _with(ProviderConformance, spec=spec, asks_for_real=False)
    alone = replace(spec, rehearse=None)
    options = dict(ask.options)
    return _with(ProviderConformance, spec=alone, model=ask.model, options=options, asks_for_real=True)


def _asking(suite: type) -> int:
    """How many of its behaviours were made by `asking`."""
    code = asking(_ask_nobody).__code__
    return sum(getattr(suite, name).__code__ is code for name in behaviours(suite))


async def _ask_nobody(_: ProviderSuite, __: Bench) -> None:
    """Only its wrapping is looked at."""


def _check(check: Check, artifacts: Iterable[type[Artifact]]) -> type:
    """A check that looks at plain answers of each type that it names, or at texts if that is enough."""
    suited = [kind for kind in artifacts if check.applies_to(kind.type_name)]
    made = filter(None, map(made_artifact, suited))
    answers: list[Artifact | str] = [*made] if check.needs_artifact else [*made, *_SENTENCES]
    cases = [
        CheckCase(answer, inputs={"topic": "Plants"}, must=["light"], must_not=["dark"])
        for answer in answers
    ]
    author = _left_out(
        CheckConformance,
        "test_there_are_cases_for_both_sides",
        "test_it_catches_what_it_must",
        "test_it_leaves_alone_what_it_must",
    )
    return _with(CheckConformance, check=check, leaves_alone=cases, **author)


_GuardSuite = _with(
    GuardConformance,
    lets_pass=[GuardCase(sentence, roster=["Maya Okafor-Lind"]) for sentence in _SENTENCES],
    **_left_out(
        GuardConformance,
        "test_there_are_cases_for_both_sides",
        "test_it_stops_what_must_not_leave",
        "test_it_lets_pass_what_may_leave",
        "test_what_it_took_out_can_be_put_back",
        "test_a_placeholder_that_is_there_already_is_not_used_again",
        "test_its_words_do_not_tell_what_it_took_out",
        "test_what_it_left_passes_the_next_time",
    ),
)


class _StoreSuite(StoreConformance):
    """A store in an empty folder, if it is one that keeps files."""

    is_openable: ClassVar[bool | None] = None

    def open(self, folder: Path, artifact_types: ArtifactTypes = KNOWN) -> Store:
        """The store of this folder, opened.

        Raises:
            NotDeclared: it has never been opened like this.
        """
        kind = type(self)
        if kind.is_openable is None:
            kind.is_openable = self._can_be_opened(folder / "first")
        if not kind.is_openable:
            raise NotDeclared(_NOT_HERE)
        return super().open(folder, artifact_types)

    def test_a_killed_writer_leaves_whole_trials(self) -> None:
        """If the process dies in the midst of saving, what it had saved is there, and nothing half."""
        raise NotDeclared(_OF_THE_AUTHOR)

    def test_a_claim_keeps_other_processes_off(self) -> None:
        """As long as it lasts, and from this evaluation only."""
        raise NotDeclared(_OF_THE_AUTHOR)

    def test_a_claim_ends_with_its_process(self) -> None:
        """However it ends: nobody has to delete a file by hand after a power cut."""
        raise NotDeclared(_OF_THE_AUTHOR)

    def _can_be_opened(self, folder: Path) -> bool:
        folder.mkdir()
        try:
            with no_network(), super().open(folder) as store:
                return bool(store.place)
        except FAULTS:
            return False
