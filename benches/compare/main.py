"""Measures asmxd, its peers and the floors in turns, and prints the table and the aims.

Called by compare.sh, from the repository's root, when all is built."""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from statistics import median

import inside
import report
from servers import CHEAP_HASH, DEFAULT_HASH, SERVERS, Running, Server, fill_asmxd


def main():
    options = arguments()
    chosen = [server for server in SERVERS if not options.only or server.name in options.only or server.kind == "floor"]
    results, absent = {}, {}
    for number in range(options.rounds):
        for server in chosen:
            say(f"round {number + 1} of {options.rounds}: {server.name}")
            reason = server.reason_of_absence() or measure(server, options.seconds, results)
            if reason:
                absent[server.name] = reason
    if "asmxd" in {server.name for server in chosen}:
        measure(DEFAULT_HASH, options.seconds, results)
    measured = {"served": summed_up(results), "absent": absent}
    if not options.quick:
        say("wire, creates, growth and the start among a million people: some minutes")
        measured["wire"] = inside.wire()
        measured["creates"] = inside.creates()
        measured["growth"] = inside.growth()
        measured["start_ms"] = start_among_a_million()
    if options.json:
        Path(options.json).write_text(json.dumps({key: plain(value) for key, value in measured.items()}, indent=1))
    print(report.tables(measured))
    print(report.aims(measured))


def arguments():
    parser = argparse.ArgumentParser(prog="benches/compare.sh")
    parser.add_argument("--rounds", type=int, default=3, help="how often each server has its turn (3)")
    parser.add_argument("--seconds", type=int, default=5, help="how long each measurement takes (5)")
    parser.add_argument("--only", action="append", help="a server to measure, and no others but the floors; several times")
    parser.add_argument("--quick", action="store_true", help="leaves out what is measured inside and the start")
    parser.add_argument("--json", metavar="FILE", help="keeps all figures in a file")
    return parser.parse_args()


def say(text):
    print(f"compare: {text}", file=sys.stderr, flush=True)


def measure(server, seconds, results):
    """One turn of a server, on a new database; a reason if it cannot be had."""
    with tempfile.TemporaryDirectory(prefix="asmxd-compare-") as folder:
        try:
            running = Running(server, folder)
        except RuntimeError as problem:
            return str(problem)
        try:
            for operation in server.operations:
                # Programs are compiled and caches filled while they run.
                running.load(operation, 1)
                results.setdefault((server.name, operation), []).append(running.load(operation, seconds))
        except RuntimeError as problem:
            return str(problem)
        finally:
            running.stop()
    return None


def summed_up(results):
    """Medians of the turns; of the worst times and of memory the highest, of errors all."""
    highest, added = {"worst_ms", "anonymous_mib"}, {"errors", "reopened"}
    summary = {}
    for key, turns in results.items():
        row = {}
        for name in turns[0]:
            values = [turn[name] for turn in turns]
            if name == "first_error":
                row[name] = next((value for value in values if value), None)
            elif name in highest:
                row[name] = max(values)
            else:
                row[name] = sum(values) if name in added else median(values)
        row["turns"] = [turn["requests_per_s"] for turn in turns]
        summary[key] = row
    return summary


def start_among_a_million():
    """Milliseconds until asmxd takes connections, the median of five starts; the file is in the system's cache."""
    with tempfile.TemporaryDirectory(prefix="asmxd-compare-") as folder:
        database = Path(folder) / "million.db"
        fill_asmxd(database, 1_000_000)
        times = []
        for _ in range(5):
            running = Running(Server("asmxd", "asmxd", environment=CHEAP_HASH), folder, database)
            times.append(running.start_seconds * 1e3)
            running.stop()
    return median(times)


def plain(value):
    """With keys that JSON can have."""
    if isinstance(value, dict):
        return {" ".join(map(str, key)) if isinstance(key, tuple) else key: plain(inner) for key, inner in value.items()}
    return value


main()
