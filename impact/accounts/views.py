"""Sign in, sign out, join by invitation, my account."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from impact.accounts import sessions, storage
from impact.accounts.forms import ConfirmForm, SignInForm
from impact.accounts.guards import account, directory, public, signed_in
from impact.accounts.records import Account
from impact.accounts.rules import too_many

pages = Blueprint("accounts", __name__)
Answer = str | Response | tuple[str, int]


@pages.get("/connexion")
@public
def sign_in() -> Answer:
    """The form, or straight on for a person already signed in."""
    if account():
        return redirect(url_for("todo.index"))
    return render_template("accounts/sign_in.html", form=SignInForm(formdata=None), kept=[], resume="")


@pages.post("/connexion")
@public
def enter() -> Answer:
    """Check address and password; what an expired session interrupted is kept through a mistake."""
    form, kept, resume = SignInForm(), _kept_fields(), _local_path(request.form.get("resume", ""))
    found = _verified(form) if form.submitted() else None
    if found is None:
        return render_template("accounts/sign_in.html", form=form, kept=kept, resume=resume)
    sessions.start(found)
    if kept:
        return render_template("accounts/resume.html", kept=kept, resume=resume)
    return redirect(_local_path(request.args.get("next", "")) or url_for("todo.index"), 303)


@pages.post("/deconnexion")
@signed_in
def leave() -> Answer:
    """End the session here and for every copy of its cookie."""
    known = account()
    if known:
        sessions.end(known)
    answer = redirect(url_for("accounts.sign_in"), 303)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@pages.get("/mon-compte")
@signed_in
def me() -> Answer:
    """My name, my address, and the way out."""
    return render_template("accounts/me.html", form=ConfirmForm(formdata=None))


def _verified(form: SignInForm) -> Account | None:
    db, email = directory(), str(form.email.data)
    subjects = (f"account:{email.lower()}", f"address:{request.remote_addr}")
    attempts = [storage.add_attempt(db, subject) for subject in subjects]
    if too_many(max(attempts)):
        abort(429)
    found = storage.verify_password(db, email, str(form.password.data))
    if found is None:
        form.form_errors.append("L’adresse ou le mot de passe ne correspondent pas. Vérifiez les deux.")
        return None
    for subject in subjects:
        storage.forget_attempts(db, subject)
    return found


def _kept_fields() -> list[tuple[str, str]]:
    return [(name[5:], value) for name, value in request.form.items(multi=True) if name.startswith("kept-")]


def _local_path(path: str) -> str:
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else ""
