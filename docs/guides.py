"""The guides written by hand in `guide/`, as pages of the application: its help says the same as the documentation."""

import re
from pathlib import Path

from markdown_it import MarkdownIt

from impact.pages import GUIDES
from impact.wording import french

FOLDER = Path(__file__).resolve().parent / "guide"
PAGES = "../impact/templates/pages/guides"
WRITTEN = "{# Written from docs/guide by `make docs`: correct it there. #}"


def guide_pages() -> dict[str, str]:
    """The template of each guide, by its place from `docs/`; raises LookupError when the help names other guides."""
    found = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md"))}
    if {name: title(text) for name, text in found.items()} != {name: french(said) for name, said in GUIDES.items()}:
        raise LookupError(f"impact.pages.GUIDES et docs/guide ne disent pas les mêmes titres : {sorted(found)}")
    return {f"{PAGES}/{name}.html": template(text) for name, text in found.items()}


def title(text: str) -> str:
    """What stands after the first `#`."""
    return text.partition("\n")[0].removeprefix("# ")


def template(text: str) -> str:
    """The page: its title in the heading, the rest in one sheet; wide tables and commands scroll by keyboard."""
    body = str(MarkdownIt("commonmark").enable("table").render(text.partition("\n")[2]))
    if "{{" in body or "{%" in body:
        raise ValueError("Un guide ne contient pas d’accolades doubles.")
    body = re.sub(r'<a href="\.\.[^"]*">(.*?)</a>', r"\1", body)
    for number in range(body.count("<table>")):
        named = f'<div class="cadre" tabindex="0" role="region" aria-label="Tableau {number + 1}"><table class="guide">'
        body = body.replace("<table>", named, 1)
    body = body.replace("</table>", "</table></div>").replace("<th>", '<th scope="col">')
    body = body.replace("<pre>", '<pre class="cadre" tabindex="0">')
    return "\n".join(
        (
            WRITTEN,
            '{% extends "layout.html" %}',
            '{% from "macros/page.html" import heading %}',
            f"{{% block title %}}{title(text)}{{% endblock %}}",
            "{% block content %}",
            f'{{{{ heading("{title(text)}", trail=[("Aide", url_for("pages.help_page"))]) }}}}',
            f'<section class="feuille guide">\n{body}</section>',
            "{% endblock %}\n",
        )
    )
