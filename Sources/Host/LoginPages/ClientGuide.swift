import AuthorizationServer

/// How each client is connected, with this gateway's own address.
struct ClientGuide: Sendable {
    let url: String
    let isForOneMachine: Bool

    var html: HTML {
        """
        <p>Give your client this address. It leads you to the login of your collaboration then; there is no key to copy. \
        For one experiment alone take its address from above.</p>
        <p class="copy">\(url)</p>
        \(HTML(guides.map { guide($0.name, $0.text) }))
        """
    }

    private func guide(_ name: String, _ text: HTML) -> HTML {
        "<details><summary>\(name)</summary>\(text)</details>"
    }

    private var guides: [(name: String, text: HTML)] {
        [
            ("Claude (web, desktop, phone)", claude), ("Claude Code", claudeCode), ("ChatGPT", chatGPT),
            ("VS Code", visualStudio), ("Cursor", cursor), ("Open WebUI", openWebUI), ("Python", python),
            ("A shell or a script", shell),
        ]
    }

    /// What hosted clients cannot do.
    private var hosted: HTML {
        isForOneMachine
            ? """
            <p class="note">It calls from its maker's computers, and this server answers on one machine only: use a \
            client that runs here.</p>
            """ : ""
    }

    private var claude: HTML {
        """
        \(hosted)
        <ol><li>Open Settings, then Connectors, and choose <em>Add custom connector</em>.</li>
        <li>Give it a name, and the address above. Leave the advanced settings empty.</li>
        <li>Choose <em>Connect</em>, and log in.</li></ol>
        <p>In a team or enterprise an owner adds the connector first, and everybody connects it for themselves.</p>
        """
    }

    private var claudeCode: HTML {
        """
        <pre>claude mcp add --transport http beamline \(url)</pre>
        <p>Then type <code>/mcp</code> in Claude Code, choose <em>beamline</em>, and log in.</p>
        """
    }

    private var chatGPT: HTML {
        """
        \(hosted)
        <ol><li>Open Settings, then Apps &amp; Connectors, and switch the developer mode on in the advanced settings.</li>
        <li>Choose <em>Create</em>; give it a name, the address above, and OAuth as the authentication.</li>
        <li>Log in, and switch it on in the chats that shall use it.</li></ol>
        """
    }

    private var visualStudio: HTML {
        """
        <pre>code --add-mcp '{"name": "beamline", "type": "http", "url": "\(url)"}'</pre>
        <p>Or put it into <code>.vscode/mcp.json</code> of a workspace:</p>
        <pre>{"servers": {"beamline": {"type": "http", "url": "\(url)"}}}</pre>
        <p>Start the server from there, and allow it to log in.</p>
        """
    }

    private var cursor: HTML {
        """
        <p>Put this into <code>~/.cursor/mcp.json</code>, then choose <em>Connect</em> in the settings under MCP:</p>
        <pre>{"mcpServers": {"beamline": {"url": "\(url)"}}}</pre>
        """
    }

    private var openWebUI: HTML {
        """
        <ol><li>As an administrator open Settings, then External Tools, and add a connection of the type <em>MCP \
        (Streamable HTTP)</em>.</li>
        <li>Give it the address above and an id, choose OAuth 2.1, and register the client.</li>
        <li>Everybody then switches it on in a chat, and logs in.</li></ol>
        """
    }

    private var python: HTML {
        """
        <p>With <code>pip install fastmcp</code>; it opens a browser for the login:</p>
        <pre>import asyncio
        from fastmcp import Client

        async def main():
            async with Client("\(url)", auth="oauth") as client:
                for tool in await client.list_tools():
                    print(tool.name)

        asyncio.run(main())</pre>
        """
    }

    private var shell: HTML {
        """
        <p>The program of this server is a small client as well, and needs no browser on its own machine:</p>
        <pre>beamline login --url \(url)
        beamline tools --url \(url)</pre>
        <p>A program that runs by itself needs a service account: ask the operators of this server.</p>
        """
    }
}
