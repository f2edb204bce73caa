"""Tables of the documents that are made from the code; `python -m tests.guards.document --write`.

A document under docs/ asks for a table with a pair of markers, each on a line of its own:

    <!-- generated: settings -->
    <!-- end generated -->

What stands between them is replaced. The sections are the names in `SECTIONS`; a guard fails when
one is missing from the documents or stale.
"""

import inspect
import re
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

from tortoise import Model

import api.app  # noqa: F401 - registers every operation, job and error
from api import database
from api import settings as configuration
from api.audit.tags import Purpose, Tag
from api.kit.errors import REGISTRY
from api.kit.fields import PersonalField
from api.kit.holdings import Apart
from api.kit.jobs import TASKS, TIMETABLE, Regular
from api.kit.personal import Kind
from api.kit.routes import OPERATIONS, PUBLIC, Operation
from api.permissions import ROLES, Permission
from api.privacy.assessments import ASSESSMENTS
from api.privacy.register import DECLARED, HELD

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(
    r"(?P<open><!-- generated: (?P<name>[a-z_]+) -->\n).*?(?P<close><!-- end generated -->)",
    re.DOTALL,
)


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    lines = [list(head), ["---"] * len(list(head))]
    lines += [[str(cell).replace("|", "\\|") for cell in row] for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def settings() -> str:
    """Every setting: name, default, help."""
    rows = (
        (_code(s.name), _code(s.default), s.help + (" Secret." if s.secret else ""))
        for s in configuration.TABLE
    )
    return table(("setting", "default", "what it does"), rows)


def permissions() -> str:
    """Every permission and the roles that hold it."""
    rows = (
        (_code(p), ", ".join(sorted(name for name, role in ROLES.items() if p in role.permissions)))
        for p in Permission
    )
    return table(("permission", "roles"), rows)


def roles() -> str:
    """Every role: how far it reaches and whether it needs a second factor."""
    rows = (
        (_code(name), role.reach, "yes" if role.second_factor else "no", len(role.permissions))
        for name, role in ROLES.items()
    )
    return table(("role", "reaches", "second factor", "permissions"), rows)


def errors() -> str:
    """Every error code: status and what the person reads."""
    rows = (
        (_code(code), kind.status, f"{kind.title}：{kind.detail}")
        for code, kind in sorted(REGISTRY.items())
        if kind.__module__.startswith("api.")
    )
    return table(("code", "status", "words"), rows)


def audit_tags() -> str:
    """Every kind of audit line."""
    return table(("tag",), ((_code(tag),) for tag in Tag))


def purposes() -> str:
    """Every reason for which personal data is opened."""
    return table(("purpose",), ((_code(purpose),) for purpose in Purpose))


def operations() -> str:
    """Every call: method, address, permission, what it does."""
    listed = sorted(OPERATIONS.values(), key=lambda o: (o.path, o.method))
    rows = (
        (o.method, _code(_address(o)), "public" if o.permission == PUBLIC else _code(o.permission),
         o.summary)
        for o in listed
    )  # fmt: skip
    return table(("method", "address", "permission", "what it does"), rows)


def _address(operation: Operation) -> str:
    return re.sub(r"<([a-z_]+)(?::[^>]+)?>", r"{\1}", operation.path)


def jobs() -> str:
    """Every job, how often it is tried, and every regular act with its time."""
    rows = [(_code(name), f"outbox, {task.attempts} tries") for name, task in sorted(TASKS.items())]
    rows += [(_code(name), _when(act)) for name, act in sorted(TIMETABLE.items())]
    return table(("job", "when"), rows)


def _when(act: Regular) -> str:
    if act.every is not None:
        return f"every {int(act.every.total_seconds())} s"
    return f"daily at {act.at:%H:%M} in Asia/Shanghai"


def personal_columns() -> str:
    """Every column that holds personal data, sealed, and whether it can be looked up."""
    rows = []
    for model in sorted(models(), key=lambda each: each._meta.db_table):
        for name, field in model._meta.fields_map.items():
            if isinstance(field, PersonalField):
                found = "by blind index" if f"{name}_index" in model._meta.fields_map else "no"
                rows.append((_code(model._meta.db_table), _code(name), field.kind.value, found))
    return table(("table", "column", "kind", "looked up"), rows)


def masks() -> str:
    """The kinds of personal data."""
    return table(("kind",), ((_code(kind),) for kind in Kind))


def models() -> list[type[Model]]:
    """Every model of the project."""
    return [
        each
        for module in database.MODEL_MODULES
        for each in vars(import_module(module)).values()
        if inspect.isclass(each) and issubclass(each, Model) and each.__module__ == module
    ]


def processing_register() -> str:
    """Every kind of personal data: what a person reads of it, where it lies, what erasing does."""
    rows = (
        (_code(h.table), h.called, h.purpose, h.ground.called, h.seen_by, h.kept, h.fate.called)
        for h in HELD
    )
    head = ("table", "data", "purpose", "ground", "seen by", "kept", "when erased")
    return table(head, rows)


def terms() -> str:
    """Every table whose rows go by themselves, with the column from which the term runs."""
    rows = ((_code(h.table), h.term.days, _code(h.term.since)) for h in HELD if h.term)
    return table(("table", "days", "after"), rows)


def apart() -> str:
    """Every table that holds nothing about a worker, and why."""
    rows = ((_code(each.table), each.why) for each in DECLARED if isinstance(each, Apart))
    return table(("table", "what it holds"), rows)


def assessments() -> str:
    """Every sensitive processing: its tables, consent, necessity, milder way, risks, measures."""
    parts = []
    for each in ASSESSMENTS:
        tables = ", ".join(_code(name) for name in each.tables)
        consent = f"the separate consent {_code(each.consent)}" if each.consent else "legal duty"
        parts.append(
            f"### {each.called[0].upper()}{each.called[1:]}\n\n"
            f"Tables: {tables}. Ground: {consent}.\n\n"
            f"- Necessary, because: {each.necessity}\n- Whoever refuses: {each.milder}\n\n"
            + table(("risk", "what stands against it"), each.risks.items())
        )
    return "\n" + "\n".join(parts)


SECTIONS: dict[str, Callable[[], str]] = {
    "processing_register": processing_register,
    "terms": terms,
    "apart": apart,
    "assessments": assessments,
    "settings": settings,
    "permissions": permissions,
    "roles": roles,
    "errors": errors,
    "audit_tags": audit_tags,
    "purposes": purposes,
    "operations": operations,
    "jobs": jobs,
    "personal_columns": personal_columns,
    "masks": masks,
}


def written_anew(text: str) -> str:
    """A document with every generated block brought up to date. KeyError: unknown section."""
    return BLOCK.sub(lambda m: f"{m['open']}{SECTIONS[m['name']]()}{m['close']}", text)


def asked_for(texts: Iterable[str]) -> set[str]:
    """The sections that the documents hold."""
    return {match["name"] for text in texts for match in BLOCK.finditer(text)}


def main() -> int:
    """Write the stale documents (`--write`) or name them; 1 when one was stale."""
    stale = 0
    for file in sorted(DOCS.rglob("*.md")):
        text = file.read_text()
        fresh = written_anew(text)
        if fresh != text:
            stale += 1
            sys.stdout.write(f"{file.relative_to(DOCS.parent)}\n")
            if "--write" in sys.argv:
                file.write_text(fresh)
    return 1 if stale and "--write" not in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
