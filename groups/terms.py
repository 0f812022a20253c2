"""What a regulation says about its group types: frozen facts built from a stored version. Pure, no database."""

from dataclasses import dataclass, field
from typing import Any

from governance.regulations.format.answers import asks_setting, overlay, unanswered
from governance.regulations.format.clauses import clause
from governance.regulations.format.clocks import clocks_of

from .labels import label_of

__all__ = ["GroupTypeTerms", "Selector", "overlay", "terms_of"]

Bilingual = dict[str, str]


@dataclass(frozen=True)
class OfficeRule:
    """An office that may do something. `question` names the open question whose instruction says so."""

    office: str
    article: str | None = None
    written: Bilingual | None = None
    interpreted_as: Bilingual | None = None
    question: str | None = None

    @property
    def interpreted(self) -> bool:
        """Whether this is our reading and not the regulation's word."""
        return self.interpreted_as is not None


@dataclass(frozen=True)
class Condition:
    """When a further approval step applies: one of these is enough. `companies` are codes, or "headquarters"."""

    external_members: bool = False
    more_than: int | None = None
    name_contains: tuple[str, ...] = ()
    sensitive: bool = False
    exceptional_members: bool = False
    companies: tuple[str, ...] = ()


@dataclass(frozen=True)
class ApprovalStepTerms(OfficeRule):
    """One step of the approval, in order; without `when` it always applies."""

    code: str = ""
    when: Condition | None = None


@dataclass(frozen=True)
class ExpectedTerms:
    """That such groups should exist: one for the organisation, its headquarters, or each project company."""

    each: str
    article: str | None = None
    interpreted_as: Bilingual | None = None


@dataclass(frozen=True)
class Selector:
    """Whom a member rule names: everything given must hold, any of its values will do. `department` may be "requested",
    `company` "headquarters" or "requested". `appointed_admin`: the group's admin, whoever that becomes."""

    offices: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    company: str | None = None
    department: str | None = None
    sub_departments: bool = True
    teams: tuple[str, ...] = ()
    employment_kinds: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    appointed_admin: bool = False
    label: Bilingual = field(default_factory=dict)


@dataclass(frozen=True)
class ConsentTerms(OfficeRule):
    """Who agrees singly to each exceptional member, and who may be one."""

    eligible: tuple[Selector, ...] = ()


@dataclass(frozen=True)
class DesignationTerms(OfficeRule):
    """Who designates the admin. `default_post` is the office whose holder is proposed; with `in_principle` another
    choice needs a reason."""

    default_post: str | None = None
    in_principle: bool = False


@dataclass(frozen=True)
class FilingTerms(OfficeRule):
    """With whom it is filed, within how many working days, on which events."""

    within_days: int = 5
    events: tuple[str, ...] = ("creation",)


@dataclass(frozen=True)
class MemberRule:
    """Who is in the group by rule, who may be once approved, and whether people from outside may be."""

    article: str | None = None
    mandatory: tuple[Selector, ...] = ()
    by_approval: tuple[Selector, ...] = ()
    external: bool = False
    note: Bilingual | None = None
    written: Bilingual | None = None
    interpreted_as: Bilingual | None = None


@dataclass(frozen=True)
class GroupTypeTerms:
    """One group type. `state` is open, undecided (an open question holds it up: `question`) or closed.

    `parameters` are what a request must name; the name template's places in square brackets may stay blank.
    """

    code: str
    name: Bilingual
    article: str | None
    written: Bilingual | None
    interpreted_as: Bilingual | None
    state: str
    question: str | None
    parameters: tuple[str, ...]
    name_template: str
    forbidden_words: tuple[str, ...]
    platform: str
    permanence: str
    sensitive: bool
    submitters: tuple[OfficeRule, ...]
    approval: tuple[ApprovalStepTerms, ...]
    revokers: tuple[OfficeRule, ...]
    consent: ConsentTerms | None
    designation: DesignationTerms | None
    filing: FilingTerms | None
    expected: ExpectedTerms | None
    members: MemberRule
    by_function: tuple[Selector, ...]
    by_function_as: Bilingual | None
    may_lapse: bool = True


def terms_of(data: dict[str, Any]) -> dict[str, GroupTypeTerms]:
    """The terms of every group type of a stored version, in the file's order, after `overlay` of the answers."""
    return {entry["code"]: group_type_terms(entry, data) for entry in data.get("group_types", [])}


def group_type_terms(entry: dict[str, Any], data: dict[str, Any]) -> GroupTypeTerms:
    """One type: what is said for it, and what is said for every type."""
    every = data.get("every_type") or {}
    state, question = state_of(entry, data)
    functions = entry.get("by_function") or every.get("by_function")
    return GroupTypeTerms(
        code=entry["code"],
        name=entry["name"],
        article=entry.get("article"),
        written=written_of(entry, data),
        interpreted_as=entry.get("interpreted_as"),
        state=state,
        question=question,
        parameters=tuple(entry.get("parameters", [])),
        name_template=entry["name_template"],
        forbidden_words=tuple(dict.fromkeys([*every.get("forbidden_words", []), *entry.get("forbidden_words", [])])),
        platform=entry.get("platform") or "wechat",
        permanence=entry.get("permanence") or "permanent",
        sensitive=bool(entry.get("sensitive")),
        submitters=rules_named("submitters", entry, every, data),
        approval=tuple(approval_step(step, data) for step in entry.get("approval") or [] if step.get("office")),
        revokers=rules_named("revokers", entry, every, data),
        consent=consent_of(entry, data),
        designation=designation_of(entry, data),
        filing=filing_of(entry, data),
        expected=expected_of(entry),
        members=member_rule(entry.get("members") or {}, data),
        by_function=by_function_of(functions, data),
        by_function_as=(functions or {}).get("interpreted_as"),
        may_lapse=entry.get("may_lapse") is not False,
    )


NEEDED = ("submitters", "approval", "designation")


def missing_of(entry: dict[str, Any], data: dict[str, Any]) -> list[str]:
    """What a type needs before anybody can ask for such a group, and nobody has said yet. An empty approval list says
    that no approval is needed; a left out one says nothing."""
    every = data.get("every_type") or {}
    there = {
        "submitters": any(rule.get("office") for rule in [*every.get("submitters", []), *entry.get("submitters", [])]),
        "approval": entry.get("approval") is not None,
        "designation": bool((entry.get("designation") or {}).get("office")),
    }
    return [name for name in NEEDED if not there[name]]


def questions_for(entry: dict[str, Any], name: str, data: dict[str, Any]) -> list[dict[str, Any]]:
    """The open questions of which an answer would fill that gap."""
    own = asks_setting(data, ("group_types", entry["code"]), *one_step(name))
    return own + (asks_setting(data, *one_step(name, "every_type")) if name == "submitters" else [])


def one_step(name: str, *above: str) -> list[tuple[str, str | None]]:
    """The steps of a path down to a key, the entry's code left open."""
    return [(key, None) for key in (*above, name)]


def state_of(entry: dict[str, Any], data: dict[str, Any]) -> tuple[str, str | None]:
    """The type's state and the open question that holds it up: what is missing makes an open type undecided."""
    state = entry.get("state") or "open"
    if state == "undecided":
        return state, entry.get("question")
    missing = missing_of(entry, data) if state == "open" else []
    if not missing:
        return state, None
    waiting = {question["code"] for question in unanswered(data)}
    codes = [question["code"] for name in missing for question in questions_for(entry, name, data)]
    return "undecided", next((code for code in codes if code in waiting), next(iter(codes), None))


def written_of(rule: dict[str, Any], data: dict[str, Any]) -> Bilingual | None:
    """The rule as written: its own words, else the text of its article."""
    found = clause(data, rule.get("article"))
    return rule.get("written") or (found["text"] if found else None)


def basis(rule: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """What every office rule carries."""
    return {
        "office": rule["office"],
        "article": rule.get("article"),
        "written": written_of(rule, data),
        "interpreted_as": rule.get("interpreted_as"),
        "question": rule.get("by_question"),
    }


def rules_named(
    name: str, entry: dict[str, Any], every: dict[str, Any], data: dict[str, Any]
) -> tuple[OfficeRule, ...]:
    """The offices of a list, such as who may ask for such a group: first those of every type, then the type's own; each
    office once."""
    rules = [*every.get(name, []), *entry.get(name, [])]
    return tuple({rule["office"]: OfficeRule(**basis(rule, data)) for rule in rules if rule.get("office")}.values())


def approval_step(step: dict[str, Any], data: dict[str, Any]) -> ApprovalStepTerms:
    when = step.get("when")
    condition = when and Condition(
        external_members=bool(when.get("external_members")),
        more_than=when.get("more_than"),
        name_contains=tuple(when.get("name_contains") or []),
        sensitive=bool(when.get("sensitive")),
        exceptional_members=bool(when.get("exceptional_members")),
        companies=tuple(when.get("companies") or []),
    )
    return ApprovalStepTerms(**basis(step, data), code=step["code"], when=condition)


def consent_of(entry: dict[str, Any], data: dict[str, Any]) -> ConsentTerms | None:
    """Exceptional members are those the member rule lets in by approval."""
    rule = entry.get("consent")
    if not rule or not rule.get("office"):
        return None
    return ConsentTerms(**basis(rule, data), eligible=member_rule(entry.get("members") or {}, data).by_approval)


def designation_of(entry: dict[str, Any], data: dict[str, Any]) -> DesignationTerms | None:
    rule = entry.get("designation")
    if not rule or not rule.get("office"):
        return None
    in_principle = rule.get("strength") == "in_principle"
    return DesignationTerms(**basis(rule, data), default_post=rule.get("default_post"), in_principle=in_principle)


def filing_of(entry: dict[str, Any], data: dict[str, Any]) -> FilingTerms | None:
    """The type's own number of days, else the clock of filing."""
    rule = entry.get("filing")
    if not rule or not rule.get("office"):
        return None
    days = rule.get("within_days")
    return FilingTerms(
        **basis(rule, data),
        within_days=clocks_of(data)["filing"].days if days is None else days,
        events=tuple(rule.get("events") or ["creation"]),
    )


def expected_of(entry: dict[str, Any]) -> ExpectedTerms | None:
    rule = entry.get("expected")
    if not rule or not rule.get("each"):
        return None
    return ExpectedTerms(rule["each"], rule.get("article"), rule.get("interpreted_as"))


def selector_of(entry: dict[str, Any], data: dict[str, Any]) -> Selector:
    return Selector(
        offices=tuple(entry.get("offices") or []),
        posts=tuple(entry.get("posts") or []),
        company=entry.get("company"),
        department=entry.get("department"),
        sub_departments=entry.get("sub_departments") is not False,
        teams=tuple(entry.get("teams") or []),
        employment_kinds=tuple(entry.get("employment_kinds") or []),
        functions=tuple(entry.get("functions") or []),
        label=entry.get("label") or label_of(entry, data),
    )


def member_rule(rule: dict[str, Any], data: dict[str, Any]) -> MemberRule:
    return MemberRule(
        article=rule.get("article"),
        mandatory=tuple(selector_of(entry, data) for entry in rule.get("mandatory") or []),
        by_approval=tuple(selector_of(entry, data) for entry in rule.get("by_approval") or []),
        external=bool(rule.get("external")),
        note=rule.get("note"),
        written=written_of(rule, data),
        interpreted_as=rule.get("interpreted_as"),
    )


def by_function_of(rule: dict[str, Any] | None, data: dict[str, Any]) -> tuple[Selector, ...]:
    """Who belongs to a group because of what he does for it: the appointed admin, the supervising offices."""
    who = (rule or {}).get("who") or []
    selectors = (
        [Selector(appointed_admin=True, label=label_of({"appointed_admin": True}, data))] if "admin" in who else []
    )
    if "supervisors" in who:
        offices = [entry["office"] for entry in data.get("supervises", []) if entry.get("office")]
        selectors += [Selector(offices=(office,), label=label_of({"offices": [office]}, data)) for office in offices]
    return tuple(selectors)
