"""Asks a gateway through version 1 of the official client, which opens a session.

Takes one JSON object as its argument: {"url", "token", "calls": [{"name", "arguments"}], "read"?, "prompt"?}; prints another.
"""

import asyncio
import json
import sys

import httpx
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from pydantic import AnyUrl


async def main(question):
    headers = {"Authorization": f"Bearer {question['token']}"}
    async with httpx.AsyncClient(headers=headers, timeout=30) as http:
        async with streamable_http_client(question["url"], http_client=http) as (read, write, _):
            async with ClientSession(read, write) as session:
                opened = await session.initialize()
                tools = (await session.list_tools()).tools
                prompts = (await session.list_prompts()).prompts
                read = (await session.read_resource(AnyUrl(question["read"]))).contents if question.get("read") else []
                asked = question.get("prompt")
                messages = (await session.get_prompt(asked["name"], asked["arguments"])).messages if asked else []
                results = {}
                for call in question["calls"]:
                    result = await session.call_tool(call["name"], call["arguments"])
                    results[call["name"]] = {"is_error": result.isError, "structured": result.structuredContent}
                return {
                    "revision": opened.protocolVersion,
                    "server": opened.serverInfo.name,
                    "tools": [tool.name for tool in tools],
                        "prompts": [prompt.name for prompt in prompts],
                        "read": [{"uri": str(part.uri), "text": part.text} for part in read],
                        "messages": [message.content.text for message in messages],
                    "results": results,
                }


print(json.dumps(asyncio.run(main(json.loads(sys.argv[1])))))
