"""The tour through the conformance fixture that both versions of the official client make.

They have the same methods; the names of their types differ, so results are handed on as they were on the wire.
"""

import anyio

WATCHED = "test://watched-resource"
TRIGGERS = {
    "notifications/tools/list_changed": "test_trigger_tool_change",
    "notifications/prompts/list_changed": "test_trigger_prompt_change",
    "notifications/resources/updated": "test_trigger_resource_update",
}


def wire(result):
    return result.model_dump(by_alias=True, exclude_none=True, mode="json")


async def ask(client, uri, prompt_reference):
    """Lists, calls, reads, gets and completes; `uri` and `prompt_reference` make the client's own types."""
    progress = []

    async def on_progress(done, total, message):
        progress.append([done, total])

    called = {}
    for name in ["test_simple_text", "test_multiple_content_types", "test_error_handling", "test_tool_with_logging"]:
        called[name] = wire(await client.call_tool(name, {}))
    called["test_tool_with_progress"] = wire(
        await client.call_tool("test_tool_with_progress", {}, progress_callback=on_progress)
    )
    read = {}
    for address in ["test://static-text", "test://static-binary", "test://template/123/data"]:
        read[address] = wire(await client.read_resource(uri(address)))["contents"]
    prompted = {}
    for name, arguments in [
        ("test_prompt_with_arguments", {"arg1": "hello", "arg2": "world"}),
        ("test_prompt_with_embedded_resource", {"resourceUri": "test://example"}),
        ("test_prompt_with_image", None),
    ]:
        prompted[name] = wire(await client.get_prompt(name, arguments))["messages"]
    completed = await client.complete(prompt_reference("test_prompt_with_arguments"), {"name": "arg1", "value": "par"})
    return {
        "tools": [tool.name for tool in (await client.list_tools()).tools],
        "resources": [wire(item)["uri"] for item in (await client.list_resources()).resources],
        "templates": [wire(item)["uriTemplate"] for item in templates(await client.list_resource_templates())],
        "prompts": [prompt.name for prompt in (await client.list_prompts()).prompts],
        "called": called,
        "progress": progress,
        "read": read,
        "prompted": prompted,
        "completed": wire(completed)["completion"]["values"],
    }


def templates(result):
    return getattr(result, "resource_templates", None) or result.resourceTemplates


class Heard:
    """Which notifications of the triggers have come."""

    def __init__(self):
        self.events = {method: anyio.Event() for method in TRIGGERS}

    def note(self, method):
        if method in self.events:
            self.events[method].set()

    def methods(self):
        return sorted(method for method, event in self.events.items() if event.is_set())


async def cause(client, heard):
    """Makes each kind of change until the client has heard of it: its stream may not be open yet."""
    for method, event in heard.events.items():
        while not event.is_set():
            await client.call_tool(TRIGGERS[method], {})
            with anyio.move_on_after(2):
                await event.wait()


async def watch(client, uri, heard):
    """Watches through a session, whose notifications come to `heard`."""
    await client.subscribe_resource(uri(WATCHED))
    await cause(client, heard)
    await client.unsubscribe_resource(uri(WATCHED))
