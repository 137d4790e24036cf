"""Render: a prompt and its inputs become messages."""

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from sandbox.contracts.template_filter import TemplateFilter
from sandbox.domain.audience import parse_grade
from sandbox.domain.exchange import JsonSchema, Message, Role
from sandbox.domain.prompt import (
    InputType,
    InputValue,
    Prompt,
    PromptCard,
    PromptInput,
    RenderedPrompt,
)
from sandbox.errors import InvalidInputsError, TemplateError

STRUCTURED_ANSWER = "shared/structured_answer.md.j2"
MEND_ANSWER = "shared/mend_answer.md.j2"


class PromptRenderer:
    """Renders one prompt; its templates are compiled once.

    Templates run in Jinja's sandbox, and a variable that is not an input is an error.

    Raises:
        TemplateError: a template is malformed or missing; file and line are named.
    """

    def __init__(self, prompt: Prompt, *, filters: Iterable[TemplateFilter] = ()) -> None:
        self.card = prompt.card
        self._environment = SandboxedEnvironment(
            loader=jinja2.DictLoader(prompt.templates),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,
        )
        self._environment.filters |= {each.name: each.apply for each in filters}
        self._templates = {role: self._compiled(f"{role.value}.md.j2") for role in (Role.SYSTEM, Role.USER)}

    def render(self, given: Mapping[str, object]) -> RenderedPrompt:
        """The messages for these inputs, and the inputs as they were used.

        Raises:
            InvalidInputsError: inputs are missing, unknown or mistyped; all of them are named.
            TemplateError: a template uses a variable that is not an input, or does something it may not.
        """
        inputs = read_inputs(self.card, given)
        variables: dict[str, InputValue | None] = {}
        for declared in self.card.inputs:
            value = inputs.get(declared.name)
            is_work = declared.type is InputType.STUDENT_WORK and isinstance(value, str)
            variables[declared.name] = delimit_work(str(value)) if is_work else value
        messages = tuple(
            Message(role=role, content=self._rendered(template, variables))
            for role, template in self._templates.items()
        )
        return RenderedPrompt(messages=messages, inputs=inputs)

    def structured_instructions(self, schema: JsonSchema) -> str:
        """The words that ask for JSON where nothing else holds the model to the schema.

        Raises:
            TemplateError: the shared part that says it is missing or malformed.
        """
        template = self._compiled(STRUCTURED_ANSWER)
        return self._rendered(template, {"schema": json.dumps(schema, ensure_ascii=False)})

    def words_to_mend(self, problem: str) -> str:
        """What to say to a model whose answer has this problem.

        Raises:
            TemplateError: the shared part that says it is missing or malformed.
        """
        return self._rendered(self._compiled(MEND_ANSWER), {"problem": problem})

    @cached_property
    def mending(self) -> str:
        """The words that ask a model to mend an answer, whatever its problem; rendered once."""
        return self.words_to_mend("")

    def _compiled(self, name: str) -> jinja2.Template:
        try:
            template = self._environment.get_template(name)
            template.globals = dict(template.globals)  # it is copied for each rendering; a ChainMap is slow
        except jinja2.TemplateSyntaxError as cause:
            place = f"{cause.name or name}, line {cause.lineno}"
            raise TemplateError(f"Prompt '{self.card.name}', {place}: {cause.message}") from cause
        except jinja2.TemplateNotFound as cause:
            raise TemplateError(f"Prompt '{self.card.name}' has no template '{cause.name}'.") from cause
        return template

    def _rendered(self, template: jinja2.Template, variables: Mapping[str, object]) -> str:
        try:
            return template.render(variables).strip()
        except Exception as cause:
            problem = str(cause) if isinstance(cause, jinja2.TemplateError) else type(cause).__name__
            if match := re.match(r"'(\w+)' is undefined", problem):
                near = get_close_matches(match[1], variables, n=1)
                known = f"Did you mean '{near[0]}'?" if near else f"Inputs: {', '.join(variables)}."
                problem = f"'{match[1]}' is not an input of this prompt. {known}"
            raise TemplateError(
                f"Prompt '{self.card.name}', template {template.name}: {problem}"
            ) from cause


def delimit_work(work: str) -> str:
    """Student work between tags that it cannot close by itself.

    The tag carries a hash of the work, and tags inside the work are defused, so that nothing a student
    writes can pass for the words around it ("spotlighting", Hines et al. 2024).
    """
    mark = hashlib.sha256(work.encode()).hexdigest()[:6]
    defused = re.sub(r"<(?=\s*/?\s*student_work)", "‹", work, flags=re.IGNORECASE)
    return f'<student_work id="{mark}">\n{defused}\n</student_work>'


def read_inputs(card: PromptCard, given: Mapping[str, object]) -> dict[str, InputValue]:
    """The inputs as the prompt uses them: read, and completed with defaults.

    Raises:
        InvalidInputsError: inputs are missing, unknown or mistyped; all of them are named.
    """
    inputs: dict[str, InputValue] = {}
    declared = {each.name: each for each in card.inputs}
    problems = {name: _unknown_input(name, declared) for name in given if name not in declared}
    for name, each in declared.items():
        value = given.get(name)
        if value is None or (not value and isinstance(value, str | list | tuple)):
            if each.default is not None:
                inputs[name] = each.default
            elif each.is_required:
                problems[name] = f"is missing: {each.help} (for example {_shown(each.example)})"
            continue
        try:
            inputs[name] = _READ[each.type](each, value)
        except ValueError as cause:
            problems[name] = str(cause)
    if problems:
        raise InvalidInputsError(card.name, problems)
    return inputs


def _unknown_input(name: str, names: Collection[str]) -> str:
    near = get_close_matches(name, names, n=1)
    advice = f"Did you mean '{near[0]}'?" if near else f"It takes {', '.join(names)}."
    return f"is not an input of this prompt. {advice}"


def _shown(example: InputValue) -> str:
    text = "; ".join(example) if isinstance(example, tuple) else str(example)
    return text if len(text) <= 60 else text[:57] + "..."


def _read_grade(_: PromptInput, value: object) -> str:
    return str(parse_grade(value))


def _read_list(declared: PromptInput, value: object) -> tuple[str, ...]:
    items = re.split(r"\s*;\s*", value) if isinstance(value, str) else value
    if not isinstance(items, list | tuple):
        raise ValueError("should be a list of short texts")
    return tuple(_read_text(declared, item) for item in items if item != "")


def _read_choice(declared: PromptInput, value: object) -> str:
    if str(value) not in declared.choices:
        raise ValueError(f"should be one of {', '.join(declared.choices)}")
    return str(value)


def _read_integer(declared: PromptInput, value: object) -> int:
    text = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"-?\d+(\.0+)?", text):
        raise ValueError("should be a whole number")
    number = int(float(text))
    low, high = declared.minimum, declared.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        raise ValueError(f"should be between {low} and {high}")
    return number


def _read_text(declared: PromptInput, value: object) -> str:
    if not isinstance(value, str) and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise ValueError("should be a text")
    text = str(value).strip()
    if len(text) > declared.max_length:
        raise ValueError(f"is {len(text):,} characters long; at most {declared.max_length:,} fit")
    return text


_READ: Mapping[InputType, Callable[[PromptInput, object], InputValue]] = {
    InputType.TEXT: _read_text,
    InputType.STUDENT_WORK: _read_text,
    InputType.INTEGER: _read_integer,
    InputType.GRADE: _read_grade,
    InputType.LIST: _read_list,
    InputType.CHOICE: _read_choice,
}
"""How an input of each type is read; messages never repeat what was given, since it may be a student's."""
