"""What every report format does: it shows each verdict, the same each time, and no markup gets in."""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from typing import ClassVar
from xml.etree import ElementTree

from sandbox.contracts.report import ReportFormat
from sandbox.domain.scorecard import Recommendation
from sandbox.domain.summary import Summary
from sandbox.testing.conformance import NotDeclared, expect
from sandbox.testing.examples import NO_EVIDENCE, make_evaluation, make_summary
from sandbox.testing.network import no_network

PLANTED = "planted_by_the_kit"
_HOSTILE = (
    f'=SUM(1+1)"><script>{PLANTED}()</script><img src=x onerror={PLANTED}()>\', "a"; '
    "]]> --> & | *b* \x0b é 植物"
)


class ReportConformance:
    """What every report format does.

    class TestSlides(ReportConformance):
        spec = SLIDES
    """

    spec: ClassVar[ReportFormat]

    def test_it_says_what_it_is(self) -> None:
        """It has a name, a summary, and the extension of its file without a dot."""
        spec = self.spec
        expect(
            bool(re.fullmatch(r"[a-z][a-z0-9_]*", spec.name)),
            f"Its name is '{spec.name}': use small letters and _.",
        )
        expect(len(spec.summary.strip()) > 5, "Its summary should say in a few words whom it is for.")
        expect(
            bool(re.fullmatch(r"[a-z0-9]+(\.[a-z0-9]+)*", spec.extension)),
            f"Its extension is '{spec.extension}', but should be like html, without the dot.",
        )

    def test_it_gives_text(self) -> None:
        """A summary with three verdicts becomes a text that can be written as UTF-8."""
        text: object = self.spec.render(make_summary())
        expect(isinstance(text, str), f"It gave {type(text).__name__} and not a text.")
        expect(bool(str(text).strip()), "It gave an empty text.")
        str(text).encode("utf-8")

    def test_it_names_every_check_and_target(self) -> None:
        """Whoever reads it finds each check, by its name or title, and each target, by its model."""
        summary = make_summary()
        text = self._rendered(summary)
        for note in summary.checks:
            expect(
                note.name in text or note.title in text,
                f"The check '{note.name}' is not to be found in it, neither by its name nor as "
                f"'{note.title}'.",
            )
        for result in summary.evaluation.results:
            model = result.scorecard.target.model
            expect(model in text, f"The target on '{model}' is not to be found in it.")

    def test_every_verdict_can_be_told_from_another(self) -> None:
        """Adopt, hold and reject do not look the same, even if nothing else differs."""
        texts = {word: self._rendered(make_summary(recommendations=(word,))) for word in Recommendation}
        words = list(texts)
        for number, one in enumerate(words):
            for other in words[number + 1 :]:
                expect(
                    texts[one] != texts[other],
                    f"A reader cannot tell '{one}' from '{other}': the text is the same.",
                )

    def test_it_says_where_there_is_no_evidence(self) -> None:
        """Beside a check that applies to no case stands the reason, instead of a figure."""
        summary = make_summary().model_copy(update={"unknowns": ()})
        expect(
            NO_EVIDENCE.rstrip(".") in self._rendered(summary),
            f"One check has no rate, because: {NO_EVIDENCE} The figures do not say so. None is not 0 "
            "percent.",
        )

    def test_an_evaluation_without_results_can_be_shown(self) -> None:
        """An evaluation that was broken off at once is no reason to fail."""
        summary = make_summary(recommendations=())
        bare = make_evaluation(results=(), finished_at=None, label="", summary="")
        self._rendered(summary.model_copy(update={"evaluation": bare, "checks": (), "unknowns": ()}))

    def test_no_markup_gets_in(self) -> None:
        """What somebody wrote is shown, and is never taken for the format's own signs."""
        look = _LOOKS.get(self.spec.extension.rpartition(".")[2])
        if look is None:
            self._rendered(make_summary(words=_HOSTILE, label=_HOSTILE))
            raise NotDeclared(f"the kit cannot read files ending in .{self.spec.extension}")
        look(self._rendered(make_summary(words=_HOSTILE, label=_HOSTILE)))

    def test_the_same_summary_gives_the_same_text(self) -> None:
        """Nothing in it is a matter of chance, of order or of the clock."""
        first = self._rendered(make_summary())
        self._rendered(make_summary(words="Another one"))
        expect(
            self._rendered(make_summary()) == first,
            "The same summary gave two texts. Nobody could compare two reports.",
        )

    def test_it_changes_nothing(self) -> None:
        """The summary is the same after it was laid out."""
        summary = make_summary()
        before = summary.model_dump_json()
        self._rendered(summary)
        expect(summary.model_dump_json() == before, "It changed the summary that it was given.")

    def test_it_asks_no_network(self) -> None:
        """A report is made on this machine."""
        with no_network() as attempts:
            self._rendered(make_summary())
        expect(not attempts, f"It tried to reach {' and '.join(dict.fromkeys(attempts))}.")

    def _rendered(self, summary: Summary) -> str:
        """The report with every stretch of spaces as one, if it is no table of columns."""
        text = self.spec.render(summary)
        if self.spec.extension in {"csv", "tsv", "json", "jsonl"}:
            return text
        return re.sub(r"[ \t]*\n[ \t]*", "\n", text)


class _Page(HTMLParser):
    """Looks for planted code: inside a script, or in an attribute that is run."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.run: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside.append(tag)
        for name, value in attrs:
            is_run = name.startswith("on") or (value or "").strip().lower().startswith("javascript:")
            if is_run and PLANTED in (value or ""):
                self.run.append(f"the attribute {name} of <{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            self.inside.reverse()
            self.inside.remove(tag)
            self.inside.reverse()

    def handle_data(self, data: str) -> None:
        if PLANTED in data and "script" in self.inside:
            self.run.append("a <script>")


def _look_at_html(text: str) -> None:
    page = _Page()
    page.feed(text)
    page.close()
    expect(
        not page.run,
        f"What stood in an answer is run by the browser, in {' and '.join(sorted(set(page.run)))}. Escape "
        "it.",
    )


def _look_at_xml(text: str) -> None:
    try:
        ElementTree.fromstring(text)  # noqa: S314 - the text was made here
    except ElementTree.ParseError as cause:
        expect(False, f"It is no XML any more when an answer holds signs of XML: {cause}. Escape them.")  # noqa: FBT003 - it failed


def _look_at_json(text: str) -> None:
    try:
        json.loads(text)
    except ValueError as cause:
        expect(False, f"It is no JSON any more when an answer holds quotation marks: {cause}.")  # noqa: FBT003 - it failed


def _look_at_csv(text: str) -> None:
    rows = list(csv.reader(io.StringIO(text)))
    widths = {len(row) for row in rows}
    expect(
        len(widths) == 1, f"Its rows have {sorted(widths)} cells: a comma or quotation mark was not quoted."
    )
    for cell in (cell for row in rows for cell in row):
        is_number = re.fullmatch(r"[-+]?[0-9.e+-]+", cell)
        expect(
            is_number is not None or not cell.startswith(("=", "+", "-", "@", "\t", "\r")),
            f"A spreadsheet takes the cell {cell[:40]!r} for a formula. Put an apostrophe before it.",
        )


def _look_at_markdown(text: str) -> None:
    expect(
        re.search(r"(?<!\\)<(script|img)\b", text) is None,
        "Markup that stood in an answer is markup in it, too: many pages that show Markdown run it. Escape "
        "<.",
    )


_LOOKS: Mapping[str, Callable[[str], None]] = {
    "html": _look_at_html,
    "htm": _look_at_html,
    "xml": _look_at_xml,
    "svg": _look_at_xml,
    "json": _look_at_json,
    "csv": _look_at_csv,
    "md": _look_at_markdown,
}
"""For each extension, what is wrong with a report in which markup was planted."""
