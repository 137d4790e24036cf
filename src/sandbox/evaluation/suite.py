"""A suite: a prompt, the cases to try it on, the checks to ask, and the policy to judge by."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, TypeAdapter

from sandbox.contracts.check import Check
from sandbox.domain.exchange import Settings
from sandbox.domain.prompt import Prompt
from sandbox.domain.record import Record
from sandbox.domain.trial import Case
from sandbox.errors import FileError, InputError, InvalidInputsError, UnknownNameError
from sandbox.pipeline.prompting import read_inputs
from sandbox.storage.case_file import read_cases
from sandbox.storage.places import find_folder
from sandbox.storage.prompt_folder import read_prompt
from sandbox.storage.yaml_file import read_yaml

_CASE = TypeAdapter(Case)


class GatePolicy(Record):
    """What the evidence must show. Rates are from 0 to 1."""

    minimum_cases: int = Field(
        default=20, ge=1, description="Fewer cases than this are too little evidence to adopt on."
    )
    answered: float = Field(
        default=0.8, ge=0, le=1, description="Share of answers that can be read as the artifact."
    )
    rates: dict[str, float] = Field(
        default={}, description="For a check: the share of cases that must pass it."
    )
    no_failures: tuple[str, ...] = Field(
        default=(), description="Checks that not a single answer may fail."
    )


class PanelPolicy(Record):
    """Which judges look at the answers, and which models answer for them."""

    judges: tuple[str, ...] = Field(default=(), description="The judges, by name.")
    models: tuple[str, ...] = Field(
        default=(), description="The models that judge, as provider/model; without one no judge is asked."
    )
    repeats: int = Field(default=1, ge=1, le=9, description="How often each model is asked.")

    def asked_by(self, models: Sequence[str]) -> "PanelPolicy":
        """The panel with these models, if any are named."""
        return self.model_copy(update={"models": tuple(models)}) if models else self


class Suite(Record):
    """What `suite.yaml` says."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="The folder's name.")
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$", description="Raise it when cases or policy change.")
    prompt: str = Field(description="The prompt that is tried.")
    summary: str = Field(description="What the suite is for, in a sentence.")
    cases: str = Field(
        default="cases.yaml", description="The file with the cases: .yaml, .jsonl, .csv or .xlsx."
    )
    checks: tuple[str, ...] = Field(
        default=(), description="The checks to ask; if left out, all that apply to the artifact."
    )
    panel: PanelPolicy = Field(default=PanelPolicy(), description="Models that judge the answers.")
    repeats: int = Field(default=1, ge=1, le=100, description="How often each case is tried.")
    settings: Settings | None = Field(
        default=None, description="How the model is asked; if left out, as the prompt's card says."
    )
    gate: GatePolicy = Field(default=GatePolicy(), description="What the evidence must show.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedSuite:
    """A suite with its prompt and its cases, read and found sound."""

    suite: Suite
    prompt: Prompt
    cases: tuple[Case, ...]
    digest: str
    """SHA-256 over the suite and its cases."""


def load_suite(name: str, *, home: Path) -> LoadedSuite:
    """The suite of this name: the user's own, or else the bundled one.

    Raises:
        UnknownNameError: there is no such suite, or no such prompt as it names.
        FileError: one of its files is malformed, or a case does not fit the prompt.
    """
    folder = find_folder("evals", name, home=home)
    suite = read_yaml(folder / "suite.yaml", Suite)
    if suite.name != folder.name:
        raise FileError(folder / "suite.yaml", f"name should be '{folder.name}', as the folder's.")
    prompt = read_prompt(find_folder("prompts", suite.prompt, home=home))
    path = folder / suite.cases
    cases = read_cases(path, input_names=[each.name for each in prompt.card.inputs])
    _see_to_inputs(path, prompt, cases)
    digest = hashlib.sha256(suite.model_dump_json().encode())
    for case in cases:
        digest.update(_CASE.dump_json(case))
    return LoadedSuite(suite=suite, prompt=prompt, cases=cases, digest=digest.hexdigest())


def see_to_policy(policy: GatePolicy, checks: tuple[str, ...]) -> None:
    """Make sure that a policy names only checks that are asked.

    Raises:
        UnknownNameError: it names another.
    """
    for name in (*policy.rates, *policy.no_failures):
        if name not in checks:
            raise UnknownNameError("check in the gate", name, checks)


def see_to_prompts(loaded: LoadedSuite, prompts: Sequence[Prompt]) -> None:
    """Make sure that a suite can be tried on these prompts, and that a reader can tell them apart.

    Raises:
        InputError: one asks for another artifact, or two bear one name and version.
        FileError: the cases do not fit one of them.
    """
    wanted = loaded.prompt.card.artifact
    names = [f"{prompt.card.name} {prompt.card.version}" for prompt in prompts]
    for prompt, name in zip(prompts, names, strict=True):
        if prompt.card.artifact != wanted:
            raise InputError(
                f"The prompt {name} asks for a {prompt.card.artifact}, the suite for a {wanted}."
            )
        if names.count(name) > 1:
            raise InputError(f"Two prompts call themselves {name}: raise the version on one of the cards.")
        if prompt.digest != loaded.prompt.digest:
            _see_to_inputs(Path(loaded.suite.cases), prompt, loaded.cases)


def asked_checks(names: Sequence[str], available: Sequence[Check]) -> tuple[Check, ...]:
    """The checks of these names, or all that are available if none is named.

    Raises:
        UnknownNameError: one of them is not available.
    """
    by_name = {check.name: check for check in available}
    for name in names:
        if name not in by_name:
            raise UnknownNameError("check for this artifact", name, by_name)
    return tuple(by_name[name] for name in names) if names else tuple(available)


def _see_to_inputs(path: Path, prompt: Prompt, cases: tuple[Case, ...]) -> None:
    problems: list[str] = []
    for case in cases:
        try:
            read_inputs(prompt.card, case.inputs)
        except InvalidInputsError as cause:
            problems += [f"\n  case {case.id}: {field} {text}" for field, text in cause.problems.items()]
    if problems:
        shown = "".join(problems[:10])
        more = f"\n  and {len(problems) - 10} more" if len(problems) > 10 else ""
        raise FileError(path, f"these inputs do not fit the prompt '{prompt.card.name}':{shown}{more}")


def suite_schema() -> dict[str, object]:
    """The JSON schema of `suite.yaml`, so that an editor can complete it."""
    return Suite.model_json_schema()


def first_cases(loaded: LoadedSuite, limit: int | None) -> tuple[Case, ...]:
    """The first cases of a suite; all if there is no limit.

    Raises:
        InputError: the limit leaves no case.
    """
    if limit is not None and limit < 1:
        raise InputError("The number of cases should be at least 1.")
    return loaded.cases[:limit]
