"""Measures the heavy tools of the ePIC plugin beside their own SQL; scripts/bench epic builds both and starts this.

A PostgreSQL server of its own gets PanDA's tables with 465 000 jobs, made by scripts/bench_epic.sql. Each tool is called
once while the server writes down what it is asked. Then the tool and the same statements in psql take turns; what is kept
is the ratio of their times.
"""

import argparse
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

import bench
from bench import Failure, Gateway, free_port

DAYS, SEED = 180, 42
FIRST_JOB, FIRST_TASK, JOBS_PER_TASK = 1_220_000, 30_000, 127
BUDGET = 32 << 10


def cases(jobs):
    """The tools with what they are asked, for so many jobs."""
    return [
        ("panda_list_jobs", {"days": 7}),
        ("panda_list_jobs", {"days": 180, "limit": 1000}),
        ("panda_list_tasks", {"days": 180, "limit": 500}),
        ("panda_diagnose_jobs", {"days": 7}),
        ("panda_diagnose_jobs", {"days": 180, "limit": 500}),
        ("panda_error_summary", {"days": 10}),
        ("panda_error_summary", {"days": 180}),
        ("panda_error_summary", {"days": 30, "destinationse": "BNL%"}),
        ("panda_resource_usage", {"days": 30}),
        ("panda_resource_usage", {"days": 180, "bucket": "day"}),
        ("panda_get_activity", {"days": 1}),
        ("panda_get_activity", {"days": 30}),
        ("panda_study_job", {"pandaid": FIRST_JOB + jobs * 9 // 10}),
        ("panda_study_task", {"jeditaskid": FIRST_TASK + jobs // JOBS_PER_TASK // 2}),
        ("panda_list_queues", {}),
        ("panda_harvester_workers", {}),
    ]


# What a change of the plugin is held against. A statement of some milliseconds is no measure of anything else.
AIMS = {"worst_ratio": 1.3, "error_summary_180_days_ms": 1000, "largest_answer_bytes": BUDGET}
SHORTEST_MS = 50


class Postgres:
    """A PostgreSQL server with PanDA's tables, on a free port of this machine."""

    def __init__(self, built, home, jobs):
        self.home, self.jobs, self.port = home, jobs, free_port()
        folder = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        self.unprivileged = []
        if os.geteuid() == 0:
            shutil.chown(home, "postgres")
            self.unprivileged = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]
        made = [folder / "initdb", "-D", home / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"]
        subprocess.run(self.unprivileged + made, check=True, stdout=subprocess.DEVNULL)
        settings = [
            "listen_addresses=127.0.0.1", f"port={self.port}", "unix_socket_directories=", "fsync=off",
            "full_page_writes=off", "shared_buffers=512MB", "max_wal_size=4GB", "maintenance_work_mem=256MB",
            "autovacuum=off", "logging_collector=on", "log_destination=jsonlog", "log_directory=said", "log_filename=said",
        ]
        command = [folder / "postgres", "-D", home / "data"] + [word for setting in settings for word in ("-c", setting)]
        with (home / "log").open("wb") as log:
            self.process = subprocess.Popen(self.unprivileged + command, stdout=log, stderr=log)
        try:
            self.wait()
            begin = time.monotonic()
            self.fill(built)
            self.filled_seconds = time.monotonic() - begin
        except BaseException:
            self.stop()
            raise

    def psql(self, *words, **options):
        command = ["psql", "-X", "-q", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-d", "postgres"]
        return subprocess.run(command + list(words), capture_output=True, text=True, **options)

    def wait(self):
        end = time.monotonic() + bench.PATIENCE
        while self.psql("-c", "SELECT 1").returncode:
            if self.process.poll() is not None or time.monotonic() > end:
                raise Failure(f"PostgreSQL does not start: {(self.home / 'log').read_text()[-2000:]}")
            time.sleep(0.05)

    def fill(self, built):
        tables = subprocess.run(
            [built / "beamline-sample-data", "schema", "--days", str(DAYS)], check=True, capture_output=True, text=True
        ).stdout
        values = {"rows": Path(__file__).with_name("bench_epic.sql"), "jobs": self.jobs, "days": DAYS, "seed": SEED}
        words = ["-v", "ON_ERROR_STOP=1"] + [word for name, value in values.items() for word in ("-v", f"{name}={value}")]
        made = self.psql(*words, "-f", "-", input=tables)
        if made.returncode:
            raise Failure(f"The tables could not be filled: {made.stderr.strip()}")

    def statements(self, call):
        """The statements that the server is asked during a call, with their values in place."""
        said = self.home / "data/said/said.json"
        self.set_logging("all")
        before = said.stat().st_size
        call()
        self.set_logging("none")
        found = []
        with said.open("rb") as log:
            log.seek(before)
            for line in log.read().decode().splitlines():
                entry = json.loads(line)
                statement = re.match(r"execute [^:]*: (.*)", entry.get("message", ""), re.DOTALL)
                if statement and not re.match(r"\s*(BEGIN|COMMIT|ROLLBACK|SET|SHOW)\b", statement[1], re.IGNORECASE):
                    found.append(with_values(statement[1], entry.get("detail", "")))
        if not found:
            raise Failure("The server was asked nothing.")
        return found

    def set_logging(self, what):
        self.psql("-c", f"ALTER SYSTEM SET log_statement = '{what}'", "-c", "SELECT pg_reload_conf()", check=True)
        # Sessions look for a new configuration between their statements.
        time.sleep(0.3)

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def with_values(statement, detail):
    """The statement with the values of its parameters, which the server tells as `$1 = 'text', $2 = NULL`."""
    values = dict(re.findall(r"(\$\d+) = ('(?:[^']|'')*'|NULL)", detail))
    return re.sub(r"\$\d+", lambda place: values[place[0]], statement)


class Session:
    """A session of psql, which stays open as the gateway's do."""

    def __init__(self, port):
        command = ["psql", "-X", "-q", "-A", "-t", "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "-d", "postgres"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        # As the gateway's sessions have it.
        self.say("SET jit = off;\n\\timing on\n\\o /dev/null\n")

    def say(self, text):
        self.process.stdin.write(text)
        self.process.stdin.flush()

    def milliseconds(self, statements):
        """How long the server and the way of the rows take; psql leaves the rest out."""
        self.say("".join(f"{statement};\n" for statement in statements) + "\\echo end\n")
        total = 0.0
        for line in self.process.stdout:
            if line.strip() == "end":
                return total
            if found := re.match(r"Time: ([\d.]+) ms", line):
                total += float(found[1])
        raise Failure("psql ended.")

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


class EPICGateway(Gateway):
    """The gateway with the plugin and its database."""

    role = "epic.user"

    def __init__(self, built, home, database_port):
        self.built, self.database_port = built, database_port
        super().__init__(built, home, 0)

    def configuration_text(self, port, state):
        source = (
            f"panda: {{kind: postgresql, host: 127.0.0.1, port: {self.database_port}, database: postgres, "
            "user: postgres, ssl_mode: disable}"
        )
        binding = "sources: {panda: panda}"
        return bench.plugin_configuration(port, state, "epic", self.built / "libePIC.so", binding, source)


class EPICBench:
    """One whole measurement."""

    def __init__(self, options, home):
        self.options, self.home, self.runs = options, home, []

    def measure(self):
        postgres = Postgres(self.options.built, self.home, self.options.jobs)
        try:
            self.filled_seconds = round(postgres.filled_seconds, 1)
            session = Session(postgres.port)
            gateway = EPICGateway(self.options.built, self.home / "gateway", postgres.port)
            try:
                for tool, arguments in cases(self.options.jobs):
                    self.measure_case(postgres, session, gateway, tool, arguments)
            finally:
                gateway.stop()
                session.stop()
        finally:
            postgres.stop()

    def measure_case(self, postgres, session, gateway, tool, arguments):
        headers, body = gateway.request("modern", "tools/call", {"name": f"epic_{tool}", "arguments": arguments})
        statements = postgres.statements(lambda: bench.checked_answer_size(gateway, tool, headers, body))
        times = []
        for _ in range(self.options.rounds):
            begin = time.monotonic()
            status, _, answer = bench.post(gateway.port, "/mcp", headers, body)
            ours = (time.monotonic() - begin) * 1000
            times.append((ours, session.milliseconds(statements)))
        result = json.loads(answer)["result"]
        run = {
            "tool": tool,
            "arguments": arguments,
            "statements": len(statements),
            "tool_ms": round(statistics.median(ours for ours, _ in times), 2),
            "sql_ms": round(statistics.median(bare for _, bare in times), 2),
            "ratio": round(statistics.median(ours / bare for ours, bare in times), 3),
            "answer_bytes": len(json.dumps(result["structuredContent"], separators=(",", ":"), ensure_ascii=False).encode()),
        }
        self.runs.append(run)
        print(line(run), file=sys.stderr if self.options.json else sys.stdout, flush=True)

    def report(self):
        heavy = [run for run in self.runs if run["sql_ms"] >= SHORTEST_MS]
        summary = next(run for run in self.runs if run["tool"] == "panda_error_summary" and run["arguments"] == {"days": 180})
        return {
            "machine": bench.machine(),
            "jobs": self.options.jobs,
            "rounds": self.options.rounds,
            "filled_seconds": self.filled_seconds,
            "runs": self.runs,
            "values": {
                "worst_ratio": max((run["ratio"] for run in heavy), default=None),
                "error_summary_180_days_ms": summary["tool_ms"],
                "largest_answer_bytes": max(run["answer_bytes"] for run in self.runs),
            },
            "aims": AIMS,
        }


HEADING = f"{'tool':<26}{'asked':<38}{'stmts':>6}{'tool ms':>10}{'SQL ms':>10}{'ratio':>7}{'bytes':>8}"


def line(run):
    asked = ", ".join(f"{name} {value}" for name, value in run["arguments"].items())
    return (
        f"{run['tool']:<26}{asked:<38}{run['statements']:>6}{run['tool_ms']:>10.1f}{run['sql_ms']:>10.1f}"
        f"{run['ratio']:>7.2f}{run['answer_bytes']:>8}"
    )


def print_summary(report):
    print()
    print(f"{report['jobs']} jobs in PostgreSQL after {report['filled_seconds']} s")
    for name, value in report["values"].items():
        aim = report["aims"][name]
        print(f"{name}: {value} ({'within' if value is None or value <= aim else 'OVER'} {aim})")


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench epic")
    parser.add_argument("--built", type=Path, required=True, help="the folder of the programs and the plugin")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--jobs", type=int, default=465_000, help="how many jobs there are (default 465000)")
    parser.add_argument("--rounds", type=int, default=7, help="how often each is called; medians count (default 7)")
    options = parser.parse_args()
    bench.run(options, bench.table(EPICBench, HEADING), print_summary)


if __name__ == "__main__":
    main()
