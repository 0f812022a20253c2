"""The core sections: identity, chapters, articles, offices, teams, who does what, clocks, open questions."""

from . import core_checks
from .clocks import STEPS
from .section import Section
from .shapes import Choice, ClauseCode, Day, Field, Flag, Line, ListOf, Plain, Record, Ref, Slug, Text, Whole, rule

FORMAT = Section("format", Whole(1, 1), "Version of this format", required=True)

IDENTITY = Section(
    "regulation",
    Record(
        {
            "code": Field(Slug(60), "Code that stays the same through all versions", required=True),
            "title": Field(Text(100), "Title", required=True),
            "number": Field(Line(60), "Document number"),
            "version": Field(Line(40), "Version, in quotes", required=True),
            "issued_by": Field(Text(100), "Issuing office"),
            "about": Field(Text(), "What a reader should know about this file"),
            "covers": Field(
                rule({"units": Field(ListOf(Choice("headquarters", "project_companies")), "Units")}),
                "Units covered; everything where it is left out",
            ),
            "platforms": Field(ListOf(Choice("wechat", "wecom"), filled=True), "Platforms", default=["wechat"]),
            "effective": Field(
                rule(
                    {
                        "from": Field(Day("publication"), "First day in force", required=True),
                        "to": Field(Day(), "Last day in force"),
                    }
                ),
                "When it is in force",
            ),
            "replaced_by": Field(Line(40), "Version that replaced this one"),
            "transition": Field(Text(), "What holds for groups that existed before"),
        }
    ),
    "Identity",
    required=True,
    check=core_checks.check_identity,
)

CHAPTERS = Section(
    "chapters",
    ListOf(
        Record(
            {
                "code": Field(ClauseCode(defines="chapter"), "Number of the chapter", required=True),
                "title": Field(Text(200), "Heading", required=True),
            }
        ),
        key="code",
    ),
    "Chapters, where the regulation has them",
)


def clause(items: Field | None) -> Record:
    """An article or item: its text, how strong it is, how we read it. `items` is what may stand below it."""
    fields = {
        "code": Field(ClauseCode(defines="article"), "Number", required=True),
        "title": Field(Text(200), "Heading"),
        "strength": Field(
            Choice("must", "advised", "in_principle"),
            "Word strength: 必须/应 must, 宜/不宜 advised, 原则上 in principle; left out for a mere statement",
        ),
        "text": Field(Text(), "The text", required=True),
        "interpreted_as": Field(Text(), "How we read it: shown as ours, changeable"),
        "inferred": Field(Flag(), "推定: not in the source, taken from sibling copies", default=False),
    }
    return Record({**fields, "items": items} if items else fields)


SUB_ITEMS = Field(ListOf(clause(None), key="code"), "Items below this item")
ITEMS = Field(ListOf(clause(SUB_ITEMS), key="code"), "Items, paragraphs, notes")
ARTICLE = clause(ITEMS)
ARTICLE.fields["chapter"] = Field(Ref("chapter"), "Chapter it stands in")

ARTICLES = Section(
    "articles",
    ListOf(ARTICLE, key="code", filled=True),
    "Articles in their order",
    required=True,
    check=core_checks.check_articles,
)

OFFICES = Section(
    "offices",
    ListOf(
        rule(
            {
                "code": Field(Slug(40, defines="office"), "Code", required=True),
                "name": Field(Text(100), "Name", required=True),
                "kind": Field(Choice("post", "body"), "A post (职务) or a body (部门)", required=True),
                "scope": Field(
                    Choice("organisation", "company"),
                    "One for the organisation, or one in every project company",
                    default="organisation",
                ),
                "executive": Field(Flag(), "Nudged only through the President's Office", default=False),
                "above": Field(Ref("office"), "The next office above, for what is late"),
            }
        ),
        key="code",
    ),
    "Offices that hold authority under this regulation",
    check=core_checks.check_offices,
)

TEAMS = Section(
    "teams",
    ListOf(
        rule(
            {
                "code": Field(Slug(40, defines="team"), "Code", required=True),
                "name": Field(Text(100), "Name", required=True),
            }
        ),
        key="code",
    ),
    "Teams across departments that member rules name",
)

OFFICE = Field(Ref("office"), "Code of the office", required=True)
OWN_CODE = Field(Slug(), "Own code, where the office alone is not enough to tell entries apart")

INTERPRETS = Section("interprets", rule({"office": OFFICE}), "Who interprets the regulation")
DECIDES = Section("decides", rule({"office": OFFICE}), "Who decides on a handling opinion")
NUDGES = Section("nudges", rule({"office": OFFICE}), "Through whom executives are nudged")
RECORDS = Section(
    "records",
    rule(
        {
            "office": OFFICE,
            "contest_days": Field(Whole(1, 60), "Working days in which the approver may contest it", default=3),
        }
    ),
    "Who records a decision that its approver gave by word or in writing (代录); nobody where left out",
)
SUPERVISES = Section(
    "supervises",
    ListOf(
        rule(
            {
                "code": OWN_CODE,
                "office": OFFICE,
                "scope": Field(Choice("all", "own_company"), "All groups, or its own company's", default="all"),
            }
        ),
        key="office",
        grows=True,
    ),
    "Who supervises daily",
    check=core_checks.check_supervises,
)

CLOCK = rule(
    {
        "days": Field(Whole(0, 250), "Working days, counted from the day after", required=True),
        "lapse_days": Field(Whole(1, 750, "never"), "Working days after which it lapses", default="never"),
        "ladder": Field(Slug(30), "Who is reminded when; named after the step where left out"),
    }
)
CLOCKS = Section(
    "clocks", Record({step: Field(CLOCK, f"Clock of the step {step}") for step in STEPS}), "How long each step may take"
)

ASK = Record(
    {
        "name": Field(Slug(), "Name of the field", required=True),
        "label": Field(Text(200), "Label", required=True),
        "kind": Field(Choice("choice", "office", "days", "date", "text"), "Kind of answer", required=True),
        "options": Field(
            ListOf(
                Record(
                    {
                        "value": Field(Slug(), "Value", required=True),
                        "label": Field(Text(200), "Label", required=True),
                        "becomes": Field(Plain(), "What is put into the place of `sets`; the value where left out"),
                    }
                ),
                key="value",
            ),
            "Options of a choice",
        ),
        "optional": Field(Flag(), "May be left blank", default=False),
        "offered": Field(Ref("office"), "Office offered as the answer"),
        "required_if": Field(
            Record(
                {
                    "field": Field(Slug(), "A choice asked above", required=True),
                    "value": Field(Slug(), "Its value with which this is asked", required=True),
                }
            ),
            "Asked only with this answer above",
        ),
        "sets": Field(
            Line(200), "Where the answer goes, entries by code: group_types[x].designation.office; nowhere if left out"
        ),
    }
)
OPEN_QUESTIONS = Section(
    "open_questions",
    ListOf(
        Record(
            {
                "code": Field(Slug(40, defines="question"), "Code", required=True),
                "article": Field(Ref("article"), "Clause that leaves it open", required=True),
                "question": Field(Text(500), "The question", required=True),
                "interpreted_as": Field(Text(), "What holds until it is answered: ours"),
                "asked_of": Field(Ref("office"), "Office that answers; at set-up where left out"),
                "asks": Field(ListOf(ASK, key="name", filled=True), "What an answer consists of", required=True),
            }
        ),
        key="code",
    ),
    "What the text leaves undecided",
    check=core_checks.check_questions,
)

CORE = (
    FORMAT,
    IDENTITY,
    CHAPTERS,
    ARTICLES,
    OFFICES,
    TEAMS,
    INTERPRETS,
    SUPERVISES,
    DECIDES,
    NUDGES,
    RECORDS,
    CLOCKS,
    OPEN_QUESTIONS,
)
