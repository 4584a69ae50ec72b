"""The administrator's page for e-mails: the server that sends them, and a trial whose result is told as it is."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from impact.accounts.access import Action
from impact.accounts.guards import account, actor, allowed, directory, instance
from impact.audit import Deed, write
from impact.exceptions import NotFound, Refused
from surveys.forms import ConfirmForm
from surveys.rosters import mail_settings
from surveys.rosters.mail_forms import MailForm, TrialForm
from surveys.rosters.mail_settings import MailSettings
from surveys.rosters.rules import check_address
from surveys.rosters.vocabulary import Security

pages = Blueprint("mail", __name__, template_folder="templates", url_prefix="/installation/courriels")
Answer = str | Response


@pages.route("/", methods=["GET", "POST"])
@allowed(Action.MANAGE_INSTANCE)
def settings() -> Answer:
    """Set the server."""
    stored, _ = _read()
    form = MailForm(data=_shown(stored))
    if form.submitted():
        try:
            with write(directory(), actor(), form.once_key) as log:
                typed = form.as_record(stored.password if stored else "")
                mail_settings.save_settings(instance(), typed, form.version_read)
                log.note(Deed.CHANGE, "mail_settings")
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le réglage est enregistré. Envoyez un essai pour savoir s’il est bon.")
            return redirect(url_for("mail.settings"), 303)
    return _page(form, TrialForm(formdata=None, data={"address": _own_address()}))


@pages.post("/essai")
@allowed(Action.MANAGE_INSTANCE)
def trial() -> Answer:
    """Send one e-mail now, and say what the server answered."""
    stored, _ = _read()
    if stored is None:
        raise NotFound
    form = TrialForm()
    if form.submitted():
        try:
            mail_settings.send_trial(stored, check_address(str(form.address.data), "address"))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(f"Le serveur a pris l’essai pour {form.address.data}. Vérifiez qu’il arrive, indésirables compris.")
            return redirect(url_for("mail.settings"), 303)
    return _page(MailForm(formdata=None, data=_shown(stored)), form)


@pages.post("/oublier")
@allowed(Action.MANAGE_INSTANCE)
def forget() -> Answer:
    """Send nothing any more."""
    form = ConfirmForm()
    if form.submitted():
        with write(directory(), actor(), form.once_key) as log:
            mail_settings.forget_settings(instance())
            log.note(Deed.DELETE, "mail_settings")
        flash("Cette installation n’envoie plus de courriels.")
    return redirect(url_for("mail.settings"), 303)


def _page(form: MailForm, tried: TrialForm) -> str:
    stored, misread = _read()
    return render_template(
        "rosters/mail.html",
        form=form,
        trial=tried,
        confirm=ConfirmForm(formdata=None),
        stored=stored,
        misread=misread,
    )


def _read() -> tuple[MailSettings | None, bool]:
    """The settings, and whether the file is there but cannot be read."""
    try:
        return mail_settings.read_settings(instance()), False
    except ValueError:
        return None, True


def _shown(stored: MailSettings | None) -> dict[str, object]:
    version = str(mail_settings.settings_version(instance()))
    if stored is None:
        return {"port": 587, "security": Security.STARTTLS.value, "version": version}
    return {
        "host": stored.host,
        "port": stored.port,
        "security": stored.security,
        "sender": stored.sender,
        "user": stored.user,
        "version": version,
    }


def _own_address() -> str:
    known = account()
    return known.email if known else ""
