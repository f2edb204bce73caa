"""Pages keep the house's rules: catalogued texts, known fields, no public door by accident."""

import re
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from jinja2 import meta, nodes

import h5.blueprint
from api.kit.routes import PUBLIC
from h5.pages import PAGES, Page
from h5.rendering import TEMPLATES, View, environment
from h5.texts import texts

HOUSE = Path(h5.__file__).parent
OURS = {"shell"}
KINDS: tuple[Any, ...] = (nodes.Extends, nodes.Include)
PUBLIC_PAGES = {
    # Frozen: a new page that is open to everybody is decided here, in the same commit.
    "enterprise.staff.staff_log_in",
    "enterprise.staff.staff_login_page",
    "enterprise.staff_account.activate",
    "enterprise.staff_account.activation_page",
    "h5.accounts.choose_elder",
    "h5.accounts.code_page",
    "h5.accounts.log_in",
    "h5.accounts.log_in_page",
    "h5.accounts.send_code",
    "h5.assets.asset",
    "h5.assets.service_worker",
    "h5.codes.code_lookup",
    "h5.codes.found",
    "h5.codes.look_up",
    "h5.invitations.invitation",
    "h5.session.offline",
    "h5.session.session",
    "h5.shared_phone.open_one",
    "h5.shared_phone.people",
    "h5.shared_phone.unlock",
    "h5.wechat.begin_login",
    "h5.wechat.end_login",
    "h5.wechat.sdk_config",
    "regulator.staff.staff_log_in",
    "regulator.staff.staff_login_page",
    "regulator.staff_account.activate",
    "regulator.staff_account.activation_page",
    "root.assets.start",
    "root.boards.public_board",
    "root.published_conduct.published",
    "root.resume.read_resume",
    "root.training_codes.certificate",
    "root.training_codes.training_record",
    "root.wages.evidence_key",
    "root.wages.shared_payslip",
    "root.wechat.greet",
    "root.wechat.take_message",
}
HAN = re.compile(r"[\u3400-\u9fff\uff01-\uff5e\u3000-\u303f]")


def views() -> Iterator[Any]:
    waiting: list[Any] = [View]
    while waiting:
        for each in waiting.pop().__subclasses__():
            waiting.append(each)
            # A dataclass with slots is made anew: its first form is nobody's.
            whole = getattr(sys.modules[each.__module__], each.__name__, None) is each
            if whole and "template" in each.__dict__:
                yield each


def sources(*endings: str) -> Iterator[Path]:
    for file in sorted(HOUSE.rglob("*")):
        built = {"static", "node_modules", "texts"} & set(file.relative_to(HOUSE).parts)
        if file.suffix in endings and not built:
            yield file


def test_the_public_pages_are_these() -> None:
    assert {name for name, page in PAGES.items() if page.permission == PUBLIC} == PUBLIC_PAGES


@pytest.mark.parametrize("view", list(views()), ids=lambda view: view.__name__)
def test_a_template_asks_only_for_what_its_view_has(view: Any) -> None:
    names = {each.name for each in fields(view)}
    known = names | set(environment().globals) | OURS
    assert asked_by(view.template) - known == set()
    assert texts()(view.title)


def asked_by(template: str) -> set[str]:
    """The variables of a template and of those it extends or includes, less what these bring."""
    tree = environment().parse((TEMPLATES / template).read_text(encoding="utf-8"))
    found, brought = set(meta.find_undeclared_variables(tree)), imported_by(template)
    for other in [each.template for kind in KINDS for each in tree.find_all(kind)]:
        if isinstance(other, nodes.Const):
            found |= asked_by(other.value)
            brought |= imported_by(other.value)
    for block in tree.find_all(nodes.With):
        brought |= {target.name for target in block.targets if isinstance(target, nodes.Name)}
    for node in tree.find_all(nodes.Assign):
        brought |= {node.target.name} if isinstance(node.target, nodes.Name) else set()
    return found - brought


def imported_by(template: str) -> set[str]:
    """The macros that a template imports: its own blocks see them, those of its pages too."""
    tree = environment().parse((TEMPLATES / template).read_text(encoding="utf-8"))
    names = [name for node in tree.find_all(nodes.FromImport) for name in node.names]
    return {name if isinstance(name, str) else name[1] for name in names}


def test_every_template_compiles() -> None:
    for file in sources(".html"):
        environment().get_template(file.relative_to(TEMPLATES).as_posix())


def test_every_text_that_is_named_is_in_the_catalogue() -> None:
    known = set(texts().by_key)
    for file in sources(".html", ".py"):
        text = file.read_text(encoding="utf-8")
        for key in re.findall(r"\bt\(\s*[\"']([a-z0-9_.]+)[\"']\s*[,)]", text):
            assert key in known, (file.name, key)
        for key in re.findall(r"\b(?:says|title)\s*=\s*\"([a-z0-9_]+\.[a-z0-9_.]+)\"", text):
            assert key in known, (file.name, key)


def test_texts_stand_in_the_catalogue_alone() -> None:
    for file in sources(".html", ".js", ".css", ".mjs"):
        found = HAN.findall(without_comments(file.read_text(encoding="utf-8")))
        assert found == [], file.name


def without_comments(text: str) -> str:
    return re.sub(r"\{#.*?#\}|/\*.*?\*/|^\s*//.*?$", "", text, flags=re.DOTALL | re.MULTILINE)


def test_no_template_carries_style_or_script_of_its_own() -> None:
    for file in sources(".html"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"<[^>]*\s(style|on[a-z]+)=", text), file.name
        for tag in re.findall(r"<script[^>]*>", text):
            assert "nonce=" in tag or "application/json" in tag, (file.name, tag)
        # A table's cells are taken apart and put together again, escaped already.
        assert text.replace(" ", "").count("|safe") == (file.name == "tables.html"), file.name


def test_a_page_that_changes_something_is_no_get() -> None:
    for page in PAGES.values():
        assert page.method in {"GET", "POST"}, page.name
        if page.method == "GET":
            assert page.form is None, page.name
            assert page.body is None, page.name


def test_a_form_comes_back_to_a_page_that_can_show_it() -> None:
    for page in PAGES.values():
        if page.again:
            shown = PAGES[page.again]
            assert shown.method == "GET"
            # What has nothing to fill in may only lead back, such as a list taken away as a table.
            assert "typed" in shown.wants or page.form is None, page.name
            assert parameters(shown) <= parameters(page), page.name


def parameters(page: Page) -> set[str]:
    return set(re.findall(r"<([a-z_]+)", page.path))


def test_a_view_names_its_types() -> None:
    for page in PAGES.values():
        hints = get_type_hints(page.handler)
        assert "return" in hints, page.name
