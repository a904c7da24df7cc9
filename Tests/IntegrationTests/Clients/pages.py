"""Two people go through the pages of a gateway with a real browser in which no script of a page runs.

Takes one JSON object: {"root", "password_login", "name_login", "password", "folder", "pictures"}; prints what each page looked like
on a wide screen and on a phone, and what the browser complained of or asked for.
"""

import base64
import hashlib
import http.server
import json
import secrets
import sys
import threading
import urllib.parse
import urllib.request

from chromium import Chromium

QUESTION = json.loads(sys.argv[1])
ROOT = QUESTION["root"]
looks = []


class Callback(http.server.BaseHTTPRequestHandler):
    """Where the client waits for its code."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<h1>Back at the client</h1>")

    def log_message(self, *_):
        pass


def send(path, body, kind="application/x-www-form-urlencoded", headers={}):
    data = body.encode() if isinstance(body, str) else urllib.parse.urlencode(body).encode()
    request = urllib.request.Request(ROOT + path, data, {"Content-Type": kind, **headers})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read())


def look(visitor, name):
    """Measures the page as it is and with everything folded out, wide and narrow."""
    for screen, size in (("wide", (1280, 800, False)), ("phone", (390, 844, True))):
        visitor.resize(*size)
        for state in ("", "open"):
            if state:
                count = visitor.value("document.querySelectorAll('details').length")
                if not count:
                    continue
                visitor.value("document.querySelectorAll('details').forEach(e => e.open = true)")
            label = "-".join(filter(None, (name, screen, state)))
            looks.append({"name": label, **visitor.layout()})
            if QUESTION["pictures"]:
                visitor.picture(f"{QUESTION['pictures']}/{label}.png")
        visitor.value("document.querySelectorAll('details').forEach(e => e.open = false)")
    visitor.resize(1280, 800)


def press(visitor, name, value):
    visitor.press(f'button[name="{name}"][value="{value}"]')


def log_in_with_password(visitor):
    visitor.until("document.querySelector('input[name=login]')")
    visitor.type("input[name=login]", "ada")
    visitor.press("button[type=submit], input[type=submit]")
    visitor.until("document.querySelector('input[name=password]')")
    visitor.type("input[name=password]", QUESTION["password"])
    visitor.press("button[type=submit], input[type=submit]")


def log_in_with_name(visitor, name):
    visitor.until("document.querySelector('input[name=sub]')")
    visitor.type("input[name=sub]", name)
    visitor.press("input[name=sub] ~ button, form button")


browser = Chromium(QUESTION["folder"])
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Callback)
threading.Thread(target=server.serve_forever, daemon=True).start()
redirect = f"http://127.0.0.1:{server.server_port}/callback"
verifier = secrets.token_urlsafe(48)
challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
client = send(
    "/register",
    json.dumps({"client_name": "A client with <b>quite</b> a long name, as some have", "redirect_uris": [redirect]}),
    "application/json",
)["client_id"]
request = ROOT + "/authorize?" + urllib.parse.urlencode({
    "response_type": "code", "client_id": client, "redirect_uri": redirect, "state": "s", "code_challenge": challenge,
    "code_challenge_method": "S256", "scope": "atlas:read epic:read watch:read", "resource": ROOT + "/mcp",
})

# Ada connects a client.
ada = browser.visitor()
ada.open(ROOT + "/")
ada.until_title("Connect your assistant")
look(ada, "front-signed-out")
ada.press("a.button.main")
ada.until_title("Sign in")
look(ada, "sign-in")
ada.open(request)
ada.until("document.querySelector('button[name=decision][value=allow]')")
look(ada, "consent")
press(ada, "decision", "allow")
ada.until_title("Choose your collaboration's login")
look(ada, "chooser")
press(ada, "provider", QUESTION["password_login"])
log_in_with_password(ada)
ada.until("location.pathname === '/callback' || document.querySelector('button[name=answer]')")
if ada.value("location.pathname") != "/callback":
    press(ada, "answer", "accept")
ada.until_title("Back at the client")
code = dict(urllib.parse.parse_qsl(ada.value("location.search")[1:]))["code"]
token = send("/token", {
    "grant_type": "authorization_code", "code": code, "client_id": client, "redirect_uri": redirect,
    "code_verifier": verifier, "resource": ROOT + "/mcp",
})["access_token"]

# She links her other login.
ada.open(ROOT + "/account")
ada.until_title("Your account")
look(ada, "account")
ada.press(f'form[action$="/account/link"] button[value="{QUESTION["name_login"]}"]')
log_in_with_name(ada, "ada")
ada.until_title("Link these two logins?")
look(ada, "link")
press(ada, "decision", "link")
ada.until_title("Your account")
look(ada, "account-linked")
roles = ada.value("[...document.querySelectorAll('.words code')].map(e => e.innerText)")
ada.open(ROOT + "/")
ada.until_title("Connect your assistant")
look(ada, "front-signed-in")

# She agrees to a call.
answer = send(
    "/mcp",
    json.dumps({
        "jsonrpc": "2.0", "id": 1, "method": "tools/call",
        "params": {
            "name": "watch_tear", "arguments": {"note": "a-note-with-a-name-" + "x" * 80},
            "_meta": {
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientCapabilities": {},
            },
        },
    }),
    "application/json",
    {
        "Authorization": f"Bearer {token}", "Accept": "application/json, text/event-stream",
        "MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/call", "Mcp-Name": "watch_tear",
    },
)
ada.open(answer["result"]["structuredContent"]["error"]["approval_url"])
ada.until_title("Allow this call?")
look(ada, "approve")
press(ada, "decision", "approve")
ada.until_title("The call is allowed")
look(ada, "approved")

# She connects a device.
device = send("/device_authorization", {"client_id": client, "scope": "epic:read"})
ada.open(device["verification_uri"])
ada.until_title("Connect a device")
look(ada, "device")
ada.type("input[name=user_code]", device["user_code"])
ada.press("button.main")
ada.until("document.querySelector('button[name=decision][value=allow]')")
look(ada, "device-consent")
press(ada, "decision", "allow")
ada.until_title("The device is connected")
look(ada, "device-connected")

# A request that is wrong, and the end.
ada.open(ROOT + "/authorize?client_id=nobody")
ada.until_title("The application cannot be connected")
look(ada, "refused")
ada.open(ROOT + "/account")
ada.until_title("Your account")
ada.press('form[action$="/account/sign-out"] button')
ada.until_title("You are signed out")
look(ada, "signed-out")

# Bob is in no group.
bob = browser.visitor()
bob.open(request)
bob.until("document.querySelector('button[name=decision][value=allow]')")
press(bob, "decision", "allow")
bob.until_title("Choose your collaboration's login")
press(bob, "provider", QUESTION["name_login"])
log_in_with_name(bob, "bob")
bob.until_title("You have no role here")
look(bob, "no-role")
bob.open(ROOT + "/")
bob.until_title("Connect your assistant")
look(bob, "front-no-role")
bob.open(ROOT + "/account")
bob.until_title("Your account")
look(bob, "account-no-role")

visitors = [ada, bob]
browser.close()
print(json.dumps({
    "looks": looks,
    "roles": roles,
    "complaints": [complaint for visitor in visitors for complaint in visitor.complaints],
    "outside": [
        url for visitor in visitors for page, url in visitor.requests
        if page.startswith(ROOT + "/") and page != url and not url.startswith(ROOT + "/")
    ],
    "requests": sum(len(visitor.requests) for visitor in visitors),
}))
