// Sets the remembered theme before the first paint; a classic script, so that nothing flashes.
try {
  const theme = localStorage.getItem("phone.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden: the system's theme holds.
}
