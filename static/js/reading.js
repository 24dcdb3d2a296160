/* The reader's own choices of theme and type size. They stay in this browser: a cookie would
   make public pages differ in a shared cache. A blocking script, so that the first paint is
   already the chosen one. Buttons marked for it are hidden until it has run. */
(function () {
  "use strict";
  var root = document.documentElement;
  var choices = { theme: ["light", "dark"], zi: ["s", "l"] };
  var systemDark = matchMedia("(prefers-color-scheme: dark)");

  function kept(name) {
    try { return localStorage.getItem(name); } catch (error) { return null; }
  }
  function keep(name, value) {
    try {
      if (value) localStorage.setItem(name, value); else localStorage.removeItem(name);
    } catch (error) { /* Storage is refused: the choice lasts as long as the page. */ }
    set(name, value);
  }
  function set(name, value) {
    if (choices[name].indexOf(value) < 0) root.removeAttribute("data-" + name);
    else root.setAttribute("data-" + name, value);
    showPressed();
  }
  function setKept() {
    set("theme", kept("theme"));
    set("zi", kept("zi"));
  }
  function isDark() {
    var theme = root.getAttribute("data-theme");
    return theme ? theme === "dark" : systemDark.matches;
  }
  function toggleTheme() {
    var dark = !isDark();
    keep("theme", dark === systemDark.matches ? null : dark ? "dark" : "light");
  }
  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }
  function press(button, isPressed) {
    button.setAttribute("aria-pressed", isPressed ? "true" : "false");
  }
  function showPressed() {
    var zi = root.getAttribute("data-zi") || "m";
    each("[data-toggles-theme]", function (button) { press(button, isDark()); });
    each("button[data-sets-zi]", function (button) {
      press(button, button.getAttribute("data-sets-zi") === zi);
    });
  }
  function wake() {
    each("[data-needs-script]", function (element) { element.hidden = false; });
    showPressed();
    document.addEventListener("click", function (event) {
      var button = event.target.closest && event.target.closest("button");
      if (!button) return;
      if (button.hasAttribute("data-toggles-theme")) toggleTheme();
      if (button.hasAttribute("data-sets-zi")) keep("zi", button.getAttribute("data-sets-zi"));
      if (button.hasAttribute("data-prints")) print();
    });
  }

  setKept();
  addEventListener("storage", setKept);
  addEventListener("pageshow", function (event) { if (event.persisted) setKept(); });
  if (systemDark.addEventListener) systemDark.addEventListener("change", showPressed);
  document.addEventListener("DOMContentLoaded", wake);
})();
