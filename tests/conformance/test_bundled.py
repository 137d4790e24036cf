"""Our own guards, store and report formats are held to what the kit asks of everybody's."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from sandbox.bundled import plugin
from sandbox.bundled.guards import personal_data, roster
from sandbox.bundled.stores import postgresql, sqlite
from sandbox.report.plugin import sandbox_report_formats
from sandbox.testing.guard_conformance import GuardCase, GuardConformance
from sandbox.testing.report_conformance import ReportConformance
from sandbox.testing.stores.conformance import StoreConformance
from tests.storage.database.server import schema_address

CLASS = ("María José García", "Sean O'Brien", "Will Lee", "Omar Al-Sayed", "王小明")
FORMATS = {spec.name: spec for spec in sandbox_report_formats()}


def kept(text: str, *gone: str, restores: bool = True) -> GuardCase:
    """A text of a class whose names must not leave."""
    return GuardCase(text, gone=gone, roster=CLASS, restores=restores)


class TestPersonalData(GuardConformance):
    """Contacts, numbers, addresses and dates of birth stay here; numbers of the lesson leave."""

    spec = personal_data.GUARD
    stops: Sequence[GuardCase] = [
        GuardCase("Write to ana@example.org.", gone=["ana@example.org", "@"]),
        GuardCase("Call 212-555-0142 or (212) 555-0143 now.", gone=["0142", "0143", "212"]),
        GuardCase("SSN 219-09-9999", gone=["219-09-9999"]),
        GuardCase("card 4111 1111 1111 1111", gone=["4111"]),
        GuardCase("IBAN GB82 WEST 1234 5698 7654 32 AND so on", gone=["GB82", "7654 32"]),
        GuardCase("Student ID: 1234567", gone=["1234567"]),
        GuardCase("I live at 12 Oak Street, Apt 4B, Springfield, IL 62704.", gone=["12 Oak", "62704"]),
        GuardCase("Nació el 5 de mayo de 2012", gone=["5 de mayo"]),
        GuardCase("212-555-0142 is 212.555.0142", gone=["0142"], restores=False),
    ]
    lets_pass: Sequence[GuardCase] = [
        GuardCase(text)
        for text in (
            "",
            "See page 555, lines 120-1400.",
            "The war lasted from 1914-1918.",
            "We call 1234567 a number of seven digits.",
            "ISBN 978-0-306-40615-7",
            "2/3 + 4/5 = 22/15",
            "Abraham Lincoln was born on February 12, 1809.",
            "[EMAIL_1], [PHONE_1] and [STUDENT_12]",
        )
    ]


class TestRoster(GuardConformance):
    """Names of the roster stay here; words that only look like one leave."""

    spec = roster.GUARD
    stops: Sequence[GuardCase] = [
        kept("Sean O'Brien wrote this.", "Sean", "O'Brien"),
        kept("maria jose garcia and OMAR", "maria", "jose", "garcia", "OMAR"),
        kept("When Will came, Mr. Al-Sayed left.", "Will", "Al-Sayed"),
        kept("我和王小明，小明说", "小明", restores=False),
        kept("Ask O'Brien, Sean; S. O'Brien knows.", "O'Brien", restores=False),
        kept("M\u200ba\u200br\u200b\u00eda García", "García", "\u200b"),
        GuardCase("Ana met Ana Lind and Ana Costa.", gone=["Ana"], roster=["Ana Lind", "Ana Costa"]),
    ]
    lets_pass: Sequence[GuardCase] = [
        *map(kept, ("You will see that it may rain.", "Marian lives in Marialand.", "willpower", "")),
        GuardCase("Sean O'Brien wrote this.", roster=()),
    ]


class TestSqlite(StoreConformance):
    """One file keeps it all."""

    spec = sqlite.STORE


class TestPostgresql(StoreConformance):
    """On a real server."""

    spec = postgresql.STORE

    def address(self, folder: Path) -> str:
        """The address of an empty schema."""
        return schema_address(folder)


@pytest.mark.parametrize("name", FORMATS)
class TestReportFormats(ReportConformance):
    """Each shows the verdicts as they are."""

    @pytest.fixture(autouse=True)
    def _choose(self, name: str) -> None:
        type(self).spec = FORMATS[name]


def test_every_guard_and_store_of_ours_is_held_to_it() -> None:
    """A new one needs a class here."""
    guards = {spec.name for spec in plugin.sandbox_guards()}
    stores = {spec.name for spec in plugin.sandbox_stores()}

    assert guards == {TestPersonalData.spec.name, TestRoster.spec.name}
    assert stores == {TestSqlite.spec.name, TestPostgresql.spec.name}
