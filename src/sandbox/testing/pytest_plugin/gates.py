"""Suites as tests: one for each suite and model, which passes if the gate does."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sandbox.domain.scorecard import Evaluation
from sandbox.errors import SandboxError
from sandbox.storage.configuration import read_configuration
from sandbox.testing.pytest_plugin import accepted_verdicts, home_of, open_sandbox
from sandbox.testing.pytest_plugin.gate_words import failing_cases, gate_properties, refusal

if TYPE_CHECKING:
    from _pytest._code.code import TerminalRepr, TracebackStyle


class SuiteFile(pytest.File):
    """A `suite.yaml`: its folder is tried on every model that is asked for."""

    def collect(self) -> Iterable["GateItem"]:
        """A test for each model, in the order in which they were given."""
        for model in dict.fromkeys(self._models()):
            yield GateItem.from_parent(self, name=f"{self.path.parent.name}[{model}]", model=model)

    def _models(self) -> list[str]:
        asked: list[str] = self.config.getoption("sandbox_models") or self.config.getini("sandbox_models")
        try:
            return asked or [read_configuration(home_of(self.config)).model]
        except SandboxError as cause:
            raise self.CollectError(str(cause)) from None


class GateItem(pytest.Item):
    """The evaluation of a suite on one model, and what its gate says."""

    def __init__(self, *, name: str, parent: SuiteFile, model: str) -> None:
        super().__init__(name, parent)
        self._model = model

    def runtest(self) -> None:
        """Evaluate, write the report, and fail unless the verdict is one that is accepted."""
        try:
            said = self._run()
        except SandboxError as cause:
            said = [str(cause).replace("--max-cost", "--sandbox-max-cost")]  # as the option is called here
        if said:
            pytest.fail("\n".join(said), pytrace=False)

    def _run(self) -> list[str]:
        """Why the gate does not pass, if it does not."""
        option = self.config.getoption
        sandbox = open_sandbox(self.config, home_of(self.config))
        evaluation = sandbox.evaluate(
            str(self.path.parent),
            models=[self._model],
            limit=option("--sandbox-limit"),
            repeats=option("--sandbox-repeats"),
            label=option("--sandbox-label"),
        )
        report = sandbox.report(evaluation)
        self.user_properties += gate_properties(evaluation)
        said = refusal(evaluation, accepted_verdicts(self.config))
        if not said:
            return []
        with sandbox.records() as store:
            return [*said, *failing_cases(evaluation, store), *self._more(evaluation, report)]

    def _more(self, evaluation: Evaluation, report: Path) -> list[str]:
        place = report.resolve()
        near = self.config.invocation_params.dir.resolve()
        shown = place.relative_to(near) if place.is_relative_to(near) else place
        return [
            f"Report: {shown}",
            f"As a table: sandbox --home {home_of(self.config)} report {evaluation.id} --format csv",
        ]

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: "TracebackStyle | None" = None
    ) -> "str | TerminalRepr":
        """A fault as Python shows it: pytest's own way shows values, in which a student's words may be."""
        is_verdict = isinstance(excinfo.value, pytest.fail.Exception)
        return super().repr_failure(excinfo, style if is_verdict else "native")

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the suite is, and what heads a failure."""
        return self.path, None, f"suite {self.path.parent.name} on {self._model}"
