"""What must hold within a group type and between it and the rest of the regulation file."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.regulations.format.answers import asks_setting, question_of
from governance.regulations.format.problems import say
from governance.regulations.format.reading import Reading, one_of

from .terms import missing_of, questions_for

PARAMETERS = ("company", "department", "project")
PLACES = (*PARAMETERS, "year")
PLACE = re.compile(r"\{([^{}]*)\}")
OPTIONAL = re.compile(r"\[[^\[\]]*\]")


def check_group_types(reading: Reading) -> None:
    """What must hold within a type and between it and the rest of the file."""
    for entry in reading.data["group_types"]:
        path = f"group_types[{entry['code']}]"
        check_template(entry, path, reading)
        check_places(entry, path, reading)
        check_consent(entry, path, reading)
        check_state(entry, path, reading)
        check_gaps(entry, path, reading)
        check_company_offices(entry, path, reading)
        check_platform(entry, path, reading)
        check_default_post(entry, path, reading)


def check_template(entry: dict[str, Any], path: str, reading: Reading) -> None:
    """Every place is known and filled by a parameter; the year may stay blank, in brackets; no forbidden word."""
    template, here = entry["name_template"], f"{path}.name_template"
    for place in PLACE.findall(template):
        if place not in PLACES:
            reading.problem(here, say(_("the place {{{place}}} is not known"), place=place), places(near=place))
        elif place in PARAMETERS and place not in entry["parameters"]:
            reading.problem(
                here,
                say(_("the place {{{place}}} is never filled"), place=place),
                say(_("{place} among the parameters"), place=place),
            )
    bare = OPTIONAL.sub("", template)
    if set("{}[]") & set(PLACE.sub("", bare)) or set("{}") & set(PLACE.sub("", template)):
        reading.problem(
            here, _("a bracket is open or closed without its other half"), _("{place} and [left out when blank]")
        )
    elif "{year}" in bare:
        reading.problem(here, _("{year} may stay blank"), _("square brackets around it: [（{year} 年度）]"))
    words = [*reading.data["every_type"]["forbidden_words"], *entry["forbidden_words"]]
    for word in words:
        if word.casefold() in template.casefold():
            reading.problem(
                here, say(_("the name contains the forbidden word “{word}”"), word=word), _("a name without it")
            )


def places(near: str) -> object:
    """What could stand between the braces."""
    return one_of(PLACES, near=near)


def selectors_of(entry: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Every selector of the member rule with its path inside the type."""
    rules = entry["members"]
    return [
        (f"members.{kind}[{number}]", selector)
        for kind in ("mandatory", "by_approval")
        for number, selector in enumerate(rules[kind], 1)
    ]


def check_places(entry: dict[str, Any], path: str, reading: Reading) -> None:
    """ "requested" in a member rule needs the parameter it speaks of; a rule names somebody."""
    for here, selector in selectors_of(entry):
        for name in ("company", "department"):
            if selector[name] == "requested" and name not in entry["parameters"]:
                reading.problem(
                    f"{path}.{here}.{name}",
                    say(_("no {name} is requested for this type"), name=name),
                    say(_("{place} among the parameters"), place=name),
                )
    if not selectors_of(entry):
        reading.problem(f"{path}.members", _("the member rule names nobody"), _("mandatory or by_approval"))
    if "department" in entry["parameters"] and "company" not in entry["parameters"]:
        reading.problem(
            f"{path}.parameters",
            _("a department is one of a company"),
            say(_("{place} among the parameters"), place="company"),
        )


def check_consent(entry: dict[str, Any], path: str, reading: Reading) -> None:
    """Members by approval need somebody who agrees to them, and the reverse."""
    if entry["members"]["by_approval"] and not entry["consent"]:
        reading.problem(
            f"{path}.members.by_approval", _("nobody agrees to these members"), _("consent, with its office")
        )
    if entry["consent"] and not entry["members"]["by_approval"]:
        reading.problem(f"{path}.consent", _("there is nobody to agree to"), _("members.by_approval, or no consent"))


def check_state(entry: dict[str, Any], path: str, reading: Reading) -> None:
    """An undecided type names the open question that decides on it, and only such a type does."""
    if entry["state"] != "undecided":
        if entry["question"]:
            reading.problem(f"{path}.question", _("the type is decided"), _("state: undecided, or no question"))
        return
    if not entry["question"]:
        reading.problem(f"{path}.question", _("the type is undecided and no open question decides on it"),
                        one_of(reading.defined("question")))  # fmt: skip
        return
    deciding = asks_setting(reading.data, ("group_types", entry["code"]), ("state", None))
    if question_of(reading.data, entry["question"]) not in deciding:
        reading.problem(
            f"{path}.question",
            say(_("no answer to “{question}” decides on this type"), question=entry["question"]),
            say(_("a field with sets: {path}"), path=f"{path}.state"),
        )


def check_gaps(entry: dict[str, Any], path: str, reading: Reading) -> None:
    """What a type needs is there, or an open question asks for it."""
    if entry["state"] == "closed":
        return
    for name in missing_of(entry, reading.data):
        if not questions_for(entry, name, reading.data):
            reading.problem(
                f"{path}.{name}",
                say(_("“{key}” is missing and no open question asks for it"), key=name),
                say(_("{key}, or an open question with sets: {path}"), key=name, path=f"{path}.{name}…"),
            )


def check_company_offices(entry: dict[str, Any], path: str, reading: Reading) -> None:
    """An office of a company can act only where the request names the company."""
    if "company" in entry["parameters"]:
        return
    of_company = {office["code"] for office in reading.data["offices"] if office["scope"] == "company"}
    acting = [(f"approval[{step['code']}]", step) for step in entry["approval"] or []]
    acting += [(f"submitters[{submitter['code']}]", submitter) for submitter in entry["submitters"]]
    acting += [(name, entry[name]) for name in ("consent", "designation", "filing") if entry[name]]
    for here, acts in acting:
        if acts["office"] in of_company:
            reading.problem(
                f"{path}.{here}.office",
                say(_("{office} is an office of a company, and no company is requested"), office=acts["office"]),
                say(_("{place} among the parameters"), place="company"),
            )


def check_platform(entry: dict[str, Any], path: str, reading: Reading) -> None:
    """The type's platform is one the regulation is about."""
    platforms = reading.data["regulation"]["platforms"]
    if entry["platform"] not in platforms:
        reading.problem(
            f"{path}.platform",
            say(_("the regulation is not about {platform}"), platform=entry["platform"]),
            one_of(platforms),
        )


def check_default_post(entry: dict[str, Any], path: str, reading: Reading) -> None:
    """Only a person can be proposed as admin: the default is a post."""
    kinds = {office["code"]: office["kind"] for office in reading.data["offices"]}
    post = (entry["designation"] or {}).get("default_post")
    if post and kinds[post] != "post":
        reading.problem(
            f"{path}.designation.default_post",
            say(_("{office} is a body, not a post"), office=post),
            one_of([code for code, kind in kinds.items() if kind == "post"]),
        )
