"""Shows version 1 of the official client, which opens a session, around the conformance fixture.

Takes {"url"} as its argument and prints what it found.
"""

import asyncio
import json
import sys

from mcp import ClientSession, types
from mcp.client.streamable_http import streamable_http_client
from mcp.types import PromptReference, ServerNotification
from pydantic import AnyUrl

import tour


async def main(question):
    messages, heard, answers = [], tour.Heard(), tour.Answers(types)

    async def on_log(params):
        messages.append(params.data)

    async def on_message(message):
        if isinstance(message, ServerNotification):
            heard.note(message.root.method)

    async with streamable_http_client(question["url"]) as (read, write, _):
        async with ClientSession(
            read,
            write,
            logging_callback=on_log,
            message_handler=on_message,
            elicitation_callback=answers.elicit,
            sampling_callback=answers.sample,
            list_roots_callback=answers.list_roots,
        ) as session:
            opened = await session.initialize()
            await session.set_logging_level("info")
            answer = await tour.ask(session, AnyUrl, lambda name: PromptReference(type="ref/prompt", name=name))
            answer["asked"] = await tour.be_asked(session)
            await tour.watch(session, AnyUrl, heard)
            return answer | {"revision": opened.protocolVersion, "messages": messages, "heard": heard.methods()}


print(json.dumps(asyncio.run(main(json.loads(sys.argv[1])))))
