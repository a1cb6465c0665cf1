/**
 * What a page can do where scripts run: walk along the ways, show all lines, search. It only ever
 * moves what is on the page, and puts texts in as texts.
 */
export const SCRIPT = String.raw`'use strict';
(() => {
const $ = (id) => document.getElementById(id);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const articles = all('article.f');
for (const one of all('.js')) one.hidden = false;
const toc = document.querySelector('.toc');
if (toc !== null && matchMedia('(max-width: 1079px)').matches) toc.open = false;

const say = (text) => { $('said').textContent = text; };
const detailsOf = (article) => article.querySelector('details');

/* Steps: the item of the list, the row and the place in it are one. */
let current = null;
function partsOf(article, n) {
  const item = $(article.id + '-' + n);
  if (item === null) return [];
  const row = $(item.querySelector('.n').hash.slice(1));
  const marks = row === null ? [] : all('mark', row).filter((mark) => mark.dataset.s.split(' ').includes(String(n)));
  return [item, ...(row === null ? [] : [row]), ...marks];
}
function select(article, n) {
  for (const one of all('.on')) one.classList.remove('on');
  const parts = partsOf(article, n);
  for (const one of parts) one.classList.add('on');
  current = parts.length === 0 ? null : { article, n };
  return parts;
}
function goTo(article, n) {
  const details = detailsOf(article);
  if (details !== null) details.open = true;
  const [item, row] = select(article, n);
  if (item === undefined) return;
  item.querySelector('.n').focus({ preventScroll: true });
  (row ?? item).scrollIntoView({ block: 'nearest' });
  item.scrollIntoView({ block: 'nearest' });
  const count = item.parentElement.children.length;
  say('Step ' + n + ' of ' + count + ': ' + item.querySelector('p').textContent);
}
function stepOf(link) {
  const article = link.closest('article.f');
  return article === null ? null : { article, n: Number(link.textContent) };
}
document.addEventListener('mouseover', (event) => {
  const at = event.target.closest('.steps li, .b .n, mark');
  if (at === null) return;
  const article = at.closest('article.f');
  const n = at.matches('mark') ? at.dataset.s.split(' ').at(-1) : at.matches('li') ? at.id.split('-')[1] : at.textContent;
  if (article !== null) select(article, Number(n));
});

/* Lines that are left out. */
const texts = new Map();
function linesOf(id) {
  let lines = texts.get(id);
  if (lines === undefined) {
    const code = document.querySelector('#' + id + ' code');
    lines = code === null ? [] : code.textContent.split('\n');
    texts.set(id, lines);
  }
  return lines;
}
function made(tag, name, text) {
  const element = document.createElement(tag);
  if (name !== '') element.className = name;
  if (text !== '') element.textContent = text;
  return element;
}
/* The gutter beside lines that are put in: what passes through the row that they stand at. */
function gutterOf(row) {
  const gutter = made('span', 'g', '');
  gutter.setAttribute('aria-hidden', 'true');
  if (row !== null) for (const piece of all('.g .v', row)) gutter.append(piece.cloneNode());
  return gutter;
}
function rowsOf(id, from, to, beside) {
  const lines = linesOf(id);
  const rows = [];
  for (let number = from; number <= Math.min(to, lines.length); number++) {
    const row = made('div', 'r ex', '');
    row.append(gutterOf(beside), made('span', 'b', ''), made('span', 'ln', String(number)), made('code', '', lines[number - 1]));
    rows.push(row);
  }
  return rows;
}
function openGap(gap) {
  const { src, from, to } = gap.querySelector('a').dataset;
  gap.after(...rowsOf(src, Number(from), Number(to), gap));
  gap.hidden = true;
}
function isWhole(head) {
  return head.classList.contains('whole-file');
}
function toggleFile(head) {
  const link = head.querySelector('.all');
  if (link === null) return;
  const group = [];
  let next = head.nextElementSibling;
  for (; next !== null && !next.matches('.h'); next = next.nextElementSibling) group.push(next);
  for (const row of group) if (row.matches('.ex')) row.remove();
  const kept = group.filter((row) => !row.matches('.ex'));
  const gaps = kept.filter((row) => row.matches('.gap'));
  for (const gap of gaps) gap.hidden = false;
  const isOpen = !isWhole(head);
  if (isOpen) {
    for (const gap of gaps) openGap(gap);
    const numbers = kept.flatMap((row) => [...row.querySelectorAll('.ln')]).map((one) => Number(one.textContent));
    const id = link.dataset.src;
    head.after(...rowsOf(id, 1, Math.min(...numbers) - 1, head));
    kept.at(-1).after(...rowsOf(id, Math.max(...numbers) + 1, Infinity, next));
  }
  head.classList.toggle('whole-file', isOpen);
  link.textContent = isOpen ? 'lines on the way' : 'all lines';
  link.setAttribute('aria-expanded', String(isOpen));
}
for (const link of all('.all, .skip a')) {
  link.setAttribute('role', 'button');
  if (link.matches('.all')) link.setAttribute('aria-expanded', 'false');
}

document.addEventListener('click', (event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  const link = event.target.closest('a');
  if (link === null) return;
  if (link.matches('.all')) {
    event.preventDefault();
    toggleFile(link.closest('.h'));
  } else if (link.matches('.skip a')) {
    event.preventDefault();
    const gap = link.closest('.gap');
    openGap(gap);
    const first = gap.nextElementSibling;
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
  } else if (link.matches('article.f .n')) {
    event.preventDefault();
    const { article, n } = stepOf(link);
    const parts = select(article, n);
    const other = link.closest('.steps') === null ? parts[0] : parts[1];
    other?.scrollIntoView({ block: 'nearest' });
    other?.querySelector('.n')?.focus({ preventScroll: true });
  }
});
/* The role says button: the space bar is heard, too. */
document.addEventListener('keydown', (event) => {
  if (event.key !== ' ' || !event.target.matches('a[role=button]')) return;
  event.preventDefault();
  event.target.click();
});

/* A finding that is led to is opened. */
function shown() {
  const target = location.hash.length > 1 ? $(decodeURIComponent(location.hash.slice(1))) : null;
  if (target === null) return;
  const article = target.closest('article.f');
  if (article !== null && detailsOf(article) !== null) detailsOf(article).open = true;
  for (let up = target; up !== null; up = up.parentElement) if (up.matches('details')) up.open = true;
  target.scrollIntoView();
}
addEventListener('hashchange', shown);
shown();

/* Search. */
const visible = () => articles.filter((article) => !article.hidden);
function filter() {
  const words = $('find').value.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const rule = $('rule').value;
  for (const article of articles) {
    const text = words.length === 0 ? '' : article.textContent.toLowerCase();
    article.hidden = (rule !== '' && article.dataset.rule !== rule) || !words.every((word) => text.includes(word));
    const entry = entries.get(article.id);
    if (entry !== undefined) entry.parentElement.hidden = article.hidden;
  }
  for (const part of all('.file')) part.hidden = part.querySelector('article.f:not([hidden])') === null;
  for (const part of all('.idx > li')) part.hidden = part.querySelector('li:not([hidden])') === null;
  say(visible().length + ' of ' + articles.length + ' findings are shown');
}
const entries = new Map(all('.idx a').map((link) => [link.hash.slice(1), link]));
$('find')?.addEventListener('input', filter);
$('rule')?.addEventListener('change', filter);
document.querySelector('.tools')?.addEventListener('submit', (event) => event.preventDefault());
const setAll = (isOpen) => { for (const article of visible()) if (detailsOf(article) !== null) detailsOf(article).open = isOpen; };
$('open')?.addEventListener('click', () => setAll(true));
$('shut')?.addEventListener('click', () => setAll(false));

/* Keys. */
let finding = null;
function goToFinding(article) {
  finding = article;
  article.focus({ preventScroll: true });
  article.scrollIntoView({ block: 'start' });
  for (const [id, link] of entries) {
    if (id === article.id) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}
const here = () => document.activeElement.closest?.('article.f') ?? current?.article ?? finding;
function move(by) {
  const list = visible();
  const at = list.indexOf(here());
  const next = at === -1 ? list[by > 0 ? 0 : list.length - 1] : list[at + by];
  if (next !== undefined) goToFinding(next);
}
function walk(by) {
  const article = here() ?? visible()[0];
  if (article === undefined || article === null) return;
  const count = all('.steps li', article).length;
  const at = current !== null && current.article === article ? current.n : 0;
  const next = at === 0 && by < 0 ? count : at + by;
  if (next >= 1 && next <= count) goTo(article, next);
}
function lines() {
  const article = here() ?? visible()[0];
  if (article === undefined || article === null) return;
  const heads = all('.h', article);
  const isOpen = heads.every(isWhole);
  for (const head of heads) if (isWhole(head) === isOpen) toggleFile(head);
}
function toggle() {
  const article = here() ?? visible()[0];
  const details = article === undefined || article === null ? null : detailsOf(article);
  if (details === null) return;
  const at = document.activeElement;
  const isIn = details.contains(at) && at.parentElement !== details;
  details.open = !details.open;
  // What is hidden cannot keep the focus.
  if (isIn && !details.open) article.focus({ preventScroll: true });
}
const keys = {
  j: () => move(1),
  k: () => move(-1),
  n: () => walk(1),
  p: () => walk(-1),
  a: lines,
  o: toggle,
  '/': () => $('find')?.focus(),
  '?': () => $('keys').showModal(),
};
$('ask').addEventListener('click', () => $('keys').showModal());
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $('keys').open || !$('single').checked) return;
  // A dialog that is closed gives up the focus only when the page is drawn again.
  if (event.target.matches('input, select, textarea') && !$('keys').contains(event.target)) {
    if (event.key === 'Escape') event.target.blur();
    return;
  }
  const act = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
  if (act === undefined) return;
  event.preventDefault();
  act();
});

/* All is printed. */
let closed = [];
addEventListener('beforeprint', () => {
  closed = articles.map(detailsOf).filter((details) => details !== null && !details.open);
  for (const details of closed) details.open = true;
});
addEventListener('afterprint', () => { for (const details of closed) details.open = false; });
})();
`;
