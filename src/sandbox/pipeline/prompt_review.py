"""Proofreading a prompt: what would go wrong when it is used, or mislead the one who uses it."""

from collections.abc import Iterable, Mapping

import jinja2
from jinja2 import meta

from sandbox.contracts.template_filter import TemplateFilter
from sandbox.domain.artifact import Artifact
from sandbox.domain.exchange import JsonSchema
from sandbox.domain.prompt import InputType, Prompt
from sandbox.errors import InputError
from sandbox.pipeline.prompting import MEND_ANSWER, STRUCTURED_ANSWER, PromptRenderer

RESERVED = {"model", "roster", "record", "prompt", "on_text"}
"""Words that `Sandbox.run` uses itself, so that an input cannot have them for a name."""
_OURS = {STRUCTURED_ANSWER, MEND_ANSWER}
"""Templates that are rendered with words of ours, not with inputs."""


def review_prompt(
    prompt: Prompt, *, artifacts: Mapping[str, type[Artifact]], filters: Iterable[TemplateFilter] = ()
) -> list[str]:
    """What should be mended in a prompt, a sentence each; empty if there is nothing."""
    problems = [*_on_inputs(prompt), *_on_templates(prompt, filters)]
    kind = artifacts.get(prompt.card.artifact)
    if kind is None:
        known = ", ".join(sorted(artifacts))
        problems.append(f"There is no artifact type '{prompt.card.artifact}'. Known: {known}.")
    else:
        problems += [
            f"The artifact {kind.type_name}: {each}" for each in unbounded(kind.schema_for_model())
        ]
    return problems


def _on_inputs(prompt: Prompt) -> list[str]:
    problems = []
    names = [each.name for each in prompt.card.inputs]
    problems += [f"Two inputs are called '{name}'." for name in set(names) if names.count(name) > 1]
    problems += [f"An input cannot be called '{name}'; it is taken." for name in set(names) & RESERVED]
    for each in prompt.card.inputs:
        if each.type is InputType.CHOICE and not each.choices:
            problems.append(f"The input '{each.name}' is a choice, but has no choices.")
        if each.is_required and each.default is not None:
            problems.append(f"The input '{each.name}' is required, so its default is never used.")
    return problems


def _on_templates(prompt: Prompt, filters: Iterable[TemplateFilter]) -> list[str]:
    """What goes wrong when they are rendered with all examples, and with the required ones."""
    try:
        renderer = PromptRenderer(prompt, filters=filters)
        examples = {each.name: each.example for each in prompt.card.inputs}
        required = {each.name: each.example for each in prompt.card.inputs if each.is_required}
        renderer.render(examples)
        renderer.render(required)
        renderer.structured_instructions({})
        renderer.words_to_mend("")
    except InputError as cause:
        return [str(cause)]
    used = _variables(prompt)
    return [
        f"The input '{each.name}' is not used by any template."
        for each in prompt.card.inputs
        if each.name not in used
    ]


def _variables(prompt: Prompt) -> set[str]:
    environment = jinja2.Environment(autoescape=False)  # noqa: S701 - it only reads, and renders nothing
    parsed = [environment.parse(source) for name, source in prompt.templates.items() if name not in _OURS]
    return set().union(*(meta.find_undeclared_variables(tree) for tree in parsed))


def unbounded(schema: JsonSchema, where: str = "") -> list[str]:
    """Places in a JSON schema that have no end, so that a small model may never stop writing."""
    found: list[str] = []
    if (
        schema.get("type") == "string"
        and not {"maxLength", "enum", "const", "pattern", "format"} & schema.keys()
    ):
        found.append(f"the text {where or 'at the top'} has no maxLength.")
    if schema.get("type") == "array" and "maxItems" not in schema:
        found.append(f"the list {where or 'at the top'} has no maxItems.")
    if schema.get("type") == "object" and "properties" not in schema:
        found.append(f"the object {where or 'at the top'} has no fixed fields.")
    for group in ("properties", "$defs"):
        for name, part in schema.get(group, {}).items():
            found += unbounded(part, f"{where}.{name}".lstrip("."))
    if isinstance(schema.get("items"), dict):
        found += unbounded(schema["items"], f"{where}[]")
    return found
