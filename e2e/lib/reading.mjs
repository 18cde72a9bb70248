// What a page shows to a reader: texts that are cut, reach beyond the window, or are in no other language.

/** Texts that do not fit where they stand. */
export function cutTexts(page) {
  return page.evaluate(() => {
    const found = [];
    const isShown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    for (const element of document.body.querySelectorAll("*")) {
      const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
      const text = own.map((node) => node.data.trim()).join(" ").trim();
      if (!text || !isShown(element) || element.closest(".visually-hidden, [translate=no], .skip, textarea, option")) continue;
      const box = element.getBoundingClientRect();
      if (box.width <= 1 || box.height <= 1) continue;
      for (let around = element; around && around !== document.body; around = around.parentElement) {
        const style = getComputedStyle(around);
        const clips = style.overflowX === "hidden" || style.overflowX === "clip" || style.textOverflow === "ellipsis";
        const outer = around.getBoundingClientRect();
        if (clips && around.scrollWidth > around.clientWidth + 1 && (box.right > outer.right + 1 || box.left < outer.left - 1 || around === element)) {
          found.push(`cut: ${text}`);
          break;
        }
      }
      if (box.right > innerWidth + 1 || box.left < -1) {
        const scrolls = element.closest(".toolbar, .properties, .tabs, dialog, .dialog");
        if (!scrolls) found.push(`beyond the window: ${text}`);
      }
    }
    return found;
  });
}

/** Texts that a pseudo-language has left as they are. `isPseudo` is a pattern of what it makes of a text. */
export function untranslated(page, isPseudo) {
  return page.evaluate((source) => {
    const pattern = new RegExp(source, "u");
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const { data, parentElement } = walker.currentNode;
      if (!/\p{L}{2}/u.test(data) || data.trim() === "Plaza" || pattern.test(data)) continue;
      if (parentElement.closest("[translate=no], script, noscript, style, textarea, .language-choice select, #prompts, [lang]:not(html), kbd, .qr-address")) continue;
      found.push(data.trim());
    }
    for (const element of document.body.querySelectorAll("[aria-label], [title], [placeholder]")) {
      for (const name of ["aria-label", "title", "placeholder"]) {
        const value = element.getAttribute(name);
        if (!value || !/\p{L}{2}/u.test(value) || pattern.test(value) || element.closest("[translate=no]")) continue;
        found.push(`${name}: ${value}`);
      }
    }
    return found;
  }, isPseudo.source);
}
