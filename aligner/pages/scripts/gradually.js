// Draw a long page little by little: each part when it comes near the view, the rest when the browser has nothing else to
// do, so that nothing changes under a search of the browser later on, and all of it before it is printed.
function gradually(parts, draw) {
  const waiting = new Set(parts);

  function take(part) {
    if (!waiting.delete(part)) return;
    near.unobserve(part);
    draw(part);
  }

  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) take(target);
  }, { rootMargin: "100% 0px" });

  // Safari has no idle callbacks.
  const whenIdle = (work) => (globalThis.requestIdleCallback ? requestIdleCallback(work) : setTimeout(work, 30));

  function rest() {
    const end = performance.now() + 6; // less than half a frame
    for (const part of waiting) {
      if (performance.now() > end) break;
      take(part);
    }
    if (waiting.size) whenIdle(rest);
  }

  for (const part of waiting) near.observe(part);
  addEventListener("beforeprint", () => waiting.forEach(take));
  whenIdle(rest);
}
