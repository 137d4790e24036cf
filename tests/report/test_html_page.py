"""The page that teachers and principals read."""

import re
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise

import pytest

from sandbox.domain.artifact import Artifact
from sandbox.domain.scorecard import Evaluation
from sandbox.domain.summary import Summary
from sandbox.report.html_page import to_html_page

VOID = {"meta", "br", "hr", "img", "link", "input"}


class Page(HTMLParser):
    """What a reader's program makes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))

    def handle_endtag(self, tag: str) -> None:
        """Close the tag, which must be the last one opened."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note the text, unless it is style."""
        if "style" in self.open:
            return
        self.texts.append(data)
        if any(re.fullmatch("h[1-6]", tag) for tag in self.open):
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)

    @property
    def text(self) -> str:
        """All text, on one line."""
        return " ".join(" ".join(self.texts).split())


@pytest.fixture
def page(summary: Summary) -> str:
    """The page of the sample evaluation."""
    return to_html_page(summary)


def test_the_verdict_comes_first(page: str) -> None:
    """The first section of the main landmark holds the verdicts, in words."""
    main = page.split("<main>", 1)[1]
    first = re.search("<section.*?</section>", main, re.DOTALL)

    assert main.lstrip().startswith("<section")
    assert first is not None
    words = Page(first[0]).text
    assert "Reject feedback 1.2.0 on openai/gpt-sample" in words
    assert "Adopt feedback 1.2.0 on llamacpp/small-sample" in words
    assert "The evidence advises; people decide." in words
    assert "What it quotes is what the student wrote. 4 of 8 answers failed; none may." in words


def test_nothing_is_fetched_and_nothing_runs(page: str) -> None:
    """One file, complete in itself."""
    tags = Page(page).tags

    assert not {tag for tag, _ in tags} & {"script", "img", "link", "iframe", "object", "embed", "form"}
    for _, attributes in tags:
        assert not {"src", "srcset", "style", "background", "action"} & set(attributes)
        assert not [name for name in attributes if name.startswith("on")]
        assert (attributes.get("href") or "#").startswith("#")
    assert "@import" not in page
    assert "url(" not in page
    assert "default-src 'none'" in page.replace("&#39;", "'")


def test_hostile_text_is_shown_as_text(page: str) -> None:
    """Markup in an answer, a reason or a label stays text."""
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 10


def test_every_tag_is_closed(page: str) -> None:
    """The page nests as it should."""
    assert Page(page).open == []


def test_headings_do_not_jump(page: str) -> None:
    """A screen reader's outline has no gap, and one title."""
    levels = [level for level, _ in Page(page).headings]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_landmarks_language_and_skip_link_are_there(page: str) -> None:
    """Somebody who does not see the page finds the way."""
    tags = Page(page).tags
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    links = [attributes["href"] for tag, attributes in tags if tag == "a"]

    assert ("html", {"lang": "en"}) in tags
    assert [tag for tag, _ in tags if tag in {"header", "main", "nav", "footer"}] == [
        "header",
        "main",
        "nav",
        "footer",
    ]
    assert links[0] == "#verdict"
    assert len(ids) == len(set(ids))
    assert all(link is not None and link[1:] in ids for link in links)


def test_tables_say_what_they_hold(page: str) -> None:
    """The report's own tables have captions; every heading cell says what it heads."""
    tags = Page(page).tags
    names = [tag for tag, _ in tags]
    own = [place for place, (tag, found) in enumerate(tags) if tag == "table" and "class" in found]

    assert len(own) == 2
    assert all(names[place + 1] == "caption" for place in own)
    assert all(attributes.get("scope") in {"row", "col"} for tag, attributes in tags if tag == "th")


def test_every_figure_has_its_n(page: str, evaluation: Evaluation) -> None:
    """No rate stands alone."""
    words = Page(page).text

    for result in evaluation.results:
        for metric in result.scorecard.metrics:
            if metric.rate is not None:
                assert f"{metric.count_in_words}, {metric.rate_in_words}" in words


def test_no_evidence_is_never_a_zero(page: str) -> None:
    """A check that applied to nothing says so, with the reason."""
    row = _row(page, "Students of this grade can read it")

    assert Page(row).text.count("No evidence It applies to none of the cases.") == 2
    assert "0%" not in row


def test_an_unknown_cost_is_called_unknown(page: str) -> None:
    """Unknown is not free, and free is not unknown."""
    words = Page(page).text

    assert "Cost unknown $0.00" in words


def test_colour_is_never_alone(page: str) -> None:
    """Every coloured cell says in words what its colour says."""
    cells = re.findall(r'<td [^>]*class="(all|most|some|few|none)"><strong>(.*?)</strong>', page)

    assert len(cells) == 12
    assert all(Page(words).text for _, words in cells)
    assert {Page(words).text for name, words in cells if name == "all"} == {"✓ All passed"}


def test_checks_that_were_not_made_are_not_called_failed(page: str) -> None:
    """Where nothing failed and something could not be checked, the cell says just that."""
    assert "None failed, not all checked" in _row(page, "At most two next steps")


def test_a_broken_check_does_not_blame_the_prompt(page: str) -> None:
    """The sums were not checked because the check crashed; there is no advice to mend the prompt."""
    section = page.split('">Every sum is right</h3>', 1)[1].split("</section>", 1)[0]

    assert "could not be checked" in section
    assert "How to mend the prompt" not in section


def test_examples_show_case_reason_quote_and_place(page: str) -> None:
    """What failed can be looked at."""
    words = Page(page).text

    assert "feedback 1.2.0 on openai/gpt-sample: 4 failed, of 8 (3 shown)" in words
    assert "✗ failed · case fox-story-1 : The quoted words do not stand" in words
    assert "Where: next steps 1 › quote" in words
    assert "How to mend the prompt: Ask for words copied exactly from the work" in words


def test_raw_answers_are_shortened(page: str) -> None:
    """A long unreadable answer does not drown the report."""
    assert "Sure! Here is your feedback" in page
    assert "more characters)" in page
    assert page.count("well done") < 200


def test_an_empty_evaluation_still_makes_a_page(summary: Summary) -> None:
    """No target, no evidence, no crash."""
    evaluation = summary.evaluation.model_copy(update={"results": ()})
    page = to_html_page(summary.model_copy(update={"evaluation": evaluation, "targets": (), "checks": ()}))

    assert "No target was tried, so there is nothing to advise." in page


def test_an_answer_without_artifact_is_shown_as_text(summary: Summary) -> None:
    """Text that was brought to be scored is shown as it came."""
    target = summary.targets[0]
    brought = target.answers[0].model_copy(
        update={
            "artifact": None,
            "completion": target.unread[0].completion,
        }
    )
    changed = target.model_copy(update={"answers": (brought,), "unread": ()})
    page = to_html_page(summary.model_copy(update={"targets": (changed, summary.targets[1])}))

    assert page.count("Sure! Here is your feedback") == 1


def test_whole_answers_are_laid_out(page: str, feedback: Artifact) -> None:
    """An artifact is shown as people read it, below the headings of the report."""
    headings = Page(page).headings

    assert headings.count((4, feedback.document().title)) == 4
    assert (5, "A question for you") in headings


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_colour_can_be_read(scheme: int) -> None:
    """Each ink on its paper has the contrast that WCAG AA asks of small text."""
    css = files("sandbox.report").joinpath("templates/page.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[scheme]))
    pairs = [
        ("ink", "paper"),
        ("muted-ink", "paper"),
        ("muted-ink", "shade"),
        ("ink", "shade"),
        ("link", "paper"),
    ]
    pairs += [(f"{name}-ink", f"{name}-paper") for name in ("all", "most", "some", "few", "none")]

    assert {pair: _contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs} == {
        pair: pytest.approx(21, abs=21 - 4.5) for pair in pairs
    }


def _row(page: str, title: str) -> str:
    """The row of a check in the table of figures."""
    rows = re.finditer('<tr role="row">.*?</tr>', page, re.DOTALL)
    return next(row[0] for row in rows if f"{title}<small>" in row[0])


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
