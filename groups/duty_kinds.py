"""How the duties and notices of `groups` are called, on chips, buttons, cards and in messages."""

from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from governance.calendar.templatetags.when import day_words
from governance.duties.actions.passing import give
from governance.duties.kinds import DutyKind, register
from governance.notifications import wordings
from governance.notifications.wordings import Wording

from .actions.succession import succeed_acceptance, succeed_establishment, succeed_request


def approval_sentence(facts: dict[str, Any]) -> str:
    """预计 14 人，其中 2 人须您逐一同意。"""
    expected, consents, external = facts.get("expected", 0), facts.get("consents", 0), facts.get("external", 0)
    if consents:
        return _("%(expected)s people expected; %(consents)s need your single consent.") % {
            "expected": expected,
            "consents": consents,
        }
    if external:
        return _("%(expected)s people expected, and %(external)s external members.") % {
            "expected": expected,
            "external": external,
        }
    return _("%(expected)s people expected, no external members.") % {"expected": expected}


def amendment_sentence(facts: dict[str, Any]) -> str:
    return _("Sent back: %(opinion)s") % {"opinion": facts.get("opinion", "")}


def lapse_sentence(facts: dict[str, Any]) -> str:
    return _("Nobody decided for %(days)s working days. You can resubmit it as it stands, or withdraw it.") % {
        "days": facts.get("days", "")
    }


def designation_sentence(facts: dict[str, Any]) -> str:
    if facts.get("declined_by"):
        return _("%(name)s declined: %(reply)s") % {"name": facts["declined_by"], "reply": facts.get("reply", "")}
    return _("The request was approved; the group needs an admin.")


def acceptance_sentence(facts: dict[str, Any]) -> str:
    return _("%(office)s designates you as the admin of this group.") % {"office": facts.get("office", "")}


def establishment_sentence(_facts: dict[str, Any]) -> str:
    return _("Create the group in WeChat and tick off the checklist.")


def filing_sentence(facts: dict[str, Any]) -> str:
    if facts.get("supplement"):
        return _("The filing was completed as you asked.")
    return _("The group has been established and is filed with your office.")


def settle_title(facts: dict[str, Any]) -> str:
    count = sum(facts.get(name, 0) for name in SETTLING)
    return ngettext("{n} point open on existing groups", "{n} points open on existing groups", count).format(n=count)


def settle_sentence(facts: dict[str, Any]) -> str:
    """类型未定 3，重名 2."""
    said = [f"{label} {facts[name]}" for name, label in SETTLING.items() if facts.get(name)]
    return pgettext("between parts of a note", ", ").join(said)


def approve_existing_title(facts: dict[str, Any]) -> str:
    count = facts.get("count", 0)
    return ngettext(
        "{n} existing group: supplementary approval", "{n} existing groups: supplementary approval", count
    ).format(n=count)


def approve_existing_sentence(_facts: dict[str, Any]) -> str:
    return _("They were in use before the portal and were never approved. You decide on all of them in one list.")


def designate_existing_title(facts: dict[str, Any]) -> str:
    count = facts.get("count", 0)
    words = ngettext("{n} existing group without an admin", "{n} existing groups without an admin", count)
    return words.format(n=count)


def designate_existing_sentence(_facts: dict[str, Any]) -> str:
    return _("Please designate the admin of each; the designated person is asked to accept.")


def accept_existing_title(facts: dict[str, Any]) -> str:
    count = facts.get("count", 0)
    return ngettext(
        "You are designated as the admin of {n} existing group",
        "You are designated as the admin of {n} existing groups",
        count,
    ).format(n=count)


def accept_existing_sentence(_facts: dict[str, Any]) -> str:
    return _("The groups are in use already: nothing is to be established, you look after them once you accept.")


def enter_title(facts: dict[str, Any]) -> str:
    count = facts.get("count", 0)
    return ngettext(
        "Existing groups of {n} company to be entered", "Existing groups of {n} companies to be entered", count
    ).format(n=count)


def enter_sentence(facts: dict[str, Any]) -> str:
    """The last day, and how many days are left today."""
    until = date.fromisoformat(facts["until"])
    left = (until - localdate()).days + 1
    words = ngettext("Until {day}, {n} day left.", "Until {day}, {n} days left.", left)
    return words.format(day=day_words(until, localdate()), n=max(left, 0))


def completion_sentence(facts: dict[str, Any]) -> str:
    return _("To be completed: %(remark)s") % {"remark": facts.get("remark", "")}


def opinion_sentence(facts: dict[str, Any]) -> str:
    return _("%(who)s asks: %(question)s") % {"who": facts.get("asked_by", ""), "question": facts.get("question", "")}


def contest_sentence(facts: dict[str, Any]) -> str:
    return _("%(who)s contests what was recorded: %(reason)s") % {
        "who": facts.get("by", ""),
        "reason": facts.get("reason", ""),
    }


SETTLING: dict[str, str | Promise] = {
    "type": pgettext_lazy("open point", "type missing"),
    "name": pgettext_lazy("open point", "name taken"),
    "owner": pgettext_lazy("open point", "owner unknown"),
    "refused": pgettext_lazy("open point", "not approved afterwards"),
}


def name_sentence(facts: dict[str, Any]) -> str:
    return _("In WeChat it is called “%(name)s”.") % {"name": facts.get("name", "")}


def rename_sentence(facts: dict[str, Any]) -> str:
    if facts.get("remark"):
        return _("Called “%(name)s” now. %(remark)s") % {"name": facts.get("name", ""), "remark": facts["remark"]}
    return name_sentence(facts)


KINDS = [
    DutyKind("approve", pgettext_lazy("duty", "Group approval"), gettext_lazy("Look and decide"),
             gettext_lazy("“%(title)s” waits for your approval."), approval_sentence),
    DutyKind("amend", pgettext_lazy("duty", "Sent back"), gettext_lazy("Amend and resubmit"),
             gettext_lazy("“%(title)s” was sent back to you."), amendment_sentence, succeed=succeed_request),
    DutyKind("resubmit", pgettext_lazy("duty", "Lapsed"), gettext_lazy("Look and resubmit"),
             gettext_lazy("“%(title)s” came back to you: nobody decided in time."), lapse_sentence,
             succeed=succeed_request),
    DutyKind("designate", pgettext_lazy("duty", "Designate admin"), gettext_lazy("Designate"),
             gettext_lazy("“%(title)s” needs an admin: please designate one."), designation_sentence, passes=True,
             succeed=give),
    DutyKind("accept", pgettext_lazy("duty", "Accept designation"), gettext_lazy("Answer"),
             gettext_lazy("You are designated as an admin: %(title)s."), acceptance_sentence,
             succeed=succeed_acceptance),
    DutyKind("establish", pgettext_lazy("duty", "Establish group"), gettext_lazy("Go through the checklist"),
             gettext_lazy("“%(title)s”: please create the group in WeChat and confirm."), establishment_sentence,
             succeed=succeed_establishment),
    DutyKind("acknowledge", pgettext_lazy("duty", "Filing"), gettext_lazy("Look and acknowledge"),
             gettext_lazy("“%(title)s” is filed with your office."), filing_sentence, passes=True, succeed=give),
    DutyKind("complete", pgettext_lazy("duty", "Complete filing"), gettext_lazy("Complete"),
             gettext_lazy("The filing of “%(title)s” is to be completed."), completion_sentence, passes=True,
             succeed=give),
    DutyKind("judge_name", pgettext_lazy("duty", "Other name"), gettext_lazy("Look and decide"),
             gettext_lazy("“%(title)s” was created in WeChat under another name: please decide on it."), name_sentence),
    DutyKind("rename_group", pgettext_lazy("duty", "Rename group"), gettext_lazy("Rename and confirm"),
             gettext_lazy("Please change the group's name in WeChat to “%(title)s”."), rename_sentence),
    DutyKind("give_opinion", pgettext_lazy("duty", "Opinion asked"), gettext_lazy("Give an opinion"),
             gettext_lazy("Your opinion on “%(title)s” is asked for."), opinion_sentence),
    DutyKind("existing-settle", pgettext_lazy("duty", "Existing groups"), gettext_lazy("Look and settle"),
             gettext_lazy("Existing groups wait to be completed by you."), settle_sentence, settle_title),
    DutyKind("existing-approve", pgettext_lazy("duty", "Supplementary approval"), gettext_lazy("Look and decide"),
             gettext_lazy("Existing groups wait for your supplementary approval, all in one list."),
             approve_existing_sentence, approve_existing_title),
    DutyKind("existing-designate", pgettext_lazy("duty", "Designate admins"), gettext_lazy("Look and designate"),
             gettext_lazy("Existing groups need admins: please designate them."),
             designate_existing_sentence, designate_existing_title),
    DutyKind("existing-accept", pgettext_lazy("duty", "Accept designation"), gettext_lazy("Look and answer"),
             gettext_lazy("You are designated as the admin of existing groups: please answer."),
             accept_existing_sentence, accept_existing_title),
    DutyKind("existing-enter", pgettext_lazy("duty", "Existing groups"), gettext_lazy("Look and enter"),
             gettext_lazy("Please enter the existing groups before the last day."), enter_sentence, enter_title),
    DutyKind("settle_contest", pgettext_lazy("duty", "Contested record"), gettext_lazy("Look and put right"),
             gettext_lazy("What was recorded on “%(title)s” is contested."), contest_sentence),
]  # fmt: skip

ENDINGS = {
    "group-revoked": gettext_lazy("“%(title)s”: its approval was revoked before it was established (%(number)s)."),
    "name-accepted": gettext_lazy("“%(title)s” may keep the name “%(name)s”."),
    "group-abandoned": gettext_lazy("“%(title)s” was never established (%(number)s). It can be asked for anew."),
}


def register_all() -> None:
    """Called once, when the app is ready."""
    for kind in KINDS:
        register(kind)
    wordings.register("request-approved", Wording(gettext_lazy("“%(title)s” was approved (%(number)s).")))
    wordings.register("request-refused", Wording(gettext_lazy("“%(title)s” was not approved (%(number)s).")))
    wordings.register("request-comment", Wording(gettext_lazy("%(by)s commented on “%(title)s” (%(number)s).")))
    wordings.register("opinion-given", Wording(gettext_lazy("%(by)s answered on “%(title)s” (%(number)s).")))
    wordings.register(
        "opinion-no-longer-asked",
        Wording(gettext_lazy("“%(title)s” (%(number)s) went on: your opinion is no longer asked for.")),
    )
    wordings.register(
        "decision-recorded",
        Wording(
            gettext_lazy("A decision of yours on “%(title)s” (%(number)s) was recorded."),
            gettext_lazy("If it is not right, please contest it on its page."),
        ),
    )
    wordings.register(
        "recorded-decision-contested",
        Wording(gettext_lazy("%(by)s contested what was recorded on “%(title)s” (%(number)s).")),
    )
    wordings.register(
        "contest-settled", Wording(gettext_lazy("%(office)s put right what you contested on “%(title)s” (%(number)s)."))
    )
    for kind, title in ENDINGS.items():
        wordings.register(kind, Wording(title))
    wordings.register(
        "after-amnesty",
        Wording(gettext_lazy("%(count)s existing groups were brought in after the last day set for them.")),
    )
    wordings.register("filing-acknowledged", Wording(gettext_lazy("“%(title)s” was acknowledged as %(number)s.")))
