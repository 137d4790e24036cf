"""The executor `side_by_side`: as many trials at once as each model takes."""

import asyncio
from collections.abc import Sequence

from sandbox.contracts.executor import ExecutorSpec, Lane


class SideBySide:
    """Each lane has workers that draw from its one line of jobs."""

    async def execute(self, lanes: Sequence[Lane]) -> None:
        """Do every job once."""
        async with asyncio.TaskGroup() as group:
            for lane in lanes:
                for _ in range(lane.max_concurrency):
                    group.create_task(_work(lane))


async def _work(lane: Lane) -> None:
    for job in lane.jobs:
        await job()


EXECUTOR = ExecutorSpec(
    name="side_by_side",
    summary="As many trials at once as each model takes; no target waits for another.",
    build=SideBySide,
)
