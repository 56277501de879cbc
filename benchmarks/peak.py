"""Run a command, and print its seconds and its own peak memory as JSON.

    python benchmarks/peak.py COMMAND [ARGUMENT...]

What the command writes goes to standard error. A small process of its own, because on Linux a process begins with the
peak of the one that started it: asked for by a benchmark that has loaded its models, every command would have needed as
much as the benchmark. Nothing but the standard library is imported here.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any


def main() -> None:
    command = sys.argv[1:]
    begun = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, 2, 1)])
    _, status, usage = os.wait4(child, 0)  # the usage of this child alone
    seconds = time.perf_counter() - begun
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    print(json.dumps({"seconds": round(seconds, 2), "peak_megabytes": round(kilobytes / 1024)}))
    raise SystemExit(os.waitstatus_to_exitcode(status))


def measured(command: list[str]) -> dict[str, Any]:
    """Seconds and peak memory of a command, whatever this process has loaded.

    Raises:
        SystemExit: the command failed.
    """
    here = [sys.executable, "-S", str(Path(__file__).resolve())]
    done = subprocess.run([*here, *command], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed with status {done.returncode}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main()
