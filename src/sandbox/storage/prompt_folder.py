"""Reading a prompt from its folder: the card, its two templates, and the parts that prompts share."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import jinja2
from jinja2.meta import find_referenced_templates
from jinja2.sandbox import SandboxedEnvironment

from sandbox.domain.problems import near_names
from sandbox.domain.prompt import Prompt, PromptCard
from sandbox.errors import FileError
from sandbox.storage.places import bundled_folder
from sandbox.storage.text_file import read_text
from sandbox.storage.yaml_file import read_yaml

OWN_TEMPLATES = ("system.md.j2", "user.md.j2")
_SHARED = "shared"


def read_prompt(folder: Path) -> Prompt:
    """The prompt of a folder; a shared part that does not lie beside it is the bundled one.

    Raises:
        FileError: a file is missing or malformed, or the card has another name than the folder.
    """
    card_path = folder / "card.yaml"
    card = read_yaml(card_path, PromptCard)
    folder_name = folder.absolute().name
    if card.name != folder_name:
        raise FileError(
            card_path,
            f"The prompt is named '{card.name}', but its folder '{folder_name}': both should be the same.",
        )
    beside = folder.absolute().parent / _SHARED
    paths = {name: folder / name for name in OWN_TEMPLATES}
    for shared in (bundled_folder("prompts") / _SHARED, beside):
        paths |= {f"{_SHARED}/{path.name}": path for path in sorted(shared.glob("*.j2"))}
    templates = {name: read_text(path) for name, path in paths.items()}
    return Prompt(
        card=card, templates=templates, digest=_digest(card, templates, paths), source=str(folder)
    )


def _digest(card: PromptCard, templates: Mapping[str, str], paths: Mapping[str, Path]) -> str:
    """SHA-256 over the card and every template that can come into the prompt."""
    used: dict[str, str] = {}
    waiting = list(OWN_TEMPLATES)
    while waiting:
        name = waiting.pop()
        if name not in used:
            used[name] = templates[name]
            waiting += _included(templates[name], paths[name], templates)
    whole = {"card": card.model_dump(mode="json", by_alias=True, exclude_defaults=True), "templates": used}
    canonical = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def _included(source: str, path: Path, templates: Mapping[str, str]) -> list[str]:
    """The templates that a template names; all of them, if it computes a name."""
    try:
        syntax = SandboxedEnvironment().parse(source)
    except jinja2.TemplateSyntaxError as cause:
        raise FileError(path, f"The template is malformed: {cause.message}", line=cause.lineno) from cause
    names = [name for name in find_referenced_templates(syntax) if name is not None]
    for name in names:
        if name not in templates:
            problem = f'There is no template "{name}" to include. {near_names(name, templates)}'
            raise FileError(path, problem)
    return list(templates) if None in find_referenced_templates(syntax) else names
