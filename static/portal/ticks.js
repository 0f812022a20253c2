// A list to tick off: one box ticks all of it, and the count follows. Without this script the one box says the same.
(function () {
  "use strict";

  function boxesOf(all) {
    var list = document.getElementById(all.getAttribute("data-tick-all"));
    return Array.from(list.querySelectorAll("input[type=checkbox]"));
  }

  function count(all) {
    var boxes = boxesOf(all);
    var ticked = boxes.filter(function (box) { return box.checked; }).length;
    all.checked = boxes.length > 0 && ticked === boxes.length;
    document.querySelectorAll('[data-ticked-in="' + all.getAttribute("data-tick-all") + '"]').forEach(function (place) {
      place.textContent = String(ticked);
    });
  }

  document.querySelectorAll("[data-tick-all]").forEach(function (all) {
    if (all.checked) { tickAll(all); }
    count(all);
    all.addEventListener("change", function () {
      tickAll(all);
      count(all);
    });
    document.getElementById(all.getAttribute("data-tick-all")).addEventListener("change", function () { count(all); });
  });

  function tickAll(all) {
    boxesOf(all).forEach(function (box) { if (!box.disabled) { box.checked = all.checked; } });
  }
})();
