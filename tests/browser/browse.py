"""From the index to an answer, as a person goes with a browser; and how the pages look on a phone.

Usage: browse.py URL FOLDER [PICTURES]
"""

import json
import os
import sys

from chromium import Browser

PHONE, DESKTOP = (360, 740), (1200, 900)


class Visit:
    """A browser at a server, and what is to be true of each page."""

    def __init__(self, browser, base, pictures):
        self.browser = browser
        self.base = base
        self.pictures = pictures
        self.pages = 0

    def look(self, name):
        """Checks the page that is open, at both widths, and keeps pictures of it."""
        browser = self.browser
        for width, height in (PHONE, DESKTOP):
            for scheme in ("light", "dark"):
                browser.show(width, height, scheme)
                seen = browser.run(
                    "return {inner: innerWidth, scroll: document.documentElement.scrollWidth,"
                    " scripts: document.scripts.length, lang: document.documentElement.lang,"
                    " dark: getComputedStyle(document.body).backgroundColor}"
                )
                assert seen["inner"] == width, f"{name}: expected a width of {width}, saw {seen['inner']}"
                assert seen["scroll"] <= width, f"{name}: {seen['scroll']} wide in a window of {width}"
                assert seen["scripts"] == 0 and seen["lang"] == "en", f"{name}: {seen}"
                assert (seen["dark"] == "rgb(255, 255, 255)") == (scheme == "light"), f"{name}, {scheme}: {seen['dark']}"
                if self.pictures:
                    browser.picture(os.path.join(self.pictures, f"{name}-{width}-{scheme}.png"))
        browser.show(*DESKTOP)
        self.pages += 1
        self.judge_logs(name)

    def judge_logs(self, name):
        """Nothing was complained about, and nothing was asked for elsewhere."""
        complaints = [entry["message"] for entry in self.browser.logged("browser") if "favicon.ico" not in entry["message"]]
        assert not complaints, f"{name}: the console says {complaints}"
        for entry in self.browser.logged("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                # The browser's own parts, such as its way to show XML, come from itself.
                assert url.startswith((f"{self.base}/", "data:", "about:", "chrome:")), f"{name}: asked for {url}"

    def follow(self, text):
        """Follows the one link with this text."""
        found = self.browser.run(
            "const found = [...document.links].filter(link => link.textContent === arguments[0] && !link.hash);"
            "if (found.length === 1) found[0].setAttribute('data-followed', ''); return found.length",
            text,
        )
        assert found == 1, f"expected one link '{text}' at {self.browser.url()}, saw {found}"
        self.browser.click("[data-followed]")

    def invoke(self, values):
        """Fills in the form, presses Invoke, and answers the root's name and the texts by element of what comes."""
        browser = self.browser
        known = browser.windows()
        for name, value in values.items():
            browser.fill(f"form [name={name}]", value)
        browser.click("form button")
        browser.follow_into_new_window(known)
        answer = browser.run(
            "const texts = {}; let root = document.documentElement;"
            # Chromium shows XML as a page of its own and keeps the document within it.
            "const kept = document.getElementById('webkit-xml-viewer-source-xml');"
            "if (kept) root = kept.firstElementChild;"
            "for (const node of root.getElementsByTagName('*')) if (!node.children.length)"
            " (texts[node.localName] ||= []).push(node.textContent);"
            "return [root.localName, texts]"
        )
        browser.back_to(known[0])
        return answer


def people(visit, admin, password):
    """The legacy service: what a form answers, and what it answers to a wrong password."""
    visit.browser.go(f"{visit.base}/Services2")
    visit.look("index")
    visit.follow("svcOrganization")
    visit.look("service")
    visit.follow("GetAllRoles")
    visit.look("operation")
    root, texts = visit.invoke({"authUserName": admin, "authPassword": password})
    assert root == "RoleInfoResultArray" and texts["Result"] == ["true"], (root, texts)
    assert "Administrator" in str(texts), texts
    root, texts = visit.invoke({"authPassword": "wrong"})
    assert texts["Result"] == ["false"] and texts["ResultCode"] == ["1"], (root, texts)


def lists(visit, admin, password):
    """A list has several values, and an odd one comes back as it was sent."""
    visit.browser.go(f"{visit.base}/Services2/svcorganization.asmx/?op=getusersproperties")
    visit.follow("A form with one value more")
    visit.look("list")
    known = {"authUserName": admin, "authPassword": password, "userId": "2"}
    visit.browser.fill("#requestedValues-1", "UserName")
    visit.browser.fill("#requestedValues-2", "<ü & 'x'>")
    root, texts = visit.invoke(known)
    assert root == "SettingsRequestResult" and texts["Result"] == ["true"], (root, texts)
    assert texts["string"][0].lower() == f"username={admin}" and texts["string"][1].startswith("<ü & 'x'>"), texts


def accounts(visit, admin, password):
    """A service of our own, and the way back by the links above the heading."""
    visit.browser.go(f"{visit.base}/Services2/svcAccounts.asmx?op=GetUserByUsername")
    visit.look("accounts")
    values = {"authUserName": admin, "authPassword": password, "username": admin}
    root, texts = visit.invoke(values)
    assert texts["Result"] == ["true"] and admin in str(texts), (root, texts)
    visit.follow("svcAccounts")
    visit.follow("UpdateUserSettings")
    visit.look("complex")
    visit.follow("Services")
    assert visit.browser.url() == f"{visit.base}/Services2", visit.browser.url()
    visit.browser.go(f"{visit.base}/Services2/svcStructure.asmx?op=%3Cb%3ENope")
    visit.look("unknown")


def main():
    base, folder = sys.argv[1:3]
    pictures = sys.argv[3] if len(sys.argv) > 3 else None
    admin, password = os.environ["ASMXD_ADMIN_USERNAME"], os.environ["ASMXD_ADMIN_PASSWORD"]
    with Browser(folder) as browser:
        visit = Visit(browser, base, pictures)
        browser.show(*DESKTOP)
        for story in (people, lists, accounts):
            story(visit, admin, password)
        print(f"browser: {visit.pages} pages at two widths, light and dark; every form was answered")


if __name__ == "__main__":
    main()
