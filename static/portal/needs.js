// Fields that are asked only with a certain answer above: hidden while it is another. Without this script they say so.
(function () {
  "use strict";
  var waiting = Array.from(document.querySelectorAll("[data-needs]"));

  function follow() {
    waiting.forEach(function (field) {
      var parts = field.getAttribute("data-needs").split("=");
      var chosen = field.form.querySelector('[name="' + parts[0] + '"]:checked');
      field.closest(".field").hidden = !chosen || chosen.value !== parts[1];
    });
  }

  document.addEventListener("change", follow);
  follow();
})();
