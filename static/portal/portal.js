// What a page does better with JavaScript; everything here also works, a little slower, without it.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.remove("no-js");

  function on(type, selector, act) {
    document.addEventListener(type, function (event) {
      var found = event.target.closest && event.target.closest(selector);
      if (found) { act(found, event); }
    });
  }

  // Light or dark: kept in a cookie, so that the server writes it into the next page.
  function isDark() {
    var chosen = root.getAttribute("data-bs-theme");
    return chosen ? chosen === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  }
  on("click", "[data-theme-switch]", function () {
    var theme = isDark() ? "light" : "dark";
    root.setAttribute("data-bs-theme", theme);
    var secure = location.protocol === "https:" ? ";secure" : "";
    document.cookie = "theme=" + theme + ";path=/;max-age=31536000;samesite=lax" + secure;
    document.querySelectorAll('meta[name="theme-color"]').forEach(function (meta) {
      meta.setAttribute("content", theme === "dark" ? "#12151b" : "#f5f4f0");
    });
  });

  // A common phrase goes into its opinion box: instead of another phrase, else behind what is written.
  on("click", "[data-fill]", function (button) {
    var box = document.getElementById(button.getAttribute("data-fill"));
    var phrase = button.textContent.trim();
    var phrases = Array.from(button.parentNode.children).map(function (other) { return other.textContent.trim(); });
    var written = box.value.trim();
    box.value = !written || phrases.indexOf(written) >= 0 ? phrase : written + phrase;
    box.focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // Copy ready text; old web views know only the selection.
  function copyBySelection(box) {
    box.focus();
    box.select();
    box.setSelectionRange(0, box.value.length);
    return document.execCommand("copy");
  }
  on("click", "[data-copy]", function (button) {
    var box = document.getElementById(button.getAttribute("data-copy"));
    var words = button.querySelector("span") || button;
    var before = words.textContent;
    function done() {
      words.textContent = button.getAttribute("data-done");
      setTimeout(function () { words.textContent = before; }, 2000);
    }
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(box.value).then(done, function () { if (copyBySelection(box)) { done(); } });
    } else if (copyBySelection(box)) { done(); }
  });

  // One submission is enough. The button is disabled only after its name and value are on their way; it comes back
  // with the page, after htmx's answer, or in ten seconds, when the answer was a file and the page stayed.
  var busy = [];
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.method !== "post") { return; }
    if (form.hasAttribute("data-sent")) { event.preventDefault(); return; }
    form.setAttribute("data-sent", "");
    busy.push(form);
    setTimeout(function () { buttonsOf(form).forEach(function (button) { button.disabled = true; }); }, 0);
    setTimeout(function () { ready(form); }, 10000);
  });
  function buttonsOf(form) {
    return Array.from(form.elements).filter(function (part) {
      return part.type === "submit" && !part.disabled || part.hasAttribute("data-busy");
    }).map(function (part) { part.setAttribute("data-busy", ""); return part; });
  }
  function ready(form) {
    form.removeAttribute("data-sent");
    buttonsOf(form).forEach(function (button) { button.disabled = false; button.removeAttribute("data-busy"); });
  }
  window.addEventListener("pageshow", function () { busy.splice(0).forEach(ready); });
  document.addEventListener("htmx:afterRequest", function (event) {
    var form = event.target.closest && event.target.closest("form");
    if (form) { ready(form); }
  });

  // Filters apply as they are chosen; their button is for readers without JavaScript.
  on("change", "form[data-autosubmit] select, form[data-autosubmit] input[type=checkbox], form[data-autosubmit] input[type=radio], form[data-autosubmit] input[type=date]", function (field) {
    if (field.form.requestSubmit) { field.form.requestSubmit(); } else { field.form.submit(); }
  });

  // Panels and menus: Escape, a tap outside and 返回 close them; the focus goes in and comes back.
  var PANELS = "details.confirm[open], details.more[open], details.me[open]";
  function close(panel) {
    panel.open = false;
    panel.querySelector("summary").focus();
  }
  on("click", "[data-close]", function (button) { close(button.closest("details")); });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      var open = document.querySelectorAll(PANELS);
      if (open.length) { close(open[open.length - 1]); }
    }
  });
  document.addEventListener("click", function (event) {
    document.querySelectorAll(PANELS).forEach(function (panel) {
      if (!panel.contains(event.target)) { panel.open = false; }
    });
  });
  document.addEventListener("toggle", function (event) {
    var panel = event.target;
    if (panel.open && panel.matches("details.confirm")) {
      var field = panel.querySelector("textarea, input:not([type=hidden]), select");
      if (field) { field.focus(); }
    }
  }, true);

  // Fold and unfold a long list: data-unfold names what is shown, the words change with it.
  on("click", "[data-unfold]", function (button) {
    var hidden = document.getElementById(button.getAttribute("data-unfold"));
    hidden.hidden = !hidden.hidden;
    button.setAttribute("aria-expanded", String(!hidden.hidden));
  });

  // Filter a list that is already on the page: each row is found by its text and its data-keys (拼音, initials).
  on("input", "[data-filter]", function (box) {
    var wanted = box.value.trim().toLowerCase();
    var list = document.getElementById(box.getAttribute("data-filter"));
    var shown = 0;
    Array.from(list.children).forEach(function (row) {
      var keys = (row.textContent + " " + (row.getAttribute("data-keys") || "")).toLowerCase();
      row.hidden = Boolean(wanted) && keys.indexOf(wanted) < 0;
      shown += row.hidden ? 0 : 1;
    });
    var none = document.getElementById(list.id + "-none");
    if (none) { none.hidden = shown > 0; }
  });

  on("click", "[data-print]", function () { window.print(); });

  // A button that waits for answers counts the groups of choices still open: data-left="{n}" holds its words.
  function countLeft(form) {
    var button = form.querySelector("[data-left]") || document.querySelector('[data-left][form="' + form.id + '"]');
    if (!button) { return; }
    var names = {};
    form.querySelectorAll("input[type=radio]").forEach(function (radio) { names[radio.name] = names[radio.name] || radio.checked; });
    var left = Object.keys(names).filter(function (name) { return !names[name]; }).length;
    button.dataset.done = button.dataset.done || button.textContent;
    button.disabled = left > 0;
    button.textContent = left ? button.getAttribute("data-left").replace("{n}", left) : button.dataset.done;
  }
  on("change", "form[data-count-left]", countLeft);
  document.querySelectorAll("form[data-count-left]").forEach(countLeft);
})();
