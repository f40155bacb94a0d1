"""What is run on a change, each under one name: ``nox -s lint``, ``nox -s tests -- tests/tour``."""

from __future__ import annotations

import nox

nox.options.sessions = ["lint", "tests"]
nox.options.reuse_existing_virtualenvs = True

#: What reads, plans and writes without a browser, a map or a timetable from elsewhere.
CORE = ("tests/files", "tests/text", "tests/settings", "tests/plan", "tests/catalogue", "tests/net")


@nox.session
def lint(session: nox.Session) -> None:
    """Lint, format and types: what CI runs before the tests."""
    session.install(".[dev]")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def tests(session: nox.Session) -> None:
    """Test on one Python; without an argument the whole suite, on all cores."""
    session.install(".[test]")
    session.run("pytest", "-q", *(session.posargs or ["-n", "auto"]))


@nox.session
def thorough(session: nox.Session) -> None:
    """Try every property on ten times as many examples as each day."""
    session.install(".[test]")
    arguments = session.posargs or ["-n", "auto"]
    session.run("pytest", "-q", *arguments, env={"LENS_ROUTES_THOROUGH": "1"})


@nox.session(python="3.11")
def oldest(session: nox.Session) -> None:
    """Test the core with the oldest dependencies that pyproject.toml allows."""
    session.install("uv")
    session.run("uv", "pip", "install", "--resolution", "lowest-direct", ".[test]", silent=True)
    session.run("pytest", "-q", *(session.posargs or CORE))


@nox.session
def docs(session: nox.Session) -> None:
    """Make the output that is shown in the README and docs/ anew, and say what changed."""
    session.install(".[test]")
    session.run("python", "docs/generate.py")
    session.run("git", "diff", "--stat", "--", "README.md", "docs", external=True)


@nox.session
def messages(session: nox.Session) -> None:
    """Gather new sentences for the translators, and compile what they wrote."""
    session.install(".[test]")
    session.run("python", "tools/messages.py", "update")
    session.run("python", "tools/messages.py", "compile")
