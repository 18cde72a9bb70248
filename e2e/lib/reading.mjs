// What a page shows to a reader: texts that are cut, reach beyond the window, or are in no other language.

/**
 * Texts that do not fit where they stand. What people have written is left out: a long title ends in an ellipsis
 * and is whole in its tooltip and in the list of canvases, a link in its field is copied by a button.
 */
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
        const { overflowX, overflowY, textOverflow } = getComputedStyle(around);
        const outer = around.getBoundingClientRect();
        const clips = (overflow) => overflow === "hidden" || overflow === "clip";
        const isWide = around.scrollWidth > around.clientWidth + 1 && (box.right > outer.right + 1 || box.left < outer.left - 1 || around === element);
        const isHigh = around.scrollHeight > around.clientHeight + 1 && (box.bottom > outer.bottom + 1 || box.top < outer.top - 1 || around === element);
        if (((clips(overflowX) || textOverflow === "ellipsis") && isWide) || (clips(overflowY) && isHigh)) {
          found.push(`cut: ${text}`);
          break;
        }
      }
      // On phones a finger pushes the styles of what is selected: two rows of them would leave no board.
      const strip = element.closest(".properties");
      const isPushed = strip && getComputedStyle(strip).overflowX === "auto";
      if ((box.right > innerWidth + 1 || box.left < -1) && !isPushed) found.push(`beyond the window: ${text}`);
    }
    // A placeholder has no box of its own to be measured by.
    const pen = document.createElement("canvas").getContext("2d");
    for (const field of document.querySelectorAll("input[placeholder]:placeholder-shown")) {
      const { font, paddingLeft, paddingRight } = getComputedStyle(field);
      pen.font = font;
      const room = field.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
      if (isShown(field) && pen.measureText(field.placeholder).width > room + 1) found.push(`cut: ${field.placeholder}`);
    }
    return found;
  });
}

/** Buttons, links and fields that lie under others or beyond the window. Above all is what can be closed. */
export function covered(page) {
  return page.evaluate(() => {
    const ABOVE = ".panel, .outline, .find, .dialog-back, .message";
    const found = [];
    for (const control of document.body.querySelectorAll("button, a[href], input, select")) {
      if (!control.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || control.closest(".visually-hidden, .skip")) continue;
      const box = control.getBoundingClientRect();
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      // What has been scrolled away by whoever may scroll it; aside only where a finger pushes the strip.
      const isAway = (around) => {
        const outer = around.getBoundingClientRect();
        if (!/auto|scroll/.test(getComputedStyle(around).overflow)) return false;
        return y < outer.top || y > outer.bottom || (around.matches(".properties") && (x < outer.left || x > outer.right));
      };
      let around = control.parentElement;
      while (around && !isAway(around)) around = around.parentElement;
      const pageScrolls = document.scrollingElement.scrollHeight > innerHeight + 1;
      if (around || (pageScrolls && (y < 0 || y > innerHeight))) continue;
      const top = document.elementFromPoint(x, y);
      if (top && (control.contains(top) || top.contains(control) || top.closest("label")?.contains(control) || top.closest(ABOVE))) continue;
      found.push(`${control.getAttribute("aria-label") ?? control.textContent.trim()}: ${top ? `under ${top.className || top.localName}` : "beyond the window"}`);
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
