// Starts the client, then lets the service worker keep it for offline use.
// build/page.mjs fills in the names and writes this file as boot-<hash>.js: the page allows
// no inline script.

const notice = document.getElementById("boot");
try {
  const { default: init } = await import("{{JS}}");
  await init({ module_or_path: "{{WASM}}" });
  notice?.remove();
} catch (error) {
  if (notice) {
    notice.textContent =
      "Plaza could not start. Please load the page again; if that does not help, try a newer browser.";
  }
  throw error;
}

if ("{{PROFILE}}" !== "release") reloadWhenRebuilt();
else if ("serviceWorker" in navigator) {
  // Only when a canvas has been opened: a broken build is never kept, and who only starts or
  // joins a workshop loads no more than that needs.
  new PerformanceObserver((marks, observer) => {
    if (marks.getEntriesByName("plaza-open").length === 0) return;
    observer.disconnect();
    navigator.serviceWorker.register("/sw.js").catch((error) => {
      console.warn("Plaza will not open offline:", error.message);
    });
  }).observe({ type: "mark", buffered: true });
}

/** While developing: loads the page again when it belongs to another build. */
function reloadWhenRebuilt() {
  const { content } = document.querySelector("meta[name=plaza-build]");
  setInterval(async () => {
    const page = await fetch("/").then((answer) => answer.text()).catch(() => content);
    if (page.includes("plaza-build") && !page.includes(content)) location.reload();
  }, 1_000);
}
