// Waiting for conditions.

const EVERY_MS = 40;

/** Resolves with the first truthy answer of `condition`; fails saying what was awaited and what was last seen. */
export async function until(what, condition, timeoutMs = 15_000) {
  const end = Date.now() + timeoutMs;
  let seen;
  for (;;) {
    try {
      const answer = await condition((value) => (seen = value));
      if (answer) return answer;
    } catch (error) {
      seen = error.message;
    }
    if (Date.now() > end) throw new Error(`waited ${timeoutMs / 1000} s for ${what}; last seen: ${show(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}

function show(value) {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text?.slice(0, 1_500);
}
