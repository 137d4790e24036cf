"""What is said when a service on the web gives no answer."""

import errno
import ssl
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from sandbox.contracts.service_errors import (
    ServiceErrors,
    is_plain_name,
    kind_of_status,
    retry_after_seconds,
)
from sandbox.errors import ErrorKind

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)
ERRORS = ServiceErrors(service="models.example.org", model="small", key_variable="SCHOOL_KEY")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "20"}, 20),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after-ms": "1500"}, 1.5),
        ({"retry-after": format_datetime(NOON + timedelta(seconds=90), usegmt=True)}, 90),
        ({"retry-after": "Tue, 31 Mar 2026 12:00:30 -0000"}, 30),
        ({"retry-after": format_datetime(NOON - timedelta(hours=1), usegmt=True)}, 0),
        ({"retry-after": "-5"}, 0),
        ({"retry-after": "99999999"}, 99_999_999),
        ({"retry-after": "1e999"}, None),
        ({"retry-after": "Tue, 31 Mar 2026 99999999999999999999:00:30 GMT"}, None),
        ({"retry-after": "Tue, 31 Feb 2026 12:00:30 GMT"}, None),
        ({"retry-after": ""}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after-ms": "soon", "retry-after": "2"}, 2),
        ({}, None),
    ],
)
def test_the_time_to_wait_is_read_in_every_form(headers: dict[str, str], seconds: float | None) -> None:
    """Milliseconds, seconds or a date; what is none of them is as if nothing had been said."""
    assert retry_after_seconds(headers, now=NOON) == seconds


def test_a_date_to_wait_for_is_reckoned_from_now() -> None:
    """Nobody has to say what time it is."""
    hour_ago = format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True)

    assert retry_after_seconds({"retry-after": hour_ago}) == 0


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, ErrorKind.INVALID_REQUEST),
        (401, ErrorKind.AUTHENTICATION),
        (402, ErrorKind.QUOTA),
        (403, ErrorKind.AUTHENTICATION),
        (404, ErrorKind.UNKNOWN_MODEL),
        (408, ErrorKind.TRANSIENT),
        (409, ErrorKind.TRANSIENT),
        (413, ErrorKind.CONTEXT_LENGTH),
        (422, ErrorKind.INVALID_REQUEST),
        (429, ErrorKind.RATE_LIMIT),
        (500, ErrorKind.TRANSIENT),
        (529, ErrorKind.TRANSIENT),
        (307, ErrorKind.INVALID_REQUEST),
    ],
)
def test_a_status_has_its_usual_meaning(status: int, kind: ErrorKind) -> None:
    """Numbers that only one service has count by their hundred."""
    assert kind_of_status(status) is kind
    assert ERRORS.of_status(status).kind is kind


@pytest.mark.parametrize(
    ("text", "is_plain"),
    [
        ("temperature", True),
        ("messages[0].name", True),
        ("model-not-found", True),
        ("Mx. Example wrote", False),
        ("name\n", False),
        ("größe", False),
        ("0100", False),
        ("a" * 81, False),
        ("", False),
        (400, False),
        (None, False),
    ],
)
def test_only_a_bare_name_may_be_repeated(text: object, *, is_plain: bool) -> None:
    """A sentence may be the student's."""
    assert is_plain_name(text) is is_plain


@pytest.mark.parametrize("kind", ErrorKind)
def test_every_kind_has_a_sentence(kind: ErrorKind) -> None:
    """One line that names the service or the model, with nothing left open."""
    message = str(ERRORS.of(kind, status=418)) if kind is not ErrorKind.TIMEOUT else str(ERRORS.timeout(5))

    assert "models.example.org" in message or "'small'" in message
    assert message.endswith(".")
    assert not set("{}\n") & set(message)


def test_all_that_helps_comes_along() -> None:
    """The status, the time to wait, and the id for the service's support."""
    error = ERRORS.of(ErrorKind.RATE_LIMIT, status=429, headers={"retry-after": "7"}, request_id="req_9")

    assert (error.status, error.retry_after_seconds, error.request_id) == (429, 7, "req_9")


def test_better_advice_takes_the_place_of_the_usual() -> None:
    """A provider may know more."""
    assert str(ERRORS.of(ErrorKind.QUOTA, advice="Ask the office.")) == "Ask the office."


def test_the_variable_of_the_key_is_named_if_there_is_one() -> None:
    """It is what people have to look at."""
    nameless = ServiceErrors(service="models.example.org", model="small")

    assert "SCHOOL_KEY" in str(ERRORS.of_status(401))
    assert "the variable that api_key_env names" in str(nameless.of_status(401))


def test_running_out_of_time_and_being_cut_off_may_pass() -> None:
    """Both are worth another try."""
    late, lost = ERRORS.timeout(2.5), ERRORS.unreachable()

    assert late.kind is ErrorKind.TIMEOUT
    assert "within 2.5 seconds" in str(late)
    assert lost.kind is ErrorKind.TRANSIENT
    assert "check that it runs" in str(lost)


def test_a_machine_that_opens_no_more_files_is_told_apart() -> None:
    """It is no fault of the service, and passes when others close; a host may have two addresses."""
    tried = ExceptionGroup("all addresses", [ConnectionRefusedError(), OSError(errno.EMFILE, "no more")])
    lost = ConnectionError("lost")
    lost.__cause__ = tried

    error = ERRORS.unreachable(lost)

    assert error.kind is ErrorKind.TRANSIENT
    assert "ulimit" in str(error)
    assert "max_concurrency" in str(error)


def test_a_certificate_that_is_not_trusted_will_not_mend_itself() -> None:
    """Wherever it stands among the causes."""
    lost = ConnectionError("lost")
    lost.__context__ = ssl.SSLCertVerificationError("self-signed")

    assert ERRORS.unreachable(lost).kind is ErrorKind.UNAVAILABLE


def test_what_has_no_end_is_no_answer() -> None:
    """It may be one the next time."""
    error = ERRORS.too_large()

    assert error.kind is ErrorKind.BAD_RESPONSE
    assert "64 megabytes" in str(error)
