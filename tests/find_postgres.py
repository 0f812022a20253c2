"""Prints the address of a PostgreSQL that answers, for `make test`; nothing where none does.

`TEST_POSTGRES_URL` names one; else the local server is tried as it usually lets its own user in.
"""

import getpass
import os

import psycopg

USER = getpass.getuser()
USUAL = (
    f"postgres://{USER}@/test",
    f"postgres://{USER}@127.0.0.1:5432/test",
    "postgres://postgres:postgres@127.0.0.1:5432/postgres",
)


def answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.Error:
        return False
    return True


if __name__ == "__main__":
    given = os.environ.get("TEST_POSTGRES_URL")
    print(next(filter(answers, [given] if given else USUAL), ""))
