"""Asks a gateway through version 1 of the official client, which opens a session.

Takes one JSON object as its argument: {"url", "token", "mode", "calls": [{"name", "arguments"}], "abandon"?, "read"?,
"prompt"?}; prints another. The call "abandon" is given up as soon as it has said something.
"""

import asyncio
import json
import sys

import anyio
import httpx
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CancelledNotification, CancelledNotificationParams, ClientNotification
from pydantic import AnyUrl


async def give_up(session, call):
    """Stops waiting for a call that has begun, and says so: this version does not by itself."""
    begun = anyio.Event()
    identifiers = []

    async def on_progress(done, total, message):
        begun.set()

    async def wait():
        # The client numbers its requests, and keeps the next number for itself.
        identifiers.append(session._request_id)
        await session.call_tool(call["name"], call["arguments"], progress_callback=on_progress)

    async with anyio.create_task_group() as group:
        group.start_soon(wait)
        await begun.wait()
        params = CancelledNotificationParams(requestId=identifiers[0], reason="given up")
        await session.send_notification(ClientNotification(CancelledNotification(params=params)))
        group.cancel_scope.cancel()


async def main(question):
    headers = {"Authorization": f"Bearer {question['token']}"}
    async with httpx.AsyncClient(headers=headers, timeout=30) as http:
        async with streamable_http_client(question["url"], http_client=http) as (read, write, _):
            messages = []

            async def on_message(params):
                messages.append({"level": params.level, "logger": params.logger, "data": params.data})

            async with ClientSession(read, write, logging_callback=on_message) as session:
                opened = await session.initialize()
                await session.set_logging_level("info")
                if "abandon" in question:
                    await give_up(session, question["abandon"])
                tools = (await session.list_tools()).tools
                prompts = (await session.list_prompts()).prompts
                read = (await session.read_resource(AnyUrl(question["read"]))).contents if question.get("read") else []
                asked = question.get("prompt")
                prompted = (await session.get_prompt(asked["name"], asked["arguments"])).messages if asked else []
                results = {}
                for call in question["calls"]:
                    progress = []

                    async def on_progress(done, total, message):
                        progress.append({"done": done, "total": total, "message": message})

                    result = await session.call_tool(call["name"], call["arguments"], progress_callback=on_progress)
                    results[call["name"]] = {
                        "is_error": result.isError,
                        "structured": result.structuredContent,
                        "progress": progress,
                    }
                return {
                    "revision": opened.protocolVersion,
                    "server": opened.serverInfo.name,
                    "tools": [tool.name for tool in tools],
                    "prompts": [prompt.name for prompt in prompts],
                    "read": [{"uri": str(part.uri), "text": part.text} for part in read],
                    "prompted": [message.content.text for message in prompted],
                    "results": results,
                    "messages": messages,
                }


print(json.dumps(asyncio.run(main(json.loads(sys.argv[1])))))
