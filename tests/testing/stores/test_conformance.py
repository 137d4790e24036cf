"""The kit for stores: an honest store passes, and each way of losing records is found out."""

import re
from pathlib import Path

import pytest

from sandbox.contracts.store import StoreSpec
from sandbox.testing.conformance import BrokenPromiseError, Mark, run_conformance
from sandbox.testing.stores.conformance import StoreConformance
from sandbox.testing.stores.sharing import KNOWN, ArtifactTypes
from tests.testing.stores.line_stores import LINES, LineStore
from tests.testing.stores.lying_stores import LIES, Insisting, Open
from tests.testing.stores.stores_that_lie_of_others import LIES_OF_OTHERS


class TestAnHonestStore(StoreConformance):
    """It keeps every promise."""

    spec = LINES


class TestAStoreWithoutASpec(StoreConformance):
    """A store may be opened by the suite itself."""

    def open(self, folder: Path, artifact_types: ArtifactTypes = KNOWN) -> LineStore:
        """A file in the folder."""
        return LineStore(folder / "records", artifact_types)


class Suite(StoreConformance):
    """The suite of the lying stores; it stands here so that another process can find it."""

    secret = "open-sesame"
    kind: type[LineStore] = LineStore

    def open(self, folder: Path, artifact_types: ArtifactTypes = KNOWN) -> LineStore:
        """The lying store of this folder."""
        return self.kind(folder / "records", artifact_types)


@pytest.mark.parametrize(
    ("kind", "behaviour", "words"),
    LIES + LIES_OF_OTHERS,
    ids=lambda each: each if isinstance(each, str) else each.__name__,
)
def test_a_store_that_breaks_a_promise_is_found_out(kind, behaviour: str, words: str) -> None:
    """By the behaviour that is about this promise, in words that help its author."""
    suite = Suite()
    suite.kind = kind

    with pytest.raises(BrokenPromiseError, match=re.escape(words)):
        getattr(suite, f"test_{behaviour}")()


def test_a_store_that_needs_the_type_of_an_artifact_is_found_out() -> None:
    """It raises, which is told as it is."""
    suite = Suite()
    suite.kind = Insisting

    with pytest.raises(KeyError, match="kit_note"):
        suite.test_a_trial_stays_readable_when_its_artifact_is_unknown()


def test_a_suite_that_another_process_cannot_find_says_so() -> None:
    """Its author is told where to put it."""

    class Hidden(TestAnHonestStore):
        """Stands inside a function."""

    with pytest.raises(BrokenPromiseError, match="at the top of a module"):
        Hidden().test_a_killed_writer_leaves_whole_trials()


def test_the_password_of_the_address_is_looked_for() -> None:
    """Without the author having to name it."""

    class Suite(StoreConformance):
        """A store with a password in its address."""

        spec = StoreSpec(
            name="lines",
            summary="One file of lines.",
            open=lambda address, kinds: Open(Path(address), kinds),
        )

        def address(self, folder: Path) -> str:
            return "lines://teacher:open-sesame@server/records"

    with pytest.raises(BrokenPromiseError, match="place shows the password"):
        Suite().test_its_place_shows_no_password()


def test_every_behaviour_is_tried_without_pytest() -> None:
    """A store without a spec is not asked about one, and one that cannot count is not asked to."""
    results = {result.behaviour: result.mark for result in run_conformance(TestAStoreWithoutASpec)}

    assert len(results) == 36
    assert {name for name, mark in results.items() if mark is not Mark.KEPT} == {
        "its_spec_says_what_it_is",
        "what_it_counts_is_so",
    }
