"""Retention: trials are not kept for longer than a folder says."""

import warnings
from datetime import UTC, datetime, timedelta

from sandbox.contracts.store import Store
from sandbox.domain.purge import Purge


def delete_older_trials(store: Store, *, days: int) -> None:
    """Delete the trials that are older than so many days for good, and warn if there were any."""
    now = datetime.now(UTC)
    receipt = store.purge(Purge(before=now - timedelta(days=days)), now=now)
    if receipt.trials:
        warnings.warn(
            f"{receipt.trials:,} trials older than {days} days were deleted, as keep_days in sandbox.toml "
            "says; 'sandbox records purges' has the receipt.",
            stacklevel=2,
        )
