// The board's layer as one picture, though it is painted in tiles, or sketched over them.

/** In the page: what the board shows, in bitmap pixels, as ImageData. */
export function boardPixels() {
  const stage = document.getElementById("stage").getBoundingClientRect();
  const scale = devicePixelRatio;
  const whole = new OffscreenCanvas(Math.floor(stage.width * scale), Math.floor(stage.height * scale));
  const context = whole.getContext("2d");
  for (const canvas of document.querySelectorAll("#stage .tile, #stage .sketch")) {
    const { x, y, width } = canvas.getBoundingClientRect();
    if (width === 0) continue;
    context.drawImage(canvas, Math.round((x - stage.x) * scale), Math.round((y - stage.y) * scale));
  }
  return context.getImageData(0, 0, whole.width, whole.height);
}
