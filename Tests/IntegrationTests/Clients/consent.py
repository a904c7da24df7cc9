"""Makes a call that somebody must agree to, through an official client as it is.

Takes one JSON object as its argument: {"url", "token", "version", "mode", "tool", "arguments", "elicit"?, "page"?,
"decision"?}; prints another. With "elicit" the client asks its user, who gives that answer; with "page" the user opens the
page to which the question leads before that, logs in there, and fills in its fields. With "decision" a person opens the page
that the gateway names, logs in there, and presses that button; then the call is made twice again.
"""

import asyncio
import json
import sys

from person import Person


def wire(result):
    return result.model_dump(by_alias=True, exclude_none=True, mode="json")


class Asked:
    """A user who gives one answer, and remembers what was asked; `types` are the client's own."""

    def __init__(self, types, question):
        self.types, self.answer, self.page, self.questions = types, question["elicit"], question.get("page"), []

    async def elicit(self, context, params):
        self.questions.append(params.message)
        if self.page:
            person = Person(self.page, [("provider", "good")])
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(None, person.fill, params.url)
            return self.types.ElicitResult(action=self.answer)
        content = {"approve": True} if self.answer == "accept" else None
        return self.types.ElicitResult(action=self.answer, content=content)


async def call(client, question, asked):
    async def once():
        return wire(await client.call_tool(question["tool"], question["arguments"]))

    results = [await once()]
    page = None
    error = (results[0].get("structuredContent") or {}).get("error", {})
    if question.get("decision") and "approval_url" in error:
        buttons = [("provider", "good"), ("decision", question["decision"])]
        loop = asyncio.get_running_loop()
        page = await loop.run_in_executor(None, Person({}, buttons).read, error["approval_url"])
        results += [await once(), await once()]
    return {"results": results, "page": page, "questions": asked.questions if asked else []}


async def main(question):
    headers = {"Authorization": f"Bearer {question['token']}"}
    if question["version"] == 2:
        import httpx2
        import mcp_types
        from mcp import Client
        from mcp.client.streamable_http import streamable_http_client

        asked = Asked(mcp_types, question) if question.get("elicit") else None
        further = {"elicitation_callback": asked.elicit} if asked else {}
        async with httpx2.AsyncClient(headers=headers, timeout=60) as http:
            transport = streamable_http_client(question["url"], http_client=http)
            async with Client(transport, mode=question["mode"], **further) as client:
                return await call(client, question, asked)
    import httpx
    from mcp import ClientSession, types
    from mcp.client.streamable_http import streamable_http_client

    asked = Asked(types, question) if question.get("elicit") else None
    further = {"elicitation_callback": asked.elicit} if asked else {}
    async with httpx.AsyncClient(headers=headers, timeout=60) as http:
        async with streamable_http_client(question["url"], http_client=http) as streams:
            async with ClientSession(streams[0], streams[1], **further) as session:
                await session.initialize()
                return await call(session, question, asked)


print(json.dumps(asyncio.run(main(json.loads(sys.argv[1])))))
