"""Who may see a job."""

from governance.accounts.models import User

from .models import Job


def may_see(user: User, job: Job) -> bool:
    """Only who started it: what it reads and writes may be more than others may see."""
    return job.started_by_id == user.pk
