"""Measures a built gateway beside a bare HTTP server; scripts/bench builds both and starts this.

For each case the same request goes to the gateway and, right after, to a server that only reads it and answers with as
many bytes. What is kept is the ratio of the two: it says what the gateway costs on any machine.
"""

import argparse
import http.client
import json
import os
import platform
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
ERAS = {"modern": "2026-07-28", "sessions": "2025-11-25"}
SMALL, LARGE = 100, 10_000
# The ratios that are followed over time come from these runs.
RATIO_ERA, RATIO_CONNECTIONS = "modern", 16
# What a token that is remembered may add to a call, in microseconds of processor time, and how often that is measured at
# least: it is a small difference of large numbers.
TOKEN_AIM, TOKEN_ROUNDS = 2.0, 9
PATIENCE = 60.0

LUA = """
wrk.method = "POST"
wrk.path = %(path)s
wrk.body = %(body)s
%(headers)s
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    '\\nRESULT {"calls":%%d,"microseconds":%%d,"bytes":%%d,"errors":%%d,"p50":%%d,"p99":%%d}\\n',
    summary.requests, summary.duration, summary.bytes, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(99)))
end
"""


class Failure(Exception):
    """Something that makes the measurement worthless; for whoever runs it."""


class Server:
    """A running program on a port of this machine."""

    def __init__(self, name, process, port):
        self.name, self.process, self.port = name, process, port

    def cpu_seconds(self):
        """User and system time of all threads until now."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND

    def resident_kilobytes(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1])

    def wait_for_answer(self, path, begin):
        """Returns as soon as it answers; `begin` is when it was started."""
        while time.monotonic() - begin < PATIENCE:
            if self.process.poll() is not None:
                raise Failure(f"The {self.name} ended while starting. {self.said()}")
            try:
                if get(self.port, path) == 200:
                    return
            except OSError:
                pass
            time.sleep(0.001)
        raise Failure(f"The {self.name} did not answer within a minute. {self.said()}")

    def said(self):
        """What it told, for whoever looks for the cause."""
        return ""

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Gateway(Server):
    """The gateway with so many tools, and what a client needs to ask it."""

    role = "bench.user"

    def __init__(self, built, home, tools):
        self.tools = tools
        home.mkdir(parents=True)
        self.configuration = home / "beamline.yaml"
        self.log = home / "log"
        port = free_port()
        self.configuration.write_text(self.configuration_text(port, home / "state"))
        begin = time.monotonic()
        with self.log.open("wb") as log:
            command = [built / "beamline", "serve", "--config", self.configuration]
            process = subprocess.Popen(command, stdout=log, stderr=log)
        super().__init__(f"gateway with {tools} tools", process, port)
        try:
            self.wait_for_answer("/.well-known/oauth-protected-resource", begin)
            self.startup_seconds = time.monotonic() - begin
            self.token = self.make_token(built)
            self.session = self.begin_session()
        except BaseException:
            self.stop()
            raise

    def configuration_text(self, port, state):
        return configuration_text(port, self.tools, state)

    def said(self):
        return self.log.read_text(errors="replace")[-2000:]

    def make_token(self, built):
        """Asks until the gateway has written its key, which it does while it starts to listen."""
        command = [built / "beamline", "token", "--config", self.configuration, "--subject", "bench", "--role", self.role]
        end = time.monotonic() + PATIENCE
        while True:
            made = subprocess.run(command, capture_output=True, text=True)
            if made.returncode == 0:
                return made.stdout.strip()
            if time.monotonic() > end:
                raise Failure(f"No token could be made: {made.stderr.strip()}")
            time.sleep(0.05)

    def begin_session(self):
        parameters = {
            "protocolVersion": ERAS["sessions"], "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"},
        }
        body = {"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": parameters}
        _, headers, _ = post(self.port, "/mcp", self.headers(), json.dumps(body))
        session = {name.lower(): value for name, value in headers}.get("mcp-session-id")
        if not session:
            raise Failure("The gateway began no session.")
        return session

    def headers(self):
        return {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream",
        }

    def request(self, era, method, parameters):
        """The header fields and the body of one request."""
        headers = self.headers() | {"MCP-Protocol-Version": ERAS[era]}
        if era == "sessions":
            headers["Mcp-Session-Id"] = self.session
        else:
            headers["Mcp-Method"] = method
            if "name" in parameters:
                headers["Mcp-Name"] = parameters["name"]
            meta = {
                "io.modelcontextprotocol/protocolVersion": ERAS[era],
                "io.modelcontextprotocol/clientCapabilities": {},
            }
            parameters = parameters | {"_meta": meta}
        return headers, json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters})


def cases(tools):
    """The cases of a gateway with so many tools: name, method, parameters."""
    def call(name, **arguments):
        return "tools/call", {"name": f"bench_{name}", "arguments": arguments}

    result = [(f"list {tools}", "tools/list", {}), (f"call last of {tools}", *call(f"t{tools}"))]
    if tools == SMALL:
        result = [("echo", *call("echo", text="The quick brown fox.")), ("20 kB", *call("big"))] + result
    return result


def configuration_text(port, tools, state):
    text = (ROOT / "config/bench.yaml").read_text().replace("8080", str(port))
    text = text.replace("tools: 100", f"tools: {tools}")
    return re.sub(r"directory: .*", f"directory: {state}", text)


def plugin_configuration(port, state, namespace, library, binding, source):
    """A gateway with one shipped plugin; what is bound, and the sources, as YAML on one line."""
    return f"""
server: {{host: 127.0.0.1, port: {port}, publicURL: "http://127.0.0.1:{port}", listing: all}}
identity: {{development: true}}
plugins:
  {namespace}: {{library: {library}, isolation: in-process, required: true, {binding}}}
sources: {{{source}}}
state: {{directory: {state}}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def post(port, path, headers, body):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.getheaders(), answer.read()
    finally:
        connection.close()


def checked_answer_size(gateway, name, headers, body, path="/mcp"):
    """The bytes of the body of a good answer, and of the whole answer. A fast wrong answer must not count."""
    status, fields, answer = post(gateway.port, path, headers, body)
    message = json.loads(answer) if status == 200 else {}
    result = message.get("result", {})
    if not result or result.get("isError") or result.get("tools") == []:
        raise Failure(f"The case '{name}' is answered with {status} {answer[:500]!r}.")
    head = len("HTTP/1.1 200 OK\r\n\r\n") + sum(len(key) + len(value) + 4 for key, value in fields)
    return len(answer), head + len(answer)


def start_bare_server(built):
    port = free_port()
    server = Server("bare server", subprocess.Popen([built / "beamline-bench-bare", "--port", str(port)]), port)
    try:
        server.wait_for_answer("/1", time.monotonic())
    except BaseException:
        server.stop()
        raise
    return server


def lua_text(text):
    return "[==[" + text + "]==]"


class Bench:
    """One whole measurement."""

    def __init__(self, options, home):
        self.options, self.home = options, home
        self.bare = None
        self.runs, self.startup, self.memory, self.token = [], {}, {}, {}

    def measure(self):
        self.bare = start_bare_server(self.options.built)
        try:
            for tools in (SMALL, LARGE):
                self.measure_gateway(tools)
        finally:
            self.bare.stop()

    def measure_gateway(self, tools):
        gateway = Gateway(self.options.built, self.home / str(tools), tools)
        try:
            self.startup[str(tools)] = round(gateway.startup_seconds, 4)
            # What start-up left behind is given back within a second.
            time.sleep(1)
            idle, load = gateway.resident_kilobytes(), 0
            for name, method, parameters in cases(tools):
                for era in ERAS:
                    for connections in self.options.connections:
                        load = max(load, self.measure_case(gateway, name, era, connections, method, parameters))
            if tools == SMALL:
                self.measure_token(gateway)
            time.sleep(2)
            self.memory[str(tools)] = {"idle": idle, "load": load, "after": gateway.resident_kilobytes()}
        finally:
            gateway.stop()

    def measure_case(self, gateway, name, era, connections, method, parameters):
        headers, body = gateway.request(era, method, parameters)
        size, whole = checked_answer_size(gateway, name, headers, body)
        rounds, load = [], 0
        for _ in range(self.options.rounds):
            ours, memory = self.drive(gateway, "/mcp", headers, body, connections)
            if abs(ours["bytes_per_call"] - whole) > 0.02 * whole + 8:
                raise Failure(
                    f"Under load '{name}' had answers of {ours['bytes_per_call']:.0f} bytes; alone it had {whole}."
                )
            bare, _ = self.drive(self.bare, f"/{size}", headers, body, connections)
            rounds.append((ours, bare))
            load = max(load, memory)
        run = {"case": name, "era": era, "connections": connections, "answer_bytes": size}
        for index, side in enumerate(("gateway", "bare")):
            run[side] = {key: statistics.median(pair[index][key] for pair in rounds) for key in rounds[0][index]}
        run["ratio"] = {key: ratio(run["gateway"][key], run["bare"][key]) for key in run["gateway"]}
        self.runs.append(run)
        print(line(run), file=sys.stderr if self.options.json else sys.stdout, flush=True)
        return load

    def measure_token(self, gateway):
        """The same call with a token and without one, in turn; the median of what the token adds counts."""
        connections = self.ratio_connections()
        method, parameters = "tools/call", {"name": "bench_t3", "arguments": {}}
        with_token, body = gateway.request(RATIO_ERA, method, parameters)
        without = {key: value for key, value in with_token.items() if key != "Authorization"}
        for headers in (with_token, without):
            checked_answer_size(gateway, "token", headers, body, "/open")
        rounds = []
        for number in range(max(TOKEN_ROUNDS, self.options.rounds)):
            # Which is first changes, so that a machine that grows slower or faster favours neither.
            order = (with_token, without) if number % 2 else (without, with_token)
            cpu = {
                "Authorization" in headers: self.drive(gateway, "/open", headers, body, connections)[0]["cpu_us_per_call"]
                for headers in order
            }
            rounds.append((cpu[True], cpu[False]))
        self.token = {
            "cpu_us_with": round(statistics.median(pair[0] for pair in rounds), 2),
            "cpu_us_without": round(statistics.median(pair[1] for pair in rounds), 2),
            "adds_cpu_us": round(statistics.median(pair[0] - pair[1] for pair in rounds), 2),
            "aim_cpu_us": TOKEN_AIM,
            "token_bytes": len(gateway.token),
        }
        print(self.token_line(), file=sys.stderr if self.options.json else sys.stdout, flush=True)

    def token_line(self):
        token = self.token
        return (
            f"a remembered token of {token['token_bytes']} bytes adds {token['adds_cpu_us']} us of CPU"
            f" ({token['cpu_us_with']} over {token['cpu_us_without']}); the aim is {token['aim_cpu_us']}"
        )

    def ratio_connections(self):
        return RATIO_CONNECTIONS if RATIO_CONNECTIONS in self.options.connections else self.options.connections[-1]

    def drive(self, server, path, headers, body, connections):
        """One run of wrk: what it saw, and the most memory the server had meanwhile."""
        script = self.home / "request.lua"
        fields = "\n".join(f"wrk.headers[ {lua_text(key)} ] = {lua_text(value)}" for key, value in headers.items())
        script.write_text(LUA % {"path": lua_text(path), "body": lua_text(body), "headers": fields})
        threads = "2" if connections > 1 and (os.cpu_count() or 1) >= 4 else "1"
        command = [
            "wrk", "-t", threads, "-c", str(connections), "-d", f"{self.options.seconds}s", "--timeout", "10s",
            "-s", script, f"http://127.0.0.1:{server.port}",
        ]
        before, memory = server.cpu_seconds(), 0
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as wrk:
            while wrk.poll() is None:
                memory = max(memory, server.resident_kilobytes())
                time.sleep(0.1)
            output = wrk.stdout.read()
        cpu = server.cpu_seconds() - before
        found = re.search(r"^RESULT (.*)$", output, re.MULTILINE)
        seen = json.loads(found[1]) if found else {}
        if not seen.get("calls") or seen["errors"]:
            raise Failure(f"wrk failed against the {server.name}:\n{output}")
        return {
            "calls_per_second": round(seen["calls"] / seen["microseconds"] * 1e6, 1),
            "cpu_us_per_call": round(cpu / seen["calls"] * 1e6, 2),
            "p50_us": seen["p50"],
            "p99_us": seen["p99"],
            "bytes_per_call": round(seen["bytes"] / seen["calls"], 1),
        }, memory

    def cpu(self, name, side):
        connections = self.ratio_connections()
        for run in self.runs:
            if (run["case"], run["era"], run["connections"]) == (name, RATIO_ERA, connections):
                return run[side]["cpu_us_per_call"]
        raise Failure(f"The case '{name}' was not measured.")

    def report(self):
        echo, list_small = "echo", f"list {SMALL}"
        calls = [self.cpu(f"call last of {tools}", "gateway") for tools in (LARGE, SMALL)]
        return {
            "machine": machine(),
            "seconds_per_run": self.options.seconds,
            "rounds": self.options.rounds,
            "startup_seconds": self.startup,
            "memory_kilobytes": self.memory,
            "runs": self.runs,
            "token": self.token,
            "ratios": {
                "echo_cpu_over_bare": ratio(self.cpu(echo, "gateway"), self.cpu(echo, "bare")),
                "list100_cpu_over_bare": ratio(self.cpu(list_small, "gateway"), self.cpu(list_small, "bare")),
                "call_10000_over_100": ratio(*calls),
            },
        }


def machine():
    return {"processors": os.cpu_count(), "kernel": platform.release(), "architecture": platform.machine()}


def ratio(value, other):
    return round(value / other, 3) if other else None


HEADING = (
    f"{'case':<20}{'era':<10}{'conn':>5}{'calls/s':>10}{'x bare':>8}{'CPU us':>9}{'x bare':>8}"
    f"{'p50 us':>9}{'x bare':>8}{'p99 us':>9}{'x bare':>8}"
)


def line(run):
    ours, over = run["gateway"], run["ratio"]
    return (
        f"{run['case']:<20}{run['era']:<10}{run['connections']:>5}"
        f"{ours['calls_per_second']:>10.0f}{over['calls_per_second'] or 0:>8.2f}"
        f"{ours['cpu_us_per_call']:>9.1f}{over['cpu_us_per_call'] or 0:>8.2f}"
        f"{ours['p50_us']:>9.0f}{over['p50_us'] or 0:>8.2f}{ours['p99_us']:>9.0f}{over['p99_us'] or 0:>8.2f}"
    )


def print_summary(report):
    print()
    for tools, seconds in report["startup_seconds"].items():
        memory = ", ".join(f"{when} {kilobytes / 1024:.1f} MB" for when, kilobytes in report["memory_kilobytes"][tools].items())
        print(f"{tools} tools: started in {seconds * 1000:.0f} ms; memory {memory}")
    for name, value in report["ratios"].items():
        print(f"{name}: {value}")


def parse_options():
    def positive(text):
        if (value := int(text)) < 1:
            raise argparse.ArgumentTypeError("must be at least 1")
        return value

    def counts(text):
        return [positive(word) for word in text.split(",")]

    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("--built", type=Path, required=True, help="the folder of the programs and the plugin")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--seconds", type=positive, default=3, help="how long one run takes (default 3)")
    parser.add_argument("--rounds", type=positive, default=1, help="how often each run is made; medians count (default 1)")
    parser.add_argument("--connections", type=counts, default=[1, 16, 64], help="numbers of connections (default 1,16,64)")
    return parser.parse_args()


def run(options, measured, print_summary):
    """Prints what measured(options, home) finds out, with a folder of its own that is gone at the end."""
    # Ends like Ctrl-C: what was started is stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    home = Path(tempfile.mkdtemp(prefix="beamline-bench-"))
    try:
        report = measured(options, home)
        if options.json:
            print(json.dumps(report))
        else:
            print_summary(report)
    except (Failure, OSError, subprocess.SubprocessError) as error:
        sys.exit(f"scripts/bench: {error}")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def table(bench, heading):
    """What run() needs of a measurement that prints its lines under a heading as they come."""

    def measured(options, home):
        measurement = bench(options, home)
        print(heading, file=sys.stderr if options.json else sys.stdout, flush=True)
        measurement.measure()
        return measurement.report()

    return measured


def main():
    run(parse_options(), table(Bench, HEADING), print_summary)


if __name__ == "__main__":
    main()
