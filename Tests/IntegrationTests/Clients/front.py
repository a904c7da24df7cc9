"""Stands in front of two gateways as a site's proxy does, and sends each path to one of them.

Takes its port, the ports of the gateways, and pairs PATH=0 or PATH=1; other connections go to them by turns. Prints
a line for each connection: the gateway and the request line.
"""

import asyncio
import itertools
import sys


async def pipe(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except (ConnectionError, asyncio.CancelledError):
        pass
    finally:
        writer.close()


async def main(port, backends, paths):
    turns = itertools.cycle([0, 1])

    async def serve(reader, writer):
        line = await reader.readline()
        path = line.split(b" ")[1].split(b"?")[0].decode() if line.count(b" ") == 2 else ""
        known = [index for prefix, index in paths if path.startswith(prefix)]
        index = known[0] if known else next(turns)
        print(index, path, flush=True)
        upstream, out = await asyncio.open_connection("127.0.0.1", backends[index])
        out.write(line)
        await asyncio.gather(pipe(reader, out), pipe(upstream, writer))

    server = await asyncio.start_server(serve, "127.0.0.1", port)
    print("ready", flush=True)
    async with server:
        await server.serve_forever()


numbers = [int(text) for text in sys.argv[1:4]]
pairs = [text.rsplit("=", 1) for text in sys.argv[4:]]
asyncio.run(main(numbers[0], numbers[1:], [(path, int(index)) for path, index in pairs]))
