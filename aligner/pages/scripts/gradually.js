// Draw a long page little by little: what comes near the view first, the rest when the browser has nothing else to do, so
// that nothing changes under a search of the browser later on, and all of it before it is printed. Each part of the page
// (`parts`) has some elements to draw (`elementsOf`); no frame is held up by more than a few of them.
function gradually(parts, elementsOf, draw) {
  const FRAME = 5; // milliseconds of a frame (16) that may be spent on drawing
  const waiting = new Map(parts.map((part) => [part, [...elementsOf(part)]]));
  const soon = new Set(); // the parts near the view

  // Draw what waits in a part, until the time is over; whether there is time left.
  function work(part, end = Infinity) {
    const elements = waiting.get(part) ?? [];
    while (elements.length) {
      if (performance.now() >= end) return false;
      draw(elements.shift());
    }
    waiting.delete(part);
    near.unobserve(part);
    return true;
  }

  function frame() {
    const end = performance.now() + FRAME;
    for (const part of soon) {
      if (!work(part, end)) break;
      soon.delete(part);
    }
    if (soon.size) requestAnimationFrame(frame);
  }

  const near = new IntersectionObserver((entries) => {
    const found = entries.filter(({ isIntersecting }) => isIntersecting);
    if (found.length && !soon.size) requestAnimationFrame(frame);
    for (const { target } of found) soon.add(target);
  }, { rootMargin: "100% 0px" });

  // Safari has no idle callbacks.
  const whenIdle = globalThis.requestIdleCallback
    ?? ((action) => setTimeout(() => action({ timeRemaining: () => FRAME }), 50));

  function rest(deadline) {
    const end = performance.now() + deadline.timeRemaining() - 1;
    for (const part of waiting.keys()) if (!work(part, end)) break;
    if (waiting.size) whenIdle(rest);
  }

  for (const part of parts) near.observe(part);
  addEventListener("beforeprint", () => { for (const part of [...waiting.keys()]) work(part); });
  whenIdle(rest);
}
