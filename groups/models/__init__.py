"""Group types, creation requests, groups and the steps to a governed group: what is stored."""

from .comment import Comment
from .created_name import CreatedName
from .creation_request import ApprovalStep, Consent, CreationRequest
from .designation import Designation
from .establishment import Establishment
from .existing import Amnesty, ExistingGroup, GroupsImport, OpenPoints
from .filing import Filing
from .group import Group
from .group_type import GroupType
from .inquiry import Inquiry
from .recorded_decision import RecordedDecision

__all__ = [
    "Amnesty",
    "ApprovalStep",
    "Comment",
    "Consent",
    "CreatedName",
    "CreationRequest",
    "Designation",
    "Establishment",
    "ExistingGroup",
    "Filing",
    "Group",
    "GroupType",
    "GroupsImport",
    "Inquiry",
    "OpenPoints",
    "RecordedDecision",
]
