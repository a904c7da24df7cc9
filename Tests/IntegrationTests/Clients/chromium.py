"""Chromium without a window, driven over the DevTools protocol through a pair of pipes.

Nothing but Debian's package is needed: no driver, no port, no library.
"""

import base64
import json
import os
import queue
import subprocess
import threading
import time

LIMIT = 60


class Refused(SystemExit):
    """The browser did not do what it was asked to."""


class Chromium:
    """One browser; each visitor has cookies of their own."""

    def __init__(self, folder):
        to_browser, our_end = os.pipe()
        our_start, from_browser = os.pipe()

        def connect():
            # The browser reads from its descriptor 3 and writes to 4.
            read, write = os.dup(to_browser), os.dup(from_browser)
            os.dup2(read, 3)
            os.dup2(write, 4)

        self.process = subprocess.Popen(
            [
                "chromium", "--headless=new", "--remote-debugging-pipe", f"--user-data-dir={folder}",
                # Our own pages alone are opened, and containers seldom allow the sandbox.
                "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                # Whatever a page may want from elsewhere, it does not get it from the network.
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "--hide-scrollbars", "about:blank",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(3, 4),
            preexec_fn=connect,
        )
        os.close(to_browser)
        os.close(from_browser)
        self.output = os.fdopen(our_end, "wb", buffering=0)
        self.input = os.fdopen(our_start, "rb", buffering=0)
        self.number, self.answers, self.listeners = 0, {}, {}
        self.lock = threading.Lock()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        rest = b""
        while piece := self.input.read(65536):
            *messages, rest = (rest + piece).split(b"\0")
            for message in map(json.loads, messages):
                if "id" in message:
                    self.answers.pop(message["id"]).put(message)
                elif listener := self.listeners.get(message.get("sessionId")):
                    listener(message["method"], message["params"])

    def ask(self, method, session=None, **parameters):
        answer = queue.Queue()
        with self.lock:
            self.number += 1
            message = {"id": self.number, "method": method, "params": parameters}
            if session:
                message["sessionId"] = session
            self.answers[self.number] = answer
            self.output.write(json.dumps(message).encode() + b"\0")
        answer = answer.get(timeout=LIMIT)
        if "error" in answer:
            raise Refused(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def visitor(self):
        return Visitor(self)

    def close(self):
        self.ask("Browser.close")
        self.process.wait(LIMIT)


class Visitor:
    """Somebody with a tab in which no script of a page runs."""

    def __init__(self, browser):
        self.browser = browser
        context = browser.ask("Target.createBrowserContext")["browserContextId"]
        target = browser.ask("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        self.session = browser.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        # What the browser complains of, and what it asks for on behalf of a page.
        self.complaints, self.requests = [], []
        browser.listeners[self.session] = self.hear
        for domain in ("Page", "Network", "Log", "Runtime", "Audits"):
            self.ask(f"{domain}.enable")
        self.ask("Emulation.setScriptExecutionDisabled", value=True)
        self.resize(1280, 800)

    def hear(self, method, parameters):
        if method == "Log.entryAdded":
            entry = parameters["entry"]
            # That a page was refused on purpose is no complaint about the page.
            if entry["source"] != "network":
                self.complaints.append(f"{entry['source']}: {entry['text']}")
        elif method == "Audits.issueAdded":
            issue = parameters["issue"]
            if issue["code"] == "ContentSecurityPolicyIssue":
                self.complaints.append(json.dumps(issue["details"]["contentSecurityPolicyIssueDetails"]))
        elif method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
            self.complaints.append(json.dumps(parameters))
        elif method == "Network.requestWillBeSent":
            self.requests.append((parameters.get("documentURL", ""), parameters["request"]["url"]))

    def ask(self, method, **parameters):
        return self.browser.ask(method, self.session, **parameters)

    def value(self, expression):
        """What an expression is worth in the page."""
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            return None
        return answer["result"].get("value")

    def resize(self, width, height, is_phone=False):
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=2 if is_phone else 1,
            mobile=is_phone,
        )

    # What a person does.

    def open(self, url):
        self.ask("Page.navigate", url=url)

    def until(self, expression):
        """Waits until something holds in a page that is loaded."""
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            try:
                if self.value(f"document.readyState === 'complete' && Boolean({expression})"):
                    return
            except Refused:
                # The page that was asked made room for the next.
                pass
            time.sleep(0.02)
        raise SystemExit(f"never: {expression}\n{self.value('location.href')}\n{self.value('document.body.innerText')}")

    def until_title(self, title):
        self.until(f"document.querySelector('h1')?.innerText === {json.dumps(title)}")

    def press(self, selector):
        """Presses the mouse where something is."""
        place = self.value(
            f"""(() => {{
              const element = document.querySelector({json.dumps(selector)});
              if (!element) return null;
              element.scrollIntoView({{block: 'center', behavior: 'instant'}});
              const box = element.getBoundingClientRect();
              return [box.left + box.width / 2, box.top + box.height / 2];
            }})()"""
        )
        if place is None:
            raise SystemExit(f"there is no {selector}: {self.value('document.body.innerText')}")
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)

    def type(self, selector, text):
        self.value(f"(e => {{ e.focus(); e.select(); }})(document.querySelector({json.dumps(selector)}))")
        self.ask("Input.insertText", text=text)

    # What is looked at.

    def layout(self):
        """How wide the page is, how wide the window, and what reaches beyond its right edge."""
        return self.value(
            """(() => {
              const width = window.innerWidth;
              const beyond = [...document.querySelectorAll('body *')]
                .filter(e => e.getBoundingClientRect().right > width + 0.5)
                .map(e => e.tagName + ' ' + e.innerText.slice(0, 60));
              return {scrolls: document.documentElement.scrollWidth, width, beyond};
            })()"""
        )

    def picture(self, path):
        size = self.ask("Page.getLayoutMetrics")["cssContentSize"]
        area = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        shot = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=area)
        with open(path, "wb") as file:
            file.write(base64.b64decode(shot["data"]))
