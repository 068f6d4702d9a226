// What tests of the checklist do again and again: open one, look at it, tick, read and seed what it stores.

import assert from 'node:assert/strict';

/** A guide's checklist as a page shows it: its count, its rows, the parts that speak. */
export const look = (page) =>
  page.evaluate(() => {
    const text = (element) => element.textContent.replace(/\s+/g, ' ').trim();
    const shown = (element) => Boolean(element) && element.checkVisibility();
    const checklist = document.querySelector('guide-checklist');
    const part = (name) => {
      const element = checklist.querySelector(`[data-part="${name}"]`);
      return shown(element) ? element.innerText.replace(/\s+/g, ' ').trim() : null;
    };
    const rows = [...checklist.querySelectorAll('[data-item]')].map((row) => ({
      id: row.dataset.item,
      on: row.querySelector('input').checked,
      shown: shown(row),
      label: text(row.querySelector('label')),
      done: shown(row.querySelector('.done')) ? text(row.querySelector('.done')) : null,
      flag: shown(row.querySelector('.flag')) ? text(row.querySelector('.flag')) : null,
    }));
    return {
      rows,
      count: part('count'),
      bar: { value: checklist.querySelector('progress').value, max: checklist.querySelector('progress').max },
      chips: [...checklist.querySelectorAll('.chips input')].map(({ value, checked }) => ({ id: value, on: checked })),
      stills: [...checklist.querySelectorAll('.still')].filter(shown).map((panel) => ({
        text: panel.innerText.replace(/\s+/g, ' ').trim(),
        open: [...panel.querySelectorAll('a')].map((link) => link.hash.slice(1)),
        risk: panel.querySelectorAll('p').length > 1,
      })),
      status: checklist.querySelector('[role=status]').textContent,
      ...Object.fromEntries(['rewritten', 'refused', 'newer', 'finished', 'note', 'incoming', 'hand', 'remind'].map((name) => [name, part(name)])),
    };
  });

/** Where a page's checklist is stored. */
export const storageKey = (page) => page.evaluate(() => `${document.querySelector('guide-checklist').dataset.site}:checklist:${document.querySelector('guide-checklist').getAttribute('guide')}`);

/** What is stored for it: nothing, or the value as it was written. */
export async function stored(page) {
  const text = await page.evaluate((key) => localStorage.getItem(key), await storageKey(page));
  return text === null ? null : JSON.parse(text);
}

/** Clicks a row's words, as readers do. */
export const tick = (page, id) => page.locator(`label[for="item-${id}"]`).click();

/** Clicks a situation. */
export const choose = (page, id) => page.locator(`.chips label:has([value="${id}"])`).click();

/** The script's own words: the template a string has on the page, as a pattern that takes any value in its places. */
export async function wording(page, name) {
  // The form for one is there only where it is another.
  const text = await page.evaluate((key) => {
    const checklist = document.querySelector('guide-checklist');
    return checklist.getAttribute(`data-t-${key}`) ?? checklist.getAttribute(`data-t-${key.replace(/-one$/, '-other')}`);
  }, name);
  assert.ok(text, `the page has the words ${name}`);
  return new RegExp(`^${text.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '(.+)')}$`, 'u');
}

/** Loads the page again with this in the place of its checklist; the value as text, or to be written as JSON. */
export async function seed(page, value) {
  await page.evaluate(([key, text]) => localStorage.setItem(key, text), [await storageKey(page), typeof value === 'string' ? value : JSON.stringify(value)]);
  await page.reload();
}

/** Serves pages of the context with their HTML changed. */
export const rewrite = (context, edit) =>
  context.route(
    (url) => url.pathname.endsWith('/'),
    async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: edit(await response.text()) });
    },
  );

/** Fails on what the console complained of while the tests of a context ran. */
export async function close(context) {
  await context.close();
  assert.deepEqual(context.errors, [], 'errors on the console');
}
