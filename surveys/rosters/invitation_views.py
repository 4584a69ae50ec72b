"""People invited to a wave by personal links, and what is written to them."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, g, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from impact.accounts.access import Action
from impact.accounts.guards import actor, allowed, community_db, instance, today
from impact.audit import Deed, note_access
from impact.exceptions import NotAllowed, NotFound, Refused
from impact.jobs import jobs
from impact.wording import plural
from surveys.forms import ConfirmForm
from surveys.pieces import poster_code, wave_url
from surveys.records import Wave
from surveys.rosters import invitation_storage as storage
from surveys.rosters.invitation_forms import InviteForm, LetterForm
from surveys.rosters.mail_settings import read_settings
from surveys.rosters.mailing import SEND_LETTERS
from surveys.rosters.mailing import messages as compose
from surveys.rosters.protection_storage import list_team
from surveys.rosters.records import Following, Invitation, Message
from surveys.rosters.rules import FIELDS, dialled, fill, is_due, read_list, reads_names, tells_who
from surveys.rosters.vocabulary import Letter, Public
from surveys.rules import state_on
from surveys.storage import get_wave
from surveys.tables import as_csv
from surveys.vocabulary import WaveState

pages = Blueprint(
    "invitations",
    __name__,
    template_folder="templates",
    url_prefix="/communautes/<slug>/questionnaires/vagues/<int:wave_id>/invitations",
)
Answer = str | AnyResponse
_KINDS = {"invitation": Letter.INVITATION, "relance": Letter.REMINDER}


@pages.before_request
def keep_tab() -> None:
    """Everything here belongs to the questionnaires."""
    g.tab = "surveys"


@pages.get("/")
@allowed(Action.RUN_SURVEYS)
def index(slug: str, wave_id: int) -> str:
    """Who was asked, who answered, by public."""
    wave, people, following = _read(wave_id)
    if people:
        note_access(community_db(), actor(), Deed.READ, "invitation", wave_id)
    return render_template(
        "rosters/invitations.html",
        wave=wave,
        following=following,
        people=people,
        turnouts=storage.turnouts(community_db(), wave_id),
        named=tells_who(wave.responses, following is not None),
        open=state_on(wave, today()) is not WaveState.CLOSED,
        waiting=sum(each.waits for each in people),
        mail=_mail_is_set(),
        unaddressed=sum(not (each.email or each.revoked) for each in people),
        outcomes=storage.list_outcomes(community_db(), wave_id),
        form=ConfirmForm(formdata=None),
        letters=list(_KINDS.items()),
    )


@pages.route("/ajouter", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def add(slug: str, wave_id: int) -> Answer:
    """Invite a pasted list."""
    wave, form = get_wave(community_db(), wave_id), InviteForm()
    if form.submitted():
        try:
            people = read_list(str(form.lines.data))
            public = Public(form.public.data)
            count = storage.add_invitations(community_db(), actor(), wave_id, public, people, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(f"{plural(count, 'personne a', 'personnes ont')} désormais un lien personnel.")
            return redirect(url_for("invitations.index", slug=slug, wave_id=wave_id), 303)
    return render_template("rosters/invite.html", wave=wave, form=form)


@pages.get("/<int:invitation_id>")
@allowed(Action.RUN_SURVEYS)
def show(slug: str, wave_id: int, invitation_id: int) -> str:
    """One person's link and code, to show or to dictate."""
    wave = _named(wave_id)
    invitation = storage.get_invitation(community_db(), wave_id, invitation_id)
    note_access(community_db(), actor(), Deed.READ, "invitation", invitation_id)
    url = _links(slug, [invitation])[invitation_id]
    return render_template(
        "rosters/invitation.html",
        wave=wave,
        found=invitation,
        following=storage.get_following(community_db(), wave_id),
        url=url,
        code=poster_code(url),
        form=ConfirmForm(formdata=None),
        letter=fill(storage.get_letter(community_db(), wave_id, Letter.INVITATION).words, invitation, wave, url),
    )


@pages.post("/<int:invitation_id>/<any(revoquer,renouveler):deed>")
@allowed(Action.RUN_SURVEYS)
def change(slug: str, wave_id: int, invitation_id: int, deed: str) -> Answer:
    """Kill a link, or replace it."""
    form, wave = ConfirmForm(), _named(wave_id)
    invitation = storage.get_invitation(community_db(), wave.id, invitation_id)
    if form.submitted():
        done = storage.revoke if deed == "revoquer" else storage.renew
        try:
            done(community_db(), actor(), invitation, form.once_key)
        except Refused as refusal:
            flash(str(refusal))
        else:
            flash("Ce lien ne mène plus au questionnaire." if deed == "revoquer" else "Un nouveau lien est prêt.")
    return redirect(url_for("invitations.show", slug=slug, wave_id=wave_id, invitation_id=invitation_id), 303)


@pages.route("/textes/<any(invitation,relance):kind>", methods=["GET", "POST"])
@allowed(Action.RUN_SURVEYS)
def letter(slug: str, wave_id: int, kind: str) -> Answer:
    """Write the text of the invitation or of the reminder."""
    wave = get_wave(community_db(), wave_id)
    stored = storage.get_letter(community_db(), wave_id, _KINDS[kind])
    form = LetterForm(obj=stored)
    if form.submitted():
        try:
            typed = form.as_record(_KINDS[kind])
            storage.save_letter(community_db(), actor(), wave, typed, form.version_read, form.once_key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Le texte est enregistré.")
            return redirect(url_for("invitations.index", slug=slug, wave_id=wave_id), 303)
    return render_template("rosters/letter.html", wave=wave, form=form, kind=_KINDS[kind], fields=FIELDS)


@pages.post("/exporter/<any(courrier,sms):channel>/<any(invitation,relance):kind>")
@allowed(Action.RUN_SURVEYS)
def export(slug: str, wave_id: int, channel: str, kind: str) -> Answer:
    """A table for mail merge or for a sender of SMS, noted as sent; a reminder leaves out whoever answered."""
    form, wave = ConfirmForm(), _collecting(wave_id)
    messages = compose(community_db(), wave, _KINDS[kind], _base(slug))
    if channel == "sms":
        messages = [each for each in messages if each.invitation.phone]
    back = redirect(url_for("invitations.index", slug=slug, wave_id=wave_id), 303)
    if not form.submitted() or not messages:
        flash("Personne à qui écrire par ce moyen : tout le monde a répondu, ou aucun numéro n’est connu.")
        return back
    sent = [each.invitation for each in messages]
    storage.note_sending(community_db(), actor(), _KINDS[kind], wave_id, sent, today(), form.once_key)
    response: Response = make_response(_table(messages, channel))
    response.headers["Content-Disposition"] = f'attachment; filename="{kind}-{channel}-{wave_id}.csv"'
    response.mimetype = "text/csv"
    return response


@pages.post("/envoyer/<any(invitation,relance):kind>")
@allowed(Action.RUN_SURVEYS)
def send(slug: str, wave_id: int, kind: str) -> Answer:
    """Let the worker send the e-mails, when the installation has a server for that."""
    form, wave = ConfirmForm(), _collecting(wave_id)
    if not _mail_is_set():
        raise NotFound
    if form.submitted():
        people = storage.list_invitations(community_db(), wave_id)
        due = sum(is_due(each, _KINDS[kind], today()) for each in people)
        if due:
            jobs().order(SEND_LETTERS, slug, wave.id, _KINDS[kind].value, _base(slug))
            flash(
                f"{plural(due, 'courriel part', 'courriels partent')}. Rechargez cette page pour savoir ce qui est parti."
            )
        else:
            flash("Rien à envoyer : ce courriel est déjà parti à chaque personne attendue qui a une adresse.")
    return redirect(url_for("invitations.index", slug=slug, wave_id=wave_id), 303)


def _mail_is_set() -> bool:
    """Whether letters may be ordered; a setting that cannot be read is told by the sending itself."""
    try:
        return read_settings(instance()) is not None
    except ValueError:
        return True


def _named(wave_id: int) -> Wave:
    """The wave, for whoever may read who was invited: in a cohort, its team. Raises NotAllowed."""
    following = storage.get_following(community_db(), wave_id)
    if following and not reads_names(actor(), list_team(community_db(), following.cohort_id)):
        raise NotAllowed
    return get_wave(community_db(), wave_id)


def _read(wave_id: int) -> tuple[Wave, list[Invitation], Following | None]:
    wave = _named(wave_id)
    people = storage.list_invitations(community_db(), wave_id)
    return wave, people, storage.get_following(community_db(), wave_id)


def _collecting(wave_id: int) -> Wave:
    """The wave; NotFound once its links are dead, since nobody should be sent one."""
    wave = _named(wave_id)
    if state_on(wave, today()) is WaveState.CLOSED:
        raise NotFound
    return wave


def _links(slug: str, people: Sequence[Invitation]) -> dict[int, str]:
    return {key: _base(slug) + token for key, token in storage.tokens(community_db(), people).items()}


def _base(slug: str) -> str:
    """The public address up to the token."""
    return wave_url(slug, "-").removesuffix("-")


def _table(messages: Sequence[Message], channel: str) -> bytes:
    if channel == "sms":
        return as_csv(("Téléphone", "Message"), [(dialled(each.invitation.phone), each.short) for each in messages])
    header = ("Prénom", "Nom complet", "Public", "Courriel", "Téléphone", "Lien", "Objet", "Message")
    rows = [
        (
            each.invitation.given_name,
            each.invitation.name,
            each.invitation.public.label,
            each.invitation.email,
            dialled(each.invitation.phone),
            each.link,
            each.subject,
            each.words,
        )
        for each in messages
    ]
    return as_csv(header, rows)
