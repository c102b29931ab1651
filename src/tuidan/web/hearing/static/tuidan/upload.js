// Uploads in pieces on top of a form that works without this: progress, pause, going on after a break or a reload.
// Which file an unfinished upload belongs to is remembered by name, size and time; the bytes are never kept here.
(function () {
  "use strict";
  var WAITS = [1, 2, 4, 8, 15, 30, 60], REMEMBERED = "upload:";

  function say(form, name, values) {
    return Object.keys(values || {}).reduce(function (text, key) {
      return text.replace("{" + key + "}", values[key]);
    }, form.dataset[name]);
  }

  function token(form) { return form.elements.namedItem("csrfmiddlewaretoken").value; }

  function nameOf(form, file) {
    return REMEMBERED + form.dataset.begin + ":" + [file.name, file.size, file.lastModified].join(":");
  }

  function keyOf(form, file) {
    var name = nameOf(form, file), kept = JSON.parse(window.localStorage.getItem(name) || "null");
    if (!kept) {
      kept = { key: Array.from(window.crypto.getRandomValues(new Uint8Array(16)), function (b) { return b.toString(16).padStart(2, "0"); }).join(""), name: file.name, percent: 0 };
    }
    window.localStorage.setItem(name, JSON.stringify(kept));
    return kept;
  }

  function Refused(told) { this.told = told; }

  function ask(form, path, body, headers) {
    var all = Object.assign({ "X-CSRFToken": token(form) }, headers || {});
    return fetch(path, { method: "POST", body: body, headers: all, credentials: "same-origin" }).then(function (answer) {
      if (answer.ok) { return answer.json(); }
      if (answer.status >= 500 || answer.status === 400) { throw new Error(answer.status); }
      return answer.json().then(function (told) { throw new Refused(told); }, function () { throw new Refused({ code: "gone", sentence: form.dataset.failed }); });
    });
  }

  function rowFor(form, file) {
    var row = document.createElement("li"), name = document.createElement("strong"), bar = document.createElement("progress");
    var said = document.createElement("span"), button = document.createElement("button");
    row.className = "upload-row"; name.textContent = file.name; bar.max = 100; said.className = "small quiet";
    button.type = "button"; button.className = "plain"; button.textContent = form.dataset.pause;
    [name, bar, said, button].forEach(function (part) { row.appendChild(part); });
    document.getElementById("upload-progress").appendChild(row);
    return { row: row, bar: bar, said: said, button: button };
  }

  function Upload(form, file) {
    this.form = form; this.file = file; this.kept = keyOf(form, file); this.shown = rowFor(form, file);
    this.tries = 0; this.stopped = false;
    this.shown.button.addEventListener("click", this.toggle.bind(this));
  }

  Upload.prototype.percent = function () { return this.told ? Math.floor(100 * this.told.received / this.told.size) : 0; };

  Upload.prototype.draw = function (what, values) {
    this.shown.bar.value = this.percent();
    this.shown.said.textContent = say(this.form, what, Object.assign({ percent: this.percent() }, values));
  };

  Upload.prototype.toggle = function () {
    this.stopped = !this.stopped;
    this.shown.button.textContent = this.stopped ? this.form.dataset.goOn : this.form.dataset.pause;
    if (this.stopped) { this.draw("paused"); } else { this.tries = 0; this.begin(); }
  };

  Upload.prototype.begin = function () {
    var self = this, body = new URLSearchParams({ name: this.file.name, size: this.file.size, key: this.kept.key });
    this.draw("running");
    return ask(this.form, this.form.dataset.begin, body).then(function (told) { self.told = told; return self.next(); }).catch(self.trouble.bind(self));
  };

  Upload.prototype.next = function () {
    var self = this, told = this.told;
    if (this.stopped) { return null; }
    this.draw("running");
    this.kept.percent = this.percent();
    window.localStorage.setItem(nameOf(this.form, this.file), JSON.stringify(this.kept));
    if (told.state !== "uploading") { return this.done(); }
    if (told.received === told.size) {
      this.draw("finishing");
      return ask(this.form, this.form.dataset.files + told.n + "/finish/", new URLSearchParams()).then(this.done.bind(this));
    }
    var piece = this.file.slice(told.received, told.received + told.piece);
    return ask(this.form, this.form.dataset.files + told.n + "/pieces/", piece, { "Upload-Offset": String(told.received), "Content-Type": "application/octet-stream" })
      .then(function (after) { self.tries = 0; self.told = after; return self.next(); });
  };

  Upload.prototype.done = function () {
    window.localStorage.removeItem(nameOf(this.form, this.file));
    this.shown.row.remove();
    showDrafts(this.form);
  };

  // A refusal ends it, but for an offset that moved: then the server says where to go on.
  Upload.prototype.trouble = function (error) {
    var self = this;
    if (error instanceof Refused && error.told.code === "upload_offset_wrong" && this.tries++ < WAITS.length) { return this.begin(); }
    if (error instanceof Refused && error.told.code !== "upload_busy") {
      window.localStorage.removeItem(nameOf(this.form, this.file));
      this.shown.said.textContent = error.told.sentence; this.shown.said.className = "fault"; this.shown.button.remove();
      return null;
    }
    if (this.tries >= WAITS.length) { this.shown.said.textContent = this.form.dataset.failed; this.toggleToStopped(); return null; }
    var seconds = WAITS[this.tries++];
    this.draw("waiting", { seconds: seconds });
    window.setTimeout(function () { if (!self.stopped) { self.begin(); } }, seconds * 1000);
    return null;
  };

  Upload.prototype.toggleToStopped = function () { this.stopped = true; this.shown.button.textContent = this.form.dataset.goOn; };

  function showDrafts(form) {
    fetch(form.dataset.drafts, { credentials: "same-origin" }).then(function (answer) { return answer.text(); }).then(function (html) {
      var place = document.getElementById("drafts"), made = new DOMParser().parseFromString(html, "text/html").getElementById("drafts");
      if (!place || !made) { return; }
      place.replaceWith(made);
      if (window.htmx) { window.htmx.process(made); }
    });
  }

  function remind(form) {
    var place = document.getElementById("upload-progress"), begins = REMEMBERED + form.dataset.begin + ":";
    Object.keys(window.localStorage).filter(function (name) { return name.indexOf(begins) === 0; }).forEach(function (name) {
      var kept = JSON.parse(window.localStorage.getItem(name)), row = document.createElement("li");
      row.className = "small quiet";
      row.textContent = say(form, "again", { name: kept.name, percent: kept.percent });
      place.appendChild(row);
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    var form = document.getElementById("upload-form");
    if (!form || !window.fetch || !window.URLSearchParams) { return; }
    remind(form);
    form.addEventListener("submit", function (event) {
      var chosen = form.elements.namedItem("file"), files = Array.from(chosen.files);
      event.preventDefault();
      event.stopPropagation();
      document.querySelectorAll("#upload-progress > li:not(.upload-row)").forEach(function (row) { row.remove(); });
      // One after the other: a phone's line is shared by all of them anyway.
      files.reduce(function (before, file) {
        return before.then(function () { return new Upload(form, file).begin(); });
      }, Promise.resolve());
      form.reset();
    });
  });
})();
