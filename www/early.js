// Runs before the first paint: the chosen appearance is applied, and the page stays hidden while its texts are still
// in another language than the reader's. The time limit is for a connection that breaks before the other scripts come.
(() => {
  function stored(name) {
    try {
      return window.localStorage.getItem(name) || window.history.state?.[name];
    } catch (_) {
      return window.history.state?.[name];
    }
  }

  var root = document.documentElement;
  var theme = stored("tiyin.theme");
  var media = { light: "not all", dark: "all" }[theme];
  if (media) document.getElementById("dark-style").media = media;

  var language = stored("tiyin.language") || (navigator.languages || [])[0] || "uz";
  if (language.slice(0, 2) === "uz") return;
  root.classList.add("starting");
  setTimeout(() => root.classList.remove("starting"), 1500);
})();
