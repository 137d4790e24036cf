"""A clock for imports: how long each package takes, without what it imports in turn from others."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from threading import get_ident
from time import perf_counter
from types import ModuleType

_OURS = "sandbox"
"""What is imported because we import it counts as ours."""


@dataclass(slots=True)
class _Frame:
    package: str
    started: float
    inner_seconds: float = 0


@dataclass
class ImportClock(MetaPathFinder):
    """Measures while `running`; modules that are there already cost nothing."""

    seconds: dict[str, float] = field(default_factory=dict)
    """By top-level package. Beside ours, the standard library's are among them."""
    total_seconds: float = 0
    _frames: list[_Frame] = field(default_factory=list)
    _thread: int = 0

    @contextmanager
    def running(self) -> Iterator[None]:
        """A `with` block that is measured; several add up."""
        self._thread = get_ident()
        started = perf_counter()
        sys.meta_path.insert(0, self)
        try:
            yield
        finally:
            sys.meta_path.remove(self)
            self.total_seconds += perf_counter() - started

    @property
    def own_seconds(self) -> float:
        """All that was measured, without what is ours."""
        return self.total_seconds - self.seconds.get(_OURS, 0)

    def slowest(self, *, at_least_seconds: float) -> tuple[str, ...]:
        """The packages that took this long, the slowest first, without ours."""
        slow = [
            (seconds, package)
            for package, seconds in self.seconds.items()
            if package != _OURS and seconds >= at_least_seconds
        ]
        return tuple(package for _, package in sorted(slow, reverse=True))

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """What the other finders find, with a loader that is measured."""
        if get_ident() != self._thread:
            return None
        for finder in sys.meta_path:
            if finder is self:
                continue
            spec = finder.find_spec(fullname, path, target)
            if spec is not None:
                self._measure(spec)
                return spec
        return None

    def _measure(self, spec: ModuleSpec) -> None:
        loader = spec.loader
        if loader is None or isinstance(loader, type):  # a namespace, or one that is built in
            return
        package = spec.name.partition(".")[0]
        for step in ("create_module", "exec_module"):
            work = getattr(loader, step, None)
            if work is not None and hasattr(loader, "__dict__"):
                setattr(loader, step, self._measured(package, work))

    def _measured(self, package: str, work: Callable[..., object]) -> Callable[..., object]:
        def measured(*arguments: object) -> object:
            is_ours = bool(self._frames) and self._frames[-1].package == _OURS
            frame = _Frame(_OURS if is_ours else package, perf_counter())
            self._frames.append(frame)
            try:
                return work(*arguments)
            finally:
                self._frames.pop()
                taken = perf_counter() - frame.started
                own = taken - frame.inner_seconds
                self.seconds[frame.package] = self.seconds.get(frame.package, 0) + own
                if self._frames:
                    self._frames[-1].inner_seconds += taken

        return measured
