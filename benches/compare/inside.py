"""What the project's own benchmarks tell: runs them and reads their tables."""

import json
import re
import subprocess

UNITS = {"ns": 1e-3, "µs": 1.0, "ms": 1e3, "s": 1e6}


def bench(name, *arguments):
    """The standard output of a benchmark."""
    command = ["cargo", "bench", "--quiet", "--bench", name, "--", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"compare: {' '.join(command)} failed: {done.stderr[-2000:]}")
    return done.stdout


def creates():
    """The rows of benches/creates.rs by people and name."""
    rows = [json.loads(line) for line in bench("creates", "--json").splitlines() if line.startswith("{")]
    return {(row["people"], row["row"]): row for row in rows}


def tree(text):
    """The rows of divan's tree: path to (fastest, median) in µs; `path alloc` and `path grow` to their median numbers."""
    rows, path, counted = {}, [], None
    for line in text.splitlines():
        head = re.match(r"^([│ ]*)[├╰]─ (\S+)\s*(.*)$", line)
        if head:
            depth = len(head.group(1)) // 3
            path = path[:depth] + [head.group(2)]
            times = re.findall(r"([\d.]+) (ns|µs|ms|s)\b", line)
            if len(times) >= 4:
                fastest, _, median, _ = [float(number) * UNITS[unit] for number, unit in times[:4]]
                rows[" ".join(path)] = (fastest, median)
            continue
        word = re.search(r"(max alloc|dealloc|alloc|grow):", line)
        if word:
            counted = word.group(1)
        elif counted in ("alloc", "grow"):
            numbers = re.findall(r"(?<![\w.])([\d.]+)(?= *(?:│|$))", line)
            if len(numbers) >= 3:
                rows[" ".join([*path, counted])] = float(numbers[2])
            counted = None
    return rows


def wire():
    return tree(bench("wire"))


def growth():
    return tree(bench("growth", "get_users_properties", "list_users", "create_user2"))
