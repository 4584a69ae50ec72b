/* Keeps a respondent's answers on her device until they have been received, and says at each moment where they are.
   The page is whole without it. The form's one-use key goes with the draft: however often it is sent, it counts once. */
"use strict";

(function () {
  const form = document.querySelector("form[data-draft-kept]");
  const said = document.getElementById("brouillon");
  if (!form || !said) return;

  const PLACE = "reponse:" + location.pathname;
  const DAYS = 7, RETRY_SECONDS = 15, DAY = 86400000;
  let sending = false, waiting = 0;

  function stored() {
    try {
      const draft = JSON.parse(localStorage.getItem(PLACE));
      if (draft && Date.now() - draft.at < DAYS * DAY) return draft;
    } catch (unreadable) { /* A draft that cannot be read is none. */ }
    erase();
    return null;
  }

  function erase() {
    try { localStorage.removeItem(PLACE); } catch (closed) { /* No storage, no draft. */ }
  }

  function keep() {
    const values = {};
    new FormData(form).forEach((value, name) => { (values[name] = values[name] || []).push(value); });
    try {
      localStorage.setItem(PLACE, JSON.stringify({ at: Date.now(), values }));
      return true;
    } catch (full) {
      return false;
    }
  }

  function put(values) {
    for (const field of form.elements) {
      const given = values[field.name];
      if (field.type === "radio" || field.type === "checkbox") field.checked = Boolean(given && given.includes(field.value));
      else if (given && field.name) field.value = given[0];
    }
  }

  // In the order of the page: what depends on a hidden question is hidden too. The server keeps no answer to either.
  function showWhatIsAsked() {
    for (const part of form.querySelectorAll("[data-shown-if]")) {
      const answers = part.dataset.shownAmong.split(" ");
      const chosen = [...form.querySelectorAll(`[name="${CSS.escape(part.dataset.shownIf)}"]:checked`)];
      part.hidden = !chosen.some((each) => answers.includes(each.value) && !each.closest("[hidden]"));
    }
  }

  function say(words, erasable) {
    said.replaceChildren();
    const line = document.createElement("p");
    line.textContent = words;
    said.append(line);
    if (erasable) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn lien";
      button.textContent = form.dataset.draftErase;
      button.addEventListener("click", () => { erase(); location.replace(location.href); });
      said.append(button);
    }
    said.hidden = false;
  }

  async function send() {
    if (sending) return;
    sending = true;
    clearTimeout(waiting);
    const kept = keep();
    say(form.dataset.sending, false);
    let answer;
    try {
      answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), cache: "no-store" });
    } catch (cut) {
      sending = false;
      say(kept ? form.dataset.offline : form.dataset.unread, kept);
      if (kept) waiting = setTimeout(send, RETRY_SECONDS * 1000);
      return;
    }
    if (answer.redirected) {
      erase();
      location.replace(answer.url);
    } else if (answer.ok) {
      form.submit(); // Something is to be corrected: the page that says so is the server's.
    } else {
      sending = false;
      say(answer.status === 404 ? form.dataset.notTaken : form.dataset.unread, kept);
    }
  }

  const draft = stored();
  const corrected = document.querySelector(".encart.erreur");
  if (draft && !corrected) {
    put(draft.values);
    say(form.dataset.draftBack, true);
  }
  showWhatIsAsked();
  form.addEventListener("input", () => { showWhatIsAsked(); if (!sending && keep()) say(form.dataset.draftKept, true); });
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  addEventListener("online", () => { if (waiting && !sending) send(); });
})();
