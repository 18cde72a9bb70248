// Starts the client, then lets the service worker keep it for offline use.
// post-build.mjs fills in the names and writes this file as boot-<hash>.js:
// the page allows no inline script.

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

// Only after a good start, so that a broken build is never kept. Not while
// developing: a page from the store would hide the latest change.
if ("{{PROFILE}}" === "release" && "serviceWorker" in navigator) {
  navigator.serviceWorker.register("/sw.js").catch((error) => {
    console.warn("Plaza will not open offline:", error.message);
  });
}
