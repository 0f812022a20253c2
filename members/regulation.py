"""This app's part of a regulation file: how members call themselves in a group."""

from governance.regulations import sections
from governance.regulations.format.section import Section

from .nicknames.reading import NICKNAMES

sections.register(Section("nicknames", NICKNAMES, "Nickname rules, one for each kind of member (群昵称)"))
