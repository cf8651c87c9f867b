// Shows a page anew when the site changes, and says so where the records have mistakes. Only `redletter serve` has it.
"use strict";
(() => {
  const address = new URL("../api/live", document.currentScript.src);
  address.searchParams.set("language", document.documentElement.lang);
  let version = null;
  let banner = null;
  const show = (warning, problems) => {
    banner?.remove();
    banner = null;
    if (!warning) return;
    banner = document.createElement("div");
    banner.className = "live-banner";
    banner.setAttribute("role", "alert");
    const text = document.createElement("p");
    text.textContent = warning;
    banner.append(text);
    const list = document.createElement("ul");
    for (const problem of problems ?? []) {
      const line = document.createElement("li");
      line.textContent = problem;
      line.dir = "ltr";
      list.append(line);
    }
    if (list.childElementCount) banner.append(list);
    document.body.prepend(banner);
  };
  const listen = () => {
    const news = new EventSource(address);
    news.onmessage = (message) => {
      const told = JSON.parse(message.data);
      if (version !== null && version !== told.version) {
        news.close();
        location.reload();
        return;
      }
      version = told.version;
      show(told.warning, told.problems);
    };
    addEventListener("pagehide", () => news.close(), { once: true });
  };
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  listen();
})();
