"""What must hold between the core's parts, beyond their shapes."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from .paths import NoSuchPlace, shape_at
from .problems import say
from .reading import Reading, one_of
from .shapes import Day, Line, Record, Ref, Shape, Whole


def check_identity(reading: Reading) -> None:
    """It ends after it begins; it is not replaced by itself."""
    identity = reading.data["regulation"]
    effective = identity["effective"] or {"from": "publication", "to": None}
    if effective["to"] and effective["from"] != "publication" and effective["to"] < effective["from"]:
        reading.problem(
            "regulation.effective.to",
            say(_("the last day, {to}, is before the first, {first}"), to=effective["to"], first=effective["from"]),
            _("a day not before the first"),
        )
    if identity["replaced_by"] == identity["version"]:
        reading.problem(
            "regulation.replaced_by", _("the version is replaced by itself"), _("the version that came after it")
        )


def check_articles(reading: Reading) -> None:
    """An item's number begins with the number of what it stands under."""

    def check_items(above: dict[str, Any], path: str) -> None:
        for item in above["items"]:
            here = f"{path}.items[{item['code']}]"
            if not item["code"].startswith(f"{above['code']}."):
                reading.problem(
                    f"{here}.code",
                    say(_("“{code}” stands under “{above}”"), code=item["code"], above=above["code"]),
                    say(_("a number that begins with {above}."), above=above["code"]),
                )
            if "items" in item:
                check_items(item, here)

    for article in reading.data["articles"]:
        check_items(article, f"articles[{article['code']}]")


def check_offices(reading: Reading) -> None:
    """Nobody stands above himself, directly or round a corner."""
    above = {office["code"]: office["above"] for office in reading.data["offices"]}
    reported: set[str] = set()
    for code in above:
        chain = [code]
        while (following := above[chain[-1]]) and following not in chain:
            chain.append(following)
        if following == code and not reported & set(chain):
            reported |= set(chain)
            reading.problem(
                f"offices[{code}].above",
                say(_("the offices stand above each other in a circle: {chain}"), chain=" → ".join([*chain, code])),
                _("one office at the top, without above"),
            )


def check_supervises(reading: Reading) -> None:
    """Only an office of a company can supervise its own company."""
    scopes = {office["code"]: office["scope"] for office in reading.data["offices"]}
    for entry in reading.data["supervises"]:
        if entry["scope"] == "own_company" and scopes[entry["office"]] != "company":
            reading.problem(
                f"supervises[{entry['code']}].scope",
                say(_("{office} is not an office of a company"), office=entry["office"]),
                _("scope: all, or an office with scope: company"),
            )


def check_questions(reading: Reading) -> None:
    """Every field asked for has what its kind needs, follows only what was asked above, and leads to a place."""
    from .reader import root_shape

    root = root_shape()
    for question in reading.data["open_questions"]:
        path = f"open_questions[{question['code']}]"
        above: dict[str, dict[str, Any]] = {}
        for ask in question["asks"]:
            here = f"{path}.asks[{ask['name']}]"
            check_kind(ask, here, reading)
            check_condition(ask, above, here, reading)
            if ask["sets"]:
                check_sets(ask, here, root, reading)
            above[ask["name"]] = ask


def check_kind(ask: dict[str, Any], here: str, reading: Reading) -> None:
    """A choice has options, nothing else has; only an office can be offered."""
    if ask["kind"] == "choice" and len(ask["options"]) < 2:
        reading.problem(f"{here}.options", _("a choice needs something to choose from"), _("at least two options"))
    if ask["kind"] != "choice" and ask["options"]:
        reading.problem(
            f"{here}.options",
            say(_("the kind {kind} has no options"), kind=ask["kind"]),
            _("kind: choice, or no options"),
        )
    if ask["kind"] != "office" and ask["offered"]:
        reading.problem(
            f"{here}.offered", say(_("the kind {kind} cannot offer an office"), kind=ask["kind"]), _("kind: office")
        )


def check_condition(ask: dict[str, Any], above: dict[str, Any], here: str, reading: Reading) -> None:
    """A condition names a choice asked above, so that conditions cannot wait for each other."""
    if (condition := ask["required_if"]) is None:
        return
    choices = [name for name, earlier in above.items() if earlier["kind"] == "choice"]
    if condition["field"] not in choices:
        reading.problem(
            f"{here}.required_if.field",
            say(_("“{field}” is not a choice asked above this field"), field=condition["field"]),
            one_of(choices, near=condition["field"]),
        )
        return
    values = [option["value"] for option in above[condition["field"]]["options"]]
    if condition["value"] not in values:
        reading.problem(
            f"{here}.required_if.value",
            say(_("“{value}” is not an option of {field}"), value=condition["value"], field=condition["field"]),
            one_of(values, near=condition["value"]),
        )


def check_sets(ask: dict[str, Any], here: str, root: Record, reading: Reading) -> None:
    """The path leads to a single value that an answer of this kind can be."""
    try:
        shape = shape_at(root, reading.data, ask["sets"])
    except NoSuchPlace as nowhere:
        reading.problem(
            f"{here}.sets",
            say(_("{path} leads nowhere: {reason}"), path=ask["sets"], reason=nowhere.message),
            nowhere.expected,
        )
        return
    if ask["kind"] == "choice":
        for option in ask["options"]:
            value = option["value"] if option["becomes"] is None else option["becomes"]
            if not shape.accepts(value):
                reading.problem(
                    f"{here}.options[{option['value']}]",
                    say(_("“{value}” cannot stand at {path}"), value=value, path=ask["sets"]),
                    shape.expected,
                )
    elif not answers_to(ask["kind"], shape):
        reading.problem(
            f"{here}.sets",
            say(_("an answer of the kind {kind} cannot stand at {path}"), kind=ask["kind"], path=ask["sets"]),
            shape.expected,
        )


def answers_to(kind: str, shape: Shape) -> bool:
    """Whether an answer of that kind can be of that shape."""
    if kind == "office":
        return isinstance(shape, Ref) and shape.kind == "office"
    if kind == "text":
        return type(shape) is Line
    return isinstance(shape, Whole if kind == "days" else Day)
