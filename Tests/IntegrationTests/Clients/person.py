"""A person with a browser without scripts: keeps cookies, follows redirects and pages, fills in forms."""

import html.parser
import http.client
import urllib.parse


class Page(html.parser.HTMLParser):
    """The forms of a page, and where it goes on by itself."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.refresh = [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
            self.refresh = attributes["content"].split("url=", 1)[1]
        if tag == "form":
            self.forms.append({
                "action": attributes.get("action", ""),
                "method": attributes.get("method", "get").lower(),
                "fields": {},
                "buttons": [],
            })
        if not self.forms:
            return
        form = self.forms[-1]
        kind = attributes.get("type", "text" if tag == "input" else "submit")
        if tag == "button" or (tag == "input" and kind == "submit"):
            form["buttons"].append((attributes.get("name"), attributes.get("value", "")))
        elif tag == "input" and attributes.get("name") and kind not in ("checkbox", "radio"):
            form["fields"][attributes["name"]] = attributes.get("value", "")


class Person:
    """Fills in fields by their names, and presses the buttons they like best."""

    def __init__(self, fields, buttons):
        self.fields, self.buttons = fields, buttons
        self.cookies, self.pages = {}, []

    def go(self, url, end):
        """Goes from page to page until an address that begins with `end`, which nobody asks for."""
        return self.walk(url, lambda url: url.startswith(end))[0]

    def read(self, url):
        """Goes from page to page until one where there is nothing to do; gives what it says."""
        return self.walk(url, lambda url: False)[1]

    def fill(self, url):
        """Goes from page to page until one that has the fields, and fills them in."""
        for _ in range(40):
            status, location, text = self.ask("GET", url)
            while location is None:
                page = Page(text)
                if page.refresh:
                    location = page.refresh
                    break
                form = self.form(page, url, status, text)
                url = urllib.parse.urljoin(url, form["action"])
                status, location, text = self.ask("POST", url, self.filled(form))
                if any(name in form["fields"] for name in self.fields):
                    if status >= 400:
                        raise SystemExit(f"{status} at {url}: {text[:3000]}")
                    return
            url = urllib.parse.urljoin(url, location)
        raise SystemExit(f"no end: {self.pages}")

    def walk(self, url, is_end):
        for _ in range(40):
            if is_end(url):
                return url, None
            status, location, text = self.ask("GET", url)
            while True:
                if location is not None:
                    url = urllib.parse.urljoin(url, location)
                    break
                page = Page(text)
                if page.refresh:
                    url = urllib.parse.urljoin(url, page.refresh)
                    break
                if not page.forms and status == 200:
                    return url, text
                form = self.form(page, url, status, text)
                target = urllib.parse.urljoin(url, form["action"])
                url = target
                status, location, text = self.ask("POST", target, self.filled(form))
        raise SystemExit(f"no end: {self.pages}")

    def form(self, page, url, status, text):
        forms = [form for form in page.forms if form["method"] == "post"]
        if not forms:
            raise SystemExit(f"{status} at {url}: no form\n{text[:3000]}")
        return max(forms, key=lambda form: sum(name in form["fields"] for name in self.fields))

    def filled(self, form):
        filled = {name: self.fields.get(name, value) for name, value in form["fields"].items()}
        wanted = [button for button in self.buttons if button in form["buttons"]]
        pressed = (wanted or form["buttons"] or [(None, "")])[0]
        if pressed[0]:
            filled[pressed[0]] = pressed[1]
        return filled

    def ask(self, method, url, fields=None):
        parts = urllib.parse.urlsplit(url)
        cookies = self.cookies.setdefault(parts.netloc, {})
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"{parts.scheme}://{parts.netloc}"
            headers["Referer"] = url
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
        connection.request(method, parts.path + (f"?{parts.query}" if parts.query else ""), body, headers)
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";", 1)[0].split("=", 1)
            if "max-age=0" in line.lower():
                cookies.pop(name, None)
            else:
                cookies[name] = value
        self.pages.append(f"{method} {parts.netloc}{parts.path} {answer.status}")
        return answer.status, answer.getheader("Location"), text
