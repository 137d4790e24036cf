"""`sandbox records`: list what is on record, delete trials for good, and show what was deleted."""

import sys
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.table import Table

from sandbox.cli.console import AsJson, open_sandbox, out, print_json, talk
from sandbox.cli.symbols import RECOMMENDATIONS
from sandbox.contracts.counting_store import CountingStore
from sandbox.contracts.store import Store
from sandbox.domain.purge import Purge, PurgeReceipt
from sandbox.domain.scorecard import Evaluation
from sandbox.errors import InputError

app = typer.Typer()
_ELSEWHERE = (
    "Reports, exports, recorded traffic and your backups are files of their own: delete those that hold "
    "the same work."
)


@app.command("list")
def list_records(context: typer.Context, as_json: AsJson = False) -> None:
    """List the evaluations on record, with their trials, and what all of it takes."""
    with open_sandbox(context) as sandbox, sandbox.records() as store:
        evaluations = list(store.evaluations())
        counts = store.trial_counts() if isinstance(store, CountingStore) else None
        size = store.size_bytes() if isinstance(store, CountingStore) else None
        place = store.place
    if as_json:
        listed = [_facts(each, None if counts is None else counts.get(each.id, 0)) for each in evaluations]
        print_json({"place": place, "size_bytes": size, "evaluations": listed})
        return
    table = Table(box=None, padding=(0, 1), header_style="bold")
    table.add_column("evaluation", no_wrap=True, overflow="fold")  # people copy it
    table.add_column("started", no_wrap=True)
    table.add_column("trials", justify="right", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    for each in evaluations:
        verdict = RECOMMENDATIONS[each.recommendation] if each.results else "unfinished"
        n = "?" if counts is None else f"{counts.get(each.id, 0):,}"
        table.add_row(each.id, f"{each.started_at:%Y-%m-%d %H:%M}", n, verdict)
    out.print(table if evaluations else "No evaluation is on record here. 'sandbox eval SUITE' makes one.")
    if size is not None:
        talk.print(f"{size / 1_000_000:.1f} MB in {place}", markup=False, soft_wrap=True)


@app.command()
def purge(
    context: typer.Context,
    student: Annotated[
        str, typer.Option("--student", metavar="PSEUDONYM", help="As it stands in the cases.")
    ] = "",
    older_than_days: Annotated[
        int | None, typer.Option("--older-than-days", min=0, help="Trials begun so many days ago or more.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Delete trials for good, in all evaluations; scorecards and reports stay.

    With both options, only the trials that meet both go. Nothing brings them back.
    """
    now = datetime.now(UTC)
    wanted = _wanted(student, older_than_days, now)
    with open_sandbox(context) as sandbox, sandbox.records() as store:
        n = store.count_trials(wanted) if isinstance(store, CountingStore) else None
        if not yes and n != 0:
            _ask(store, n)
        receipt = store.purge(wanted, now=now)
    if as_json:
        print_json(receipt)
        return
    typer.echo(_in_words(receipt))
    if receipt.trials:
        talk.print(_ELSEWHERE)


@app.command()
def purges(context: typer.Context, as_json: AsJson = False) -> None:
    """List what was deleted and when; the receipts name nobody."""
    with open_sandbox(context) as sandbox, sandbox.records() as store:
        receipts = list(store.purges())
    if as_json:
        print_json([receipt.model_dump(mode="json") for receipt in receipts])
        return
    for receipt in receipts:
        typer.echo(f"{receipt.purged_at:%Y-%m-%d %H:%M} UTC  {_in_words(receipt)}")
    if not receipts:
        typer.echo("Nothing was ever purged here.")


def _wanted(student: str, older_than_days: int | None, now: datetime) -> Purge:
    if not student and older_than_days is None:
        raise InputError("Say which trials: --student PSEUDONYM, --older-than-days N, or both.")
    try:
        before = None if older_than_days is None else now - timedelta(days=older_than_days)
    except OverflowError:
        raise InputError(f"{older_than_days} days ago there was no calendar: give fewer.") from None
    return Purge(student=student or None, before=before)


def _ask(store: Store, n: int | None) -> None:
    """Go on if the person at the terminal agrees.

    Raises:
        InputError: nobody is there to ask.
    """
    trials = "An unknown number of trials" if n is None else f"{n:,} trial{'' if n == 1 else 's'}"
    talk.print(f"{trials} in {store.place} will be deleted for good.", markup=False, soft_wrap=True)
    if not (sys.stdin.isatty() and talk.is_terminal):
        raise InputError("Nothing was deleted. Add --yes if that is what you want.")
    typer.confirm("Delete them?", abort=True, err=True)


def _in_words(receipt: PurgeReceipt) -> str:
    if not receipt.trials:
        return "No trial is like that: nothing was deleted."
    grounds = ["one student's"] if receipt.by_student else []
    if receipt.before is not None:
        grounds.append(f"begun before {receipt.before:%Y-%m-%d %H:%M} UTC")
    trials, evaluations = receipt.trials, receipt.evaluations
    return (
        f"Deleted {trials:,} trial{'' if trials == 1 else 's'} ({', '.join(grounds)}) of {evaluations:,} "
        f"evaluation{'' if evaluations == 1 else 's'}. Digest {receipt.fingerprints_digest[:16]}."
    )


def _facts(evaluation: Evaluation, n: int | None) -> dict[str, object]:
    facts = evaluation.model_dump(mode="json", include={"id", "label", "started_at", "finished_at"})
    verdict = evaluation.recommendation.value if evaluation.results else None
    return {**facts, "trials": n, "verdict": verdict}
