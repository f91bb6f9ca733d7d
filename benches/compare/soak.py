"""An hour, or as long as is said, of mixed traffic at half of what asmxd can do, and
what grows meanwhile. Called by soak.sh, from the repository's root, when all is built."""

import argparse
import os
import tempfile
import threading
import time
from pathlib import Path

from servers import SERVERS, Running

# What is called, over how many connections, and the share of what the server does of it alone. Together they keep two
# cores half busy, with the tools that call: a call costs more the fewer come at once.
TRAFFIC = {"read": (32, 0.12), "update": (16, 0.10), "create": (16, 0.025)}
# Seconds in which the server is asked as often as it answers, to find what it can do.
TRIAL = 5


def main():
    parser = argparse.ArgumentParser(prog="benches/soak.sh")
    parser.add_argument("--minutes", type=int, default=60, help="how long it takes (60)")
    minutes = parser.parse_args().minutes
    server = next(server for server in SERVERS if server.kind == "asmxd")
    with tempfile.TemporaryDirectory(prefix="asmxd-soak-") as folder:
        running = Running(server, folder)
        try:
            rates = {name: rate_of(running, name) for name in TRAFFIC}
            told = ", ".join(f"{rate} {name}s/s" for name, rate in rates.items())
            print(f"half load: {told}\n\n{head()}", flush=True)
            wrong = sum(minute(running, number, rates) for number in range(1, minutes + 1))
        finally:
            running.stop()
    raise SystemExit(1 if wrong else 0)


def rate_of(running, name):
    connections, share = TRAFFIC[name]
    return int(running.load(name, TRIAL, connections)["requests_per_s"] * share)


def head():
    columns = ["minute"]
    for name in TRAFFIC:
        columns += [f"{name}s/s", "p50 ms", "p99 ms", "worst ms"]
    columns += ["anonymous MiB", "files", "threads", "log MiB", "database MiB", "wrong"]
    return f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}"


def minute(running, number, rates):
    """A minute of all calls at once, a line about it, and how many answers were wrong."""
    told = {}

    def call(name):
        told[name] = running.load(name, 60, TRAFFIC[name][0], rates[name])

    threads = [threading.Thread(target=call, args=(name,)) for name in TRAFFIC]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # The server has seen by then that all connections are closed.
    time.sleep(0.5)
    cells = [number]
    files, tasks, log, database = grown(running)
    for name in TRAFFIC:
        row = told[name]
        cells += [f"{row['requests_per_s']:.0f}", *(f"{row[key]:.1f}" for key in ("p50_ms", "p99_ms", "worst_ms"))]
    wrong = sum(row["errors"] for row in told.values())
    memory = max(row["anonymous_mib"] for row in told.values())
    cells += [f"{memory:.1f}", files, tasks, f"{log:.0f}", f"{database:.0f}", wrong]
    print(f"| {' | '.join(map(str, cells))} |", flush=True)
    return wrong


def grown(running):
    """Open files and threads of the server, and the MiB of its log and its database."""
    process = Path(f"/proc/{running.process.pid}")
    sizes = [os.path.getsize(f"{running.database}{end}") / 2**20 for end in ("-wal", "")]
    return len(list((process / "fd").iterdir())), len(list((process / "task").iterdir())), *sizes


main()
