"""Counts the files, functions, imports and lines of the project without running its code."""

import ast
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from statistics import median

CODE = ("articles", "newsroom")
Paths = list[PurePosixPath]


def tracked_files(root: Path) -> Paths:
    """Return the files that git tracks, as paths relative to the root."""
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    paths = [PurePosixPath(name) for name in listed.stdout.split("\0") if name]
    return [path for path in paths if (root / path).is_file()]


def is_test(path: PurePosixPath) -> bool:
    """Tell whether a file belongs to the tests."""
    return "tests" in path.parts


def is_tool(path: PurePosixPath) -> bool:
    """Tell whether a file is a developer's tool."""
    return path.parts[:2] == ("newsroom", "dev") or path.stem == "learn_reading"


def is_product(path: PurePosixPath) -> bool:
    """Tell whether a file is Python code that is neither test nor migration."""
    is_code = path.suffix == ".py" and path.parts[0] in CODE
    return is_code and not is_test(path) and "migrations" not in path.parts


def fullest_folder(paths: Iterable[PurePosixPath]) -> tuple[int, str]:
    """Return the number of files in the folder that has the most, and its name."""
    counts = Counter(str(path.parent) for path in paths)
    return max(((count, name) for name, count in counts.items()), default=(0, ""))


def percentile(values: list[int], part: int) -> int:
    """Return the smallest value that at least `part` per cent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(-(-len(ordered) * part // 100) - 1, 0)]


def function_lengths(source: str) -> Iterator[int]:
    """Yield the lines of each function, from `def` to its end, docstring included."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.end_lineno - node.lineno + 1


def imported_modules(source: str, path: PurePosixPath, known: set[str]) -> set[str]:
    """Return the modules that a module imports, anywhere in it.

    `from a import b` is a.b where that is a module of the project (`known`), or else a.
    """
    package, found = list(path.parts[:-1]), set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            inner = [f"{name}.{alias.name}" for alias in node.names]
            found |= {each if each in known else name for each in inner}
    return found


def module_name(path: PurePosixPath) -> str:
    """Return the dotted name of a Python file."""
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


class Structure:
    """The counts of one checkout."""

    def __init__(self, root: Path):
        self.root, self.paths = root, tracked_files(root)
        self.product = [path for path in self.paths if is_product(path)]

    def text(self, path: PurePosixPath) -> str:
        """Return the text of a file."""
        return (self.root / path).read_text(encoding="utf-8")

    def lines(self, paths: Iterable[PurePosixPath]) -> int:
        """Return the number of lines of some files."""
        return sum(len(self.text(path).splitlines()) for path in paths)

    def lines_of_kind(self, suffix: str) -> int:
        """Return the number of lines of the files of a kind, tests left out."""
        return self.lines(
            path for path in self.paths if path.suffix == suffix and not is_test(path)
        )

    def folders(self) -> dict:
        """Count files in folders."""
        tests = [path for path in self.paths if is_test(path)]
        others = [path for path in self.paths if path.parts[0] in CODE and not is_test(path)]
        flat = [path for path in self.product if path.parts[:-1] == ("articles",)]
        return {
            "modules flat in articles/": len([path for path in flat if path.stem != "__init__"]),
            "fullest product folder": fullest_folder(others),
            "fullest tests folder": fullest_folder(tests),
        }

    def functions(self) -> dict:
        """Measure the functions of the product."""
        lengths = [each for path in self.product for each in function_lengths(self.text(path))]
        spread = (median(lengths), percentile(lengths, 95), max(lengths))
        return {
            "functions": len(lengths),
            "lines of a function": "median {:g}, p95 {}, max {}".format(*spread),
        }

    def imports(self) -> dict:
        """Count the modules that a module imports."""
        known = {module_name(path) for path in self.paths if path.suffix == ".py"}
        found = [imported_modules(self.text(path), path, known) for path in self.product]
        ours = [{name for name in names if name.partition(".")[0] in CODE} for names in found]
        return {
            "imports of a module, p90": percentile([*map(len, found)], 90),
            "… of the project's modules": percentile([*map(len, ours)], 90),
        }

    def sizes(self) -> dict:
        """Count modules and lines."""
        lean = [path for path in self.product if not is_tool(path)]
        return {
            "modules": len(self.product),
            "lines of Python": self.lines(self.product),
            "lines of Python without the tools": self.lines(lean),
            "lines of templates": self.lines_of_kind(".html"),
            "lines of CSS": self.lines_of_kind(".css"),
            "lines of JavaScript": self.lines_of_kind(".js"),
            "largest module": max((self.lines([path]), str(path)) for path in self.product),
        }

    def measures(self) -> dict:
        """Return all counts by name."""
        return self.folders() | self.functions() | self.imports() | self.sizes()
