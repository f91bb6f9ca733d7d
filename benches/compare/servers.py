"""The servers that are compared: how each is started on a new database, what it is
sent, and what it costs, as /proc tells. Knows nothing of aims and tables."""

import json
import os
import signal
import socket
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

PASSWORD = "Long-Enough-2026"
PEOPLE = 10_000
# The first of the people, who is an administrator.
USER = "person-3c6ef362"
NAMESPACE = "http://www.smartertools.com/SmarterTrack/Services2/svcOrganization.asmx"
PATH = "/Services2/svcOrganization.asmx"
REQUESTS = {
    "read": ("benches/requests/read_by_name.xml", "GetUsersPropertiesbyUsername"),
    "create": ("benches/requests/create.xml", "CreateUser2"),
    "update": ("benches/requests/update.xml", "SetUsersProperties"),
}
CHEAP_HASH = {"ASMXD_PASSWORD_MEMORY_KIB": "8", "ASMXD_PASSWORD_ITERATIONS": "1"}

target = Path(os.environ.get("CARGO_TARGET_DIR", "target")).resolve()
release = target / "release"


@dataclass
class Server:
    """What is measured, and by which calls."""

    name: str
    kind: str
    operations: list = field(default_factory=lambda: ["read", "create"])
    environment: dict = field(default_factory=dict)

    def reason_of_absence(self):
        """Why setup.sh could not make it, if it could not."""
        told = target / "peers" / f"{self.name}.absent"
        return told.read_text().strip() if self.kind == "peer" and told.exists() else None

    def command(self, port, database):
        if self.kind == "asmxd":
            return [release / "asmxd", "serve", "--listen", f"127.0.0.1:{port}", "--database", database]
        if self.kind == "floor":
            drain = [] if self.operations == ["get"] else ["--drain"]
            return [release / "examples/floor", "--port", str(port), *drain]
        return [f"benches/peers/{self.name}/run.sh", str(port), database]

    def fill(self, database):
        if self.kind == "asmxd":
            fill_asmxd(database, PEOPLE)
        elif self.kind == "peer":
            run(["benches/peers/fill.sh", database, str(PEOPLE)])


SERVERS = [
    Server("hyper, fixed answer", "floor", ["get"]),
    Server("hyper, body drained", "floor", ["read"]),
    Server("asmxd", "asmxd", environment=CHEAP_HASH),
    Server("gsoap", "peer"),
    Server("node", "peer"),
    Server("spyne", "peer"),
    Server("php", "peer"),
    Server("mono", "peer"),
]
DEFAULT_HASH = Server("asmxd, default hash", "asmxd", ["create"])


def environment(more=()):
    return {**os.environ, "ASMXD_ADMIN_PASSWORD": PASSWORD, "ASMXD_ADMIN_USERNAME": USER, **dict(more)}


def run(command):
    """The standard output of what must succeed."""
    command = [str(word) for word in command]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"compare: {' '.join(command)} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


def fill_asmxd(database, people):
    run([release / "examples/fill", "--database", database, "--people", str(people)])


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Running:
    """A started server and all its processes."""

    def __init__(self, server, folder, database=None):
        self.server = server
        self.port = free_port()
        self.log = Path(folder) / "log"
        if database is None:
            database = Path(folder) / "compare.db"
            server.fill(database)
        self.database = database
        begun = time.monotonic()
        with self.log.open("w") as log:
            command = [str(word) for word in server.command(self.port, database)]
            self.process = subprocess.Popen(
                command, env=environment(server.environment), stdout=log, stderr=log, start_new_session=True
            )
        self.wait_until_it_answers()
        self.start_seconds = time.monotonic() - begun

    def wait_until_it_answers(self):
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.002)
        self.stop()
        raise RuntimeError(f"it did not start: {self.log.read_text()[-300:].strip()}")

    def pids(self):
        """Its processes: the one that was started and its descendants, with what /proc tells of each after the name."""
        found = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                found[int(stat.parent.name)] = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
        mine = {self.process.pid} & found.keys()
        while more := {pid for pid, fields in found.items() if int(fields[1]) in mine} - mine:
            mine |= more
        return [(pid, found[pid]) for pid in mine]

    def cpu_seconds(self):
        """User and system time of the processes and of those of their children that are gone."""
        ticks = sum(sum(int(place) for place in fields[11:15]) for _, fields in self.pids())
        return ticks / os.sysconf("SC_CLK_TCK")

    def anonymous_mib(self):
        return sum(anonymous_kib(pid) for pid, _ in self.pids()) / 1024

    def load(self, operation, seconds, connections=64, rate=None):
        """What the load tool tells, with the server's CPU time a call and its highest anonymous memory. Without a rate
        each connection calls again as soon as it has its answer."""
        command = [release / "examples/load", "--json", "--connections", connections, "--seconds", seconds, "--user", USER]
        command += ["--people", PEOPLE, "--url", f"http://127.0.0.1:{self.port}{PATH}"]
        if rate:
            command += ["--rate", rate]
        if operation == "get":
            command += ["--operation", "get"]
        else:
            file, name = REQUESTS[operation]
            command += ["--request", file, "--action", f"{NAMESPACE}/{name}"]
        before = self.cpu_seconds()
        with Watch(self) as watch:
            done = subprocess.run(
                [str(word) for word in command], env=environment(), capture_output=True, text=True, check=False
            )
        if done.returncode not in (0, 1):
            raise RuntimeError(done.stderr.strip() or f"the load tool ended with {done.returncode}")
        told = json.loads(done.stdout)
        told["cpu_us"] = (self.cpu_seconds() - before) / max(told["right"], 1) * 1e6
        told["anonymous_mib"] = watch.peak
        return told

    def stop(self):
        """Ends all its processes, the hard way if they are still there after ten seconds."""
        pids = [pid for pid, _ in self.pids()]
        self.process.terminate()
        until = time.monotonic() + 10
        while any(is_alive(pid) for pid in pids) and time.monotonic() < until:
            self.process.poll()
            time.sleep(0.05)
        for pid in filter(is_alive, pids):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()


class Watch:
    """Looks at a server's anonymous memory twenty times a second."""

    def __init__(self, running):
        self.running = running
        self.peak = 0.0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.look)

    def look(self):
        pids = [pid for pid, _ in self.running.pids()]
        while not self.over.wait(0.05):
            self.peak = max(self.peak, sum(anonymous_kib(pid) for pid in pids) / 1024)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()


def is_alive(pid):
    return Path(f"/proc/{pid}").exists()


def anonymous_kib(pid):
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("RssAnon:"))
