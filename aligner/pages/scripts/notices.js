// A line that says what happened or why not, for some seconds.
const notices = (() => {
  const toast = dom.one(".toast");
  let fading;

  function say(text) {
    if (!text) return;
    toast.value = text;
    clearTimeout(fading);
    fading = setTimeout(() => { toast.value = ""; }, 3500);
  }

  // Do something that the beads may refuse; then the reason is shown. Whether it was done.
  function attempt(action) {
    try {
      action();
      return true;
    } catch (error) {
      if (!(error instanceof edits.Conflict)) throw error;
      say(error.message);
      return false;
    }
  }

  return { attempt, say };
})();
