// The address is the link to what is shown. Replaced, never added to: the browser's Back leaves the page, it does not
// walk through every word that was typed. What embeds the app in another page stays.
function writeAddress(query) {
  const kept = [...new URLSearchParams(location.search)].filter(([name]) => name.startsWith("embed"));
  const search = [query, new URLSearchParams(kept).toString()].filter(Boolean).join("&");
  if (location.search !== `?${search}`) {
    history.replaceState(history.state, "", location.pathname + (search && `?${search}`) + location.hash);
  }
}
