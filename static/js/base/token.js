// A page that was opened before its reader chose a nickname, in another tab, carries a token that counts no more.
// The cookie knows the new one: it goes into every form that is sent, and into `fresh()` for what scripts send.
// Pages of somebody signed in keep theirs: they must not act for somebody else who came in afterwards.
// Not part of app.js: a phone in the hall has nothing to load it for.
const known = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];

export function fresh(form) {
  const field = form.elements.csrfmiddlewaretoken;
  if (field && "visitor" in document.body.dataset) field.value = known() ?? field.value;
  return field?.value;
}

addEventListener("submit", ({ target }) => fresh(target), true);
