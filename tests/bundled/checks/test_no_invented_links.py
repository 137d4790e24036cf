"""Links and sources that nobody gave are found; look-alikes are not."""

import pytest

from sandbox.bundled.checks.no_invented_links import CHECK
from sandbox.domain.finding import Outcome

INVENTED = {
    "address": (
        "See https://www.fractions-fun.example/lesson?id=7.",
        "https://www.fractions-fun.example/lesson?id=7",
    ),
    "www": ("Go to www.planets4kids.com, then come back.", "www.planets4kids.com"),
    "bare domain": ("Watch it on rivertube.com today.", "rivertube.com"),
    "bare domain with a path": ("(biology.edu/cells/2)", "biology.edu/cells/2"),
    "e-mail that a guard took out": ("Write to [EMAIL_2] for the key.", "[EMAIL_2]"),
    "e-mail": ("Ask mr.alder@example.org for a copy", "mr.alder@example.org"),
    "doi": ("as shown in doi:10.1234/abcd.567", "10.1234/abcd.567"),
    "isbn": ("Read ISBN 978-0-306-40615-7 with the class", "ISBN 978-0-306-40615-7"),
    "markdown link": ("[the map](https://maps.example.net/nile)", "https://maps.example.net/nile"),
    "in spanish": ("Mira «http://ciencia.example/agua» en casa", "http://ciencia.example/agua"),
    "other page of a given site": (
        "https://museum.example/moon/activity",
        "https://museum.example/moon/activity",
    ),
}

NO_LINKS = {
    "a given page": "Start at https://museum.example/mars/, as you asked.",
    "a given page, other spelling": "Start at museum.example/mars.",
    "the given site": "The site www.museum.example has a map.",
    "a given e-mail that a guard took out": "Write to [EMAIL_1].",
    "a given e-mail address": "Write to Library@example.org.",
    "abbreviations": "Use tools, e.g. a ruler, i.e. something straight. See fig. 2.b and p.m. hours.",
    "missing space after a full stop": "He went home.Then he slept. It was fun.so was she",
    "decimals and versions": "Add 3.14 and 2.5. Version 1.2.3 of Node.js",
    "a handle and a price": "@class4b says: bring $3.50 on Monday",
    "standards": "CCSS.MATH.CONTENT.4.NF.A.1 and MS-PS1-5",
    "years in brackets": "Lincoln (1809) and (born 1950) and (in 1863)",
    "a month and a chapter": "It happened (June, 1944), see (Chapter 2019).",
    "clock and ratio": "At 8:30 mix 1:2 and/or 3/4.",
    "mixed with arabic": "انظر إلى الصفحة 12.3 من الكتاب.",
}

GIVEN = {
    "source": "https://www.museum.example/mars and library@example.org, [EMAIL_1]",
    "more": "(Okafor, 2019)",
}


@pytest.mark.parametrize(("text", "quote"), INVENTED.values(), ids=INVENTED.keys())
def test_a_link_that_nobody_gave_fails(subject_for, text, quote):
    """It is quoted without the marks around it."""
    judgement = CHECK.run(subject_for(text, inputs=GIVEN))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence[0].quote == quote


@pytest.mark.parametrize("text", NO_LINKS.values(), ids=NO_LINKS.keys())
def test_given_links_and_look_alikes_pass(subject_for, text):
    """What the teacher gave may be named, and a dot makes no link."""
    assert CHECK.run(subject_for(text, inputs=GIVEN)).outcome is Outcome.PASS


@pytest.mark.parametrize(
    "text",
    ["Retrieval helps (Ramsey, 2019).", "so it seems (Lind & Moreau 2004)", "(Abara et al., 2011, p. 12)"],
)
def test_a_reference_that_nobody_gave_is_a_warning(subject_for, text):
    """A reference may be true, so a person has to look."""
    assert CHECK.run(subject_for(text, inputs=GIVEN)).outcome is Outcome.WARN


def test_a_given_reference_passes(subject_for):
    """The teacher named it."""
    assert CHECK.run(subject_for("as in (Okafor, 2019)", inputs=GIVEN)).outcome is Outcome.PASS


def test_the_place_in_the_plan_is_told(subject_for, good_lesson_plan):
    """The evidence points into the artifact."""
    plan = good_lesson_plan.model_copy(update={"materials": ("ruler", "video at https://v.example/1")})

    judgement = CHECK.run(subject_for(plan))

    assert [(found.quote, found.where) for found in judgement.evidence] == [
        ("https://v.example/1", "materials[1]")
    ]
