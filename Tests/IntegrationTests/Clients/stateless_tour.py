"""Shows version 2 of the official client around the conformance fixture: in the mode it chooses itself ("auto"), or with
a session ("legacy").

Takes {"url", "mode"} as its argument and prints what it found.
"""

import asyncio
import json
import sys

import anyio
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.client.subscriptions import PromptsListChanged, ResourceUpdated, ToolsListChanged
import mcp_types
from mcp_types import PromptReference

import tour

METHODS = {
    ToolsListChanged: "notifications/tools/list_changed",
    PromptsListChanged: "notifications/prompts/list_changed",
    ResourceUpdated: "notifications/resources/updated",
}


async def listen(client, heard):
    """Watches through a stream that says what it wants."""
    async with client.listen(
        tools_list_changed=True, prompts_list_changed=True, resource_subscriptions=[tour.WATCHED]
    ) as subscription:
        async with anyio.create_task_group() as group:

            async def take():
                async for event in subscription:
                    heard.note(METHODS[type(event)])

            group.start_soon(take)
            await tour.cause(client, heard)
            group.cancel_scope.cancel()


async def main(question):
    messages, heard, answers = [], tour.Heard(), tour.Answers(mcp_types)

    async def on_log(params):
        messages.append(params.data)

    async def on_message(message):
        if mode == "legacy":
            heard.note(getattr(message, "method", None))

    mode = question["mode"]
    async with Client(
        streamable_http_client(question["url"]),
        mode=mode,
        logging_callback=on_log,
        message_handler=on_message,
        log_level="info",
        elicitation_callback=answers.elicit,
        sampling_callback=answers.sample,
        list_roots_callback=answers.list_roots,
    ) as client:
        if mode == "legacy":
            await client.set_logging_level("info")
        answer = await tour.ask(client, str, lambda name: PromptReference(type="ref/prompt", name=name))
        answer["asked"] = await tour.be_asked(client)
        await (tour.watch(client, str, heard) if mode == "legacy" else listen(client, heard))
        return answer | {"revision": client.protocol_version, "messages": messages, "heard": heard.methods()}


print(json.dumps(asyncio.run(main(json.loads(sys.argv[1])))))
