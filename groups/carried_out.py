"""What the portal carries out of the group types, in words, for the regulation's page."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from governance.regulations.carried_out import CarriedOut
from governance.regulations.words import office_name

from .rules import NameParts, final_name
from .terms import Condition, GroupTypeTerms, MemberRule, OfficeRule, Selector, terms_of
from .wording import said

Data = dict[str, Any]


def of_groups(data: Data) -> Iterator[CarriedOut]:
    """Every type with its members, who asks, approves, consents, designates, and with whom it is filed."""
    types = list(terms_of(data).values())
    articles = Counter(terms.article for terms in types)
    shared = {name: every_type_rules(name, data) for name in ("submitters", "revokers")}
    labels = {"submitters": _("Who may ask"), "revokers": _("May revoke an approval")}
    for name, rules in shared.items():
        if types and rules:
            yield rule_of(rules[0], labels[name], names([rule.office for rule in rules], data))
    said_before = {name: {rule.office for rule in rules} for name, rules in shared.items()}
    for terms in types:
        yield from of_type(terms, data, said_before, alone=articles[terms.article] == 1)


def every_type_rules(name: str, data: Data) -> list[OfficeRule]:
    """The offices of a list that holds for every type: who may ask for a group, who may revoke an approval."""
    entries = (data.get("every_type") or {}).get(name) or []
    return [
        OfficeRule(entry["office"], entry.get("article"), entry.get("written"), entry.get("interpreted_as"),
                   entry.get("by_question"))
        for entry in entries
        if entry.get("office")
    ]  # fmt: skip


def of_type(terms: GroupTypeTerms, data: Data, shared: dict[str, set[str]], *, alone: bool) -> Iterator[CarriedOut]:
    """One type's rules, each under the article it comes from; there they name the type, unless it is alone under it."""
    for rule in all_of_type(terms, data, shared):
        named = alone and rule.article == terms.article
        yield rule if named else replace(rule, value=of_name(said(terms.name), rule.value))


def all_of_type(terms: GroupTypeTerms, data: Data, shared: dict[str, set[str]]) -> Iterator[CarriedOut]:
    """The type itself, its members, who asks, approves, consents, designates, with whom it is filed."""
    yield CarriedOut(
        label=_("Group type"),
        value=state_in_words(terms),
        article=terms.article or "",
        ours=said(terms.interpreted_as),
        question=terms.question or "",
    )
    if terms.expected:
        yield CarriedOut(
            label=_("Should exist"),
            value=expected(terms.expected.each),
            article=terms.expected.article or "",
            ours=said(terms.expected.interpreted_as),
        )
    yield from members(terms.members)
    for rule in terms.submitters:
        if rule.office not in shared["submitters"]:
            yield rule_of(rule, _("Who may ask"), office_name(data, rule.office))
    for position, step in enumerate(terms.approval, 1):
        label = _("Approval") if len(terms.approval) == 1 else _("Approval, step %(n)s") % {"n": position}
        words = office_name(data, step.office)
        if step.when:
            words = _("%(office)s, when %(condition)s") % {"office": words, "condition": condition(step.when)}
        yield rule_of(step, label, words)
    for rule in terms.revokers:
        if rule.office not in shared["revokers"]:
            yield rule_of(rule, _("May revoke an approval"), office_name(data, rule.office))
    if terms.consent:
        yield rule_of(terms.consent, _("Single consent"), office_name(data, terms.consent.office))
    if terms.designation:
        yield rule_of(terms.designation, _("Group admin"), designation(terms, data))
    if terms.filing:
        yield rule_of(terms.filing, _("Filing"), filing(terms, data))


def state_in_words(terms: GroupTypeTerms) -> str:
    """Whether such groups may be asked for, and how they are called."""
    if terms.state == "undecided":
        return _("no request possible until an instruction is given")
    if terms.state == "closed":
        return _("not set up, by instruction")
    places = NameParts(company=_("⟨company⟩"), department=_("⟨department⟩"), project=_("⟨project⟩"), year=_("⟨year⟩"))
    return _("called “%(name)s”") % {"name": final_name(terms.name_template, places)}


def members(rule: MemberRule) -> Iterator[CarriedOut]:
    """Who is in such a group, and who may be once consented to singly."""
    common = {"article": rule.article or "", "ours": said(rule.interpreted_as)}
    who = labels(rule.mandatory)
    if rule.external:
        who = [*who, said(rule.note) or _("external contacts")]
    if who:
        yield CarriedOut(label=_("Members"), value=joined(who), **common)
    if rule.by_approval:
        words = joined(labels(rule.by_approval))
        yield CarriedOut(label=_("Members once consented to"), value=words, article=common["article"])


def designation(terms: GroupTypeTerms, data: Data) -> str:
    rule = terms.designation
    words = _("designated by %(office)s") % {"office": office_name(data, rule.office)}
    if rule.default_post:
        post = office_name(data, rule.default_post)
        words += (
            _("; in principle %(post)s, another with a reason") if rule.in_principle else _("; %(post)s")
        ) % {"post": post}
    return words


def filing(terms: GroupTypeTerms, data: Data) -> str:
    rule = terms.filing
    return _("with %(office)s within %(days)s working days, on %(events)s") % {
        "office": office_name(data, rule.office),
        "days": rule.within_days,
        "events": joined(map(event, rule.events)),
    }


def event(code: str) -> str:
    """What is filed."""
    return {
        "creation": pgettext("filed on", "creation"),
        "admin_changed": pgettext("filed on", "change of the admin"),
        "renamed": pgettext("filed on", "change of the name"),
        "dissolved": pgettext("filed on", "dissolution"),
    }[code]


def expected(each: str) -> str:
    """How many of them there should be."""
    return {
        "organisation": _("one for the whole organisation"),
        "headquarters": _("one for headquarters"),
        "project_company": _("one for each project company"),
    }[each]


def condition(when: Condition) -> str:
    """When a further approval step applies."""
    parts = []
    if when.external_members:
        parts.append(_("people from outside are expected"))
    if when.more_than is not None:
        parts.append(_("more than %(n)s members are expected") % {"n": when.more_than})
    if when.name_contains:
        parts.append(_("the name contains %(words)s") % {"words": joined(when.name_contains)})
    if when.exceptional_members:
        parts.append(_("somebody is to join by single consent"))
    if when.companies:
        places = [_("headquarters") if code == "headquarters" else code for code in when.companies]
        parts.append(_("it is for %(companies)s") % {"companies": joined(places)})
    if when.sensitive:
        parts.append(_("the type is sensitive"))
    return _(" or ").join(parts)


def rule_of(rule: OfficeRule, label: str, value: str) -> CarriedOut:
    return CarriedOut(
        label=label,
        value=value,
        article=rule.article or "",
        ours=said(rule.interpreted_as),
        question=rule.question or "",
    )


def labels(selectors: Iterable[Selector]) -> list[str]:
    return [said(selector.label) for selector in selectors]


def names(codes: Iterable[str], data: Data) -> str:
    return joined(office_name(data, code) for code in codes)


def joined(words: Iterable[str]) -> str:
    return pgettext("between names in a row", ", ").join(words)


def of_name(name: str, words: str) -> str:
    """What holds for one type among several under the same article."""
    return _("%(name)s: %(words)s") % {"name": name, "words": words}
