"""The invented company that `seed_demo` brings in, and how one signs in to look at it."""

from django.conf import settings

from governance.accounts.models import User

LOGINS = (  # user name, staff number's person, who that is
    ("hr", "何俊", "行政人事部 HR & Administration"),
    ("president", "陈国栋", "总裁 President"),
    ("marketing", "沈若溪", "营销副总 Marketing Vice President"),
    ("office", "上官文清", "总裁办 President's Office"),
    ("gm", "刘洋", "江北项目总经办 General Manager's Office"),
    ("admin", "郑凯", "营销经理、群管理员 Marketing manager, group admin"),
    ("staff", "李娜", "员工 Employee"),
    ("auditor", "仇海波", "审计员 Auditor"),
    ("keeper", "区永康", "门户管理员 Portal keeper"),
)


def password_file() -> object:
    return settings.VAR_DIR / "demo_password"


def logins() -> list[str]:
    """One line per office for the terminal: user name, password, who that is. Empty without the demo."""
    if not password_file().exists():
        return []
    password = password_file().read_text().strip()
    there = set(
        User.objects.filter(username__in=[name for name, _who, _what in LOGINS]).values_list("username", flat=True)
    )
    return [f"{name:<10} {password}   {who} {what}" for name, who, what in LOGINS if name in there]
