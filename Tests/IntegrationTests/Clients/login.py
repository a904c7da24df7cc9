"""Logs in at a gateway through an official client as it is, and lists tools.

Takes one JSON object as its argument: {"url", "version", "fields", "buttons", "call"?}; prints another. The client
finds everything by itself: what protects the gateway, its authorization server, how to register there. With "call", of
version 2 alone, it calls that tool then.
"""

import asyncio
import json
import sys
import urllib.parse

from mcp.client.auth import OAuthClientProvider
from mcp.shared.auth import OAuthClientMetadata

from person import Person

REDIRECT = "http://127.0.0.1:53682/callback"


class Storage:
    tokens = None
    client = None

    async def get_tokens(self):
        return self.tokens

    async def set_tokens(self, tokens):
        self.tokens = tokens

    async def get_client_info(self):
        return self.client

    async def set_client_info(self, client):
        self.client = client


def provider(question, storage, person):
    answers = []

    async def redirect(url):
        loop = asyncio.get_running_loop()
        answers.append(await loop.run_in_executor(None, person.go, url, REDIRECT))

    async def callback():
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(answers[-1]).query))
        if "code" not in query:
            raise SystemExit(f"no code: {query}")
        if question["version"] == 1:
            return query["code"], query.get("state")
        from mcp.client.auth import AuthorizationCodeResult

        return AuthorizationCodeResult(code=query["code"], state=query.get("state"), iss=query.get("iss"))

    metadata = OAuthClientMetadata(
        client_name="Official client",
        redirect_uris=[REDIRECT],
        grant_types=["authorization_code", "refresh_token"],
        response_types=["code"],
    )
    return OAuthClientProvider(question["url"], metadata, storage, redirect, callback)


async def tools(question, auth):
    """The names of the tools, in the way of the client's version."""
    if question["version"] == 2:
        import httpx2
        from mcp import Client
        from mcp.client.streamable_http import streamable_http_client

        async with httpx2.AsyncClient(auth=auth, timeout=60) as http:
            async with Client(streamable_http_client(question["url"], http_client=http)) as client:
                return [tool.name for tool in (await client.list_tools()).tools]
    import httpx
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async with httpx.AsyncClient(auth=auth, timeout=60) as http:
        async with streamable_http_client(question["url"], http_client=http) as streams:
            async with ClientSession(streams[0], streams[1]) as session:
                await session.initialize()
                return [tool.name for tool in (await session.list_tools()).tools]


async def call(question, auth):
    """What comes of one call."""
    import httpx2
    from mcp import Client
    from mcp.client.streamable_http import streamable_http_client

    async with httpx2.AsyncClient(auth=auth, timeout=60) as http:
        async with Client(streamable_http_client(question["url"], http_client=http)) as client:
            result = await client.call_tool(question["call"]["name"], question["call"]["arguments"])
            return result.model_dump(by_alias=True, exclude_none=True, mode="json")


async def main(question):
    storage = Storage()
    person = Person(question["fields"], [tuple(button) for button in question["buttons"]])
    auth = provider(question, storage, person)
    first = await tools(question, auth)
    return {
        "tools": first,
        "scope": storage.tokens.scope,
        "refreshable": storage.tokens.refresh_token is not None,
        "pages": person.pages,
        "result": await call(question, auth) if question.get("call") else None,
    }


print(json.dumps(asyncio.run(main(json.loads(sys.argv[1])))))
