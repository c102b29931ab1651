// Small helps on top of pages that work without them: live countdowns, copying, one send per press,
// words kept through an expired sign-in, a character count. No words live here: they come from data attributes.
(function () {
  "use strict";
  var started = Date.now();

  function words() { return document.body.dataset; }

  // Same units as web/shared/moments.py: the two largest that are not zero.
  function left(seconds) {
    var w = words(), parts = [];
    var d = Math.floor(seconds / 86400), h = Math.floor(seconds % 86400 / 3600);
    var m = Math.floor(seconds % 3600 / 60), s = seconds % 60;
    if (d) { parts = h ? [d + w.unitDay, h + w.unitHour] : [d + w.unitDay]; }
    else if (h) { parts = m ? [h + w.unitHour, m + w.unitMinute] : [h + w.unitHour]; }
    else if (m) { parts = [m + w.unitMinute, s + w.unitSecond]; }
    else { parts = [s + w.unitSecond]; }
    return w.left.replace("{time}", parts.join(" "));
  }

  // The server's clock decides: each element carries the seconds left when it was drawn.
  function tick() {
    document.querySelectorAll("[data-seconds-left]").forEach(function (el) {
      if (!el.tuidanDrawn) { el.tuidanDrawn = Date.now(); }
      var gone = Math.floor((Date.now() - el.tuidanDrawn) / 1000);
      var seconds = Math.max(0, parseInt(el.dataset.secondsLeft, 10) - gone);
      var place = el.querySelector(".left");
      if (seconds > 0) { place.textContent = left(seconds); return; }
      if (el.hasAttribute("data-over")) { return; }
      place.textContent = words().over;
      el.setAttribute("data-over", "");
      if (el.dataset.whenOver === "reload" && Date.now() - started > 2000) { window.location.reload(); }
    });
  }

  function copy(event) {
    var button = event.target.closest("[data-copy]");
    if (!button || !navigator.clipboard) { return; }
    navigator.clipboard.writeText(button.dataset.copy).then(function () {
      var before = button.textContent;
      button.textContent = words().copied;
      window.setTimeout(function () { button.textContent = before; }, 1500);
      tellCopied(button);
    });
  }

  // What was copied of a shown code goes on record; when this fails nothing is lost.
  function tellCopied(button) {
    var form = document.getElementById("copied");
    if (!form || !button.dataset.copyTold) { return; }
    var told = new FormData(form);
    told.append("part", button.dataset.copyTold);
    fetch(form.action, { method: "POST", body: told, credentials: "same-origin" }).catch(function () {});
  }

  // A second press of the same button is not a second order; the server's key guards it too.
  function sendOnce(event) {
    var form = event.target;
    if (form.dataset.sent) { event.preventDefault(); return; }
    if (form.method !== "post" || form.hasAttribute("hx-post")) { return; }
    form.dataset.sent = "yes";
    var button = event.submitter;
    if (button) { button.setAttribute("aria-busy", "true"); }
    window.setTimeout(function () { delete form.dataset.sent; if (button) { button.removeAttribute("aria-busy"); } }, 8000);
    if (form.dataset.keep) { keep(form); }
  }

  function keep(form) {
    var kept = {};
    form.querySelectorAll("textarea, input[type=text]").forEach(function (field) { kept[field.name] = field.value; });
    window.sessionStorage.setItem("keep:" + form.dataset.keep, JSON.stringify(kept));
  }

  function bringBack() {
    document.querySelectorAll("[data-kept-done]").forEach(function (el) {
      window.sessionStorage.removeItem("keep:" + el.dataset.keptDone);
    });
    document.querySelectorAll("form[data-keep]").forEach(function (form) {
      var kept = JSON.parse(window.sessionStorage.getItem("keep:" + form.dataset.keep) || "{}");
      Object.keys(kept).forEach(function (name) {
        var field = form.elements.namedItem(name);
        if (field && !field.value && kept[name]) { field.value = kept[name]; }
      });
      form.addEventListener("input", function () { keep(form); });
    });
  }

  function count(field) {
    var place = document.getElementById(field.id + "-count");
    if (place) { place.textContent = Array.from(field.value).length + " / " + field.maxLength; }
  }

  // The total follows the quantity; the server computes it again.
  function total(field) {
    document.querySelectorAll("[data-total]").forEach(function (place) {
      var n = parseInt(field.value, 10), fen = parseInt(place.dataset.total, 10) * n;
      if (!(n >= 1 && n <= 10)) { return; }
      var text = (fen / 100).toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ",");
      place.querySelector(".amount").lastChild.textContent = text;
    });
  }

  // One key per act on desks; never while typing.
  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) { return; }
    var place = document.querySelector("[data-key='" + CSS.escape(event.key) + "']");
    if (place) { event.preventDefault(); place.focus(); if (place.tagName === "A" || place.type === "radio") { place.click(); } }
  }

  document.addEventListener("click", copy);
  document.addEventListener("submit", sendOnce);
  document.addEventListener("keydown", press);
  document.addEventListener("input", function (event) { 
    if (event.target.maxLength > 0) { count(event.target); }
    if (event.target.name === "quantity") { total(event.target); }
  });
  document.addEventListener("DOMContentLoaded", function () {
    bringBack();
    document.querySelectorAll("textarea[maxlength]").forEach(count);
    tick();
    window.setInterval(tick, 1000);
    var fault = document.querySelector(".fault-box");
    if (fault) { fault.focus(); }
  });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) {
      document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
      document.querySelectorAll("[aria-busy]").forEach(function (el) { el.removeAttribute("aria-busy"); });
    }
  });
})();
