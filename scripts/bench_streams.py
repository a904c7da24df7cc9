"""Holds thousands of streams open at a built gateway while others call it; scripts/bench --streams starts this.

The load: streams of both eras, some of whose readers stop reading; calls that take long; clients that go and come again
all at once; and changes that every stream is told of. What is asked: does somebody who lists tools meanwhile notice, what
does a stream cost, who loses his stream, and does it all end when it is told to?
"""

import argparse
import asyncio
import http.client
import json
import multiprocessing
import os
import random
import resource
import signal
import socket
import statistics
import sys
import time
from pathlib import Path

import bench
from bench import ERAS, PATIENCE, SMALL, Failure, Gateway, machine, ratio

# Files a process has open beside its streams and calls.
SPARE_FILES = 200
OPENINGS_AT_A_TIME = 64
PROBES_PER_SECOND = 50
SLOW_CALL_SECONDS = 2
# Resources that are told of to readers that do not read, each with 1 kB of address: more than any buffer on the way.
STUCK_NOTES = 128
# As over a network: on a loopback interface the system alone would keep megabytes for a reader.
SEGMENT_BYTES, RECEIVE_BYTES = 536, 4096
SAMPLES_PER_SECOND = 5


class StreamGateway(Gateway):
    """A gateway whose plugin also has slow calls and changes."""

    def configuration_text(self, port, state):
        return super().configuration_text(port, state).replace("{tools:", "{streams: true, tools:")

    def threads(self):
        return len(os.listdir(f"/proc/{self.process.pid}/task"))

    def files(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def call(self, era, name, **arguments):
        return self.request(era, "tools/call", {"name": f"bench_{name}", "arguments": arguments})


def wire(method, headers, body=""):
    """A request as bytes."""
    fields = {"Host": "127.0.0.1"} | headers
    if body:
        fields["Content-Length"] = str(len(body))
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"{method} /mcp HTTP/1.1\r\n{head}\r\n{body}".encode()


class Stream(asyncio.Protocol):
    """One stream of changes; reading or not."""

    def __init__(self, gateway, session=None, is_stuck=False):
        self.gateway, self.session, self.is_stuck = gateway, session, is_stuck
        self.transport = None

    def reset(self):
        self.heard, self.changes, self.is_over, self.has_ended = b"", 0, False, False
        loop = asyncio.get_running_loop()
        self.opened, self.gone = loop.create_future(), loop.create_future()

    def opening(self):
        """The request that opens it, and what its first event has."""
        if self.session:
            headers = self.gateway.headers() | {
                "MCP-Protocol-Version": ERAS["sessions"], "Mcp-Session-Id": self.session, "Accept": "text/event-stream",
            }
            return wire("GET", headers), b": keep-alive"
        wanted = {"toolsListChanged": True}
        if self.is_stuck:
            wanted["resourceSubscriptions"] = [f"bench+note:{number:01000}" for number in range(STUCK_NOTES)]
        return wire("POST", *self.gateway.request("modern", "subscriptions/listen", {"notifications": wanted})), b"acknowledged"

    async def open(self):
        self.reset()
        request, self.greeting = self.opening()
        loop = asyncio.get_running_loop()
        plug = socket.socket()
        plug.setblocking(False)
        if self.is_stuck:
            plug.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BYTES)
            plug.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, SEGMENT_BYTES)
        try:
            await loop.sock_connect(plug, ("127.0.0.1", self.gateway.port))
        except BaseException:
            plug.close()
            raise
        self.transport, _ = await loop.create_connection(lambda: self, sock=plug)
        self.transport.write(request)
        await asyncio.wait_for(asyncio.shield(self.opened), PATIENCE)
        if self.is_stuck:
            self.transport.pause_reading()

    def data_received(self, data):
        if not self.opened.done():
            self.heard += data
            if self.greeting in self.heard:
                self.opened.set_result(None)
            elif self.heard.startswith(b"HTTP/1.1 ") and not self.heard.startswith(b"HTTP/1.1 200") and b"\r\n\r\n" in self.heard:
                self.opened.set_exception(Failure(f"A stream was refused: {self.heard[:300]!r}."))
            return
        # The end of what came before belongs to it: an event may come in two pieces.
        text = self.heard[-16:] + data
        if text.find(b"list_changed", max(0, len(self.heard[-16:]) - 11)) >= 0:
            self.changes += 1
        self.has_ended = self.has_ended or text.endswith(b"0\r\n\r\n")
        self.heard = text[-16:]

    def connection_lost(self, error):
        self.is_over = True
        if not self.opened.done():
            self.opened.set_exception(Failure(f"A stream was cut while it was opened: {error}."))
        if not self.gone.done():
            self.gone.set_result(None)

    async def come_again(self):
        self.transport.abort()
        await self.gone
        await self.open()


async def exchange(gateway, request):
    """One request over a connection of its own: status and JSON."""
    reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
    try:
        writer.write(request)
        return await answer(reader)
    finally:
        writer.close()


async def answer(reader):
    head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)).decode()
    fields = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
    if "content-length" not in fields:
        raise Failure(f"An answer has no length: {head!r}.")
    body = await reader.readexactly(int(fields["content-length"]))
    return int(head.split()[1]), fields, body


def probe_forever(pipe):
    """Lists tools at a steady pace whenever it is told for how long; a process of its own, so that only the gateway counts."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while (order := pipe.recv()) is not None:
        port, headers, body, seconds = order
        try:
            pipe.send(probe(port, headers, body, seconds))
        except (OSError, http.client.HTTPException, Failure) as error:
            pipe.send(f"tools/list failed: {error!r}")


def probe(port, headers, body, seconds):
    """How long each call took, in microseconds, from when it was due: who waits for a slow one is late too."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    times, begin = [], time.monotonic()
    for number in range(max(1, round(seconds * PROBES_PER_SECOND))):
        due = begin + number / PROBES_PER_SECOND
        time.sleep(max(0, due - time.monotonic()))
        connection.request("POST", "/mcp", body, headers)
        response = connection.getresponse()
        text = response.read()
        if response.status != 200 or b'"tools":[{' not in text:
            raise Failure(f"{response.status} {text[:300]!r}")
        times.append((time.monotonic() - due) * 1e6)
    connection.close()
    return times


class Probe:
    def __init__(self):
        context = multiprocessing.get_context("fork")
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=probe_forever, args=(other,), daemon=True)
        self.process.start()

    async def measure(self, gateway, seconds):
        self.pipe.send((gateway.port, *gateway.request("modern", "tools/list", {}), seconds))
        times = await asyncio.get_running_loop().run_in_executor(None, self.pipe.recv)
        if isinstance(times, str):
            raise Failure(times)
        times.sort()
        return {
            "calls": len(times),
            "p50_us": round(statistics.median(times)),
            "p99_us": round(times[min(len(times) - 1, int(len(times) * 0.99))]),
            "longest_us": round(times[-1]),
        }

    def stop(self):
        self.pipe.send(None)
        self.process.join(PATIENCE)


class Load:
    """What goes on beside the probe."""

    def __init__(self, gateway, options, streams):
        self.gateway, self.options, self.streams = gateway, options, streams
        self.slow_calls = self.came_again = self.changes = 0
        self.longest_delay = 0.0
        self.most_memory = self.most_threads = 0
        self.is_over = asyncio.Event()

    async def run(self, probe):
        """Puts the load on for as long as the probe measures."""
        jobs = [self.watch(), self.storm(), self.change()] + [self.call_slowly() for _ in range(self.options.slow_calls)]
        tasks = [asyncio.create_task(job) for job in jobs]
        measuring = asyncio.create_task(probe.measure(self.gateway, self.options.seconds))
        try:
            await asyncio.wait([measuring, *tasks], return_when=asyncio.FIRST_COMPLETED)
            self.is_over.set()
            await asyncio.gather(*tasks)
            return await measuring
        finally:
            for task in [measuring, *tasks]:
                task.cancel()

    async def pause(self, seconds):
        """Whether the load goes on after a while."""
        try:
            await asyncio.wait_for(self.is_over.wait(), seconds)
            return False
        except asyncio.TimeoutError:
            return True

    async def watch(self):
        while True:
            self.most_memory = max(self.most_memory, self.gateway.resident_kilobytes())
            self.most_threads = max(self.most_threads, self.gateway.threads())
            if not await self.pause(1 / SAMPLES_PER_SECOND):
                return

    async def call_slowly(self):
        headers, body = self.gateway.call("modern", "slow", milliseconds=SLOW_CALL_SECONDS * 1000)
        request = wire("POST", headers, body)
        reader, writer = await asyncio.open_connection("127.0.0.1", self.gateway.port)
        try:
            while not self.is_over.is_set():
                begin = time.monotonic()
                writer.write(request)
                status, _, text = await answer(reader)
                if status != 200 or b'"isError":true' in text or b'"result"' not in text:
                    raise Failure(f"A slow call was answered with {status} {text[:300]!r}.")
                self.slow_calls += 1
                self.longest_delay = max(self.longest_delay, time.monotonic() - begin - SLOW_CALL_SECONDS)
        finally:
            writer.close()

    async def storm(self):
        """So many clients at once go and come again, once a second."""
        readers = [stream for stream in self.streams if not stream.is_stuck]
        while await self.pause(1):
            chosen = random.sample(readers, min(self.options.reconnects, len(readers)))
            await asyncio.gather(*(stream.come_again() for stream in chosen))
            self.came_again += len(chosen)

    async def change(self):
        while await self.pause(1):
            await self.change_once()

    async def change_once(self):
        status, _, text = await exchange(self.gateway, wire("POST", *self.gateway.call("modern", "change", notes=STUCK_NOTES)))
        if status != 200 or b'"isError":true' in text:
            raise Failure(f"A change was answered with {status} {text[:300]!r}.")
        self.changes += 1


class StreamBench:
    """One whole measurement."""

    def __init__(self, options, home):
        self.options, self.home = options, home

    def measure(self):
        allow_files(self.options.open + self.options.slow_calls + SPARE_FILES)
        self.probe = Probe()
        try:
            self.gateway = StreamGateway(self.options.built, self.home / "gateway", SMALL)
            # Whoever measures stands back: real clients are on other machines.
            os.nice(5)
            try:
                return asyncio.run(self.measure_gateway())
            finally:
                self.gateway.stop()
        finally:
            self.probe.stop()

    async def measure_gateway(self):
        options, gateway = self.options, self.gateway
        await self.warm_up()
        threads, empty = gateway.threads(), gateway.resident_kilobytes()
        self.say("without streams ...")
        quiet = await self.probe.measure(gateway, options.seconds)

        listening = [Stream(gateway) for _ in range(options.open - options.open // 2 - options.stuck)]
        begin = time.monotonic()
        await self.open_all(listening)
        seconds = time.monotonic() - begin
        with_listening = await self.settled_memory()
        begin = time.monotonic()
        in_sessions = [Stream(gateway, session) for session in await self.sessions(options.open // 2)]
        await self.open_all(in_sessions)
        seconds += time.monotonic() - begin
        with_sessions = await self.settled_memory()
        begin = time.monotonic()
        stuck = [Stream(gateway, is_stuck=True) for _ in range(options.stuck)]
        await self.open_all(stuck)
        seconds += time.monotonic() - begin
        idle = await self.settled_memory()
        streams = listening + in_sessions + stuck
        files = gateway.files()
        self.say(f"{len(streams)} streams stand after {seconds:.1f} s; under load ...")

        load = Load(gateway, options, streams)
        during = await load.run(self.probe)
        lost = await self.stuck_streams_lost(stuck, files)
        told = await self.told(load, [stream for stream in streams if not stream.is_stuck])
        after = await self.settled_memory()
        stop = await self.stop(streams)
        readers = options.open - options.stuck
        return {
            "machine": machine(),
            "streams": {"listen": len(listening) + len(stuck), "sessions": len(in_sessions), "stuck": options.stuck},
            "opening_seconds": round(seconds, 2),
            "list": {"quiet": quiet, "load": during},
            "threads": {"before": threads, "load": load.most_threads},
            "memory_kilobytes": {"empty": empty, "idle": idle, "load": load.most_memory, "after": after},
            "kilobytes_per_stream": {
                "listen": round((with_listening - empty) / max(1, len(listening)), 1),
                "session": round((with_sessions - with_listening) / max(1, len(in_sessions)), 1),
                "stuck": round((idle - with_sessions) / max(1, len(stuck)), 1),
            },
            "slow_calls": {"at_a_time": options.slow_calls, "done": load.slow_calls, "longest_delay_seconds": round(load.longest_delay, 3)},
            "came_again": load.came_again,
            "changes": load.changes,
            "stuck_streams_lost": lost,
            "readers": {"all": readers, "told_at_last": told, "ended_in_order": stop["in_order"]},
            "stop_seconds": stop["seconds"],
            "ratios": {
                "list_p99_over_quiet": ratio(during["p99_us"], quiet["p99_us"]),
                "threads_over_before": ratio(load.most_threads, threads),
                "memory_load_over_idle": ratio(load.most_memory, idle),
            },
        }

    async def warm_up(self):
        """Has every thread started and every page written that any client would need."""
        headers, body = self.gateway.call("modern", "slow", milliseconds=100)
        requests = [wire("POST", headers, body)] * max(16, self.options.slow_calls)
        await asyncio.gather(*(exchange(self.gateway, request) for request in requests))
        stream = Stream(self.gateway)
        await stream.open()
        await Load(self.gateway, self.options, []).change_once()
        await self.probe.measure(self.gateway, 1)
        stream.transport.abort()
        await asyncio.sleep(1)

    async def open_all(self, streams):
        waiting = iter(streams)

        async def worker():
            for stream in waiting:
                await stream.open()

        await asyncio.gather(*(worker() for _ in range(OPENINGS_AT_A_TIME)))

    async def sessions(self, count):
        parameters = {
            "protocolVersion": ERAS["sessions"], "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"},
        }
        body = json.dumps({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": parameters})
        request, found, waiting = wire("POST", self.gateway.headers(), body), [], iter(range(count))

        async def worker():
            for _ in waiting:
                status, fields, text = await exchange(self.gateway, request)
                if status != 200:
                    raise Failure(f"A session was refused: {status} {text[:300]!r}.")
                found.append(fields["mcp-session-id"])

        await asyncio.gather(*(worker() for _ in range(OPENINGS_AT_A_TIME)))
        return found

    async def settled_memory(self):
        await asyncio.sleep(2)
        return self.gateway.resident_kilobytes()

    async def stuck_streams_lost(self, stuck, files):
        """How many readers that had stopped find, when they read again, that their stream is gone."""
        end = time.monotonic() + PATIENCE
        while self.gateway.files() > files - len(stuck) and time.monotonic() < end:
            await asyncio.sleep(0.2)
        for stream in stuck:
            stream.transport.resume_reading()
        if stuck:
            await asyncio.wait([stream.gone for stream in stuck], timeout=5)
        return sum(stream.is_over and not stream.has_ended for stream in stuck)

    async def told(self, load, readers):
        """How many readers hear of one more change."""
        before = -1
        while before != (before := sum(stream.changes for stream in readers)):
            await asyncio.sleep(0.5)
        counts = [stream.changes for stream in readers]
        await load.change_once()
        end = time.monotonic() + PATIENCE
        while (told := sum(stream.changes > count for stream, count in zip(readers, counts))) < len(readers):
            if time.monotonic() > end:
                break
            await asyncio.sleep(0.1)
        return told

    async def stop(self, streams):
        process, begin = self.gateway.process, time.monotonic()
        process.terminate()
        status = await asyncio.get_running_loop().run_in_executor(None, process.wait, PATIENCE)
        seconds = time.monotonic() - begin
        if status != 0:
            raise Failure(f"The gateway ended with {status}. {self.gateway.said()}")
        await asyncio.wait([stream.gone for stream in streams], timeout=PATIENCE)
        in_order = sum(stream.has_ended for stream in streams if not stream.is_stuck)
        return {"seconds": round(seconds, 2), "in_order": in_order}

    def say(self, text):
        print(text, file=sys.stderr, flush=True)


def allow_files(needed):
    """Raises this process's limit of open files, which the gateway inherits."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most < needed:
        raise Failure(
            f"So many streams need {needed} open files in one process; this machine allows {most}. "
            f"Raise the hard limit (ulimit -Hn), or take fewer: --open {max(0, most - (needed - most))}."
        )
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def print_summary(report):
    streams, memory, each = report["streams"], report["memory_kilobytes"], report["kilobytes_per_stream"]
    quiet, load, slow = report["list"]["quiet"], report["list"]["load"], report["slow_calls"]
    readers, threads = report["readers"], report["threads"]
    print(f"{streams['listen']} listen streams and {streams['sessions']} of sessions, opened in {report['opening_seconds']} s")
    print(
        f"memory of an idle stream: {each['listen']} kB; with its session: {each['session']} kB; "
        f"of one that watches {STUCK_NOTES} long addresses: {each['stuck']} kB"
    )
    print("memory: " + ", ".join(f"{when} {kilobytes / 1024:.1f} MB" for when, kilobytes in memory.items()))
    for name in ("p50_us", "p99_us", "longest_us"):
        print(f"tools/list {name.removesuffix('_us')}: {quiet[name] / 1000:.2f} ms without, {load[name] / 1000:.2f} ms under load")
    print(f"threads: {threads['before']} before, at most {threads['load']} under load")
    print(f"slow calls, {slow['at_a_time']} at a time: {slow['done']} done, at most {slow['longest_delay_seconds']} s late")
    print(f"streams that came again: {report['came_again']}; changes: {report['changes']}")
    print(f"readers that stopped: {streams['stuck']}; of these lost their stream: {report['stuck_streams_lost']}")
    print(f"other readers: {readers['all']}; told of the last change: {readers['told_at_last']}; ended in order: {readers['ended_in_order']}")
    print(f"stopped in {report['stop_seconds']} s")
    for name, value in report["ratios"].items():
        print(f"{name}: {value}")


def parse_options():
    def count(least):
        def parse(text):
            if (value := int(text)) < least:
                raise argparse.ArgumentTypeError(f"must be at least {least}")
            return value
        return parse

    parser = argparse.ArgumentParser(prog="scripts/bench --streams")
    parser.add_argument("--built", type=Path, required=True, help="the folder of the programs and the plugin")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--seconds", type=count(1), default=20, help="how long tools are listed, with and without the load (default 20)")
    parser.add_argument("--open", type=count(2), default=5000, help="streams, half of them in sessions (default 5000)")
    parser.add_argument("--stuck", type=count(0), default=200, help="how many of them are not read (default 200)")
    parser.add_argument("--slow-calls", type=count(0), default=50, help="calls of two seconds at a time (default 50)")
    parser.add_argument("--reconnects", type=count(0), default=250, help="streams that go and come again each second (default 250)")
    options = parser.parse_args()
    if options.stuck >= options.open // 2:
        parser.error("--stuck must be less than half of --open.")
    return options


def main():
    bench.run(parse_options(), lambda options, home: StreamBench(options, home).measure(), print_summary)


if __name__ == "__main__":
    main()
