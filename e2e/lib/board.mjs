// The board's layer as one picture, though it is painted in tiles.

/** In the page: what the board shows, in bitmap pixels, as ImageData. */
export function boardPixels() {
  const stage = document.getElementById("stage").getBoundingClientRect();
  const scale = devicePixelRatio;
  const whole = new OffscreenCanvas(Math.floor(stage.width * scale), Math.floor(stage.height * scale));
  const context = whole.getContext("2d");
  for (const tile of document.querySelectorAll("#stage .tile")) {
    const { x, y } = tile.getBoundingClientRect();
    context.drawImage(tile, Math.round((x - stage.x) * scale), Math.round((y - stage.y) * scale));
  }
  return context.getImageData(0, 0, whole.width, whole.height);
}
