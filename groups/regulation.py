"""This app's part of a regulation file: group types, and what holds for every type."""

from django.utils.translation import gettext_lazy as _

from governance.regulations import sections
from governance.regulations.format.section import Section
from governance.regulations.format.shapes import Choice, Field, Flag, Line, ListOf, Record, Ref, Slug, Text, Whole, rule

from .actions.group_types import store_group_types
from .labels import EMPLOYMENT_KINDS
from .regulation_checks import PARAMETERS, check_group_types

OFFICE = Field(Ref("office"), "Code of the office", required=True)
OWN_CODE = Field(Slug(), "Own code, where the office alone is not enough to tell entries apart")

SUBMITTERS = Field(
    ListOf(rule({"code": OWN_CODE, "office": OFFICE}), key="office", grows=True),
    "Offices that may ask for such a group",
)
REVOKERS = Field(
    ListOf(rule({"code": OWN_CODE, "office": OFFICE}), key="office", grows=True),
    "Offices that may revoke an approval, besides the one that gave it",
)
FORBIDDEN_WORDS = Field(ListOf(Line(30)), "Words a name must not contain")
BY_FUNCTION = Field(
    rule({"who": Field(ListOf(Choice("admin", "supervisors"), filled=True), "Whom", required=True)}),
    "Who belongs there because of what he does for the group",
)

CONDITION = Record(
    {
        "external_members": Field(Flag(), "People from outside are expected"),
        "exceptional_members": Field(Flag(), "Somebody is to join by single consent"),
        "companies": Field(
            ListOf(Line(40), filled=True),
            "The request is for one of these: headquarters, or a company's code",
            default=[],
        ),
        "more_than": Field(Whole(1, 100000), "More members than this are expected"),
        "name_contains": Field(ListOf(Line(30), filled=True), "The name contains one of these words", default=[]),
        "sensitive": Field(Flag(), "The group type is marked sensitive"),
    },
    some_of=("external_members", "exceptional_members", "companies", "more_than", "name_contains", "sensitive"),
)
CRITERIA = {
    "offices": Field(ListOf(Ref("office"), filled=True), "Holders of one of these offices"),
    "posts": Field(ListOf(Line(50), filled=True), "People with one of these posts (职务), as HR writes them"),
    "company": Field(Line(40), "headquarters, requested (the company of the request), or a company's code"),
    "department": Field(Line(100), "requested (the department of the request), or a department's name or alias"),
    "teams": Field(ListOf(Ref("team"), filled=True), "Members of one of these teams"),
    "employment_kinds": Field(ListOf(Choice(*EMPLOYMENT_KINDS), filled=True), "Employment kinds"),
    "functions": Field(ListOf(Line(50), filled=True), "People with one of these functions (职能), as HR writes them"),
}
SELECTOR = Record(
    {
        **CRITERIA,
        "sub_departments": Field(Flag(), "Departments below count too", default=True),
        "label": Field(Text(200), "In words; made from the rest where left out"),
    },
    some_of=tuple(CRITERIA),
    why=_("at least one criterion: a rule without any would name everybody"),
)

GROUP_TYPE = rule(
    {
        "code": Field(Slug(40, defines="group_type"), "Code", required=True),
        "name": Field(Text(100), "Name", required=True),
        "state": Field(Choice("open", "undecided", "closed"), "Whether such groups may be asked for", default="open"),
        "question": Field(Ref("question"), "Open question that decides on it; with state: undecided"),
        "parameters": Field(ListOf(Choice(*PARAMETERS)), "What a request must name"),
        "name_template": Field(
            Line(100), "Name, with places in braces; parts in square brackets are left out when blank", required=True
        ),
        "forbidden_words": FORBIDDEN_WORDS,
        "platform": Field(Choice("wechat", "wecom"), "Platform", default="wechat"),
        "permanence": Field(
            Choice("permanent", "temporary", "event"), "How long it is meant to last", default="permanent"
        ),
        "sensitive": Field(Flag(), "Marked sensitive", default=False),
        "submitters": SUBMITTERS,
        "approval": Field(
            ListOf(
                rule({"code": OWN_CODE, "office": OFFICE, "when": Field(CONDITION, "Only then")}),
                key="office",
                grows=True,
                may_be_unsaid=True,
            ),
            "Approval steps in order; an empty list says that none is needed",
        ),
        "revokers": REVOKERS,
        "consent": Field(rule({"office": OFFICE}), "Who agrees singly to each member by approval"),
        "designation": Field(
            rule(
                {
                    "office": OFFICE,
                    "default_post": Field(Ref("office"), "Post whose holder is proposed as admin"),
                    "strength": Field(
                        Choice("must", "in_principle"), "in_principle: another with a reason", default="must"
                    ),
                }
            ),
            "Who designates the admin",
        ),
        "filing": Field(
            rule(
                {
                    "office": OFFICE,
                    "within_days": Field(Whole(0, 250), "Working days; the clock of filing where left out"),
                    "events": Field(
                        ListOf(Choice("creation", "admin_changed", "renamed", "dissolved"), filled=True),
                        "What is filed",
                        default=["creation"],
                    ),
                }
            ),
            "With whom it is filed (备案)",
        ),
        "expected": Field(
            rule(
                {
                    "each": Field(
                        Choice("organisation", "headquarters", "project_company"),
                        "One for the organisation, for its headquarters, or for each project company",
                        required=True,
                    )
                }
            ),
            "That such a group should exist; nobody is asked for one where it is left out",
        ),
        "members": Field(
            rule(
                {
                    "mandatory": Field(ListOf(SELECTOR), "Who is in the group"),
                    "by_approval": Field(ListOf(SELECTOR), "Who may be once agreed to singly"),
                    "external": Field(Flag(), "People from outside may be in the group", default=False),
                    "note": Field(Text(1000), "What a reader should know"),
                }
            ),
            "Member rule",
            required=True,
        ),
        "by_function": BY_FUNCTION,
        "may_lapse": Field(Flag(), "Whether a request lapses when nobody decides", default=True),
    }
)
EVERY_TYPE = Record(
    {
        "submitters": SUBMITTERS,
        "revokers": REVOKERS,
        "by_function": BY_FUNCTION,
        "forbidden_words": FORBIDDEN_WORDS,
        "admin_duties": Field(ListOf(Ref("article")), "Articles a person reads before accepting to be a group's admin"),
        "notice": Field(ListOf(Ref("article")), "Articles that the group notice tells the members"),
    }
)


sections.register(Section("every_type", EVERY_TYPE, "What holds for every group type"))
sections.register(
    Section(
        "group_types",
        ListOf(GROUP_TYPE, key="code"),
        "Group types in their order",
        check=check_group_types,
        store=store_group_types,
    )
)
