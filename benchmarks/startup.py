"""Start-up: what a user waits for before anything happens. Medians of whole processes."""

import statistics
import subprocess
import sys
import time

RUNS = 9
COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "import sandbox": ["-c", "import sandbox"],
    "from sandbox import Sandbox": ["-c", "from sandbox import Sandbox"],
    "sandbox --help": ["-m", "sandbox.cli.main", "--help"],
    "sandbox checks list": ["-m", "sandbox.cli.main", "checks", "list"],
}


def seconds(arguments: list[str]) -> float:
    """Wall seconds of one process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Print a row for each command: minimum, median, maximum."""
    print(f"{'':30} min    median max   (s, n={RUNS})")
    for name, arguments in COMMANDS.items():
        seconds(arguments)
        taken = sorted(seconds(arguments) for _ in range(RUNS))
        print(f"{name:30} {taken[0]:.3f}  {statistics.median(taken):.3f}  {taken[-1]:.3f}")


if __name__ == "__main__":
    main()
