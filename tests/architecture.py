"""Reading a tree of source files for what points the wrong way (DESIGN.md section 3). Pure: a path in, findings out."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Lowest first: each may know only those before it. What is not listed is composition and may know all of them.
HOUSE = (
    "governance.accounts",
    "governance.audit",
    "governance.workflow",
    "governance.paging",
    "governance.calendar",
    "governance.files",
    "governance.jobs",
    "governance.directory",
    "governance.notifications",
    "governance.duties",
    "governance.regulations",
    "groups",
    "members",
    "violations",
)
COMPOSITION = len(HOUSE)
ROOTS = ("governance", "groups", "members", "violations")
RANK = {package: rank for rank, package in enumerate(HOUSE)}
BY_LABEL = {package.rpartition(".")[2]: package for package in HOUSE}
# Within an app: what stores, what reads and judges, what writes, what faces people and clocks.
LAYERS = {
    "models": 0,
    "rules": 1,
    "permissions": 1,
    "queries": 1,
    "actions": 2,
    "forms": 3,
    "views": 3,
    "tasks": 3,
    "admin": 3,
    "urls": 4,
}
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField", "GenericRelation"}
BY_NAME = {"import_string", "import_module"}
LOAD = re.compile(r"{%\s*load\s+([^%]+?)\s*%}")
TEMPLATE = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")


@dataclass(frozen=True)
class Reference:
    """`line` of `file` mentions the module `target` (dotted)."""

    file: str
    line: int
    target: str


def package_of(module: str) -> str | None:
    """The part of the house a module belongs to; None for what is not ours."""
    parts = module.split(".")
    if parts[0] not in ROOTS:
        return None
    if parts[0] != "governance":
        return parts[0]
    return ".".join(parts[:2])


def rank_of(package: str) -> int:
    return RANK.get(package, COMPOSITION)


def module_name(root: Path, file: Path) -> str:
    parts = file.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def source_files(root: Path) -> Iterator[Path]:
    for folder in ROOTS:
        yield from sorted(file for file in (root / folder).rglob("*.py") if "migrations" not in file.parts)


# --- what a file mentions -------------------------------------------------------------------------------------------
def references(root: Path, file: Path) -> Iterator[Reference]:
    """Every module of ours that a Python file mentions: imports at any depth, relations and models by name."""
    name, where = module_name(root, file), str(file.relative_to(root))
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        for target in [*imported(node, package), *named(node)]:
            yield Reference(where, node.lineno, target)


def imported(node: ast.AST, package: str) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            parents = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*parents, *filter(None, [node.module])])
        yield from (f"{base}.{alias.name}" for alias in node.names)


def named(node: ast.AST) -> Iterator[str]:
    """Modules named in a string: `get_model("groups.Group")`, `import_string("groups.x.y")`, `ForeignKey("groups.Group")`."""
    if not isinstance(node, ast.Call):
        return
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    words = [
        argument.value
        for argument in [*node.args, *(keyword.value for keyword in node.keywords)]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
    if called in BY_NAME:
        yield from words[:1]
    elif called == "get_model" or called in RELATIONS:
        for word in words:
            label = word.partition(".")[0]
            if label in BY_LABEL and (called == "get_model" or "." in word):
                yield BY_LABEL[label]


# --- what points the wrong way --------------------------------------------------------------------------------------
def upward_references(root: Path) -> list[str]:
    """Python files that know a part of the house above their own."""
    found = []
    for file in source_files(root):
        own = package_of(module_name(root, file))
        for reference in references(root, file):
            target = package_of(reference.target)
            if target and target != "governance" and rank_of(target) > rank_of(own):
                found.append(f"{reference.file}:{reference.line}: {own} knows {target}")
    return found


def layer_of(module: str) -> int | None:
    package = package_of(module) or ""
    return LAYERS.get(module.removeprefix(package).lstrip(".").partition(".")[0])


def upward_layers(root: Path) -> list[str]:
    """Within an app, files that know a layer above their own (STYLE.md, the shape of an app)."""
    found = []
    for file in source_files(root):
        name = module_name(root, file)
        own = layer_of(name)
        for reference in references(root, file):
            target = layer_of(reference.target)
            same_app = package_of(reference.target) == package_of(name) in RANK
            if same_app and own is not None and target is not None and target > own:
                found.append(f"{reference.file}:{reference.line}: {name} knows {reference.target}")
    return found


def tag_libraries(root: Path) -> dict[str, str]:
    """The part of the house that each of our template tag libraries belongs to."""
    return {
        file.stem: package_of(module_name(root, file)) for file in source_files(root) if file.parent.name == "templatetags"
    }


def upward_templates(root: Path) -> list[str]:
    """Templates of an app that load tags, or include templates, of an app above it.

    Frames and components, which stand in no app's folder, belong to everybody.
    """
    libraries, found = tag_libraries(root), []
    for file in sorted((root / "templates").rglob("*.html")):
        where = file.relative_to(root / "templates")
        own = BY_LABEL.get(where.parts[0])
        if own is None:
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            words = [word for loaded in LOAD.findall(line) for word in loaded.split()]
            used = [libraries[word] for word in words if word in libraries]
            used += [BY_LABEL.get(name.partition("/")[0]) for name in TEMPLATE.findall(line)]
            for target in used:
                if target and rank_of(target) > rank_of(own):
                    found.append(f"templates/{where}:{number}: {own} uses {target}")
    return found


# --- size and shape -------------------------------------------------------------------------------------------------
def long_files(root: Path, folders: tuple[str, ...], limit: int) -> list[str]:
    """Our Python files with more lines than a reader keeps in mind."""
    found = []
    for folder in folders:
        for file in sorted((root / folder).rglob("*.py")):
            lines = len(file.read_text(encoding="utf-8").splitlines())
            if lines > limit and "migrations" not in file.parts:
                found.append(f"{file.relative_to(root)}: {lines} lines")
    return found


def words_used(root: Path, package: str) -> set[str]:
    """The names of the modules and packages directly in an app."""
    folder = root / package.replace(".", "/")
    files = {file.stem for file in folder.glob("*.py")}
    return files | {sub.name for sub in folder.iterdir() if (sub / "__init__.py").exists()}


# --- verbs of the operations log --------------------------------------------------------------------------------------
def recorded_verbs(root: Path) -> Iterator[tuple[str, str]]:
    """Each verb written as a word in a call of `record` or `event_of`, with its place."""
    for file in source_files(root):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ("record", "event_of"):
                yield node.args[0].value, f"{file.relative_to(root)}:{node.lineno}"
