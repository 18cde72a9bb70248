// Fingers on a page, through Chromium's touch emulation.

export async function fingersOf(person) {
  const cdp = await person.person.context.newCDPSession(person.page);
  const send = (type, ...points) => {
    const touchPoints = points.map(({ x, y }, id) => ({ x, y, id, radiusX: 4, radiusY: 4, force: 1 }));
    return cdp.send("Input.dispatchTouchEvent", { type, touchPoints });
  };
  const between = (a, b, part) => ({ x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part });
  return {
    async tap(at) {
      await send("touchStart", at);
      await send("touchEnd");
    },
    async drag(from, to) {
      await send("touchStart", from);
      for (let i = 1; i <= 8; i++) await send("touchMove", between(from, to, i / 8));
      await send("touchEnd");
    },
    /** A finger rests until `held`, then moves on. */
    async hold(from, held, to) {
      await send("touchStart", from);
      await held();
      for (let i = 1; i <= 8; i++) await send("touchMove", between(from, to, i / 8));
      await send("touchEnd");
    },
    async pinch(center, from, to) {
      const pair = (apart) => [{ x: center.x - apart / 2, y: center.y }, { x: center.x + apart / 2, y: center.y }];
      await send("touchStart", pair(from)[0]);
      await send("touchStart", ...pair(from));
      for (let i = 1; i <= 8; i++) await send("touchMove", ...pair(from + ((to - from) * i) / 8));
      await send("touchEnd");
    },
  };
}
