"""French spacing of the templates' own words, set once when a template is compiled."""

from collections.abc import Iterator

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup

from impact.wording import french


class FrenchSpacing(Extension):
    """Passes the text between tags through `french`; attributes and expressions are left as they are."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Every `data` token, with the knowledge of whether the one before ended inside a tag."""
        inside = False
        for token in stream:
            if token.type == "data":
                text, inside = _space_text(str(token.value), inside)
                token = Token(token.lineno, token.type, text)
            yield token


def french_filter(text: str) -> str:
    """`french` for an expression: what is already safe markup stays so."""
    spaced = french(str(text))
    return Markup(spaced) if isinstance(text, Markup) else spaced


def _space_text(data: str, inside: bool) -> tuple[str, bool]:
    parts: list[str] = []
    while data:
        end = data.find(">" if inside else "<")
        piece, data = (data, "") if end < 0 else (data[: end + inside], data[end + inside :])
        parts.append(piece if inside else french(piece))
        inside = inside if end < 0 else not inside
    return "".join(parts), inside
