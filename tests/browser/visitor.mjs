// A reader with a browser of their own, for tests of what the site's script does.

/** What the pages say about the site as a whole: the prefix of what it stores, the day it was built for. */
export function about(site) {
  const [html] = site.text('index.html').match(/<html[^>]*>/);
  const value = (name) => new RegExp(`\\s${name}="?([\\w-]+)`).exec(html)[1];
  return { prefix: value('data-site'), built: JSON.parse(site.text('day.json')).day };
}

/** `visitor(t, options, prepare)` gives a page in a context of its own, which ends with the test; `prepare(page, context)` comes first. */
export const visitors = (context) => async (t, options = {}, prepare = async () => {}) => {
  const made = await context(options);
  t.after(() => made.close());
  const page = await made.newPage();
  await prepare(page, made);
  return { page, made };
};

/** Storage that throws when it is so much as looked at, as with cookies blocked. */
export const refuseStorage = (_, made) =>
  made.addInitScript(() => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused', 'SecurityError'); } }));

/** The reader comes back to the tab from another app. */
export const comeBack = (page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
