"""What a person does on the page, and sees."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PATIENCE_S = 10


class Visitor:
    """Drives a browser with mouse and keys."""

    def __init__(self, driver: Any, pages: Path) -> None:
        self.driver = driver
        self._pages = pages

    def opens(self, page: str) -> None:
        self.driver.get((self._pages / f"{page}.html").as_uri())

    def window(self, width: int, height: int) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def media(self, kind: str = "", scheme: str = "light") -> None:
        """Look at the page in light or in dark, as on *kind* of medium, without animations."""
        features = {"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"}
        listed = [{"name": name, "value": value} for name, value in features.items()]
        self.driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"media": kind, "features": listed}
        )

    def find(self, selector: str) -> Any:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[Any]:
        found: list[Any] = self.driver.find_elements(By.CSS_SELECTOR, selector)
        return found

    def clicks(self, selector: str) -> None:
        self.find(selector).click()

    def presses(self, *keys: str) -> None:
        for key in keys:
            ActionChains(self.driver, duration=0).send_keys(key).perform()

    def drags_map(self, x: int, y: int) -> None:
        """Drag the map by so many pixels, from where nothing else is under the pointer."""
        actions = ActionChains(self.driver, duration=20)
        actions.move_to_element_with_offset(self.find("#map"), -100, 200).click_and_hold()
        actions.move_by_offset(x // 2, y // 2).move_by_offset(x - x // 2, y - y // 2)
        actions.pause(0.15).release().perform()

    def clicks_at(self, x: float, y: float) -> None:
        """Click a point of the window."""
        actions = ActionChains(self.driver, duration=0)
        actions.w3c_actions.pointer_action.move_to_location(round(x), round(y))
        actions.click().perform()

    def sees(self, what: Callable[[], Any]) -> Any:
        """Wait until something shows, and return it."""
        return WebDriverWait(self.driver, PATIENCE_S, 0.05).until(lambda _: what())

    def runs(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(f"return {script}", *arguments)

    def focus(self) -> Any:
        return self.driver.switch_to.active_element

    def current(self) -> str | None:
        """Return the id of the row that is marked in the timetable."""
        marked = self.all(".row[aria-current]")
        assert len(marked) <= 1
        return str(marked[0].get_attribute("id")) if marked else None

    def middle(self, selector: str) -> tuple[float, float]:
        """Return where the middle of an element is in the window."""
        box = self.runs("arguments[0].getBoundingClientRect().toJSON()", self.find(selector))
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def errors(self) -> list[str]:
        """Return what the browser complained of since it was asked last."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """Return the addresses the browser asked for since it was asked last."""
        log = (
            json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")
        )
        return [
            message["params"]["request"]["url"]
            for message in log
            if message["method"] == "Network.requestWillBeSent"
        ]

    def prints(self) -> bytes:
        """Return the page as a PDF, as the browser prints it."""
        options = {"preferCSSPageSize": True, "printBackground": True}
        return base64.b64decode(self.driver.execute_cdp_cmd("Page.printToPDF", options)["data"])
