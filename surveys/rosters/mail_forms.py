"""The server that sends e-mails."""

from wtforms import PasswordField

from impact.forms import ChoiceField, EditForm, Form, LineField, Needed, NumberField, TickField
from surveys.rosters.mail_settings import MailSettings
from surveys.rosters.rules import check_address
from surveys.rosters.vocabulary import Security


class MailForm(EditForm):
    """Where e-mails leave from; a password left blank stays as it is, and none is ever shown again."""

    host = LineField("Serveur d’envoi", [Needed("Écrivez le nom du serveur. Exemple : smtp.exemple.fr")], longest=120)
    port = NumberField("Port", [Needed("Écrivez le port. Exemple : 587")], lowest=1, highest=65_535)
    security = ChoiceField("Chiffrement", [(each.value, each.label) for each in Security], "Choisissez le chiffrement.")
    sender = LineField("Adresse d’expédition", [Needed("Écrivez l’adresse que les personnes verront.")], longest=120)
    user = LineField("Nom d’utilisateur", longest=120)
    password = PasswordField("Mot de passe")
    forget = TickField("Oublier le mot de passe gardé")

    def as_record(self, kept: str) -> MailSettings:
        """What was typed, with the password kept so far when none was; raises Refused for a wrong sender."""
        password = "" if self.forget.data else str(self.password.data or "") or kept
        return MailSettings(
            str(self.host.data),
            check_address(str(self.sender.data), "sender"),
            int(self.port.data),
            str(self.security.data),
            str(self.user.data or ""),
            password,
        )


class TrialForm(Form):
    """Where to send a trial."""

    address = LineField("Adresse où envoyer l’essai", [Needed("Écrivez une adresse.")], longest=120)
