"""The report as one HTML page: it fetches nothing and runs no script."""

from base64 import b64encode
from functools import cache
from hashlib import sha256

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sandbox.domain.artifact import Artifact
from sandbox.domain.finding import place_in_words
from sandbox.domain.rendering import to_html
from sandbox.domain.scorecard import Recommendation
from sandbox.domain.summary import Summary
from sandbox.domain.trial import OUTCOME_WORDS
from sandbox.report import layout, wording

_STANDING = {
    Recommendation.ADOPT: "For it",
    Recommendation.HOLD: "Still open",
    Recommendation.REJECT: "Against it",
}


def to_html_page(summary: Summary) -> str:
    """The report for teachers and principals, verdict first."""
    return render_page(
        "report.html.j2",
        summary=summary,
        evaluation=summary.evaluation,
        parts=layout.target_parts(summary),
        facts=layout.target_facts(summary),
        rows=layout.check_rows(summary),
        failing=layout.failing_checks(summary),
        titles={note.name: note.title for note in summary.checks},
        ai_label=wording.ai_label_of(summary.evaluation),
    )


def render_page(template: str, **values: object) -> str:
    """A page from a template of this package, with our style in it and the one hash that lets it in."""
    environment = _environment()
    style = environment.get_template("page.css").render()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return environment.get_template(template).render(
        values,
        style=Markup(style),  # noqa: S704 - a file of this package
        content_policy=(
            f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        ),
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("sandbox.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        advice=wording.ADVICE,
        answer_html=_answer_html,
        answers_in_words=wording.answers_in_words,
        band=layout.band,
        counted=wording.counted,
        details_in_words=wording.details_in_words,
        period_in_words=wording.period_in_words,
        outcome_words=OUTCOME_WORDS,
        place_in_words=place_in_words,
        reason_in_words=wording.reason_in_words,
        shortened=wording.shortened,
        standing=_STANDING,
        unread=wording.UNREAD,
    )
    return environment


def _answer_html(artifact: Artifact) -> Markup:
    return Markup(to_html(artifact.document(), top_level=4))  # noqa: S704 - to_html escapes all text
