"""Asks a gateway through version 2 of the official client: in the mode it chooses itself ("auto"), or with a session
("legacy").

Takes one JSON object as its argument: {"url", "token", "mode", "calls": [{"name", "arguments"}], "read"?, "prompt"?};
prints another.
"""

import asyncio
import json
import sys

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client


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
