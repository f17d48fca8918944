'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const words = data.words;
  const $ = (id) => document.getElementById(id);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  const book = $('book');

  // Rows and what is known of them. A new version of the page takes the place of the old one in live mode, so this is made anew.
  let rows = [];
  function index() {
    rows = [];
    for (const section of book.querySelectorAll('section')) {
      for (const el of section.querySelectorAll('.r')) {
        const checks = [...el.querySelectorAll('.f')].map((found) => found.dataset.k);
        rows.push({ el, section, checks, key: section.dataset.stem + '#' + el.dataset.u, text: null });
      }
    }
  }
  const textOf = (row) => (row.text ??= row.el.textContent.toLowerCase());
  const is = (row, ...states) => states.some((state) => row.el.classList.contains(state));

  // Comments: kept in this browser until they are downloaded.
  const place = 'dama-pub review ' + data.title + ' ' + data.source + ' ' + data.target;
  const comments = new Map();
  // The address of a live page is another one next time, and what is kept for it is out of reach.
  let keeps = !data.live;
  let unsaved = false;
  function load() {
    try {
      const kept = JSON.parse(localStorage.getItem(place) ?? '{}');
      for (const entry of kept.comments ?? []) comments.set(entry.chapter + '#' + entry.unit, entry);
      $('by').value = kept.by ?? '';
    } catch { keeps = false; }
  }
  function keep() {
    try {
      localStorage.setItem(place, JSON.stringify({ by: $('by').value, comments: [...comments.values()] }));
    } catch { keeps = false; }
  }
  const sideText = (row, side) => {
    const el = row.el.querySelector('.' + side).cloneNode(true);
    el.querySelectorAll('.chg').forEach((change) => change.remove());
    return el.classList.contains('none') ? '' : el.textContent.trim().replace(/\s+/g, ' ');
  };
  function note(row, text) {
    const { u: unit, s, t } = row.el.dataset;
    const [own, other] = [sideText(row, 's'), sideText(row, 't')];
    if (text.trim() === '') comments.delete(row.key);
    else {
      comments.set(row.key, {
        chapter: row.section.dataset.stem, unit,
        source: own ? s ?? unit : '', target: other ? t ?? unit : '',
        of: (own || other).slice(0, 60), text,
      });
    }
    unsaved = true;
    keep();
    tally();
  }
  function box(row, focus) {
    let el = row.el.querySelector('.cb');
    if (!el) {
      el = document.createElement('div');
      el.className = 'cb';
      const area = document.createElement('textarea');
      area.placeholder = words.placeholder;
      area.setAttribute('aria-label', words.placeholder);
      area.value = comments.get(row.key)?.text ?? '';
      area.addEventListener('input', () => note(row, area.value));
      const remove = document.createElement('button');
      remove.textContent = words.remove;
      remove.addEventListener('click', () => { note(row, ''); el.remove(); });
      const why = document.createElement('small');
      why.textContent = keeps ? words.kept : words.notKept;
      el.append(area, remove, why);
      row.el.append(el);
    }
    if (focus) el.querySelector('textarea').focus();
  }
  function tally() {
    document.querySelector('[data-show=mine] b').textContent = comments.size;
    $('save').hidden = comments.size === 0;
    $('save').querySelector('b').textContent = comments.size;
    for (const row of rows) row.el.classList.toggle('mine', comments.has(row.key));
  }
  function save() {
    const by = $('by').value.trim();
    const file = {
      form: 'dama-pub/comments/1', title: data.title, source: data.source, target: data.target,
      ...(by && { by }), comments: [...comments.values()],
    };
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([JSON.stringify(file, null, 1) + '\n'], { type: 'application/json' }));
    link.download = 'comments-' + data.target + (by && '-' + by.replace(/[^\p{L}\p{N}]+/gu, '-')) + '.json';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    unsaved = false;
    say(words.saved);
  }
  addEventListener('beforeunload', (event) => {
    if (unsaved && !keeps && comments.size > 0) {
      say(words.unsaved);
      event.preventDefault();
    }
  });

  // What is shown.
  let show = 'all';
  const fits = {
    all: () => true,
    findings: (row) => row.checks.length > 0,
    stale: (row) => is(row, 'stale', 'changed'),
    unsigned: (row) => is(row, 'translated', 'stale', 'changed'),
    missing: (row) => is(row, 'missing', 'draft', 'extra'),
    mine: (row) => comments.has(row.key),
  };
  function apply() {
    const [chapter, check, query] = [$('chapter').value, $('check').value, $('q').value.trim().toLowerCase()];
    const shownIn = new Map();
    let shown = 0;
    for (const row of rows) {
      const fit = fits[show](row) && (!chapter || row.section.id === chapter) &&
        (!check || row.checks.includes(check)) && (!query || textOf(row).includes(query));
      row.el.hidden = !fit;
      if (fit) { shown += 1; shownIn.set(row.section, true); }
    }
    const narrow = show !== 'all' || chapter || check || query;
    for (const section of book.querySelectorAll('section')) {
      const about = [...section.querySelectorAll(':scope > .fs .f')].some((found) =>
        show === 'findings' && !chapter && !query && (!check || found.dataset.k === check));
      section.hidden = Boolean(narrow) && !shownIn.has(section) && !about;
    }
    for (const button of document.querySelectorAll('[data-show]')) {
      button.setAttribute('aria-pressed', String(button.dataset.show === show));
    }
    $('count').textContent = narrow ? fill(words.counted, { shown, all: rows.length }) : '';
    $('nothing').hidden = shown > 0;
  }
  function choose(name) { show = name; apply(); scrollTo({ top: 0 }); }

  // Where the reader is.
  let current = null;
  function go(row) {
    current?.el.classList.remove('here');
    current = row;
    row.el.classList.add('here');
    row.el.scrollIntoView({ block: 'center' });
    // What was not laid out before moves what lies round it.
    requestAnimationFrame(() => row.el.scrollIntoView({ block: 'center' }));
  }
  function at() {
    const seen = current && !current.el.hidden && current.el.isConnected ? current.el.getBoundingClientRect() : null;
    if (seen && seen.bottom > 0 && seen.top < innerHeight) return rows.indexOf(current);
    // The first row in sight: rows stand in order, so it is found by halves.
    const open = rows.flatMap((row, number) => (row.el.hidden || row.section.hidden ? [] : [number]));
    let [low, high] = [0, open.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows[open[middle]].el.getBoundingClientRect().bottom < 120) low = middle + 1;
      else high = middle;
    }
    return (open[low] ?? rows.length) - 1;
  }
  function step(wanted, by) {
    for (let number = at() + by; number >= 0 && number < rows.length; number += by) {
      if (!rows[number].el.hidden && wanted(rows[number])) return go(rows[number]);
      if (by < 0 && number === 0) break;
    }
    say(words.last);
  }
  const here = () => rows[Math.max(0, current?.el.isConnected ? rows.indexOf(current) : at() + 1)];

  let quiet;
  function say(text) {
    $('toast').textContent = text;
    $('toast').hidden = false;
    clearTimeout(quiet);
    quiet = setTimeout(() => { $('toast').hidden = true; }, 4000);
  }

  // The words that a finding is about, and the finding that a word belongs to.
  function light(section, numbers, on) {
    for (const mark of section.querySelectorAll('mark')) {
      if (mark.dataset.f.split(' ').some((number) => numbers.includes(number))) mark.classList.toggle('lit', on);
    }
    for (const number of numbers) $(section.id + 'f' + number)?.classList.toggle('lit', on);
  }
  for (const [kind, on] of [['pointerover', true], ['pointerout', false]]) {
    book.addEventListener(kind, (event) => {
      const section = event.target.closest('section');
      const mark = event.target.closest('mark');
      const found = event.target.closest('.f');
      if (section && mark) light(section, mark.dataset.f.split(' '), on);
      else if (section && found) light(section, [found.id.slice(section.id.length + 1)], on);
    });
  }

  const rowOf = (el) => { const row = el.closest('.r'); return row && rows.find((known) => known.el === row); };
  book.addEventListener('click', (event) => {
    const row = rowOf(event.target);
    if (!row) return;
    if (event.target.closest('.cm')) { box(row, true); return; }
    if (event.target.closest('.tk')) { sign(row); return; }
    current?.el.classList.remove('here');
    current = row;
    row.el.classList.add('here');
  });
  for (const button of document.querySelectorAll('[data-show]')) {
    button.addEventListener('click', () => choose(button.dataset.show));
  }
  for (const id of ['chapter', 'check']) $(id).addEventListener('change', () => { apply(); scrollTo({ top: 0 }); });
  let typing;
  $('q').addEventListener('input', () => { clearTimeout(typing); typing = setTimeout(apply, 150); });
  $('by').addEventListener('input', keep);
  $('save').addEventListener('click', () => {
    if ($('by').value.trim() !== '') { save(); return; }
    $('help').addEventListener('close', save, { once: true });
    $('help').showModal();
    $('by').focus();
  });
  $('next').addEventListener('click', () => step(fits.findings, 1));
  $('ask').addEventListener('click', () => $('help').showModal());
  $('close').addEventListener('click', () => $('help').close());
  $('contents').addEventListener('click', () => {
    const open = document.body.classList.toggle('toc');
    $('contents').setAttribute('aria-expanded', String(open));
  });
  $('toc').addEventListener('click', (event) => {
    if (!event.target.closest('a')) return;
    document.body.classList.remove('toc');
    $('contents').setAttribute('aria-expanded', 'false');
  });
  const keys = {
    n: () => step(fits.findings, 1), N: () => step(fits.findings, -1),
    u: () => step(fits.unsigned, 1), U: () => step(fits.unsigned, -1),
    j: () => step(fits.all, 1), k: () => step(fits.all, -1),
    c: () => box(here(), true), a: () => sign(here()),
    f: () => choose(show === 'findings' ? 'all' : 'findings'),
    '/': () => $('q').focus(), '?': () => $('help').showModal(),
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || $('help').open) return;
    if (event.key === 'Escape') {
      document.activeElement?.blur();
      document.body.classList.remove('toc');
      if (show !== 'all' || $('q').value) { $('q').value = ''; show = 'all'; apply(); if (current) go(current); }
      return;
    }
    if (event.target.closest('input, textarea, select') || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });

  // With a server behind the page: signing off, and what changes meanwhile.
  async function sign(row) {
    if (!data.live || !row?.el.querySelector('.tk')) return;
    const on = !is(row, 'signed');
    const { u: unit, s, t } = row.el.dataset;
    row.el.classList.add('busy');
    let answer = null;
    try {
      const body = JSON.stringify({ lang: data.target, chapter: row.section.dataset.stem, source: s ?? unit, target: t ?? unit, on });
      answer = await (await fetch('sign', { method: 'POST', body })).json();
    } catch { /* the server has gone, which is told by what comes of it */ }
    row.el.classList.remove('busy');
    if (answer?.done) {
      for (const state of ['translated', 'stale', 'changed', 'signed']) row.el.classList.remove(state);
      row.el.classList.add(on ? 'signed' : 'translated');
      row.el.querySelector('.st').textContent = on ? '✓' : '○';
      row.el.querySelector('.tk').setAttribute('aria-pressed', String(on));
      row.el.querySelector('.chg')?.remove();
      say(on ? words.signed : words.takenBack);
    } else {
      say(fill(words.refused, { reason: answer?.why ?? '…' }));
    }
  }
  function renew(text) {
    const fresh = new DOMParser().parseFromString(text, 'text/html');
    const before = current?.key;
    const anchor = rows[Math.max(0, at() + (current ? 0 : 1))];
    const from = anchor?.el.getBoundingClientRect().top;
    const main = fresh.getElementById('book');
    const old = new Map([...book.querySelectorAll('section')].map((section) => [section.id, section]));
    if (!main || old.size !== main.querySelectorAll('section').length) { location.reload(); return; }
    for (const section of main.querySelectorAll('section')) {
      const known = old.get(section.id);
      if (!known || known.innerHTML !== section.innerHTML) known?.replaceWith(document.adoptNode(section));
    }
    $('toc').replaceChildren(...fresh.getElementById('toc').childNodes);
    for (const name of ['.langs + .bar', '.legend']) document.querySelector(name).replaceWith(fresh.querySelector(name));
    for (const button of fresh.querySelectorAll('[data-show]')) {
      document.querySelector('[data-show=' + button.dataset.show + '] b').textContent = button.querySelector('b').textContent;
    }
    index();
    const again = (key) => rows.find((row) => row.key === key);
    current = null;
    if (before && again(before)) { current = again(before); current.el.classList.add('here'); }
    open();
    apply();
    const now = anchor && again(anchor.key)?.el.getBoundingClientRect().top;
    if (now !== undefined) scrollBy({ top: now - from });
  }
  async function watch() {
    let [since, known] = [0, null];
    for (;;) {
      try {
        const state = await (await fetch('state?since=' + since + '&editions=')).json();
        since = state.revision;
        if (state.status.state !== 'working') {
          const text = await (await fetch(location.pathname.split('/').pop() + location.search)).text();
          if (known !== null && text !== known && text.includes('id="book"') && !document.activeElement?.matches('textarea')) renew(text);
          if (text.includes('id="book"')) known = text;
        }
      } catch { await new Promise((done) => setTimeout(done, 2000)); }
    }
  }

  // Opens the boxes of comments that are there.
  function open() {
    for (const row of rows) if (comments.has(row.key)) box(row, false);
    tally();
  }
  index();
  load();
  open();
  apply();
  if (data.live) watch();
})();
