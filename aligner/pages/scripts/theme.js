"use strict";
// Before the first paint: the theme the reader chose last time. Storage may be closed; then the system decides.
try {
  const theme = localStorage.getItem("aligner.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch { /* private window */ }
