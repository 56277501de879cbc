"""Take pictures of a report in headless Chromium, and check that clicks and keys do what they should.

    python scripts/shoot.py report.html pictures/       (without a report: the tests' hand-made one)

Writes desktop (1280 wide), phone (390), dark, evidence panel and a PDF. Speaks the DevTools protocol over a pipe, so
it needs nothing but Chromium, which it installs with apt-get where it is missing and may be installed. Exits with 1
when the page does not behave: a request that leaves it, an error in its script, a key that does nothing.
"""

import argparse
import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)


def browser() -> str:
    """The path of a Chromium; installed first where apt-get can."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"], check=True)
        found = shutil.which("chromium")
    if not found:
        raise SystemExit("no Chromium found: install it, or put it on the PATH")
    return found


class Browser:
    """One page of a headless Chromium."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        read_by_it, self._out = os.pipe()
        self._in, written_by_it = os.pipe()

        def hand_over() -> None:
            # The child knows its ends of the pipes as 3 and 4.
            first, second = os.dup(read_by_it), os.dup(written_by_it)
            os.dup2(first, 3)
            os.dup2(second, 4)

        self._process = subprocess.Popen(
            [browser(), *FLAGS, f"--user-data-dir={self._folder.name}", "about:blank"],
            preexec_fn=hand_over,  # noqa: PLW1509 (this program has one thread)
            close_fds=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(read_by_it)
        os.close(written_by_it)
        self._rest = b""
        self._number = 0
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.send(f"{domain}.enable")

    def __enter__(self) -> "Browser":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._folder.cleanup()

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Call a method of the protocol and wait for its answer; events that arrive meanwhile are kept."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                result: dict[str, Any] = answer["result"]
                return result
            self.events.append(answer)

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            chunk = os.read(self._in, 1 << 20)
            if not chunk:
                raise RuntimeError("Chromium went away")
            self._rest += chunk
        message, self._rest = self._rest.split(b"\0", 1)
        received: dict[str, Any] = json.loads(message)
        return received

    def open(self, url: str, *, width: int, height: int, dark: bool = False) -> None:
        """Load a page in a window of that size."""
        self.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.send(
            "Emulation.setEmulatedMedia", features=[scheme, {"name": "prefers-reduced-motion", "value": "reduce"}]
        )
        self.send("Page.navigate", url="about:blank")
        self.send("Page.navigate", url=url)
        for _ in range(200):
            if self.ask("document.readyState") == "complete" and self.ask("location.href") != "about:blank":
                break
            time.sleep(0.05)
        time.sleep(0.1)

    def ask(self, script: str) -> Any:
        """The value of an expression in the page."""
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{script}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def press(self, key: str) -> None:
        """Press and release one key."""
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        code = {"Enter": 13, "Escape": 27, "Tab": 9}.get(key, ord(key.upper()[0]))
        extra = {"text": text} if text else {}
        self.send("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=code, **extra)
        self.send("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)
        time.sleep(0.05)

    def click(self, selector: str) -> None:
        """Click in the middle of the first element that a selector finds."""
        where = self.ask(
            f"(() => {{ const n = document.querySelector({json.dumps(selector)});"
            " n.scrollIntoView({block: 'center'});"
            " const b = n.getClientRects()[0]; return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=where[0], y=where[1], button="left", clickCount=1)
        time.sleep(0.1)

    def shoot(self, path: Path) -> None:
        """A PNG of what the window shows."""
        path.write_bytes(base64.b64decode(self.send("Page.captureScreenshot", format="png")["data"]))
        print(path)

    def sheets(self, path: Path, height: int, most: int = 12) -> None:
        """The whole page as numbered PNGs, each ``height`` pixels of it."""
        # What lies off the screen is not laid out until it is scrolled to; a picture beyond the window needs it.
        self.ask("document.querySelectorAll('.source').forEach(n => { n.style.contentVisibility = 'visible'; })")
        size = self.send("Page.getLayoutMetrics")["cssContentSize"]
        for number in range(min(most, -(-int(size["height"]) // height))):
            top = number * height
            clip = {"x": 0, "y": top, "width": size["width"], "height": min(height, size["height"] - top), "scale": 1}
            shot = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
            sheet = path.with_stem(f"{path.stem}-{number + 1}")
            sheet.write_bytes(base64.b64decode(shot["data"]))
            print(sheet)


def check(page: Browser) -> list[str]:
    """What the page does wrong, in plain words; the page has just been loaded."""
    wrong = []

    def expect(what: str, script: str) -> None:
        if page.ask(script) is not True:
            wrong.append(what)

    shown = "!document.getElementById('panel').hidden"
    expect("the panel is closed at first", f"!({shown})")
    page.press("j")
    expect("j goes to the first line", "document.activeElement.matches('.line .no')")
    page.press("Enter")
    expect("Enter opens the evidence", shown)
    expect("the opened line says so", "document.querySelector('.line.current .no').ariaExpanded === 'true'")
    expect("the evidence has marked words", "document.querySelectorAll('#panel mark').length > 0")
    first = page.ask("document.querySelector('.line.current').id")
    page.press("j")
    expect("j goes to the next line's evidence", f"document.querySelector('.line.current').id !== {json.dumps(first)}")
    page.press("k")
    expect("k goes back", f"document.querySelector('.line.current').id === {json.dumps(first)}")
    page.press("Escape")
    expect("Esc closes the evidence", f"!({shown})")
    expect("Esc gives the focus back to the line", "document.activeElement.matches('.line .no')")
    expect(
        "every line's evidence is the words of its articles, code point by code point",
        """Array.from(document.querySelectorAll('[data-ev]')).every(n => n.dataset.ev.split(' ').every(e => {
          const [key, start, end] = e.split(':');
          return Array.from(document.getElementById(key).querySelectorAll('p[data-o]')).some(p => {
            const from = Number(p.dataset.o);
            return from < Number(end) && from + Array.from(p.textContent).length > Number(start);
          });
        }))""",
    )
    expect(
        "every link inside the page leads somewhere",
        "Array.from(document.querySelectorAll('a[href^=\"#\"]')).every(a => document.getElementById("
        "decodeURIComponent(a.getAttribute('href').slice(1))))",
    )
    expect("no id is used twice", "new Set([...document.querySelectorAll('[id]')].map(n => n.id)).size"
           " === document.querySelectorAll('[id]').length")  # fmt: skip
    expect("nothing is wider than the page", "document.documentElement.scrollWidth <= window.innerWidth")
    sent = [e for e in page.events if e.get("method") == "Network.requestWillBeSent"]
    wrong += [
        f"it asked for {event['params']['request']['url'][:120]}"
        for event in sent
        if not event["params"]["request"]["url"].startswith(("file:", "data:", "about:"))
    ]
    wrong += [
        f"the browser complains: {event['params']}"
        for event in page.events
        if event.get("method") in ("Log.entryAdded", "Runtime.exceptionThrown")
    ]
    return wrong


def main() -> int:
    """Shoot the report named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", nargs="?", type=Path, help="an HTML report; without one, the tests' hand-made one")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("pictures"), help="where the pictures go")
    options = parser.parse_args()
    if options.report:
        if not options.report.is_file():
            parser.error(f"there is no report at {options.report}")
        report = options.report.resolve()
    else:
        sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
        import report_fixture
        from rashomon.show.report import render_html

        report = Path(tempfile.mkdtemp()) / "report.html"
        report.write_text(render_html(report_fixture.ONE), "utf-8")
    folder: Path = options.folder
    folder.mkdir(parents=True, exist_ok=True)
    url = report.as_uri()
    with Browser() as page:
        page.open(url, width=1280, height=860)
        page.shoot(folder / "desktop.png")
        page.sheets(folder / "desktop.png", 1700)
        wrong = check(page)
        conflict = ".conflict .t" if page.ask("!!document.querySelector('.conflict .t')") else ".line .t"
        claim = ".claim > .t" if page.ask("!!document.querySelector('.claim > .t')") else ".line .t"
        page.open(url, width=1280, height=860)
        page.click(claim)
        page.shoot(folder / "panel.png")
        page.click(conflict)
        page.shoot(folder / "panel-conflict.png")
        page.open(url, width=1280, height=860, dark=True)
        page.shoot(folder / "dark.png")
        page.click(claim)
        page.shoot(folder / "dark-panel.png")
        page.open(url, width=390, height=844)
        page.shoot(folder / "phone.png")
        page.sheets(folder / "phone.png", 2600, most=6)
        wrong += [f"on a phone: {fault}" for fault in check(page)]
        page.click(claim)
        page.shoot(folder / "phone-panel.png")
        page.open(url, width=680, height=960)
        page.send("Emulation.setEmulatedMedia", media="print")
        page.sheets(folder / "paper.png", 1900, most=4)
        page.open(url, width=1280, height=860)
        page.send("Emulation.setEmulatedMedia", media="")
        printed = page.send("Page.printToPDF", printBackground=False, preferCSSPageSize=True)
        (folder / "print.pdf").write_bytes(base64.b64decode(printed["data"]))
        print(folder / "print.pdf")
    for fault in wrong:
        print(f"wrong: {fault}", file=sys.stderr)
    print("the page behaves" if not wrong else f"{len(wrong)} faults", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
