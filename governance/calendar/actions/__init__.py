"""What writes calendars."""

from .seeding import seed_calendar, seed_year

__all__ = ["seed_calendar", "seed_year"]
