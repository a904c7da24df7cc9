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
    # Of steps that a busy machine does not send in time, the latest counts: so again, until each was sent.
    for _ in range(50):
        progress.clear()
        result = await client.call_tool("test_tool_with_progress", {}, progress_callback=on_progress)
        called["test_tool_with_progress"] = wire(result)
        if len(progress) == 3:
            break
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


async def be_asked(client):
    """Calls what asks the user, the model and the client before it answers."""
    said = {}
    for name, arguments in [
        ("test_elicitation", {"message": "Who are you?"}),
        ("test_elicitation_sep1034_defaults", {}),
        ("test_elicitation_sep1330_enums", {}),
        ("test_sampling", {"prompt": "What is 6 times 7?"}),
        ("test_input_required_result_list_roots", {}),
        ("test_input_required_result_request_state", {}),
        ("test_input_required_result_multiple_inputs", {}),
        ("test_input_required_result_multi_round", {}),
    ]:
        said[name] = wire(await client.call_tool(name, arguments))["content"][0]["text"]
    prompt = wire(await client.get_prompt("test_input_required_result_prompt", None))
    said["prompt"] = prompt["messages"][0]["content"]["text"]
    return said


class Answers:
    """A user, a model and a client that answer; `types` are the client's own."""

    CONTENT = {
        "username": "ada", "email": "ada@example.org", "name": "Ada", "age": 36, "score": 9.5, "status": "active",
        "verified": True, "ok": True, "color": "green", "context": "beam", "untitledSingle": "option1",
        "titledSingle": "value2", "legacyEnum": "opt3", "untitledMulti": ["option1", "option2"],
        "titledMulti": ["value1"],
    }

    def __init__(self, types):
        self.types = types

    async def elicit(self, context, params):
        schema = getattr(params, "requested_schema", None) or params.requestedSchema
        content = {name: self.CONTENT[name] for name in schema["properties"]}
        return self.types.ElicitResult(action="accept", content=content)

    async def sample(self, context, params):
        text = self.types.TextContent(type="text", text="42")
        return self.types.CreateMessageResult(role="assistant", content=text, model="a model")

    async def list_roots(self, context):
        return self.types.ListRootsResult(roots=[self.types.Root(uri="file:///data/epic")])


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
