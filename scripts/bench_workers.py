"""Measures what a worker costs: the same plugin in the gateway's process and in one of its own.

scripts/bench builds both and starts this. The two gateways are asked in turn, so that what else the machine does hits both.
"""

import argparse
import json
import os
import re
import signal
import statistics
import sys
import time
from pathlib import Path

import bench
from bench import Failure, Gateway, ratio

# What a change of the workers is held against; a machine that is busy with other things misses them.
AIMS = {"added_p50_us": 25, "cpu_ratio": 1.4, "crash_to_serving_ms": 50, "idle_pss_kilobytes": 8 << 10}
CASES = [("echo", {"text": "The quick brown fox."}), ("big", {})]


class IsolatedGateway(Gateway):
    """A gateway whose plugin runs where it is told."""

    def __init__(self, built, home, isolation):
        self.isolation = isolation
        super().__init__(built, home, bench.SMALL)

    def configuration_text(self, port, state):
        text = super().configuration_text(port, state).replace("isolation: in-process", f"isolation: {self.isolation}")
        # Each crash is to be the first one: those before are forgotten when it comes.
        return text + "\nworkers: {crashes: 1000, crash_window: 1s}\n"

    def workers(self):
        """The processes it has started."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == self.process.pid and fields[0] != "Z":
                found.append(int(stat.parent.name))
        return found

    def cpu_seconds(self):
        total = super().cpu_seconds()
        for pid in self.workers():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += (int(fields[11]) + int(fields[12])) / bench.TICKS_PER_SECOND
        return total


class WorkerBench(bench.Bench):
    """One whole measurement."""

    def measure(self):
        inside = IsolatedGateway(self.options.built, self.home / "inside", "in-process")
        try:
            outside = IsolatedGateway(self.options.built, self.home / "outside", "worker")
            try:
                for name, arguments in CASES:
                    for connections in self.options.connections:
                        self.compare(inside, outside, name, arguments, connections)
                self.measure_memory(outside)
                self.measure_crashes(outside)
            finally:
                outside.stop()
        finally:
            inside.stop()

    def compare(self, inside, outside, name, arguments, connections):
        rounds = []
        for _ in range(self.options.rounds):
            pair = []
            for gateway in (inside, outside):
                parameters = {"name": f"bench_{name}", "arguments": arguments}
                headers, body = gateway.request("modern", "tools/call", parameters)
                bench.checked_answer_size(gateway, name, headers, body)
                pair.append(self.drive(gateway, "/mcp", headers, body, connections)[0])
            rounds.append(pair)
        run = {"case": name, "connections": connections}
        for index, side in enumerate(("in_process", "worker")):
            run[side] = {key: statistics.median(pair[index][key] for pair in rounds) for key in rounds[0][index]}
        run["added_p50_us"] = run["worker"]["p50_us"] - run["in_process"]["p50_us"]
        run["cpu_ratio"] = ratio(run["worker"]["cpu_us_per_call"], run["in_process"]["cpu_us_per_call"])
        self.runs.append(run)
        print(line(run), file=sys.stderr if self.options.json else sys.stdout, flush=True)

    def measure_memory(self, gateway):
        time.sleep(2)
        sizes = []
        for pid in gateway.workers():
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
            sizes.append(int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1]))
        self.memory = {"idle_pss_kilobytes": max(sizes), "workers": len(sizes)}

    def measure_crashes(self, gateway):
        """How long it takes from the end of all workers, the spare included, to the next good answer."""
        headers, body = gateway.request("modern", "tools/call", {"name": "bench_echo", "arguments": {"text": "x"}})
        for spare in (True, False):
            times = []
            for _ in range(self.options.crashes):
                time.sleep(1.2)
                # The first to be started is the one that serves.
                workers = sorted(gateway.workers())
                begin = time.monotonic()
                for pid in workers[:1] if spare else workers:
                    os.kill(pid, signal.SIGKILL)
                while True:
                    status, _, answer = bench.post(gateway.port, "/mcp", headers, body)
                    if status == 200 and not json.loads(answer)["result"].get("isError"):
                        break
                    if time.monotonic() - begin > bench.PATIENCE:
                        raise Failure("The plugin does not come back after a crash.")
                times.append((time.monotonic() - begin) * 1000)
            self.startup["with_spare" if spare else "without_spare"] = round(statistics.median(times), 1)

    def report(self):
        run = next(run for run in self.runs if run["case"] == "echo")
        values = {
            "added_p50_us": run["added_p50_us"],
            "cpu_ratio": run["cpu_ratio"],
            "crash_to_serving_ms": self.startup["with_spare"],
            "idle_pss_kilobytes": self.memory["idle_pss_kilobytes"],
        }
        return {
            "machine": bench.machine(),
            "seconds_per_run": self.options.seconds,
            "rounds": self.options.rounds,
            "runs": self.runs,
            "crash_to_serving_ms": self.startup,
            "memory": self.memory,
            "values": values,
            "aims": AIMS,
        }


HEADING = f"{'case':<8}{'conn':>5}{'in-process':>12}{'worker':>10}{'added us':>10}{'CPU us':>9}{'CPU us':>9}{'ratio':>8}"


def line(run):
    inside, outside = run["in_process"], run["worker"]
    return (
        f"{run['case']:<8}{run['connections']:>5}{inside['p50_us']:>12.0f}{outside['p50_us']:>10.0f}"
        f"{run['added_p50_us']:>10.0f}{inside['cpu_us_per_call']:>9.1f}{outside['cpu_us_per_call']:>9.1f}"
        f"{run['cpu_ratio'] or 0:>8.2f}"
    )


def print_summary(report):
    for name, value in report["values"].items():
        print(f"{name}: {value} (aim: at most {AIMS[name]})")
    print(f"crash to serving without a spare: {report['crash_to_serving_ms']['without_spare']} ms")


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench --workers")
    parser.add_argument("--built", type=Path, required=True, help="the folder of the programs and the plugin")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--seconds", type=int, default=3, help="how long one run takes (default 3)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each run is made; medians count (default 3)")
    parser.add_argument(
        "--connections", type=lambda text: [int(word) for word in text.split(",")], default=[1, 16],
        help="numbers of connections (default 1,16)",
    )
    parser.add_argument("--crashes", type=int, default=10, help="how often a worker is killed, each way (default 10)")
    options = parser.parse_args()
    bench.run(options, bench.table(WorkerBench, HEADING), print_summary)


if __name__ == "__main__":
    main()
