"""An address and a number are known by their look."""

import pytest

from impact.addresses import is_email, is_phone


@pytest.mark.parametrize("text", ["ode@exemple.fr", "o.d-e+1@mairie.haut-val.exemple.fr", "élodie@exemple.fr"])
def test_what_a_letter_can_reach(text: str) -> None:
    assert is_email(text)


@pytest.mark.parametrize(
    "text", ["", "ode", "ode@", "ode@exemple", "@exemple.fr", "ode@exemple..fr", "o de@exemple.fr"]
)
def test_what_no_letter_reaches(text: str) -> None:
    assert not is_email(text)


@pytest.mark.parametrize(
    ("text", "dialled"),
    [
        ("06 12 34 56 78", True),
        ("+33 (0)6.12.34.56.78", True),
        ("0612345678", True),
        ("12345", False),
        ("demander à la voisine", False),
        ("06 12 34 56 78 ou 79", False),
    ],
)
def test_what_can_be_dialled(text: str, dialled: bool) -> None:
    assert is_phone(text) is dialled
