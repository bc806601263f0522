"""What a mail's template may say: a small, harmless part of Jinja2, checked before it is compiled.

A team's own mails come from a folder that many people may write to. Jinja2's sandbox keeps them from our
objects, but not from `{% for %}` over a billion, or from doubling a text forty times. So the language
itself is small: names, conditions, a few filters, one loop over the lines of a value, and partials: named
texts, such as the signature, that many mails include. Nothing can be called, nested loops and text arithmetic
can't be written, and what comes out has a limit.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from jinja2 import StrictUndefined, Template, nodes
from jinja2.exceptions import TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from playbook.toml_file import Mistake, nearest
from playbook.words import listed

LONGEST = 100_000  # characters of a made mail
MOST_LINES = 200  # of one value that a loop goes through

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If, nodes.CondExpr, nodes.Not,
    nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.Filter, nodes.For, nodes.Assign,
)  # fmt: skip
_ITEM = re.compile(r"\s*(?:-|\d{1,2}\.) ")
_OF_A_LOOP = ("index", "first", "last")  # `loop.index`: the one dot there is
_CALLED = {"Call": "calling", "Getattr": "a dot", "Getitem": "an index", "Test": '"is"', "Import": "importing",
           "FromImport": "importing", "Extends": "extending", "Macro": "a macro", "Include": "including here"}  # fmt: skip


def labelled(text: str, label: str) -> str:
    """`Symptom: text`; a text of several lines stands below its label, so that its lists stay lists."""
    return f"{label}:\n\n{text}\n" if "\n" in text.strip() else f"{label}: {text}"


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends with a mark of its own or with an item of a list."""
    text = text.rstrip()
    return text if not text or text[-1] in ".!?:;…" or _ITEM.match(text.rpartition("\n")[2]) else f"{text}."


def lines(text: str) -> list[str]:
    """The lines of a value that hold something, without a list mark: for `{% for line in x | lines %}`."""
    kept = [line.strip().removeprefix("- ").strip() for line in text.splitlines() if line.strip()]
    return kept[:MOST_LINES]


def numbered(text: str) -> str:
    """Several lines as steps: `1.`, `2.`, …; one line, paragraphs and what is a list already stay as they are."""
    kept = text.strip().splitlines()
    if len(kept) < 2 or not all(line.strip() for line in kept) or any(_ITEM.match(line) for line in kept):
        return text
    return "\n".join(f"{n}. {sentence(line.strip())}" for n, line in enumerate(kept, 1))


def together(text: str) -> str:
    """`Emi Ito, Per Mann` as a sentence has it: `Emi Ito and Per Mann`."""
    return listed([part.strip() for part in text.split(",") if part.strip()])


FILTERS = {"labelled": labelled, "sentence": sentence, "lines": lines, "numbered": numbered, "together": together}
_BUILT_IN = ("trim", "lower", "upper", "capitalize", "length", "first", "last", "default")


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _BUILT_IN} | FILTERS
    return environment


_JINJA = _environment()


class Words:
    """A compiled text. `names` are the variables it uses, each with the line where it does so first."""

    def __init__(self, source: str, line: int = 1, partials: Mapping[str, str] = MappingProxyType({})) -> None:
        """`line` is the file's line on which the source begins; `partials` are what it may include, by name.

        Raises `Mistake` whose path is a line.
        """
        source = "\n" * (line - 1) + source  # so that all line numbers are the file's
        try:
            tree = _JINJA.parse(source)
            _put_in(tree, partials)
            every = tuple(_walk(tree))
            _check(every)
            self.names = dict(_names(every))
            self._template: Template = _JINJA.from_string(tree)
        except TemplateSyntaxError as error:
            raise Mistake((error.lineno,), f"the template can't be read: {_ended(error.message or '')}") from None
        except RecursionError:
            raise Mistake((line,), "the template nests too deep.") from None

    def render(self, values: Mapping[str, object]) -> str:
        """The text with these values. Raises ValueError with a sentence."""
        parts: list[str] = []
        size = 0
        try:
            for part in self._template.generate(values):
                parts.append(part)
                size += len(part)
                if size > LONGEST:
                    raise ValueError(f"The mail would be longer than {LONGEST:,} characters.")
        except UndefinedError as error:
            raise ValueError(f"The mail can't be made: {error}.") from None
        except TypeError as error:  # a filter given what it can't take
            raise ValueError(f"The mail can't be made: {error}.") from None
        return "".join(parts)


def _put_in(tree: nodes.Template, partials: Mapping[str, str]) -> None:
    """Each partial's own nodes where it is included; one that includes another is refused by `_check`."""
    for node in list(_walk(tree)):
        for name, value in node.iter_fields():
            if isinstance(value, list):
                setattr(node, name, [one for inner in value for one in _instead(inner, partials)])


def _instead(node: object, partials: Mapping[str, str]) -> list[object]:
    if not isinstance(node, nodes.Include):
        return [node]
    name = node.template.value if isinstance(node.template, nodes.Const) else ""
    if name not in partials:
        raise Mistake((node.lineno,), f'there is no partial "{name}".{nearest(str(name), partials)}')
    return [one.set_lineno(node.lineno, override=True) for one in _JINJA.parse(partials[name]).body]


def _check(every: Iterable[nodes.Node]) -> None:
    for node in every:
        if not isinstance(node, _ALLOWED) and not _of_a_loop(node):
            name = type(node).__name__
            what = _CALLED.get(name, name.lower())
            raise Mistake((node.lineno,), f"{what} is not possible in a mail: it has names, conditions and filters.")
        if isinstance(node, nodes.Filter):
            _check_filter(node)
        if isinstance(node, nodes.For):
            _check_loop(node)


def _of_a_loop(node: nodes.Node) -> bool:
    if not isinstance(node, nodes.Getattr) or node.attr not in _OF_A_LOOP:
        return False
    return isinstance(node.node, nodes.Name) and node.node.name == "loop"


def _check_filter(node: nodes.Filter) -> None:
    known = (*FILTERS, *_BUILT_IN)
    if node.name not in known:
        raise Mistake((node.lineno,), f'there is no filter "{node.name}".{nearest(node.name, known)}')
    if not all(isinstance(one, nodes.Const) for one in node.args) or node.kwargs or node.dyn_args or node.dyn_kwargs:
        raise Mistake((node.lineno,), f'what the filter "{node.name}" is given must be a plain text or number.')


def _check_loop(node: nodes.For) -> None:
    over = node.iter
    if not (isinstance(over, nodes.Filter) and over.name == "lines") or node.recursive:
        raise Mistake((node.lineno,), "a loop goes over the lines of a value: {% for line in tried | lines %}.")
    if any(isinstance(inner, nodes.For) for part in node.body for inner in _walk(part)):
        raise Mistake((node.lineno,), "a loop inside a loop is not possible in a mail.")


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _names(every: Sequence[nodes.Node]) -> Iterator[tuple[str, int]]:
    """Names that are read and not set by the template itself, last first, so that the first line wins."""
    own = {node.name for node in every if isinstance(node, nodes.Name) and node.ctx == "store"}
    own |= {"loop"} if any(isinstance(node, nodes.For) for node in every) else set()
    for node in reversed(every):
        if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in own:
            yield node.name, node.lineno


def _ended(words: str) -> str:
    return words if words.endswith((".", "?")) else f"{words}."
