"""Asks a gateway through version 2 of the official client, in the mode it chooses itself.

Takes one JSON object as its argument: {"url", "token", "calls": [{"name", "arguments"}], "read"?, "prompt"?}; prints another.
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
        async with Client(streamable_http_client(question["url"], http_client=http)) as client:
            tools = (await client.list_tools()).tools
            prompts = (await client.list_prompts()).prompts
            read = (await client.read_resource(question["read"])).contents if question.get("read") else []
            asked = question.get("prompt")
            messages = (await client.get_prompt(asked["name"], asked["arguments"])).messages if asked else []
            results = {}
            for call in question["calls"]:
                result = await client.call_tool(call["name"], call["arguments"])
                results[call["name"]] = {"is_error": result.is_error, "structured": result.structured_content}
            return {
                "revision": client.protocol_version,
                "server": client.server_info.name,
                "tools": [tool.name for tool in tools],
                "prompts": [prompt.name for prompt in prompts],
                "read": [{"uri": str(part.uri), "text": part.text} for part in read],
                "messages": [message.content.text for message in messages],
                "results": results,
            }


print(json.dumps(asyncio.run(main(json.loads(sys.argv[1])))))
