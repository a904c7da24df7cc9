"""Asks a gateway through version 2 of the official client: in the mode it chooses itself ("auto"), or with a session
("legacy").

Takes one JSON object as its argument: {"url", "token", "mode", "calls": [{"name", "arguments"}], "abandon"?, "read"?,
"prompt"?}; prints another. The call "abandon" is given up as soon as it has said something.
"""

import asyncio
import json
import sys

import anyio
import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client


async def give_up(client, call):
    """Stops waiting for a call that has begun; the client tells the gateway in its own way."""
    begun = anyio.Event()

    async def on_progress(done, total, message):
        begun.set()

    async def wait():
        await client.call_tool(call["name"], call["arguments"], progress_callback=on_progress)

    async with anyio.create_task_group() as group:
        group.start_soon(wait)
        await begun.wait()
        group.cancel_scope.cancel()


async def main(question):
    headers = {"Authorization": f"Bearer {question['token']}"}
    async with httpx2.AsyncClient(headers=headers, timeout=30) as http:
        messages = []

        async def on_message(params):
            messages.append({"level": params.level, "logger": params.logger, "data": params.data})

        transport = streamable_http_client(question["url"], http_client=http)
        mode = question["mode"]
        async with Client(transport, mode=mode, logging_callback=on_message, log_level="info") as client:
            if mode == "legacy":
                await client.set_logging_level("info")
            if "abandon" in question:
                await give_up(client, question["abandon"])
            tools = (await client.list_tools()).tools
            prompts = (await client.list_prompts()).prompts
            read = (await client.read_resource(question["read"])).contents if question.get("read") else []
            asked = question.get("prompt")
            prompted = (await client.get_prompt(asked["name"], asked["arguments"])).messages if asked else []
            results = {}
            for call in question["calls"]:
                progress = []

                async def on_progress(done, total, message):
                    progress.append({"done": done, "total": total, "message": message})

                result = await client.call_tool(call["name"], call["arguments"], progress_callback=on_progress)
                results[call["name"]] = {
                    "is_error": result.is_error,
                    "structured": result.structured_content,
                    "progress": progress,
                }
            return {
                "revision": client.protocol_version,
                "server": client.server_info.name,
                "tools": [tool.name for tool in tools],
                "prompts": [prompt.name for prompt in prompts],
                "read": [{"uri": str(part.uri), "text": part.text} for part in read],
                "prompted": [message.content.text for message in prompted],
                "results": results,
                "messages": messages,
            }


print(json.dumps(asyncio.run(main(json.loads(sys.argv[1])))))
