"""The executor `one_by_one`: one trial after another, always in the same order."""

from collections.abc import Sequence

from sandbox.contracts.executor import ExecutorSpec, Lane


class OneByOne:
    """Finishes a lane before it begins the next."""

    async def execute(self, lanes: Sequence[Lane]) -> None:
        """Do every job once."""
        for lane in lanes:
            for job in lane.jobs:
                await job()


EXECUTOR = ExecutorSpec(
    name="one_by_one",
    summary="One trial after another: slow, but the order is always the same.",
    build=OneByOne,
)
