"""A headless Chromium by its driver's HTTP protocol (W3C WebDriver), with nothing but Python's own library.

It knows no page and no test.
"""

import base64
import json
import subprocess
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-proxy-server",
]


class Browser:
    """One browser with an empty profile. Use it in a `with`, so that it ends."""

    def __init__(self, folder):
        self.log = open(f"{folder}/chromedriver.log", "w", encoding="utf-8")
        self.driver = subprocess.Popen(
            ["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=self.log, text=True
        )
        self.address = f"http://127.0.0.1:{self._port()}"
        options = {
            "args": [*FLAGS, f"--user-data-dir={folder}/profile"],
            "perfLoggingPrefs": {"enableNetwork": True},
        }
        wanted = {
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        }
        self.address += "/session/" + self._call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self._call("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait()
            self.log.close()

    def _port(self):
        for line in self.driver.stdout:
            if "started successfully on port" in line:
                return int(line.rstrip().rstrip(".").rsplit(" ", 1)[1])
        raise RuntimeError("chromedriver ended before it told its port")

    def _call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:
                return json.load(reply)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {path}: {json.load(error)['value']['message']}") from None

    def go(self, url):
        """Opens a page."""
        self._call("POST", "/url", {"url": url})

    def url(self):
        """The address of the page."""
        return self._call("GET", "/url")

    def find(self, selector):
        """The one element that a CSS selector finds."""
        found = self._call("POST", "/elements", {"using": "css selector", "value": selector})
        assert len(found) == 1, f"expected one {selector} at {self.url()}, saw {len(found)}"
        return found[0][ELEMENT]

    def click(self, selector):
        """Clicks on an element."""
        self._call("POST", f"/element/{self.find(selector)}/click", {})

    def fill(self, selector, text):
        """Types a text into an input."""
        self._call("POST", f"/element/{self.find(selector)}/value", {"text": text})

    def run(self, script, *arguments):
        """What a function's body returns in the page."""
        return self._call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def devtools(self, command, **parameters):
        """A command of Chromium's own protocol."""
        return self._call("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def logged(self, kind):
        """The entries of a log since they were last asked for."""
        return self._call("POST", "/se/log", {"type": kind})

    def show(self, width, height, scheme="light"):
        """Has the page shown at this size and in this scheme of colours."""
        self.devtools(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        self.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def picture(self, path, most=6000):
        """Keeps a picture of the page from its top on, also of what is seen only by scrolling."""
        width, height = self.run("return [innerWidth, document.documentElement.scrollHeight]")
        clip = {"x": 0, "y": 0, "width": width, "height": min(height, most), "scale": 1}
        taken = self.devtools("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        with open(path, "wb") as file:
            file.write(base64.b64decode(taken["data"]))

    def follow_into_new_window(self, known, seconds=20):
        """Goes to the window that has opened besides `known`, and waits until it is loaded."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            new = [window for window in self.windows() if window not in known]
            if new:
                self._call("POST", "/window", {"handle": new[0]})
                if self.url() != "about:blank" and self.run("return document.readyState") == "complete":
                    return
            time.sleep(0.1)
        raise AssertionError("no window opened")

    def windows(self):
        """The windows that are open."""
        return self._call("GET", "/window/handles")

    def back_to(self, window):
        """Closes this window and goes to another."""
        self._call("DELETE", "/window")
        self._call("POST", "/window", {"handle": window})
