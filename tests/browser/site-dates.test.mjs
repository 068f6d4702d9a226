// The day that counts, reckoned from a day only the reader knows: calendar arithmetic, its words, and what is stored.

import assert from 'node:assert/strict';
import test from 'node:test';
import { start } from './browser.mjs';
import { about, comeBack, refuseStorage, visitors } from './visitor.mjs';

const { site, context, open } = await start();
const { prefix } = about(site);
const tab = visitors(context);
const html = (page) => site.text(`${page.path}index.html`);
/** A guide that asks for the day; the address leads to the field, which is folded otherwise. */
const asking = (locale, asks) => {
  const found = site.pages.find((page) => page.locale === locale && page.path.endsWith('/') && new RegExp(`<div[^>]*data-asks="?${asks}\\b`).test(html(page)));
  return { ...found, path: `${found.path}#dates` };
};

/** Serves the page with another rule than the facts give. */
const rule = (amount, unit) => (page) =>
  page.route(/\/$/, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/data-rules=("?)([\d-]*)\*\d+\*\w+/, (_, quote, day) => `data-rules=${quote}${day}*${amount}*${unit}`);
    await route.fulfill({ response, body });
  });
const answer = (page) => page.locator('#dates output').evaluate((own) => ({ text: own.textContent, due: own.querySelector('time')?.dateTime ?? null }));
const enter = async (page, day) => {
  await page.locator('#dates input').fill(day);
  await page.locator('#dates input').dispatchEvent('change');
  return answer(page);
};

const page = asking('en', 'activation');
const ARITHMETIC = [
  // A count of days knows months, leap years and the turn of the year.
  ['2026-01-01', 1, 'days', '2026-01-02'],
  ['2026-02-28', 1, 'days', '2026-03-01'],
  ['2024-02-28', 1, 'days', '2024-02-29'],
  ['2025-11-22', 365, 'days', '2026-11-22'],
  ['2023-11-22', 365, 'days', '2024-11-21'],
  ['2025-12-31', 60, 'days', '2026-03-01'],
  ['2000-01-01', 10000, 'days', '2027-05-19'],
  // The nights in which clocks change have 23 and 25 hours.
  ['2026-03-28', 2, 'days', '2026-03-30'],
  ['2026-10-24', 2, 'days', '2026-10-26'],
  ['2026-02-20', 2, 'weeks', '2026-03-06'],
  // A month that has no such day ends it.
  ['2026-01-31', 1, 'months', '2026-02-28'],
  ['2024-01-31', 1, 'months', '2024-02-29'],
  ['2026-03-31', 1, 'months', '2026-04-30'],
  ['2026-08-31', 6, 'months', '2027-02-28'],
  ['2023-08-31', 6, 'months', '2024-02-29'],
  ['2026-05-15', 6, 'months', '2026-11-15'],
  ['2026-07-31', 5, 'months', '2026-12-31'],
  ['2026-06-30', 6, 'months', '2026-12-30'],
  ['2026-11-30', 3, 'months', '2027-02-28'],
  ['2026-12-31', 14, 'months', '2028-02-29'],
  ['2024-02-29', 1, 'years', '2025-02-28'],
  ['2024-02-29', 4, 'years', '2028-02-29'],
  ['1999-12-31', 1, 'years', '2000-12-31'],
];

for (const timezoneId of ['Asia/Karachi', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Europe/London']) {
  test(`dates: a day, a rule, the day it leads to (${timezoneId})`, async (t) => {
    // Zones differ in their nights, not in their calendar: one reckons everything, the others what could slip by a day.
    const cases = timezoneId === 'Asia/Karachi' ? ARITHMETIC : ARITHMETIC.filter(([, amount, unit]) => `${amount} ${unit}` === '2 days' || `${amount} ${unit}` === '6 months');
    for (const name of new Set(cases.map(([, amount, unit]) => `${amount} ${unit}`))) {
      const [amount, unit] = name.split(' ');
      const rules = cases.filter((one) => name === `${one[1]} ${one[2]}`);
      const { page: own, made } = await tab(t, { timezoneId }, async (page) => {
        await page.clock.setFixedTime(new Date('2031-06-15T21:30:00Z'));
        await rule(amount, unit)(page);
      });
      await open(own, page.path);
      for (const [day, , , due] of rules) assert.equal((await enter(own, day)).due, due, `${day} and ${amount} ${unit}`);
      await made.close();
    }
  });
}

test('dates: today is the day of the reader’s calendar, and never before the newest review on the page', async (t) => {
  // 20:30 in London is the next day in Karachi, 14 hours further in Kiribati, and noon in Los Angeles.
  for (const [timezoneId, left] of [['Asia/Karachi', 9], ['Pacific/Kiritimati', 9], ['Europe/London', 10], ['America/Los_Angeles', 10]]) {
    const { page: own } = await tab(t, { timezoneId }, async (page) => {
      await page.clock.setFixedTime(new Date('2026-12-31T20:30:00Z'));
      await rule(10, 'days')(page);
    });
    await open(own, page.path);
    assert.match((await enter(own, '2026-12-31')).text, new RegExp(`\\b${left} days`), timezoneId);
  }
  const { page: own } = await tab(t, {}, async (page) => {
    await page.clock.setFixedTime(new Date('2001-01-01T12:00:00Z'));
    await rule(10, 'days')(page);
  });
  await open(own, page.path);
  const reviewed = await own.evaluate(() => document.documentElement.dataset.reviewed);
  assert.match((await enter(own, reviewed)).text, /\b10 days/);
});

test('dates: what is said before, on and after the day, in every language', async (t) => {
  for (const { id } of site.locales) {
    for (const asks of ['activation', 'last-use']) {
      const { page: own, made } = await tab(t, { timezoneId: 'Asia/Karachi' }, async (page) => {
        await page.clock.setFixedTime(new Date('2027-03-02T07:00:00Z'));
        await rule(30, 'days')(page);
      });
      const { path } = asking(id, asks);
      await open(own, path);
      const said = new Map();
      for (const [name, day] of [['far', '2027-02-20'], ['tomorrow', '2027-02-01'], ['today', '2027-01-31'], ['yesterday', '2027-01-30'], ['long ago', '2020-01-31'], ['to come', '2027-03-03']]) {
        const { text, due } = await enter(own, day);
        assert.ok(text && !/[{}]/.test(text), `/${path} ${name}: “${text}”`);
        assert.doesNotMatch(text, /[٠-٩۰-۹]/);
        if (name !== 'to come') assert.ok(due, name);
        said.set(name, text);
      }
      assert.equal(new Set(said.values()).size, said.size, [...said.values()].join('\n'));
      for (const [name, n] of [['far', '20'], ['tomorrow', '1']]) assert.match(said.get(name), new RegExp(`(^|\\D)${n}(\\D|$)`), `/${path} ${said.get(name)}`);
      if (id === 'en') {
        assert.match(said.get('tomorrow'), /\b1 day\b/);
        for (const past of ['yesterday', 'long ago']) assert.doesNotMatch(said.get(past), /\bdays?\b.*ago|\d,\d/, 'days long past are not counted');
      }
      assert.deepEqual(made.errors, []);
    }
  }
});

test('dates: beside the answer stands the rule; the field is there with a script alone', async (t) => {
  for (const js of [true, false]) {
    for (const { id } of site.locales) {
      const { page: own } = await tab(t, { js });
      await open(own, asking(id, 'activation').path);
      const section = own.locator('#dates');
      assert.ok(await section.isVisible(), 'a link opens what is folded');
      assert.match(await section.locator('p').first().textContent(), /\d/, 'the rule with its figure');
      assert.equal(await section.locator('input:visible, button:visible, output:visible').count(), js ? 1 : 0, 'a field with script alone');
      assert.ok((await own.locator('.evidence .links a').count()) > 0, 'the way to the evidence');
    }
  }
});

test('dates: who has to wait can set the situation that says so', async (t) => {
  const found = site.locales.map(({ id }) => site.pages.find((own) => own.locale === id && own.path.endsWith('/') && /id="?dates"?[^>]* data-situation=/.test(html(own)))).filter(Boolean);
  assert.equal(found.length, site.locales.length, 'guides whose rule names a situation');
  for (const { path } of found) {
    const { page: own, made } = await tab(t, {}, (page) => page.clock.setFixedTime(new Date('2027-03-02T07:00:00Z')));
    await open(own, `${path}#dates`);
    const button = own.locator('#dates button[value]');
    await enter(own, '2010-01-01');
    assert.equal(await button.isVisible(), false, 'old enough');
    await enter(own, '2027-02-01');
    assert.equal(await button.isVisible(), true, 'too new');
    const situation = await button.getAttribute('value');
    await button.click();
    assert.equal(await own.locator(`.chips [value="${situation}"]`).isChecked(), true);
    assert.equal(await button.isVisible(), false, 'done');
    assert.equal(await own.evaluate(() => document.activeElement.value), situation, 'the reader is led to the checklist');
    assert.deepEqual(made.errors, []);
  }
});

test('dates: a SIM older than the rule is told that the rule may not hold for it', async (t) => {
  const { page: own } = await tab(t, {}, (page) => page.clock.setFixedTime(new Date('2026-11-22T07:00:00Z')));
  await open(own, page.path);
  const [, , , from] = (await own.locator('#dates').getAttribute('data-rules')).split('*');
  assert.match(from, /^\d{4}-\d\d-\d\d$/);
  const older = own.locator('#dates .older');
  const before = new Date(Date.parse(from) - 864e5).toISOString().slice(0, 10);
  for (const [day, warned] of [[from, false], [before, true], ['2015-01-01', false]]) {
    await enter(own, day);
    assert.equal(await older.isVisible(), warned, day);
  }
});

test('dates: the day is kept on the device, for every guide and language, until it is forgotten', async (t) => {
  const { page: own, made } = await tab(t);
  const key = `${prefix}:date:activation`;
  const kept = () => own.evaluate((name) => localStorage.getItem(name), key);
  await open(own, page.path);
  assert.equal(await kept(), null, 'nothing is stored by reading');
    const said = await enter(own, '2026-05-01');
  assert.equal(await kept(), '2026-05-01');
  assert.doesNotMatch(own.url(), /2026-05-01/);
  await own.reload();
  assert.equal(await own.locator('#dates input').inputValue(), '2026-05-01');
  assert.deepEqual(await answer(own), said);
  await open(own, asking('ur', 'activation').path);
  assert.equal((await answer(own)).due, said.due);
  await open(own, asking('ur', 'last-use').path);
  assert.equal((await answer(own)).due, null, 'another question has its own day');
  await open(own, page.path);
  await own.locator('#dates button.quiet').click();
  assert.equal(await kept(), null);
  assert.deepEqual(await answer(own), { text: '', due: null });
  assert.ok(await own.locator('#dates input').evaluate((input) => input === document.activeElement), 'focus does not get lost');
  assert.equal(await own.locator('#dates button:visible').count(), 0);
  assert.deepEqual(made.errors, []);
});

test('dates: a page that lies open for days counts on, and forgets what another tab forgot', async (t) => {
  const { page: own, made } = await tab(t);
  await own.clock.setFixedTime(new Date('2027-03-01T10:00:00'));
  await open(own, page.path);
  const { text, due } = await enter(own, '2027-02-28');
  await own.clock.setFixedTime(new Date('2027-03-05T10:00:00'));
  await comeBack(own);
  const later = await answer(own);
  assert.equal(later.due, due);
  assert.notEqual(later.text, text, 'four days fewer');
  assert.ok((await enter(own, '2027-03-04')).due, 'yesterday is no day to come');
  const other = await made.newPage();
  await open(other, page.path);
  await other.locator('#dates button.quiet').click();
  await own.waitForFunction(() => !document.querySelector('#dates input').value, null, { polling: 20 });
  assert.equal((await answer(own)).due, null);
  const refused = await tab(t, {}, refuseStorage);
  await open(refused.page, page.path);
  await enter(refused.page, '2026-05-01');
  await comeBack(refused.page);
  assert.ok((await answer(refused.page)).due, 'without storage the page itself remembers');
});

test('dates: a stored value that is no day, and storage that is refused, do no harm', async (t) => {
  for (const value of ['2026-02-30', '<b>2026-05-01</b>', '0000-00-00', '99999-01-01', '{"a":1}', 'x'.repeat(10_000)]) {
    const { page: own, made } = await tab(t, {}, (_, made) => made.addInitScript(([key, bad]) => localStorage.setItem(key, bad), [`${prefix}:date:activation`, value]));
    await open(own, page.path);
    assert.deepEqual(await answer(own), { text: '', due: null }, value.slice(0, 40));
    assert.ok((await enter(own, '2026-05-01')).due);
    assert.deepEqual(made.errors, []);
  }
  const { page: own, made } = await tab(t, {}, refuseStorage);
  await open(own, page.path);
  assert.ok((await enter(own, '2026-05-01')).due);
  assert.deepEqual(made.errors, []);
});

test('dates: the field is labelled, the answer is announced, and a day to come or long before phones is not reckoned with', async (t) => {
  const { page: own } = await tab(t, {}, (page) => page.clock.setFixedTime(new Date('2027-03-02T07:00:00Z')));
  await open(own, page.path);
  const input = own.locator('#dates input');
  assert.ok(await input.evaluate((field) => field.labels[0].textContent.trim()));
  assert.equal(await own.locator('#dates output').evaluate((output) => output.htmlFor.value), await input.getAttribute('id'));
  assert.equal(await input.getAttribute('max'), '2027-03-02');
  for (const day of ['2027-03-03', '1989-12-31']) {
    assert.equal((await enter(own, day)).due, null, day);
    assert.equal(await own.evaluate((name) => localStorage.getItem(name), `${prefix}:date:activation`), null, day);
  }
  assert.ok(await input.evaluate((field) => field.getBoundingClientRect().height >= 48));
});
