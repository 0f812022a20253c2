"""What the two shipped regulations say about their group types."""

from pathlib import Path

import pytest

from governance.regulations.format import read
from groups.terms import ApprovalStepTerms, Condition, Selector, overlay, terms_of

SHIPPED = Path(__file__).parent.parent.parent / "regulations"


def shipped(name):
    return read((SHIPPED / f"{name}.yaml").read_bytes(), filename=name).data


GROUP_COMPANY = terms_of(shipped("group_company"))
STAFF = ("regular", "probation", "intern")


def offices(rules):
    return [(rule.office, rule.article) for rule in rules]


@pytest.mark.parametrize(
    ("code", "approval", "designation", "filing", "consent", "may_lapse"),
    [
        ("executive_group", ("president", "4.1"), ("presidents_office", "5.1"), None, ("president", "4.1"), False),
        ("planning_group", ("president", "4.2"), ("presidents_office", "5.1"), None, None, False),
        ("headquarters_group", ("president", "4.3"), ("hr_admin", "5.2"), None, None, False),
        ("project_company_group", ("president", "4.4"), ("hr_admin", "5.2"), None, None, False),
        ("marketing_platform", ("marketing_vp", "4.5"), ("marketing_vp", "5.3"), ("hr_admin", "4.5"), None, True),
    ],
)
def test_group_company_says_who_takes_each_step(code, approval, designation, filing, consent, may_lapse):
    terms = GROUP_COMPANY[code]

    assert terms.state == "open"
    assert offices(terms.submitters) == [("hr_admin", "4")]
    assert terms.submitters[0].interpreted
    assert offices(terms.approval) == [approval]
    assert not terms.approval[0].interpreted
    assert offices([terms.designation]) == [designation]
    assert (terms.filing and offices([terms.filing])[0]) == filing
    assert (terms.consent and offices([terms.consent])[0]) == consent
    assert terms.may_lapse == may_lapse


def rule_of(code, kind="mandatory"):
    """The member rule without its labels."""
    selectors = getattr(GROUP_COMPANY[code].members, kind)
    return [
        {
            name: value
            for name, value in vars(selector).items()
            if value and name not in ("label", "sub_departments")
        }
        for selector in selectors
    ]


def test_group_company_says_who_belongs_to_each_group():
    top = ("president", "executive_vp", "vp_in_charge")
    assert rule_of("executive_group") == [{"offices": top}]
    assert rule_of("planning_group") == [{"offices": (*top, "planning_manager")}, {"teams": ("operations",)}]
    assert rule_of("headquarters_group") == [{"company": "headquarters", "employment_kinds": STAFF}]
    assert rule_of("project_company_group") == [
        {"offices": ("president", "executive_vp")},
        {"company": "requested", "employment_kinds": STAFF},
    ]
    assert rule_of("marketing_platform") == [{"company": "requested", "functions": ("营销策划",)}]
    assert [code for code, terms in GROUP_COMPANY.items() if terms.members.external] == ["marketing_platform"]


def test_exceptional_executives_are_assistants_and_senior_heads():
    assistants, heads = rule_of("executive_group", "by_approval")

    assert assistants == {"posts": ("总裁助理",)}
    assert "高管级负责人" in heads["posts"]
    assert GROUP_COMPANY["executive_group"].consent.eligible == GROUP_COMPANY["executive_group"].members.by_approval


def test_marketing_platform_proposes_the_marketing_manager_and_is_filed_in_five_days():
    terms = GROUP_COMPANY["marketing_platform"]

    assert (terms.designation.default_post, terms.designation.in_principle) == ("marketing_manager", True)
    assert (terms.filing.within_days, terms.filing.events) == (5, ("creation",))
    assert [GROUP_COMPANY[code].designation.in_principle for code in ("executive_group", "headquarters_group")] == [
        False,
        False,
    ]


def test_rule_without_own_words_is_written_as_its_article():
    data = shipped("group_company")
    text = next(item for item in data["articles"][3]["items"] if item["code"] == "4.2")["text"]

    assert GROUP_COMPANY["planning_group"].written == text
    assert GROUP_COMPANY["planning_group"].approval[0].written == text


def test_appointed_admin_and_supervisors_are_members_by_function():
    assert [(selector.appointed_admin, selector.offices) for selector in GROUP_COMPANY["planning_group"].by_function] == [
        (True, ()),
        (False, ("presidents_office",)),
        (False, ("project_gm_office",)),
    ]


def test_name_templates_and_parameters():
    assert {code: (terms.name_template, terms.parameters) for code, terms in GROUP_COMPANY.items()} == {
        "executive_group": ("集团高管工作群[（{year}年度）]", ()),
        "planning_group": ("计划运营推动群", ()),
        "headquarters_group": ("集团工作群", ()),
        "project_company_group": ("{company}工作群", ("company",)),
        "marketing_platform": ("{project}项目营销微信平台", ("company", "project")),
        "department_group": ("{company}{department}工作群", ("company", "department")),
    }


def test_undecided_type_waits_for_its_question():
    terms = GROUP_COMPANY["department_group"]

    assert (terms.state, terms.question, terms.approval, terms.designation) == ("undecided", "department_groups", (), None)


def test_undecided_type_opens_with_the_instruction():
    given = {"decision": "allow", "approver": "president", "designating_office": "hr_admin"}

    terms = terms_of(overlay(shipped("group_company"), {"department_groups": given}))["department_group"]

    assert (terms.state, terms.question) == ("open", None)
    assert terms.approval == (
        ApprovalStepTerms(
            office="president",
            article="4.note",
            written=terms.written,
            question="department_groups",
            code="instructed",
        ),
    )
    assert (terms.designation.office, terms.designation.question) == ("hr_admin", "department_groups")


def test_undecided_type_closes_with_the_instruction():
    terms = terms_of(overlay(shipped("group_company"), {"department_groups": {"decision": "forbid"}}))

    assert (terms["department_group"].state, terms["department_group"].question) == ("closed", None)


def test_instruction_adds_a_submitter_behind_those_of_every_type():
    given = {"further_submitters": {"marketing_platform": "marketing_manager"}}
    terms = terms_of(overlay(shipped("group_company"), given))

    assert [rule.office for rule in terms["marketing_platform"].submitters] == ["hr_admin", "marketing_manager"]
    assert [rule.office for rule in terms["planning_group"].submitters] == ["hr_admin"]


def test_company_opens_its_type_gap_by_gap():
    data, answers, seen = shipped("company"), {}, []
    for code in ("submitter", "approver", "designating_office"):
        terms = terms_of(overlay(data, answers))["department_group"]
        seen.append((terms.state, terms.question))
        answers[code] = {"office": "hr_admin"}

    assert seen == [
        ("undecided", "submitter"),
        ("undecided", "approver"),
        ("undecided", "designating_office"),
    ]
    opened = terms_of(overlay(data, answers))["department_group"]
    assert (opened.state, opened.question) == ("open", None)
    assert (opened.submitters[0].question, opened.designation.question) == ("submitter", "designating_office")
    assert opened.submitters[0].interpreted is False


TYPES = """\
format: 1
regulation: {code: x, title: {zh: 甲, en: A}, version: "1"}
articles:
  - {code: "1", text: {zh: 甲。, en: A.}}
offices:
  - {code: boss, name: {zh: 总经理, en: Boss}, kind: post, article: "1"}
  - {code: it, name: {zh: 信息部, en: IT}, kind: body, article: "1"}
group_types:
  - code: any
    name: {zh: 群, en: Group}
    article: "1"
    parameters: [company]
    name_template: "{company}群"
    submitters:
      - {office: it, article: "1"}
    approval: APPROVAL
    designation: {office: it, article: "1"}
    filing: {office: it, article: "1"}
    members:
      article: "1"
      mandatory:
        - SELECTOR
"""


def any_type(*, approval="[]", selector="{company: requested}"):
    text = TYPES.replace("APPROVAL", approval).replace("SELECTOR", selector)
    return terms_of(read(text, filename="x").data)["any"]


def test_empty_approval_says_that_none_is_needed():
    assert (any_type().state, any_type().approval) == ("open", ())


def test_further_step_under_a_condition():
    approval = """
      - {office: boss, article: "1"}
      - {office: it, article: "1", when: {more_than: 200, name_contains: [机密]}}
      - {code: again, office: boss, article: "1", when: {external_members: true, sensitive: true}}"""

    assert [(step.code, step.office, step.when) for step in any_type(approval=approval).approval] == [
        ("boss", "boss", None),
        ("it", "it", Condition(more_than=200, name_contains=("机密",))),
        ("again", "boss", Condition(external_members=True, sensitive=True)),
    ]


def test_filing_without_own_days_takes_the_clock_of_filing():
    assert any_type().filing.within_days == 5


def label(selector):
    (found,) = any_type(selector=selector).members.mandatory
    return found.label["en"]


@pytest.mark.parametrize(
    ("selector", "words"),
    [
        ("{company: requested}", "the requested company, all staff"),
        ("{company: headquarters, employment_kinds: [regular, intern]}", "headquarters, all staff (regular, intern)"),
        ("{offices: [boss, it]}", "Boss, IT"),
        ("{company: requested, functions: [营销策划]}", "the requested company, staff working in 营销策划"),
        ("{posts: [顾问, 总监]}", "顾问, 总监"),
        ("{company: J01, department: 工程部}", "J01, 工程部, all staff"),
    ],
)
def test_selector_without_label_gets_one(selector, words):
    assert label(selector) == words


def test_label_of_the_file_wins():
    (selector,) = any_type(selector="{offices: [boss], label: {zh: 老总, en: The chief}}").members.mandatory

    assert selector == Selector(offices=("boss",), label={"zh": "老总", "en": "The chief"})


def test_label_is_made_in_both_languages():
    (selector,) = any_type(selector="{company: requested, employment_kinds: [regular, intern]}").members.mandatory

    assert selector.label == {"zh": "所申请的公司·全体人员（正式、实习）", "en": "the requested company, all staff (regular, intern)"}
