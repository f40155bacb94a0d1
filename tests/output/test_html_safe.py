"""The page is safe: nothing runs but its own script, nothing is fetched, no text is markup."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.output.html_pages import MUSEUM, bare, map_data, parsed, words
from tests.output.maps import saved, town, with_train
from tests.output.plans import NASTY, plans, texts
from tests.support.effort import examples

from lens_routes.output.html.markup import data, element, raw, text
from lens_routes.output.html.page import dumps
from lens_routes.output.shared.safe_text import line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from lens_routes.plan.plan import Plan


def _fetched(root: Element) -> Iterator[str]:
    """Yield the addresses a browser would fetch by itself when it shows a page."""
    for node in root.iter():
        for name in ("src", "srcset", "data", "poster", "background", "action"):
            if name in node.attrib:
                yield node.attrib[name]
        if node.tag == "link":
            yield node.attrib["href"]
        if node.tag in {"iframe", "object", "embed", "base", "img"}:
            yield str(node.tag)


def test_nothing_is_fetched() -> None:
    """No element, style or script of the page asks for another file; the policy forbids it too."""
    page = dumps(saved(), town(saved()))
    root = parsed(page)
    assert list(_fetched(root)) == ["data:,"]
    style = re.search(r"(?s)<style>(.*?)</style>", page.decode())
    assert style
    assert "url(" not in style[1]
    assert "@import" not in style[1]
    assert "sourceMappingURL" not in page.decode()
    policy = next(m.attrib["content"] for m in root.iter("meta") if "http-equiv" in m.attrib)
    assert policy.startswith("default-src 'none';")
    assert "img-src data:;" in policy
    assert "http" not in policy


def test_the_policy_allows_the_script_and_style_of_this_page_alone() -> None:
    """The hashes in the policy are those of what stands in the page, as W3C's CSP 3 has it."""
    page = dumps(with_train(saved())).decode()
    for kind in ("script", "style"):
        digests = [
            base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()
            for own in re.findall(rf"(?s)<{kind}>(.*?)</{kind}>", page)
        ]
        assert digests
        allowed = " ".join(f"&#x27;sha256-{digest}&#x27;" for digest in digests)
        assert f"{kind}-src {allowed};" in page


@settings(deadline=None, max_examples=examples(15))
@given(plan=plans(), title=st.sampled_from(NASTY))
def test_no_text_of_a_person_becomes_markup(plan: Plan, title: str) -> None:
    """Whatever the names, the page is valid HTML with its own scripts, and no other markup."""
    place = MUSEUM._replace(website=title, phone=title, address=title)
    page = dumps(plan, town(plan), {"musee": place})
    assert len(re.findall(r"<script", bare(page))) == 4
    root = parsed(page)
    for node in root.iter():
        assert node.tag in {
            "html", "head", "meta", "link", "title", "style", "script", "body", "a", "header",
            "h1", "h2", "h3", "div", "button", "small", "section", "p", "noscript", "span", "main",
            "aside", "ul", "ol", "li", "time", "bdi", "b", "dl", "dt", "dd", "details", "summary",
            "footer",
        }  # fmt: skip
        assert not [name for name in node.attrib if name.startswith(("on", "style"))]
        link = node.attrib.get("href", "#")
        assert re.match(r"#|geo:|tel:[+\d]|https?://[^\s<>]+$|data:,$", link), link
    ids = [node.attrib["id"] for node in root.iter() if "id" in node.attrib]
    assert len(ids) == len(set(ids))
    assert map_data(page, "ground")["names"][-1] == "Parc </script>"


@given(said=texts())
def test_text_reads_back_on_one_line(said: str) -> None:
    """Escaped text is read back as it was, but for control characters and line breaks."""
    root = html5lib.parse(element("p", said, title=said), namespaceHTMLElements=False)
    node = next(root.iter("p"))
    assert (node.text or "") == node.attrib.get("title", "")
    assert (node.text or "").replace("\N{NO-BREAK SPACE}", " ") == line(said).replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert not re.search(r"[\x00-\x1f\x7f\u2028]", node.text or "")


def test_a_script_cannot_be_ended_by_its_data() -> None:
    """JSON in a page holds no tag; a script of ours that held one would be refused."""
    assert (
        "<"
        not in data("x", ["</script><!--"])[len('<script type="application/json" id="x">') :][
            : -len("</script>")
        ]
    )
    with pytest.raises(ValueError, match="end the script"):
        raw("script", "x</SCRIPT>")
    assert text("<i>&\"'") == "&lt;i&gt;&amp;&quot;&#x27;"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://", "//x", "http://[", "a b"])
def test_only_addresses_of_the_web_are_links(address: str) -> None:
    """What is no address of the web is shown as words."""
    root = parsed(dumps(saved(), None, {"musee": MUSEUM._replace(website=address)}))
    assert address in words(root)
    assert address not in [a.attrib["href"] for a in root.iter("a")]
