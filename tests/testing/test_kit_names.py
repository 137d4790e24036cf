"""The names of the kit: each is there, and none brings what its user does not need."""

import os
import subprocess
import sys

import sandbox.testing

WITH_RESPX = {"HTTPCore2Mocker", "chat_completion", "openai_server_mock"}
USE_ALL = """
import sys
import sandbox.testing
for name in sandbox.testing.__all__:
    if name not in sys.argv[1:]:
        getattr(sandbox.testing, name)
print(*({"respx", "pytest", "openai"} & set(sys.modules)), "end")
"""


def test_every_name_is_there() -> None:
    """And they are sorted."""
    names = list(sandbox.testing.__all__)

    assert names == sorted(names)
    assert all(getattr(sandbox.testing, name) is not None for name in names)


def test_no_library_of_the_testing_extra_is_needed_for_the_rest() -> None:
    """`sandbox plugins --check` runs where neither pytest nor respx is installed."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}

    ended = subprocess.run(
        [sys.executable, "-c", USE_ALL, *WITH_RESPX],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert ended.stdout.split() == ["end"]
