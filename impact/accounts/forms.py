"""Sign-in, invitation, password."""

from wtforms import PasswordField

from impact.forms import Form, LineField, Needed


class SignInForm(Form):
    """Address and password."""

    email = LineField("Adresse électronique", [Needed("Écrivez votre adresse. Exemple : prenom@exemple.org.")])
    password = PasswordField("Mot de passe", [Needed("Écrivez votre mot de passe.")])


class JoinForm(Form):
    """What an invited person says of herself."""

    given_name = LineField("Votre prénom", longest=100)
    family_name = LineField("Votre nom", [Needed("Écrivez votre nom.")], longest=100)
    email = LineField("Votre adresse électronique", [Needed("Écrivez votre adresse. Exemple : prenom@exemple.org.")])
    password = PasswordField("Votre mot de passe", [Needed("Choisissez un mot de passe d’au moins 14 caractères.")])


class ConfirmForm(Form):
    """A button alone."""
