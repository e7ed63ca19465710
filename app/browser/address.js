// @ts-check
// The address is the link to what is shown. Replaced, never added to as Streamlit's `query_params`
// do: the browser's Back leaves the page, it does not walk through every word that was typed. What
// embeds the app in another page stays.

/** @param {string} query */
export function writeAddress(query) {
  const kept = [...new URLSearchParams(location.search)].filter(([name]) =>
    name.startsWith("embed"),
  );
  const search = [query, new URLSearchParams(kept).toString()].filter(Boolean).join("&");
  if (location.search !== `?${search}`) {
    const address = location.pathname + (search && `?${search}`) + location.hash;
    history.replaceState(history.state, "", address);
  }
}

/** Draws nothing; for what changes without a run of the page. @param {{ data: string }} component */
export const address = ({ data }) => writeAddress(data);
