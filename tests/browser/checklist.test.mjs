// The checklist as plain HTML: real boxes, real labels, all of it visible and working without a script.

import assert from 'node:assert/strict';
import test from 'node:test';
import { bestGuide } from './pages.mjs';
import { inspect, none, PHONE, start } from './browser.mjs';

const { site, context, open, each } = await start();

const guides = site.pages.filter((page) => ['guide', 'general'].includes(page.type));
/** The guides with the longest pages, one a language: enough for what does not depend on the words. */
const best = site.locales.map(({ id }) => bestGuide(site, id));

/** Every guide, read once without script. */
const read = once(async () => {
  const { results } = await each(guides, { js: false, viewport: PHONE }, async (tab, page) => {
    const client = await tab.context().newCDPSession(tab);
    const { root } = await client.send('DOM.getDocument', { depth: 0 });
    const { nodes } = await client.send('Accessibility.queryAXTree', { nodeId: root.nodeId, role: 'checkbox' });
    await client.detach();
    const squeeze = (words) => (words ?? '').replace(/\s+/g, ' ').trim();
    return {
      ...page,
      boxes: nodes.filter(({ ignored }) => !ignored).map(({ name }) => ({ name: squeeze(name?.value) })),
      ...(await inspect(tab, look, page.path)),
    };
  });
  return results;
});

function once(make) {
  let made;
  return () => (made ??= make());
}

/** What the tests below want to know about a guide. */
function look(path, { where, text, visible }) {
  const checklist = document.getElementById('checklist');
  const found = [];
  const items = [...(checklist?.querySelectorAll('.item') ?? [])];
  for (const item of items) {
    const say = (wrong) => found.push(`/${path} ${where(item)} ${wrong}`);
    const boxes = item.querySelectorAll('input');
    const labels = item.querySelectorAll('label');
    if (item.localName !== 'li' || !item.parentElement.matches('ul, ol')) say('is no entry of a list');
    if (!visible(item)) say('is not visible');
    if (boxes.length !== 1 || boxes[0].type !== 'checkbox') say(`has ${boxes.length} boxes`);
    else if (!visible(boxes[0])) say('has a box that is not visible');
    else if (boxes[0].checked || boxes[0].disabled) say('has a box that is ticked or disabled from the start');
    else if (boxes[0].name || boxes[0].form) say('has a box that would be sent somewhere');
    if (labels.length !== 1 || labels[0].control !== boxes[0] || !labels[0].htmlFor) say('has no label of its own');
    else if (!visible(labels[0]) || !text(labels[0])) say('has an empty label');
    const conditions = [...item.querySelectorAll('.only')];
    const wanted = (item.dataset.when ? 1 : 0) + (item.dataset.unless ? 1 : 0);
    if (conditions.length !== wanted) say(`has ${conditions.length} conditions in words, not ${wanted}`);
    for (const condition of conditions) {
      if (!visible(condition) || !text(condition)) say('has a condition that is not visible');
      if (condition.compareDocumentPosition(item.querySelector('label')) !== Node.DOCUMENT_POSITION_FOLLOWING) say('says its condition after the item');
    }
  }
  for (const group of checklist?.querySelectorAll('.group') ?? []) {
    const heading = group.querySelector('h3');
    if (!heading || !visible(heading) || !text(heading)) found.push(`/${path} ${where(group)} has no heading`);
    if (!group.querySelector('.item')) found.push(`/${path} ${where(group)} has no item`);
  }
  const dead = [...document.querySelectorAll('button, dialog[open], [role="button"], input:not([type="checkbox"])')].filter(visible).map((control) => `/${path} ${where(control)}`);
  const spoken = [...document.querySelectorAll('#card .spoken')].filter((line) => visible(line) && text(line));
  return {
    found,
    dead,
    items: items.map((item) => ({
      id: item.querySelector('input').id.slice(5),
      label: text(item.querySelector('label')),
    })),
    card: spoken.map((line) => ({ name: where(line), lang: line.lang, size: parseFloat(getComputedStyle(line).fontSize) })),
    gloss: document.querySelector('#card .gloss') !== null,
  };
}

test('CL-1 without script every item of every guide is a visible box with a label, grouped under the name of its step', async () => {
  const pages = await read();
  none(pages.flatMap(({ found }) => found), 'items');
  none(pages.flatMap(({ dead }) => dead), 'controls that are visible and can do nothing');
  assert.ok(pages.filter(({ items }) => items.length > 0).length >= site.locales.length, 'guides with a checklist');
});

test('CL-1 ticking works without script, by touch and by keyboard', async () => {
  const made = await context({ js: false, viewport: PHONE });
  const page = await made.newPage();
  for (const { path } of best) {
    await open(page, path);
    const items = page.locator('.checklist .item');
    const last = (await items.count()) - 1;
    const ticked = async (at) => items.nth(at).locator('input').isChecked();
    await items.nth(0).locator('label').tap();
    assert.equal(await ticked(0), true, `/${path}: touching the words ticks the box`);
    await items.nth(last).locator('input').focus();
    await page.keyboard.press('Space');
    assert.equal(await ticked(last), true, `/${path}: Space ticks the box`);
    await page.keyboard.press('Space');
    assert.equal(await ticked(last), false, `/${path}: Space takes the tick away`);
    assert.equal(await page.locator('.checklist input:checked').count(), 1, `/${path}: one box is ticked`);
  }
  await made.close();
});

test('CL-9 the whole row is the target: box, hint and the room beside them', async () => {
  const made = await context({ js: false, viewport: PHONE });
  const page = await made.newPage();
  for (const { path } of best) {
    await open(page, path);
    const row = page.locator('.checklist .item', { has: page.locator('.hint:not(:has(a))') }).first();
    const box = row.locator('input');
    let expected = false;
    const flips = async (what, act) => {
      await act();
      expected = !expected;
      assert.equal(await box.isChecked(), expected, `/${path}: a click on ${what} toggles the box`);
    };
    const at = async (locator) => {
      const { x, y, width, height } = await locator.boundingBox();
      return [x + width / 2, y + height / 2];
    };
    await row.scrollIntoViewIfNeeded();
    await flips('the box', async () => page.mouse.click(...(await at(box))));
    await flips('the hint', async () => page.mouse.click(...(await at(row.locator('.hint')))));
    const { x, y, width, height } = await row.boundingBox();
    await flips('the end of the row', async () => page.mouse.click(site.locales.find(({ id }) => path.startsWith(`${id}/`)).dir === 'rtl' ? x + 3 : x + width - 3, y + height / 2));
  }
  await made.close();
});

test('CL-10 a link in a row is followed without ticking the box', async () => {
  const made = await context({ js: false, viewport: PHONE });
  const page = await made.newPage();
  let followed = 0;
  for (const { path } of guides.filter(({ locale }) => locale === 'en')) {
    if (followed === 3) break;
    await open(page, path);
    const links = page.locator('.checklist .item a[href^="#"]');
    if ((await links.count()) === 0) continue;
    const link = links.first();
    const href = await link.getAttribute('href');
    await link.click();
    await page.waitForURL((url) => url.hash === href);
    assert.equal(await page.locator('.checklist input:checked').count(), 0, `/${path}: following ${href} ticks a box`);
    followed++;
  }
  assert.ok(followed > 0, 'no row of any checklist has a link');
  await made.close();
});

test('CL-31 a box is named by the words of its item alone', async () => {
  const problems = [];
  for (const { path, items, boxes } of await read()) {
    if (boxes.length !== items.length) problems.push(`/${path}: ${boxes.length} boxes for ${items.length} items`);
    else {
      items.forEach(({ id, label }, at) => {
        if (boxes[at].name !== label) problems.push(`/${path} item ${id} is named “${boxes[at].name}”, not “${label}”`);
      });
    }
  }
  none(problems, 'names of boxes');
});

test('CL-31 hints and warnings stand behind the box, and with the script they describe it', async () => {
  const { results } = await each(guides, { viewport: PHONE }, (tab, page) =>
    inspect(tab, (path, { text, visible }) =>
      [...document.querySelectorAll('.checklist .item')].flatMap((row) => {
        const box = row.querySelector('input');
        const described = (box.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id));
        return [...row.querySelectorAll(':scope > .hint, :scope > .before')].filter(visible).flatMap((part) => [
          ...(described.includes(part) ? [] : [`/${path} item ${row.querySelector('input').id.slice(5)} is not described by “${text(part)}”`]),
          ...(box.compareDocumentPosition(part) === Node.DOCUMENT_POSITION_FOLLOWING ? [] : [`/${path} item ${row.querySelector('input').id.slice(5)} says “${text(part)}” before its box`]),
        ]);
      }), page.path),
  );
  none(results, 'descriptions of boxes');
});

test('CL-31 Tab moves through the checklist in the order of its rows', async () => {
  const made = await context({ js: false, viewport: PHONE });
  const page = await made.newPage();
  for (const { path } of best) {
    await open(page, path);
    const wanted = await inspect(page, () => [...document.querySelectorAll('.checklist :is(input, a[href])')].map((stop) => stop.id || stop.getAttribute('href')));
    const rows = await inspect(page, () => [...document.querySelectorAll('.checklist .item')].map((item) => item.getBoundingClientRect().top));
    assert.deepEqual(rows, [...rows].sort((a, b) => a - b), `/${path}: rows stand in their order`);
    await page.locator('.checklist :is(input, a[href])').first().focus();
    const met = [];
    for (let at = 0; at < wanted.length; at++) {
      met.push(await inspect(page, () => document.activeElement.id || document.activeElement.getAttribute('href')));
      await page.keyboard.press('Tab');
    }
    assert.deepEqual(met, wanted, `/${path}: stops of the Tab key`);
  }
  await made.close();
});

test('CL-3 three lines to write on are on paper alone', async () => {
  const made = await context({ js: false });
  const page = await made.newPage();
  for (const { path } of best) {
    await open(page, path);
    const lines = () =>
      inspect(page, (_, { text, visible }) =>
        [...document.querySelectorAll('.checklist .write-in > li')].map((line) => ({ shown: visible(line), words: text(line), height: line.getBoundingClientRect().height, line: getComputedStyle(line).borderBlockEndStyle })),
      );
    assert.deepEqual((await lines()).map(({ shown }) => shown), [false, false, false], `/${path}: on the screen`);
    await page.emulateMedia({ media: 'print' });
    const printed = await lines();
    assert.deepEqual(printed.map(({ shown }) => shown), [true, true, true], `/${path}: on paper`);
    assert.equal(new Set(printed.map(({ words }) => words)).size, 3, `/${path}: each line says what for`);
    for (const { words, height, line } of printed) assert.ok(height > 30 && line !== 'none', `/${path} “${words}” leaves room to write: ${height} px, ${line} line`);
    await page.emulateMedia({ media: null });
  }
  await made.close();
});

test('CC-1 every carrier guide has a counter card in Urdu and English, large enough to be read across a counter', async () => {
  const problems = [];
  for (const { path, type, locale, card, gloss } of await read()) {
    for (const [lang, least] of [['ur', 22], ['en', 18]]) {
      const lines = card.filter((line) => line.lang === lang);
      if (type === 'guide' && lines.length === 0) problems.push(`/${path} has no counter card in ${lang}`);
      for (const { name, size } of lines) if (size < least) problems.push(`/${path} ${name} is ${size} px, not ${least}`);
    }
    if (locale === 'zh' && card.length > 0 && !gloss) problems.push(`/${path} does not say in Chinese what the card says`);
  }
  none(problems, 'counter cards');
});
