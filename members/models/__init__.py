"""Who is in a group, who says so, and what is to be changed about it."""

from .membership import Membership
from .order import FeedMark, OrderList, RosterOrder

__all__ = ["FeedMark", "Membership", "OrderList", "RosterOrder"]
