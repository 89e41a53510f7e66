(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // A file may be dropped onto the form.
  for (const drop of all(".drop")) {
    const input = drop.querySelector("input[type=file]");
    for (const name of ["dragover", "dragenter"]) {
      drop.addEventListener(name, (event) => {
        event.preventDefault();
        drop.classList.add("over");
      });
    }
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
    });
  }

  // How far a draft or the corpus has come, as the server tells it; the page is loaded anew at the
  // end, unless somebody is at a field of a form or on the way to another page: to load it then
  // would take the field from under their hands, or drop what they have just sent.
  let touched = false;
  let renewing = false;
  const touch = () => {
    touched = true;
    if (renewing) stop();
  };
  for (const name of ["input", "drop", "submit"]) addEventListener(name, touch);
  addEventListener("focusin", (event) => { if (event.target.matches("input, select, textarea")) touch(); });
  addEventListener("beforeunload", () => { touched = true; });
  const progress = document.getElementById("progress");
  if (progress) {
    const bar = document.getElementById("bar");
    const source = new EventSource(progress.dataset.events);
    source.addEventListener("message", (event) => {
      const state = JSON.parse(event.data);
      if (state.stage === "waiting" || state.stage === "working") {
        progress.textContent = state.words;
        if (state.total) {
          bar.max = state.total;
          bar.value = state.done;
        }
      } else {
        source.close();
        if (touched) progress.textContent = "Done: load the page again to see it.";
        else {
          renewing = true;
          location.reload();
        }
      }
    });
  }

  // Keys: the next remark, the one before, set aside.
  const remarks = all("article.finding");
  if (remarks.length) {
    for (const hint of all(".keys")) hint.hidden = false;
    // From what was set aside a moment ago the next remark is the one below it.
    const just = document.getElementById("just");
    const below = just ? remarks.findIndex((one) => just.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) : 0;
    let fresh = Boolean(just);
    let at = (below < 0 ? remarks.length : below) - 1;
    const shows = (one) => {
      const box = one.getBoundingClientRect();
      return box.bottom > 0 && box.top < innerHeight;
    };
    const marks = (remark) => all(`a[href="#${CSS.escape(remark.id)}"]`, document.querySelector("main")).filter((a) => a.closest(".sheet-page"));
    const go = (to) => {
      at = Math.max(0, Math.min(remarks.length - 1, to));
      const remark = remarks[at];
      for (const mark of all(".sheet-page a.on")) mark.classList.remove("on");
      const own = marks(remark);
      for (const mark of own) mark.classList.add("on");
      // The shorter of page and remarks stays in view beside the longer: first the mark, then the remark.
      if (own.length) own[0].scrollIntoView({ block: "center" });
      const head = remark.getBoundingClientRect().top;
      if (!own.length || head < 0 || head > innerHeight - 160) remark.scrollIntoView({ block: "start" });
      remark.focus({ preventScroll: true });
    };
    // Who has scrolled away, or followed a link, goes on from what is in view.
    const next = (step) => {
      if (fresh || (at >= 0 && shows(remarks[at]))) {
        fresh = false;
        return go(at + step);
      }
      const first = remarks.findIndex((one) => one.getBoundingClientRect().top >= 0);
      if (step > 0) go(first < 0 ? remarks.length - 1 : first);
      else go((first < 0 ? remarks.length : first) - 1);
    };
    // A panel that opens, by mouse or by key, takes what is typed: it is the reason.
    remarks.forEach((remark, i) => {
      const panel = remark.querySelector("details.aside");
      if (!panel) return;
      panel.addEventListener("toggle", () => {
        if (!panel.open) return;
        at = i;
        panel.querySelector("input[name=reason]").focus();
      });
    });
    addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
      if (event.target.closest("details.aside[open]")) return;
      if (event.key === "n") next(1);
      else if (event.key === "p") next(-1);
      else if (event.key === "s" && at >= 0) {
        const panel = remarks[at].querySelector("details.aside");
        if (!panel) return;
        panel.open = true;
        panel.querySelector("input[name=reason]").focus();
        event.preventDefault();
      }
    });
  }
})();
