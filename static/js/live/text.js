// Sentences from the page, filled in: numbers and plurals as the language of the page has them.
export const { lang } = document.documentElement;
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
export const number = (value) => value.toLocaleString(lang);
const rules = new Intl.PluralRules(lang);
export const plural = (forms, n) => fill(forms[rules.select(n)] ?? forms.other, { n: number(n) });
