"""Where in the text of a TOML file each key and each value stands.

The standard parser tells nothing of places, so the text is read a second time with the
tree-sitter grammar, and only once there is a problem to place.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from ehcp_audit.rubric_files.problems import KeyPath

if TYPE_CHECKING:
    from tree_sitter import Node

Span = tuple[tuple[int, int], tuple[int, int]]


class Places:
    """The spans of the keys and values of a text that is known to be valid TOML."""

    def __init__(self, text: str) -> None:
        import tree_sitter  # noqa: PLC0415  (only where there is a problem to place)
        import tree_sitter_toml  # noqa: PLC0415

        self._bytes = text.encode("utf-8")
        self._lines = self._bytes.split(b"\n")
        self._values: dict[KeyPath, Span] = {}
        self._keys: dict[KeyPath, Span] = {}
        self._last_index: dict[KeyPath, int] = {}
        parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_toml.language()))
        for node in parser.parse(self._bytes).root_node.children:
            self._add_statement(node)

    def find(self, path: KeyPath, *, at_key: bool = False) -> tuple[int, int, int]:
        """Return line, column (from 1, in characters) and width of a key path.

        A path that is not in the file is placed at the nearest table that should hold it, and
        the whole file at its first line.
        """
        first, last = (self._keys.get(path) if at_key else None) or self._value_span(path)
        row, column = first
        end = last[1] if last[0] == row else len(self._line(row))
        start = self._characters(row, column)
        return row + 1, start + 1, max(1, self._characters(row, end) - start)

    def _value_span(self, path: KeyPath) -> Span:
        while path:
            if path in self._values:
                return self._values[path]
            path = path[:-1]
        return (0, 0), (0, 1)

    def _line(self, row: int) -> bytes:
        return self._lines[row] if row < len(self._lines) else b""

    def _characters(self, row: int, column: int) -> int:
        return len(self._line(row)[:column].decode("utf-8", "replace"))

    def _add_statement(self, node: Node) -> None:
        if node.type == "pair":
            self._add_pair(node, ())
        elif node.type in ("table", "table_array_element"):
            heading = node.named_children[0]
            parts = self._parts(heading)
            if node.type == "table_array_element":
                listed = (*self._resolve(parts[:-1]), parts[-1])
                index = self._last_index[listed] = self._last_index.get(listed, -1) + 1
                path: KeyPath = (*listed, index)
                self._values.setdefault(listed, _span(heading))
            else:
                path = self._resolve(parts)
            self._values[path] = self._keys[path] = _span(heading)
            for child in node.named_children[1:]:
                if child.type == "pair":
                    self._add_pair(child, path)

    def _resolve(self, parts: KeyPath) -> KeyPath:
        """Return the path of a heading, the last part of each list on the way filled in."""
        path: KeyPath = ()
        for part in parts:
            path = (*path, part)
            if path in self._last_index:
                path = (*path, self._last_index[path])
        return path

    def _add_pair(self, node: Node, inside: KeyPath) -> None:
        children = [child for child in node.named_children if child.type != "comment"]
        key, value = children[0], children[-1]
        path = (*inside, *self._parts(key))
        for length in range(len(inside) + 1, len(path) + 1):
            self._keys.setdefault(path[:length], _span(key))
            self._values.setdefault(path[:length], _span(key if length < len(path) else value))
        self._add_value(value, path)

    def _add_value(self, node: Node, path: KeyPath) -> None:
        if node.type == "array":
            members = [child for child in node.named_children if child.type != "comment"]
            for index, child in enumerate(members):
                self._values[(*path, index)] = _span(child)
                self._add_value(child, (*path, index))
        elif node.type == "inline_table":
            for child in node.named_children:
                if child.type == "pair":
                    self._add_pair(child, path)

    def _parts(self, node: Node) -> tuple[str, ...]:
        if node.type == "dotted_key":
            return tuple(part for child in node.named_children for part in self._parts(child))
        text = self._bytes[node.start_byte : node.end_byte].decode("utf-8", "replace")
        if node.type == "quoted_key":
            try:
                return tuple(tomllib.loads(f"{text} = 0"))
            except tomllib.TOMLDecodeError:
                return (text.strip("\"'"),)
        return (text,)


def _span(node: Node) -> Span:
    start, end = node.start_point, node.end_point
    return (start.row, start.column), (end.row, end.column)
