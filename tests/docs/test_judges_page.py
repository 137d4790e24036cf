"""The page on judges: its example is one, and its table names those that come along."""

import re
import textwrap
from pathlib import Path

import yaml

from sandbox.domain.judging import Judge
from sandbox.storage.judge_folder import read_judge
from sandbox.storage.places import bundled_folder

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "judges.md").read_text(encoding="utf-8")


def test_the_example_of_an_own_judge_can_be_asked() -> None:
    """Whoever copies it has a judge."""
    (written,) = re.findall(r"    name: greets_the_family\n(?:    .*\n)+", PAGE)

    judge = Judge.model_validate(yaml.safe_load(textwrap.dedent(written)))

    assert [band.score for band in judge.bands] == [0, 1]


def test_the_table_names_every_judge_that_comes_along() -> None:
    """With the kinds of artifact that each is for, and its question."""
    rows = dict(re.findall(r"^\| `(\w+)` \| .* \| (.+) \|$", PAGE, re.MULTILINE))
    titles = {
        path.parent.name: read_judge(path.parent).title
        for path in bundled_folder("judges").glob("*/judge.yaml")
    }

    assert rows == titles
