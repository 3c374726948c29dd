"""Forms as a person fills them in: what is already there stays, only what can be chosen is chosen."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lxml.html import HtmlElement

if TYPE_CHECKING:
    from tests.machinery.pages import Page

NOT_SENT = {"submit", "reset", "button", "image"}


class Form:
    """A form of a page with its present values."""

    def __init__(self, page: "Page", element: HtmlElement) -> None:
        self.page = page
        self.element = element
        self.method = (element.get("method") or "get").upper()
        self.action = element.get("action") or page.url
        self.values: dict[str, list[Any]] = {}
        for control in self.controls():
            self._take(control)

    def controls(self) -> list[HtmlElement]:
        """Named controls in and outside the form element that are sent with it."""
        outside = f"//*[@form='{self.element.get('id')}']" if self.element.get("id") else "//*[false()]"
        found = self.element.xpath(".//input|.//select|.//textarea") + self.page.tree.xpath(outside)
        return [each for each in found if each.get("name") and each.tag != "button" and each.get("disabled") is None]

    @property
    def errors(self) -> dict[str, str]:
        """Name of each invalid field -> what the page says about it."""
        said = {}
        for control in self.controls():
            if control.get("aria-invalid") == "true":
                ids = (control.get("aria-describedby") or "").split()
                texts = [" ".join(self.page.find(f"[id='{each}']").text_content().split()) for each in ids]
                said[str(control.get("name"))] = " ".join(texts)
        return said

    def value(self, name: str) -> Any:
        """The present value of a field; None when nothing is chosen."""
        return next(iter(self.values.get(name, [])), None)

    def options(self, name: str) -> list[str]:
        """Values that a select or a group of radio buttons offers."""
        path = f".//select[@name='{name}']//option/@value|.//input[@name='{name}'][@type='radio']/@value"
        return [str(each) for each in self.element.xpath(path)]

    def fill(self, values: Mapping[str, Any] | None = None, **more: Any) -> "Form":
        """Type, choose and tick; an AssertionError for what a person could not do."""
        for name, value in {**(values or {}), **more}.items():
            controls = [each for each in self.controls() if each.get("name") == name]
            known = sorted({str(each.get("name")) for each in self.controls()})
            assert controls, f"{self.page.url}: the form {self.action} has no field {name!r}, only {known}."
            self.values[name] = _entered(controls, value)
        return self

    def submit(
        self,
        values: Mapping[str, Any] | None = None,
        *,
        button: str | None = None,
        status: int | None = 200,
        target: str | None = None,
        **more: Any,
    ) -> "Page":
        """Press the button with this text (else the first) and go where the application leads."""
        self.fill(values, **more)
        sent = {name: list(chosen) for name, chosen in self.values.items() if chosen}
        pressed = self._button(button)
        if pressed is not None and pressed.get("name"):
            sent[str(pressed.get("name"))] = [pressed.get("value") or ""]
        address = (pressed.get("formaction") if pressed is not None else None) or self.action
        return self._send(address, sent, status, target)

    def _send(self, address: str, sent: dict[str, list[Any]], status: int | None, target: str | None) -> "Page":
        browser = self.page.browser
        if self.method == "GET":
            return browser.open("GET", address, status, target, {}, query_string=sent)
        token = sent.pop("csrf_token", [""])
        data = {"csrf_token": token[0], **sent}
        files = {"content_type": "multipart/form-data"} if self.element.get("enctype") else {}
        return browser.open("POST", address, status, target, {}, data=data, **files)

    def _button(self, text: str | None) -> HtmlElement | None:
        own = self.element.xpath(".//button[not(@type) or @type='submit']|.//input[@type='submit']")
        if self.element.get("id"):
            own += self.page.tree.xpath(f"//button[@form='{self.element.get('id')}']")
        if text is None:
            return own[0] if own else None
        said = {
            " ".join(each.text_content().split()) or each.get("aria-label") or each.get("value"): each for each in own
        }
        assert text in said, f"{self.page.url}: no button {text!r}, only {list(said)}."
        return said[text]

    def _take(self, control: HtmlElement) -> None:
        chosen = self.values.setdefault(str(control.get("name")), [])
        kind = control.get("type", "text") if control.tag == "input" else control.tag
        if kind in ("checkbox", "radio"):
            if control.get("checked") is not None:
                chosen.append(control.get("value", "on"))
        elif kind == "select":
            chosen.extend(_selected(control))
        elif kind == "textarea":
            chosen.append((control.text or "").removeprefix("\n"))
        elif kind not in NOT_SENT and kind != "file":
            chosen.append(control.get("value", ""))


def _label(button: HtmlElement) -> str:
    return " ".join(button.text_content().split()) or button.get("aria-label") or button.get("value") or ""


def _selected(control: HtmlElement) -> list[str]:
    marked = [_option_value(each) for each in control.xpath(".//option[@selected]")]
    several = control.get("multiple") is not None
    first = [] if several or marked else [_option_value(each) for each in control.xpath(".//option")[:1]]
    return marked or first


def _option_value(option: HtmlElement) -> str:
    return str(option.get("value") if option.get("value") is not None else option.text_content().strip())


def _entered(controls: list[HtmlElement], value: Any) -> list[Any]:
    """What is sent for a field after a person entered `value`: a bool ticks, a list chooses several, None clears."""
    first = controls[0]
    wanted = [] if value is None else list(value) if isinstance(value, list | set) else [value]
    if first.get("type") == "file":
        return wanted
    if first.tag == "select":
        return _offered([_option_value(each) for each in first.xpath(".//option")], wanted, first)
    if first.get("type") in ("checkbox", "radio"):
        offered = [each.get("value", "on") for each in controls]
        if isinstance(value, bool):
            return offered[:1] if value else []
        return _offered(offered, wanted, first)
    return [str(each) for each in wanted] or [""]


def _offered(choices: list[str], wanted: list[Any], control: HtmlElement) -> list[str]:
    chosen = [str(each) for each in wanted]
    assert set(chosen) <= set(choices), f"{control.get('name')} offers {choices}, not {chosen}."
    return chosen
