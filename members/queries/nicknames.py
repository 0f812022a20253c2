"""How members are to call themselves in a group: facts from the directory, the rule from the regulation (Art. 7)."""

from collections.abc import Iterable
from datetime import date

from governance.directory.models import Department, DepartmentAlias, Person, Tenure
from governance.regulations.models import RegulationVersion

from ..nicknames.reading import as_rule
from ..nicknames.shapes import Member, NicknameRule
from ..rules import judge


def rule_for(version: RegulationVersion, kind: str = "staff") -> NicknameRule | None:
    """The version's rule for a kind of member, with the aliases of the organisation's departments."""
    entries = [entry for entry in version.data.get("nicknames") or [] if entry["members"] == kind]
    if not entries:
        return None
    aliases: dict[str, tuple[str, ...]] = {}
    known = DepartmentAlias.objects.filter(department__organisation_id=version.organisation_id)
    for department, alias in known.values_list("department__name", "name"):
        aliases[department] = (*aliases.get(department, ()), alias)
    return as_rule(entries[0], aliases)


def facts_of_people(people: Iterable[Person], *, on: date) -> dict[int, Member]:
    """What the directory knows of people (read with department and company), in two statements."""
    people = list(people)
    paths = {person.department_id: person.department.path for person in people if person.department_id}
    names = dict(
        Department.objects.filter(pk__in={pk for path in paths.values() for pk in chain(path)}).values_list(
            "pk", "name"
        )
    )
    posts: dict[int, list[str]] = {}
    holding = Tenure.objects.running(on=on).filter(person__in=[person.pk for person in people])
    for person, office in holding.values_list("person_id", "office__name"):
        posts.setdefault(person, []).append(office)
    return {
        person.pk: Member(
            {
                "name": (person.name,),
                "department": tuple(names[pk] for pk in chain(paths.get(person.department_id, "")) if pk in names),
                "company": (person.company.name,),
                "post": tuple(filter(None, [person.post, *posts.get(person.pk, ())])),
                "phone": (person.phone,) if person.phone else (),
            },
            kinds=frozenset({person.employment_kind}),
        )
        for person in people
    }


def chain(path: str) -> list[int]:
    """A department's path ("12/40/") as keys, the root first."""
    return [int(pk) for pk in path.split("/") if pk]


def nicknames_to_write(people: Iterable[Person], version: RegulationVersion, *, on: date) -> dict[int, str]:
    """The nickname each of them is to write, where it can be derived."""
    rule = rule_for(version)
    if rule is None:
        return {}
    facts = facts_of_people(people, on=on)
    return {pk: canonical for pk, member in facts.items() if (canonical := judge("", member, rule).canonical)}
