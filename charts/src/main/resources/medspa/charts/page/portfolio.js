(function () {
  let data, fmt, all, byRange;
  const VIEWS = [['opportunity', 'Opportunity'], ['moves', 'Who moved'], ['heat', 'All KPIs'], ['kpi', 'One KPI'],
    ['location', 'One location'], ['table', 'Table'], ['restated', 'Restated']];
  const ROWS = { opportunity: 50, moves: 50, heat: 25, kpi: 50, location: 100, table: 50, restated: 50 };
  // Columns of a table that can be read on a sheet of paper.
  const PRINTED_KPIS = 7, PRINTED_WEEKS = 13;
  const MOST_PRINTED = 1000;
  const QUARTERS = ['', 'last', 'third', 'second', 'best'];
  const WORDS = { f: 'few data', o: 'opened since', n: 'no value', e: 'not compared', '-': 'not told' };
  const CAUSES = { file: 'a file with other rows', configuration: 'the configuration changed', code: 'the program changed',
    definition: 'the KPI’s definition changed', as_of: 'later events', worth: 'what a visit or an hour brings there changed',
    other_locations: 'another location moved', contributors: 'another number of peers', peers: 'the peers changed' };
  const DEFAULTS = { kpi: '', location: '', week: 0, range: 13, practice: '', region: '', group: '', peers: 'all',
    measure: 'revenue', find: '', sort: '', desc: false, page: 0, ago: 'one' };
  let state = Object.assign({ view: 'opportunity' }, DEFAULTS);
  // Whether what is shown is what was chosen, and whether a link led here that has not been drawn yet.
  let isDrawn = false, isArriving = false;
  let printing = false, shown = null;

  // ---- elements
  const SVG = 'http://www.w3.org/2000/svg';
  function put(element, attributes, children) {
    for (const key in attributes) {
      const value = attributes[key];
      if (value === null || value === undefined || value === false) continue;
      if (key.slice(0, 2) === 'on') element.addEventListener(key.slice(2), value);
      else element.setAttribute(key, value === true ? '' : value);
    }
    for (const child of children.flat()) {
      if (child !== null && child !== undefined && child !== '') {
        element.append(child.nodeType ? child : document.createTextNode(child));
      }
    }
    return element;
  }
  const el = (tag, attributes, ...children) => put(document.createElement(tag), attributes || {}, children);
  const svg = (tag, attributes, ...children) =>
    put(document.createElementNS(SVG, tag), attributes || {}, children);
  const byId = id => document.getElementById(id);

  // ---- data
  async function unpack(id) {
    // It stays where it is: a browser that saves the page writes what stands there.
    const text = atob(byId(id).textContent), packed = new Uint8Array(text.length);
    for (let i = 0; i < packed.length; i++) packed[i] = text.charCodeAt(i);
    const inflate = new DecompressionStream('deflate'), writer = inflate.writable.getWriter();
    // What cannot be unpacked is told by the reading end.
    writer.write(packed).catch(() => {});
    writer.close().catch(() => {});
    return JSON.parse(await new Response(inflate.readable).text());
  }
  async function read() {
    data = await unpack('data');
    fmt = formats(data.sign);
    data.places.forEach((place, i) => {
      place.index = i;
      place.practiceName = data.practices[place.practice][1];
    });
    const names = new Map();
    data.places.forEach(p => names.set(p.name, (names.get(p.name) || 0) + 1));
    data.places.forEach(p => p.full = names.get(p.name) > 1 ? p.name + ', ' + p.practiceName : p.name);
    data.kpis.forEach((kpi, i) => {
      kpi.index = i;
      kpi.at = new Map();
      kpi.statistics = new Map();
      kpi.peers.forEach(p => kpi.statistics.set(p[0] + '/' + p[1] + '/' + p[2], p));
    });
    data.gapsOf = data.places.map(() => []);
    data.gaps.forEach(g => data.gapsOf[g[0]].push(g));
    byRange = new Map();
    data.weeks.forEach(([range, week]) => {
      if (!byRange.has(range)) byRange.set(range, new Set());
      byRange.get(range).add(week);
    });
    const longest = Math.max(1, ...[...byRange.keys()].filter(r => byRange.get(r).has(0)));
    DEFAULTS.range = longest;
    DEFAULTS.kpi = data.kpis.length ? data.kpis[0].id : '';
  }

  // Each range of weeks is packed by itself: it is read when a view needs it, and else when nothing else is to be
  // done. They stand in the file behind this script, and are whole when all of the file is there.
  const whole = new Promise(done => document.addEventListener('DOMContentLoaded', done));
  const reading = new Map(), isRead = new Set();
  function readRange([range, week]) {
    const key = range + '/' + week;
    if (!reading.has(key)) {
      reading.set(key, whole.then(() => unpack('values-' + range + '-' + week)).then(rows => {
        rows.forEach(row => data.kpis[row[0]].at.set(key, { packed: row }));
        isRead.add(key);
      }));
    }
    return reading.get(key);
  }
  const readAll = () => Promise.all(data.weeks.map(readRange));
  function readOn() {
    const next = data.weeks.find(([range, week]) => !reading.has(range + '/' + week));
    // A range that cannot be read is told by the view that needs it.
    if (next) setTimeout(() => readRange(next).then(readOn, () => {}));
    else readAll().then(prepare, () => {});
  }
  // Works out the places and quarters of the newest range, which most views show first, before they are asked for.
  function prepare() {
    for (const kpi of data.kpis) {
      const c = column(kpi, DEFAULTS.range, 0);
      // To ask once is to keep it.
      void (c && c.quarter);
    }
    performance.mark('read');
  }
  // The ranges of weeks that a view shows: of a KPI that has no longer ones, weeks.
  function ranges(s) {
    const kpi = s.kpi ? kpiOf(s.kpi) : null, list = [];
    const lengths = kpi && (s.view === 'kpi' || s.view === 'table') ? [kpi.longer ? s.range : 1] : [s.range, 1];
    for (const range of lengths) {
      const all = s.view === 'location' || (s.view === 'table' && s.ago === 'all');
      const weeks = all ? [...(byRange.get(range) || [])]
        : s.view === 'heat' || s.view === 'table' ? [s.week] : s.view === 'kpi' && kpi ? [s.week, before(kpi, s)] : [];
      for (const week of weeks) if (byRange.has(range) && byRange.get(range).has(week)) list.push([range, week]);
    }
    return list;
  }
  // The last week of the range of the same length that ended as this one began.
  const before = (kpi, s) => s.week + (kpi.longer ? s.range : Math.ceil(kpi.days / 7));

  // One KPI in one range of weeks, unpacked when it is asked for: of each location its status and, where it has
  // one, its number, interval, sample, place and quarter.
  class Column {
    constructor(kpi, range, packed) {
      this.kpi = kpi;
      this.packed = packed;
      this.range = range;
      this.status = [];
      for (const run of packed[1].match(/\d+./g) || []) {
        const letter = run[run.length - 1];
        for (let k = parseInt(run, 10); k > 0; k--) this.status.push(letter);
      }
      this.n = this.spread(packed[2]);
    }
    spread(from) {
      if (!from) return null;
      const to = new Float64Array(this.status.length).fill(NaN);
      let k = 0;
      this.status.forEach((status, i) => {
        if (status !== '-' && status !== 'n') {
          const x = from[k++];
          to[i] = x === null ? NaN : x;
        }
      });
      return to;
    }
    once(name, value) {
      Object.defineProperty(this, name, { value: value });
      return value;
    }
    get low() { return this.once('low', this.spread(this.packed[3])); }
    get high() { return this.once('high', this.spread(this.packed[4])); }
    get sample() { return this.once('sample', this.spread(this.packed[5])); }
    get ranked() { return this.once('ranked', this.status.reduce((count, s) => count + (s === 'r' ? 1 : 0), 0)); }
    // Places are those of the warehouse: they follow from the numbers, but for exceptions that are told.
    get rank() {
      const rank = new Int32Array(this.status.length), exceptions = this.packed[6];
      const from = this.kpi.up ? this.n.map(x => -x) : this.n, first = new Map();
      const sorted = from.filter((x, i) => this.status[i] === 'r').sort();
      for (let k = sorted.length - 1; k >= 0; k--) first.set(sorted[k], k + 1);
      this.status.forEach((s, i) => { if (s === 'r') rank[i] = first.get(from[i]); });
      for (let k = 0; k < exceptions.length; k += 2) rank[exceptions[k]] = exceptions[k + 1];
      return this.once('rank', rank);
    }
    // Quarters only of locations that are ranked, and only where more is better or worse.
    get quarter() {
      const quarter = new Uint8Array(this.status.length), count = this.ranked, rank = this.rank;
      if (this.kpi.merit && count >= 4) {
        const same = new Map();
        this.status.forEach((s, i) => { if (s === 'r') same.set(rank[i], (same.get(rank[i]) || 0) + 1); });
        this.status.forEach((s, i) => {
          if (s !== 'r') return;
          const better = rank[i] - 1, notWorse = better + same.get(rank[i]), notBetter = count - better;
          quarter[i] = notWorse * 4 <= count ? 4 : notBetter * 4 <= count ? 1
            : notWorse * 2 <= count ? 3 : notBetter * 2 <= count ? 2 : 0;
        });
      }
      return this.once('quarter', quarter);
    }
  }
  function column(kpi, range, week) {
    const weeks = kpi.longer ? range : 1, found = kpi.at.get(weeks + '/' + week);
    if (!found) return null;
    found.column = found.column || new Column(kpi, weeks, found.packed);
    return found.column;
  }

  const kpiOf = id => data.kpis.find(k => k.id === id) || data.kpis[0];
  const placeOf = id => data.places.find(p => p.id === id);
  const has = (c, i) => c !== null && !Number.isNaN(c.n[i]);
  const at = (kpi, c, i) => ({ n: c.n[i], d: kpi.decimals });
  const text = (kpi, c, i) => has(c, i) ? fmt.value(kpi.unit, at(kpi, c, i)) : NONE;
  const scaled = (n, d) => n / 10 ** d;
  const quiet = label => /^[A-Z][a-z]/.test(label) ? label[0].toLowerCase() + label.slice(1) : label;

  function statistics(kpi, range, week) {
    return kpi.statistics.get(state.peers + '/' + (kpi.longer ? range : 1) + '/' + week) || null;
  }
  // Views of one KPI or, where none is chosen, of all.
  const isOfAny = view => view === 'table' || view === 'restated';
  const isTold = s => s !== null && typeof s[4] === 'number';
  const stat = (kpi, number) => fmt.value(kpi.unit, decimal(number));
  function half(kpi, s) {
    return isTold(s) ? stat(kpi, s[4]) + ' to ' + stat(kpi, s[6]) : 'withheld';
  }
  function why(s) {
    return s === null ? 'no other practice is in this group' : s[4];
  }

  function weekDay(ago) {
    const day = new Date(data.last + 'T00:00:00Z');
    day.setUTCDate(day.getUTCDate() - 7 * ago);
    return day.toISOString().slice(0, 10);
  }
  const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
  const shortDay = iso => MONTHS[+iso.slice(5, 7) - 1] + ' ' + +iso.slice(8);
  const weekText = ago => 'week of ' + shortDay(weekDay(ago)) + ', ' + weekDay(ago).slice(0, 4);
  function span(kpi, range, week) {
    const last = weekDay(week);
    if (kpi && !kpi.longer) {
      return (kpi.days > 7 ? kpi.days + ' days to the end of the ' : 'end of the ') + weekText(week);
    }
    return range === 1 ? weekText(week) : range + ' weeks to the ' + weekText(week);
  }
  const groupText = g => g === 'all' ? 'all practices that are not named'
    : g.indexOf('region:') === 0 ? 'others in the region ' + g.slice(7) : 'others in the group ' + g.slice(6);

  // ---- the address
  function parse() {
    const hash = location.hash.slice(1), cut = hash.indexOf('?');
    const path = (cut < 0 ? hash : hash.slice(0, cut)).split('/').map(part => {
      try { return decodeURIComponent(part); } catch (e) { return ''; }
    });
    const next = Object.assign({ view: VIEWS.some(v => v[0] === path[0]) ? path[0] : 'opportunity' }, DEFAULTS);
    const query = new URLSearchParams(cut < 0 ? '' : hash.slice(cut + 1));
    for (const key of ['practice', 'region', 'group', 'peers', 'measure', 'find', 'sort', 'kpi', 'location', 'ago']) {
      if (query.has(key)) next[key] = query.get(key);
    }
    if (next.view === 'kpi' && path[1]) next.kpi = path[1];
    if (next.view === 'location' && path[1]) next.location = path[1];
    if (isOfAny(next.view) && !query.has('kpi')) next.kpi = '';
    next.range = [1, 4, 13].indexOf(+query.get('range')) >= 0 ? +query.get('range') : DEFAULTS.range;
    next.desc = query.get('order') === 'desc';
    next.page = Math.max(0, (parseInt(query.get('page'), 10) || 1) - 1);
    const ago = Math.round((new Date(data.last) - new Date(query.get('week') || data.last)) / 6048e5);
    next.week = ago >= 0 ? ago : 0;
    settle(next);
    return next;
  }

  // What cannot be shown gives way to what can.
  function settle(next) {
    if (next.kpi !== '' && !data.kpis.some(k => k.id === next.kpi)) next.kpi = isOfAny(next.view) ? '' : DEFAULTS.kpi;
    if (!placeOf(next.location)) next.location = data.places.length ? ranking()[0].id : '';
    if (!byRange.has(next.range)) next.range = DEFAULTS.range;
    const weeks = byRange.get(next.range);
    if (!weeks || !weeks.has(next.week)) next.week = weeks && weeks.size ? Math.min(...weeks) : 0;
    if (!peerGroups().some(g => g === next.peers)) next.peers = 'all';
    if (next.view === 'table' && next.kpi === '') next.ago = 'one';
    if (!MEASURES.some(m => m[0] === next.measure)) next.measure = DEFAULTS.measure;
    const spans = moved(next.measure);
    if (next.view === 'moves' && spans.length && spans.indexOf(next.range) < 0) next.range = spans[spans.length - 1];
  }

  function address(s) {
    const query = new URLSearchParams();
    if (s.week) query.set('week', weekDay(s.week));
    if (s.range !== DEFAULTS.range) query.set('range', s.range);
    if (isOfAny(s.view) && s.kpi) query.set('kpi', s.kpi);
    for (const key of ['practice', 'region', 'group', 'find', 'sort']) if (s[key]) query.set(key, s[key]);
    if (s.peers !== 'all') query.set('peers', s.peers);
    if (s.ago !== 'one' && s.view === 'table') query.set('ago', s.ago);
    if (s.measure !== DEFAULTS.measure && s.view === 'moves') query.set('measure', s.measure);
    if (s.sort && s.desc) query.set('order', 'desc');
    if (s.page) query.set('page', s.page + 1);
    const path = s.view + (s.view === 'kpi' ? '/' + encodeURIComponent(s.kpi)
      : s.view === 'location' ? '/' + encodeURIComponent(s.location) : '');
    return '#' + path + (query.toString() ? '?' + query : '');
  }
  const link = changes => address(Object.assign({}, state, { sort: '', desc: false, page: 0 }, changes));

  function go(changes) {
    const next = Object.assign({}, state, { page: 0 }, changes);
    settle(next);
    const target = address(next);
    state = next;
    // Who goes on at a filter stays there.
    if (byId('filters').contains(document.activeElement)) isArriving = false;
    if (target !== location.hash) history.pushState(null, '', target);
    show();
  }

  // ---- what is chosen
  function ranking() {
    const dollars = p => data.gapsOf[p.index].length ? data.gapsOf[p.index][0][5] : 0;
    all = all || data.places.slice().sort((a, b) => dollars(b) - dollars(a)
      || (a.full < b.full ? -1 : a.full > b.full ? 1 : 0));
    return all;
  }
  function chosen() {
    const find = state.find.trim().toLowerCase();
    return ranking().filter(p => (!state.practice || data.practices[p.practice][0] === state.practice)
      && (!state.region || p.region === state.region) && (!state.group || p.groups.indexOf(state.group) >= 0)
      && (!find || p.full.toLowerCase().indexOf(find) >= 0 || p.practiceName.toLowerCase().indexOf(find) >= 0));
  }
  const distinct = list => [...new Set(list)].filter(x => x !== '').sort();
  let groupsKnown = null;
  function peerGroups() {
    groupsKnown = groupsKnown || ['all'].concat(distinct(data.kpis.flatMap(k => k.peers.map(p => p[0])))
      .filter(g => g !== 'all'));
    return groupsKnown;
  }

  // ---- the filters
  // A list is made anew only where it holds other things: hundreds of names take long to be measured.
  const lists = new Map();
  function select(name, label, options, value, onchange) {
    const holds = JSON.stringify(options);
    let field = lists.get(name);
    if (!field || field.holds !== holds) {
      const list = el('select', { id: 'f-' + name, name: name, onchange: e => lists.get(name).onchange(e.target.value) },
        options.map(o => el('option', { value: o[0] }, o[1])));
      field = { holds: holds, list: list,
        element: el('div', { class: 'field field-' + name }, el('label', { for: 'f-' + name }, label), list) };
      lists.set(name, field);
    }
    field.onchange = onchange;
    field.list.value = value;
    return field.element;
  }
  const find = el('input', { id: 'f-find', name: 'find', type: 'search', oninput: e => go({ find: e.target.value }) });
  const findField = el('div', { class: 'field field-find' }, el('label', { for: 'f-find' }, 'Name contains'), find);
  const buttons = el('div', { class: 'buttons' },
    el('button', { type: 'button', id: 'csv', onclick: () => { if (isDrawn) download(); } }, 'Save as CSV'),
    el('button', { type: 'button', id: 'print', onclick: () => { if (isDrawn) window.print(); } }, 'Print'),
    el('button', { type: 'button', id: 'reset', onclick: () => go(Object.assign({}, DEFAULTS,
      { view: state.view, kpi: isOfAny(state.view) ? '' : state.kpi, location: state.location })) }, 'Clear filters'));
  function filters() {
    const view = state.view, fields = [];
    const kpis = data.kpis.map(k => [k.id, k.label]);
    if (view === 'kpi') fields.push(select('kpi', 'KPI', kpis, state.kpi, v => go({ kpi: v, sort: '' })));
    if (isOfAny(view)) fields.push(select('kpi', 'KPI', [['', 'All']].concat(kpis), state.kpi, v => go({ kpi: v })));
    if (view === 'location') {
      fields.push(select('location', 'Location', data.places.slice().sort((a, b) => a.full < b.full ? -1 : 1)
        .map(p => [p.id, p.full]), state.location, v => go({ location: v })));
    }
    if (view === 'moves') {
      fields.push(select('measure', 'What', MEASURES, state.measure, v => go({ measure: v, sort: '' })));
      fields.push(select('range', 'Range', moved(state.measure).map(r => [r, r + ' weeks']), state.range,
        v => go({ range: +v })));
    }
    if (view === 'heat' || view === 'kpi' || view === 'location' || view === 'table') {
      const ranges = [...byRange.keys()].sort((a, b) => a - b);
      fields.push(select('range', 'Range', ranges.map(r => [r, r === 1 ? '1 week' : r + ' weeks']), state.range,
        v => go({ range: +v })));
      const weeks = [...(byRange.get(state.range) || [])].sort((a, b) => a - b)
        .map(w => [w, shortDay(weekDay(w)) + ', ' + weekDay(w).slice(0, 4)]);
      if (view === 'table') {
        fields.push(select('week', 'Last week', (state.kpi ? [['all', 'All']] : []).concat(weeks),
          state.ago === 'all' ? 'all' : state.week,
          v => v === 'all' ? go({ ago: 'all' }) : go({ ago: 'one', week: +v })));
      } else fields.push(select('week', 'Last week', weeks, state.week, v => go({ week: +v })));
      if (peerGroups().length > 1) {
        fields.push(select('peers', 'Peers', peerGroups().map(g => [g, g === 'all' ? 'All'
          : g.replace('region:', 'Region ').replace('group:', 'Group ')]), state.peers, v => go({ peers: v })));
      }
    }
    if (view !== 'location') {
      const practices = data.practices.slice().sort((a, b) => a[1] < b[1] ? -1 : 1);
      fields.push(select('practice', 'Practice', [['', 'All']].concat(practices), state.practice,
        v => go({ practice: v })));
      const regions = distinct(data.places.map(p => p.region));
      if (regions.length > 1) {
        fields.push(select('region', 'Region', [['', 'All']].concat(regions.map(r => [r, r])), state.region,
          v => go({ region: v })));
      }
      const groups = distinct(data.places.flatMap(p => p.groups));
      if (groups.length) {
        fields.push(select('group', 'Peer group', [['', 'All']].concat(groups.map(g => [g, g])), state.group,
          v => go({ group: v })));
      }
      if (find.value !== state.find) find.value = state.find;
      fields.push(findField);
    }
    fields.push(buttons);
    replace(byId('filters'), fields);
  }

  // Puts new children in and leaves those alone that stay; the focus goes back to where it was.
  function replace(parent, children) {
    const kept = new Set(children);
    const active = document.activeElement, key = active && parent.contains(active) ? active.id : '';
    const caret = key && active.tagName === 'INPUT' ? active.selectionStart : null;
    for (const old of [...parent.childNodes]) if (!kept.has(old)) old.remove();
    children.forEach((child, i) => {
      if (parent.childNodes[i] !== child) parent.insertBefore(child, parent.childNodes[i] || null);
    });
    const again = key ? byId(key) : null;
    if (again && again !== document.activeElement) {
      again.focus({ preventScroll: true });
      if (caret !== null) again.setSelectionRange(caret, caret);
    }
  }

  // ---- tables
  // A table: columns with an id, a head, how a cell looks, what it sorts by and what a spreadsheet gets. Numbers
  // are sorted as numbers, what is not there comes last either way.
  function sorted(rows, columns) {
    const column = columns.find(c => c.id === state.sort);
    if (!column) return rows;
    const keys = rows.map(column.key), order = rows.map((r, i) => i), sign = state.desc ? -1 : 1;
    const missing = k => k === null || k === '' || Number.isNaN(k);
    order.sort((a, b) => {
      const x = keys[a], y = keys[b];
      if (missing(x) || missing(y)) return missing(x) && missing(y) ? a - b : missing(x) ? 1 : -1;
      return (x < y ? -sign : x > y ? sign : 0) || a - b;
    });
    return order.map(i => rows[i]);
  }
  function page(rows) {
    const size = printing ? MOST_PRINTED : ROWS[state.view], pages = Math.max(1, Math.ceil(rows.length / size));
    const current = printing ? 0 : Math.min(state.page, pages - 1);
    return { rows: rows.slice(current * size, (current + 1) * size), from: current * size, current: current,
      pages: pages, of: rows.length };
  }
  function pager(p) {
    if (printing) {
      return p.of > MOST_PRINTED
        ? el('p', { class: 'note' }, 'The first ' + grouped(MOST_PRINTED) + ' of ' + grouped(p.of) + ' rows.') : null;
    }
    if (p.pages < 2) return null;
    const turn = (id, words, target, off) => el('button', { type: 'button', id: id, 'aria-disabled': off ? 'true' : null,
      onclick: () => { if (!off) go({ page: target }); } }, words);
    return el('div', { class: 'pager', role: 'group', 'aria-label': 'Rows' },
      turn('first', 'First', 0, p.current === 0), turn('before', 'Previous', p.current - 1, p.current === 0),
      el('span', {}, grouped(p.from + 1) + ' to ' + grouped(p.from + p.rows.length) + ' of ' + grouped(p.of)),
      turn('next', 'Next', p.current + 1, p.current === p.pages - 1),
      turn('last', 'Last', p.pages - 1, p.current === p.pages - 1));
  }
  function headCell(c) {
    const active = state.sort === c.id;
    const attributes = { scope: 'col', class: (c.number ? 'n ' : '') + (c.css || '') };
    // Browsers leave buttons out where they repeat a head on the next sheet.
    if (!c.key || printing) return el('th', attributes, c.head);
    attributes['aria-sort'] = active ? (state.desc ? 'descending' : 'ascending') : 'none';
    return el('th', attributes, el('button', { type: 'button', class: 'sort', id: 'sort-' + c.id,
      title: c.title || null,
      onclick: () => go(active ? (state.desc === !!c.number ? { desc: !state.desc } : { sort: '', desc: false })
        : { sort: c.id, desc: !!c.number }) },
      c.head, active ? el('span', { class: 'arrow', 'aria-hidden': 'true' }, state.desc ? '▼' : '▲') : null),
      c.href ? el('a', { class: 'more', href: c.href, 'aria-label': 'Chart of ' + c.head }, 'chart') : null);
  }
  // Many columns of one width need not be measured before they are laid out.
  const WIDE = { heat: [220, 96], weeks: [220, 88] };
  function table(name, columns, rows, css, foot) {
    const wide = WIDE[css];
    return el('div', { class: 'scrolls', role: 'region', tabindex: '0', 'aria-label': name },
      el('table', { class: css || '', style: wide ? 'width: ' + (wide[0] + wide[1] * (columns.length - 1)) + 'px' : null },
        wide ? el('colgroup', {}, columns.map((c, i) => el('col', { style: 'width: ' + wide[i ? 1 : 0] + 'px' }))) : null,
        el('caption', { class: 'hidden' }, name),
        el('thead', {}, el('tr', {}, columns.map(headCell))),
        el('tbody', {}, rows.map((row, i) => el('tr', {}, columns.map((c, k) => {
          const cell = c.cell(row, i);
          return k === 0 ? el('th', { scope: 'row' }, cell)
            : el('td', { class: ((c.number ? 'n ' : '') + (c.css ? c.css + ' ' : '') + (c.tone ? c.tone(row) : '')).trim() || null }, cell);
        })))), foot || null));
  }
  const nameCell = p => [el('a', { href: link({ view: 'location', location: p.id }) }, p.name),
    el('span', { class: 'sub' }, p.practiceName + (p.region ? ' · ' + p.region : ''))];
  const nameColumns = [
    { id: 'location', head: 'Location', cell: nameCell, key: p => p.full.toLowerCase() }];
  const place = r => r.place || r;
  const csvPlaces = [['location_id', p => p.id], ['location', p => p.name], ['practice', p => p.practiceName],
    ['region', p => p.region]];

  function heading(words, says) {
    return [el('h2', { id: 'heading', tabindex: '-1' }, words), says ? el('p', { class: 'says' }, says) : null];
  }

  // ---- charts
  function ticks(low, high, most) {
    const raw = (high - low) / most || 1, power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 5, 10].map(m => m * power).find(s => s >= raw);
    const list = [];
    for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) list.push(k * step);
    return { step: step, list: list };
  }
  const axisText = (unit, value) => fmt.value(unit, decimal(Math.round(value * 1e6) / 1e6))
    .replace(/\.0+(?=\D|$)/, '').replace(/ (days|h|min)$/, '');
  function extent(values) {
    let low = Infinity, high = -Infinity;
    for (const v of values) if (Number.isFinite(v)) { low = Math.min(low, v); high = Math.max(high, v); }
    if (low > high) return [0, 1];
    const margin = (high - low || Math.abs(high) || 1) * 0.05;
    return [low >= 0 && low < (high - low) ? 0 : low - margin, high + margin];
  }
  // A name in lines of so many letters at most; a word that is longer is cut.
  function wrapped(name, length) {
    const lines = [''];
    for (const word of name.split(' ').map(w => w.length > length ? w.slice(0, length - 1) + '…' : w)) {
      const last = lines.length - 1;
      if (lines[last] && lines[last].length + 1 + word.length > length) lines.push(word);
      else lines[last] += (lines[last] ? ' ' : '') + word;
    }
    return lines;
  }

  // As wide as the window, which is asked once: to ask it lays the page out. A letter is about so wide.
  const LETTER = 7.4;
  let windowWidth = window.innerWidth;
  window.addEventListener('resize', () => { windowWidth = window.innerWidth; });
  const chartWidth = () => printing ? 860 : Math.max(340, Math.min(860, windowWidth - 28));

  // Rows of a dot with its interval, before the middle half of the peers.
  function dots(rows, unit, band, says) {
    const longest = Math.max(...rows.map(r => r.name.length));
    const top = 22, width = chartWidth(), right = 90;
    // Where names would take too much of the width they stand above their dots.
    const beside = longest * LETTER + 16 <= width * 0.36;
    const line = 17, left = beside ? longest * LETTER + 16 : 8;
    const names = rows.map(r => beside ? [r.name] : wrapped(r.name, Math.floor((width - 4) / LETTER)));
    const ends = [];
    names.forEach((lines, i) => ends.push((i ? ends[i - 1] : top) + line * (beside ? 1 : lines.length + 1)));
    const height = ends[ends.length - 1] + 8;
    const [low, high] = extent(rows.flatMap(r => [r.value, r.low, r.high]).concat(band ? [band[0], band[2]] : []));
    const x = v => left + (v - low) / (high - low) * (width - left - right);
    const parts = [];
    if (band) {
      parts.push(svg('rect', { class: 'band', x: x(band[0]), y: top - 4, width: Math.max(1, x(band[2]) - x(band[0])),
        height: height - top }));
      parts.push(svg('line', { class: 'median', x1: x(band[1]), x2: x(band[1]), y1: top - 4, y2: height - 4 }));
    }
    for (const t of ticks(low, high, width < 600 ? 3 : 6).list) {
      parts.push(svg('line', { class: 'grid', x1: x(t), x2: x(t), y1: top - 4, y2: height - 4 }));
      parts.push(svg('text', { class: 'tick', x: x(t), y: 12, 'text-anchor': 'middle' }, axisText(unit, t)));
    }
    rows.forEach((r, i) => {
      const y = ends[i] - line / 2;
      names[i].forEach((name, k) => parts.push(beside
        ? svg('text', { class: 'label', x: left - 10, y: y + 4, 'text-anchor': 'end' }, name)
        : svg('text', { class: 'label', x: 2, y: y + 5 - line * (names[i].length - k) }, name)));
      if (Number.isFinite(r.low) && Number.isFinite(r.high)) {
        parts.push(svg('line', { class: 'interval ' + r.css, x1: x(r.low), x2: x(r.high), y1: y, y2: y }));
      }
      parts.push(svg('circle', { class: 'dot ' + r.css, cx: x(r.value), cy: y, r: 4.5 }));
      parts.push(svg('text', { class: 'value', x: width - right + 12, y: y + 4 }, r.text));
    });
    return el('div', { class: 'scrolls chart', role: 'region', tabindex: '0', 'aria-label': 'Chart' },
      svg('svg', { role: 'img', 'aria-label': says, viewBox: '0 0 ' + width + ' ' + height, width: width, height: height },
        parts));
  }
  function spark(values, says) {
    const width = 120, height = 26, [low, high] = extent(values.filter(v => v !== null));
    const x = i => 3 + i * (width - 6) / Math.max(1, values.length - 1);
    const y = v => height - 4 - (v - low) / (high - low) * (height - 8);
    let path = '', pen = false;
    const points = [];
    values.forEach((v, i) => {
      if (v === null) { pen = false; return; }
      path += (pen ? 'L' : 'M') + x(i).toFixed(1) + ' ' + y(v).toFixed(1);
      if (!pen && (i + 1 === values.length || values[i + 1] === null)) points.push([x(i), y(v), 1.4]);
      pen = true;
    });
    let last = values.length - 1;
    while (last >= 0 && values[last] === null) last--;
    if (last >= 0) points.push([x(last), y(values[last]), 2.6]);
    return svg('svg', { role: 'img', 'aria-label': says, class: 'spark', viewBox: '0 0 ' + width + ' ' + height,
      width: width, height: height }, path ? svg('path', { d: path }) : null,
      points.map(p => svg('circle', { cx: p[0].toFixed(1), cy: p[1].toFixed(1), r: p[2] })));
  }
  // A line over the weeks with the peers' middle half of each.
  function course(kpi, points, says) {
    const width = chartWidth(), height = 230, left = 70, right = 16, top = 14, bottom = 26;
    const told = points.filter(p => p.value !== null);
    if (told.length < 2) return null;
    const [low, high] = extent(points.flatMap(p => [p.value === null ? NaN : p.value,
      p.band ? p.band[0] : NaN, p.band ? p.band[2] : NaN]));
    const x = i => left + i * (width - left - right) / Math.max(1, points.length - 1);
    const y = v => height - bottom - (v - low) / (high - low) * (height - top - bottom);
    const parts = [], step = points.length > 1 ? x(1) - x(0) : 0;
    for (const t of ticks(low, high, 4).list) {
      parts.push(svg('line', { class: 'grid', x1: left, x2: width - right, y1: y(t), y2: y(t) }));
      parts.push(svg('text', { class: 'tick', x: left - 8, y: y(t) + 4, 'text-anchor': 'end' }, axisText(kpi.unit, t)));
    }
    points.forEach((p, i) => {
      if (p.band) {
        parts.push(svg('rect', { class: 'band', x: x(i) - step / 2, width: step + 0.5, y: y(p.band[2]),
          height: Math.max(1, y(p.band[0]) - y(p.band[2])) }));
        parts.push(svg('line', { class: 'median', x1: x(i) - step / 2, x2: x(i) + step / 2, y1: y(p.band[1]), y2: y(p.band[1]) }));
      }
      const every = Math.ceil(points.length / (width < 600 ? 4 : 7));
      if (i % every === (points.length - 1) % every) {
        parts.push(svg('text', { class: 'tick', x: Math.min(x(i), width - 24), y: height - 8, 'text-anchor': 'middle' },
          shortDay(weekDay(p.week))));
      }
    });
    let path = '', pen = false;
    points.forEach((p, i) => {
      if (p.value === null) { pen = false; return; }
      path += (pen ? 'L' : 'M') + x(i).toFixed(1) + ' ' + y(p.value).toFixed(1);
      pen = true;
    });
    parts.push(svg('path', { class: 'course', d: path }));
    points.forEach((p, i) => {
      if (p.value !== null) {
        parts.push(svg('circle', { class: 'dot ' + (p.few ? 'few' : 'mid'), cx: x(i), cy: y(p.value), r: p.few ? 3 : 3.4 }));
      }
    });
    return el('div', { class: 'scrolls chart', role: 'region', tabindex: '0', 'aria-label': 'Chart' },
      svg('svg', { role: 'img', 'aria-label': says, viewBox: '0 0 ' + width + ' ' + height, width: width, height: height }, parts));
  }

  // ---- the views; each gives what stands there and what a spreadsheet gets of it
  function opportunity() {
    const gaps = p => data.gapsOf[p.index];
    const first = p => gaps(p).length ? gaps(p)[0] : null;
    const reason = (g, withDollars) => {
      if (!g) return '';
      const kpi = data.kpis[g[1]];
      return [withDollars ? fmt.brief(decimal(g[5])) + ': ' : '',
        el('a', { href: link({ view: 'kpi', kpi: kpi.id }) }, quiet(kpi.label)),
        ' ' + stat(kpi, g[3]) + ', ' + (g[2] ? 'peers about ' : 'target ') + stat(kpi, g[4])];
    };
    const columns = [nameColumns[0],
      { id: 'week', head: 'A week', number: true, key: p => first(p) ? first(p)[5] : null,
        cell: p => first(p) ? fmt.brief(decimal(first(p)[5])) : NONE },
      { id: 'low', head: 'Low to high', number: true, key: p => first(p) && first(p).length > 6 ? first(p)[6] : null,
        cell: p => first(p) && first(p).length > 6
          ? fmt.brief(decimal(first(p)[6])) + ' to ' + fmt.brief(decimal(first(p)[7])) : '' },
      { id: 'most', head: 'Most in', key: p => first(p) ? data.kpis[first(p)[1]].label : null, css: 'apart',
        cell: p => first(p) ? reason(first(p), false) : 'nothing that has a price' },
      { id: 'then', head: 'Then in', cell: p => reason(gaps(p)[1], true) }];
    const rows = sorted(chosen(), columns), p = page(rows);
    const drawn = p.rows.filter(r => first(r)).map(r => ({ name: r.full, value: first(r)[5],
      low: first(r).length > 6 ? first(r)[6] : NaN, high: first(r).length > 6 ? first(r)[7] : NaN,
      text: fmt.brief(decimal(first(r)[5])), css: first(r).length > 6 && first(r)[6] > 0 ? 'q4' : 'few' }));
    return { rows: rows.length, noun: 'location',
      body: [heading('Locations, by what is to be gained',
        'What a week would bring at the peers’ median, or where peers are withheld at the target; half of empty hours count as filled. '
        + 'Low to high is the 95 % interval of the location’s own value. A hollow dot: low is not above zero, so that chance alone may explain the gap.'),
      drawn.length ? dots(drawn, 'money', null, 'Dollars a week that may be gained at ' + drawn.length + ' locations, most at '
        + drawn[0].name + ': ' + drawn[0].text + '. The table below has the numbers.') : null,
      table('Locations by what is to be gained', columns, p.rows), pager(p)],
      csv: { name: 'opportunity', heads: csvPlaces.map(c => c[0]).concat(['kpi', 'value', 'held_against', 'reference',
        'dollars_a_week_low', 'dollars_a_week', 'dollars_a_week_high']),
      rows: () => rows.flatMap(r => gaps(r).map(g => csvPlaces.map(c => c[1](r)).concat([data.kpis[g[1]].id, g[3],
        g[2] ? 'peers' : 'target', g[4], g.length > 6 ? g[6] : '', g[5], g.length > 6 ? g[7] : '']))) } };
  }

  // What moved, in the lengths of ranges of which moves are told, or why there are none.
  const MEASURES = [['revenue', 'Net revenue'], ['opportunity', 'What is to be gained']];
  const moved = measure => distinct(data.moves.filter(m => m[2] === measure).map(m => m[3])
    .concat(measure === 'revenue' ? data.unmoved.map(u => u[1]) : [])).sort((a, b) => a - b);
  const signed = x => (x.n > 0 && rounded(x, 0) > 0 ? '+' : '') + fmt.brief(x);
  function moves() {
    const isRevenue = state.measure === 'revenue', weeks = state.range === 1 ? 'one week' : state.range === 4 ? 'four weeks' : state.range + ' weeks';
    const places = new Map(chosen().map(p => [p.index, p]));
    const all = data.moves.filter(m => m[2] === state.measure && m[3] === state.range && places.has(m[0]))
      .map(m => ({ place: places.get(m[0]), kpi: data.kpis[m[1]], before: decimal(m[4]), since: decimal(m[5]),
        change: { n: Math.round((m[5] - m[4]) * 100), d: 2 } }));
    all.sort((a, b) => (isRevenue ? 1 : -1) * (a.change.n - b.change.n) || (a.place.full < b.place.full ? -1 : 1));
    const columns = [{ id: 'location', head: 'Location', cell: r => nameCell(r.place), key: r => r.place.full.toLowerCase() },
      isRevenue ? null : { id: 'kpi', head: 'In', key: r => r.kpi.index, cell: r => el('a', { href: link({ view: 'kpi', kpi: r.kpi.id }) }, r.kpi.label) },
      { id: 'before', head: 'The ' + weeks + ' before', number: true, key: r => scaled(r.before.n, r.before.d), cell: r => fmt.brief(r.before) },
      { id: 'since', head: 'The last ' + weeks, number: true, key: r => scaled(r.since.n, r.since.d), cell: r => fmt.brief(r.since) },
      { id: 'change', head: 'Change, a week', number: true, key: r => r.change.n, cell: r => signed(r.change) }].filter(c => c !== null);
    const rows = sorted(all, columns), p = page(rows);
    const drawn = p.rows.map(r => ({ name: isRevenue ? r.place.full : r.place.full + ', ' + quiet(r.kpi.label),
      value: scaled(r.since.n, r.since.d), low: scaled(r.before.n, r.before.d), high: scaled(r.since.n, r.since.d),
      text: signed(r.change), css: r.change.n === 0 ? 'mid' : (r.change.n > 0) === isRevenue ? 'q4' : 'q1' }));
    const explains = isRevenue ? 'Locations that were open and told in all ' + (state.range === 1 ? 'two' : state.range === 4 ? 'eight' : 2 * state.range) + ' weeks, those that lost most first.'
      : 'At the peers’ median or the target of each time, those of which most more is to be gained first.'
        + (state.range === 13 ? ' The 13 weeks before are those that ended 12 weeks earlier; one week is in both.' : '');
    return { rows: rows.length, noun: isRevenue ? 'location' : 'row',
      body: [heading((isRevenue ? 'Net revenue a week' : 'What is to be gained a week') + ': who moved in ' + weeks, explains),
        drawn.length ? [el('p', { class: 'legend' }, swatch('q4', isRevenue ? 'Rose' : 'Less to be gained'), swatch('q1', isRevenue ? 'Fell' : 'More to be gained'),
          el('span', {}, 'Dot: the last ' + weeks + '; line: from the ' + weeks + ' before; number: the change')),
          dots(drawn, 'money', null, 'Dollars a week over the last ' + weeks + ' and the ' + weeks + ' before of ' + drawn.length + ' rows, from '
            + drawn[0].name + ', ' + drawn[0].text + ', to ' + drawn[drawn.length - 1].name + ', ' + drawn[drawn.length - 1].text + '. The table below has the numbers.'),
          table('Who moved', columns, p.rows)]
          : el('p', {}, 'Nothing is told of two ranges of this length here.'), pager(p), isRevenue ? unmoved(places) : null],
      csv: { name: 'moves-' + state.measure + '-' + state.range, heads: csvPlaces.map(c => c[0]).concat(['measure', 'kpi', 'range_weeks', 'before', 'since', 'change']),
        rows: () => rows.map(r => csvPlaces.map(c => c[1](r.place)).concat([state.measure, r.kpi.id, state.range, plain(r.before), plain(r.since), plain(r.change)])) } };
  }

  // Locations whose revenue is not compared, with what is missing.
  function unmoved(places) {
    const some = data.unmoved.filter(u => u[1] === state.range && places.has(u[0])).map(u => places.get(u[0]).full + ' ('
      + (u[2] ? 'opening day ' + shortDay(u[2]) + ', ' + u[2].slice(0, 4)
        : 'net revenue in ' + u[3] + ' of the ' + 2 * state.range + ' weeks') + ')').sort();
    return some.length ? el('p', { class: 'note' }, 'Not compared: ' + some.join('; ') + '.') : null;
  }

  // Positions that the last publication changed: of each location, KPI and length the newest range.
  function restated() {
    const places = new Map(chosen().map(p => [p.index, p]));
    const all = data.restated.rows.filter(r => places.has(r[0]) && (!state.kpi || data.kpis[r[1]].id === state.kpi))
      .map(r => ({ place: places.get(r[0]), kpi: data.kpis[r[1]], range: r[2], week: r[3], rank: [r[4], r[5]], dollars: [r[6], r[7]],
        why: r[8].split(' ').map(c => CAUSES[c] || 'for a reason that is not known') }));
    const dollars = r => r.dollars[0] === r.dollars[1] ? 0 : Math.abs((r.dollars[1] || 0) - (r.dollars[0] || 0));
    const steps = r => Math.abs((r.rank[1] || 0) - (r.rank[0] || 0));
    all.sort((a, b) => dollars(b) - dollars(a) || steps(b) - steps(a) || (a.place.full < b.place.full ? -1 : a.place.full > b.place.full ? 1 : a.kpi.index - b.kpi.index));
    const turn = (pair, write) => pair.map(x => x === null ? 'none' : write(x)).join(' → ');
    const columns = [{ id: 'location', head: 'Location', cell: r => nameCell(r.place), key: r => r.place.full.toLowerCase() },
      { id: 'kpi', head: 'KPI', key: r => r.kpi.index, cell: r => el('a', { href: link({ view: 'kpi', kpi: r.kpi.id, range: r.range, week: r.week }) }, r.kpi.label) },
      { id: 'range', head: 'Weeks', key: r => 100 * r.week + r.range, cell: r => span(r.kpi, r.range, r.week) },
      { id: 'rank', head: 'Place', number: true, key: steps, cell: r => turn(r.rank, String) },
      { id: 'dollars', head: 'To be gained in them', number: true, key: dollars,
        cell: r => r.dollars[0] === r.dollars[1] ? '' : turn(r.dollars, x => fmt.brief(decimal(x))) },
      { id: 'why', head: 'Why', css: 'apart', cell: r => { const w = r.why.join('; '); return w[0].toUpperCase() + w.slice(1); } }];
    const rows = sorted(all, columns), p = page(rows), count = data.restated.count;
    return { rows: rows.length, noun: 'position',
      body: [heading('What an earlier benchmark told otherwise', count === 0 ? 'No position that had been published was changed by this publication.'
        : grouped(count) + (count === 1 ? ' position' : ' positions') + ' of locations in ranges of weeks that had been published '
          + (count === 1 ? 'has' : 'have') + ' changed; all are in the workbook’s sheet Restated and in the warehouse’s relation benchmark_restatements. '
          + 'Here is the newest range of each location, KPI and length.'),
      rows.length ? table('Positions that were told otherwise before', columns, p.rows)
        : count ? el('p', {}, 'None of them is of a location and KPI that is chosen here.') : null, pager(p)],
      csv: { name: 'restated', heads: csvPlaces.map(c => c[0]).concat(['kpi', 'range_weeks', 'week_start', 'from_rank', 'to_rank', 'from_gap_dollars', 'to_gap_dollars', 'causes']),
        rows: () => rows.map(r => csvPlaces.map(c => c[1](r.place)).concat([r.kpi.id, r.range, weekDay(r.week)],
          r.rank.concat(r.dollars).map(x => x === null ? '' : x), r.why.join('; '))) } };
  }

  // In as few groups as that size allows, of about the same size.
  function balanced(list, most) {
    const size = Math.ceil(list.length / Math.max(1, Math.ceil(list.length / most))), groups = [];
    for (let i = 0; i < list.length; i += size) groups.push(list.slice(i, i + size));
    return groups;
  }

  function heat() {
    const columns = data.kpis.map(k => column(k, state.range, state.week));
    const tone = (k, i) => {
      const c = columns[k.index];
      return c === null || !has(c, i) || (c.status[i] !== 'r' && c.status[i] !== 'e') ? 'few-cell'
        : c.quarter[i] ? 'q' + c.quarter[i] : '';
    };
    const kpis = data.kpis.filter(k => columns[k.index] !== null);
    const cells = kpis.map(k => ({ kpi: k, id: k.id, head: k.label, number: true, title: k.says, href: link({ view: 'kpi', kpi: k.id }),
      key: p => has(columns[k.index], p.index) ? columns[k.index].n[p.index] : null,
      tone: p => tone(k, p.index),
      cell: p => {
        const c = columns[k.index], i = p.index;
        if (!has(c, i)) return NONE;
        const word = c.status[i] === 'r' ? QUARTERS[c.quarter[i]] : c.status[i] === 'e' ? '' : WORDS[c.status[i]];
        return word ? text(k, c, i) + '\n' + word : text(k, c, i);
      } }));
    const rows = sorted(chosen(), nameColumns.concat(cells)), p = page(rows);
    const foot = some => {
      if (!some.some(c => isTold(statistics(c.kpi, state.range, state.week)))) return null;
      const peerRow = (label, of) => el('tr', { class: 'peers' }, el('th', { scope: 'row' }, label),
        some.map(c => el('td', { class: 'n' }, of(c.kpi, statistics(c.kpi, state.range, state.week)))));
      return el('tfoot', {},
        peerRow('Peers, 25 %', (k, s) => isTold(s) ? stat(k, s[4]) : NONE),
        peerRow('Peers, median', (k, s) => isTold(s) ? stat(k, s[5]) : NONE),
        peerRow('Peers, 75 %', (k, s) => isTold(s) ? stat(k, s[6]) : NONE),
        peerRow('Practices behind', (k, s) => s ? String(s[3]) : '0'));
    };
    const parts = printing ? balanced(cells, PRINTED_KPIS) : [cells];
    const withheld = kpis.map(k => [k, statistics(k, state.range, state.week)]).filter(x => !isTold(x[1]));
    const reasons = distinct(withheld.map(x => why(x[1])));
    return { rows: rows.length, noun: 'location',
      body: [heading('All KPIs of all locations, ' + span(null, state.range, state.week),
        'Best, second, third and last are quarters of the locations that are ranked on a KPI, whichever direction is better; the one in the very middle, and a place that too many share, has none. '
        + 'Stock value and shrinkage have no quarters, because more of them is neither better nor worse. Peers: ' + groupText(state.peers) + '.'),
      parts.map((some, i) => el('div', { class: 'part' },
        parts.length > 1 ? el('h3', {}, 'KPIs, part ' + (i + 1) + ' of ' + parts.length) : null,
        table('All KPIs of all locations', nameColumns.concat(some), p.rows, 'heat', foot(some)))), pager(p),
      reasons.length ? [el('h3', {}, 'Peers withheld, and why'), el('ul', { class: 'reasons' }, reasons.map(r => el('li', {},
        el('strong', {}, r[0].toUpperCase() + r.slice(1) + ': '),
        withheld.filter(x => why(x[1]) === r).map(x => x[0].label).join(', '))))] : null],
      csv: { name: 'all-kpis-' + weekDay(state.week) + '-' + state.range, heads: csvPlaces.map(c => c[0])
        .concat(['week_start', 'range_weeks'], kpis.map(k => k.id)),
      rows: () => rows.map(r => csvPlaces.map(c => c[1](r)).concat([weekDay(state.week), state.range],
        kpis.map(k => has(columns[k.index], r.index) ? plain(at(k, columns[k.index], r.index)) : ''))) } };
  }

  const statusWord = (c, i) => c.status[i] === 'r' ? c.rank[i] + ' of ' + c.ranked : WORDS[c.status[i]];
  const ends = (kpi, c, i) => c.low && !Number.isNaN(c.low[i])
    ? [{ n: c.low[i], d: kpi.ends }, { n: c.high[i], d: kpi.ends }] : null;

  function oneKpi() {
    const kpi = kpiOf(state.kpi), c = column(kpi, state.range, state.week), s = statistics(kpi, state.range, state.week);
    const told = isTold(s), band = told ? [s[4], s[5], s[6]] : null;
    const earlier = column(kpi, state.range, before(kpi, state));
    const value = p => has(c, p.index) ? scaled(c.n[p.index], kpi.decimals) : null;
    const change = p => has(c, p.index) && has(earlier, p.index) && p.index in c.status
      ? { n: c.n[p.index] - earlier.n[p.index], d: kpi.decimals } : null;
    const columns = [nameColumns[0],
      { id: 'value', head: kpi.label, number: true, key: value, cell: p => c ? text(kpi, c, p.index) : NONE },
      { id: 'rank', head: 'Place', number: true, key: p => c && c.status[p.index] === 'r' ? c.rank[p.index] : null,
        cell: p => c ? statusWord(c, p.index) : NONE },
      kpi.merit ? { id: 'quarter', head: 'Quarter', css: 'quarter', key: p => c && c.quarter[p.index] ? c.quarter[p.index] : null,
        tone: p => c && c.quarter[p.index] ? 'q' + c.quarter[p.index] : '', cell: p => c ? QUARTERS[c.quarter[p.index]] : '' } : null,
      c && c.low ? { id: 'interval', head: '95 % interval', number: true, cell: p => {
        const e = ends(kpi, c, p.index);
        return e ? fmt.value(kpi.unit, e[0]) + ' to ' + fmt.value(kpi.unit, e[1]) : '';
      } } : null,
      earlier ? { id: 'change', head: 'Change', number: true, title: 'Against the range of the same length before',
        key: p => change(p) ? change(p).n : null,
        cell: p => change(p) ? (change(p).n > 0 ? '+' : '') + (kpi.unit === 'percent'
          ? fixed({ n: change(p).n, d: kpi.decimals - 2 }, 1) + ' pts' : fmt.value(kpi.unit, change(p))) : '' } : null,
      c && c.sample ? { id: 'sample', head: 'Rests on', number: true, title: kpi.sample,
        key: p => c.sample[p.index], cell: p => Number.isNaN(c.sample[p.index]) ? '' : fixed({ n: c.sample[p.index], d: 1 }, 0) } : null
    ].filter(x => x !== null);
    const best = columns[2];
    let rows = chosen().filter(p => c && c.status[p.index] !== '-');
    const untold = chosen().length - rows.length;
    if (!state.sort) {
      const order = p => c.status[p.index] === 'r' ? c.rank[p.index] : 1e9;
      rows = rows.slice().sort((a, b) => order(a) - order(b) || (c.n[b.index] - c.n[a.index]) * (kpi.up ? 1 : -1) || 0);
    } else rows = sorted(rows, columns);
    const p = page(rows);
    const drawn = p.rows.filter(r => has(c, r.index)).map(r => ({ name: r.full, value: value(r),
      low: c.low && !Number.isNaN(c.low[r.index]) ? scaled(c.low[r.index], kpi.ends) : NaN,
      high: c.high && !Number.isNaN(c.high[r.index]) ? scaled(c.high[r.index], kpi.ends) : NaN,
      text: text(kpi, c, r.index),
      css: c.status[r.index] !== 'r' ? 'few' : c.quarter[r.index] === 4 ? 'q4' : c.quarter[r.index] === 1 ? 'q1' : 'mid' }));
    const facts = [(kpi.merit ? (kpi.up ? 'Higher is better.' : 'Lower is better.') : 'More is neither better nor worse, so there are no quarters.'),
      told ? 'Peers (' + groupText(state.peers) + '), rounded: median ' + stat(kpi, s[5]) + ', middle half ' + half(kpi, s) + ', of ' + s[3] + ' practices.'
        : 'Peers (' + groupText(state.peers) + ') withheld: ' + why(s) + '.',
      kpi.judged ? 'A week’s value still grows as later payments arrive; ' + quiet(kpiOf(kpi.judged).label) + ' has the same age in every week.' : '',
      c && c.status.indexOf('e') >= 0 ? 'This week is not compared any more: places and peers are of the last 13 weeks.' : ''];
    return { rows: rows.length, noun: 'location',
      body: [heading(kpi.label + ', ' + span(kpi, state.range, state.week), facts.join(' ')),
        drawn.length ? [legend(kpi, drawn, told, c), dots(drawn, kpi.unit, band, kpi.label + ' of ' + drawn.length + ' locations, from '
          + drawn[0].name + ', ' + drawn[0].text + ', to ' + drawn[drawn.length - 1].name + ', ' + drawn[drawn.length - 1].text + '. '
          + (told ? 'Middle half of the peers ' + half(kpi, s) + '. ' : '') + 'The table below has the numbers.')]
          : el('p', {}, 'No location that is shown has a value here.'),
        rows.length ? table(kpi.label + ' of all locations', columns, p.rows) : null, pager(p),
        untold ? el('p', { class: 'note' }, grouped(untold) + (untold === 1 ? ' location has' : ' locations have') + ' no number for this KPI in this range.') : null,
        el('dl', { class: 'definition' }, el('dt', {}, 'What it says'), el('dd', {}, kpi.says),
          el('dt', {}, 'Formula'), el('dd', {}, kpi.formula), el('dt', {}, 'Left out'), el('dd', {}, kpi.without)),
        trade(kpi)],
      csv: longCsv('kpi-' + kpi.id, rows.map(r => [r, kpi, state.range, state.week])) };
  }
  // Figures of the trade that are public, each with what makes it another number.
  function trade(kpi) {
    const some = data.published.filter(f => f.kpi === kpi.index);
    if (!some.length) return null;
    return [el('h3', {}, 'What the trade publishes'),
      el('p', { class: 'says' }, 'Others count something else, as the last column says: none of these figures is a target. Grade a is a peer-reviewed paper or an association’s own journal, b a report of the trade.'),
      table('What the trade publishes about ' + quiet(kpi.label), [
        { id: 'published', head: 'Published', cell: f => [stat(kpi, f.low) + (f.high === f.low ? '' : ' to ' + stat(kpi, f.high)), el('span', { class: 'sub' }, f.kind)] },
        { id: 'source', head: 'Source', cell: f => [f.source + ' (' + f.year + ', grade ' + f.grade + ')', el('a', { class: 'sub', href: f.link, rel: 'noreferrer' }, f.link)] },
        { id: 'counts', head: 'Counts', cell: f => [f.definition + '.', el('span', { class: 'sub' }, f.sample)] },
        { id: 'other', head: 'Not the same number', cell: f => f.difference + '.' }], some, 'trade')];
  }
  function swatch(css, words) {
    return el('span', {}, svg('svg', { 'aria-hidden': 'true', width: 12, height: 12, viewBox: '0 0 12 12' },
      svg('circle', { class: 'dot ' + css, cx: 6, cy: 6, r: 4.5 })), ' ' + words);
  }
  function legend(kpi, drawn, told, c) {
    const item = swatch;
    const is = css => drawn.some(r => r.css === css);
    return el('p', { class: 'legend' }, is('q4') ? item('q4', 'Best quarter') : null, is('mid') ? item('mid', kpi.merit && (is('q4') || is('q1')) ? 'Between' : 'Ranked') : null,
      is('q1') ? item('q1', 'Last quarter') : null, is('few') ? item('few', 'Not ranked') : null,
      c.low ? el('span', {}, 'Line: 95 % interval') : null,
      told ? el('span', {}, 'Shaded: middle half of the peers; dashes: their median') : null);
  }

  function oneLocation() {
    const p = placeOf(state.location);
    if (!p) return { rows: 0, noun: 'KPI', body: [heading('No location', 'No practice of this consultant has a location.')], csv: longCsv('location', []) };
    const weeks = [...(byRange.get(state.range) || [])].sort((a, b) => b - a);
    const kpis = data.kpis.filter(k => weeks.some(w => { const c = column(k, state.range, w); return c && c.status[p.index] !== '-'; }));
    const now = k => column(k, state.range, state.week);
    const series = k => weeks.map(w => { const c = column(k, state.range, w); return has(c, p.index) ? scaled(c.n[p.index], k.decimals) : null; });
    const told = k => now(k) && now(k).status[p.index] !== '-';
    const columns = [
      { id: 'kpi', head: 'KPI', key: k => k.index, cell: k => el('a', { href: link({ view: 'kpi', kpi: k.id }) }, k.label) },
      { id: 'value', head: 'Value', number: true, cell: k => told(k) ? text(k, now(k), p.index) : NONE },
      { id: 'rank', head: 'Place', number: true, key: k => told(k) && now(k).status[p.index] === 'r' ? now(k).rank[p.index] / now(k).ranked : null,
        cell: k => told(k) ? statusWord(now(k), p.index) : 'not told' },
      { id: 'quarter', head: 'Quarter', css: 'quarter', key: k => told(k) && now(k).quarter[p.index] ? now(k).quarter[p.index] : null,
        tone: k => told(k) && now(k).quarter[p.index] ? 'q' + now(k).quarter[p.index] : '',
        cell: k => told(k) ? QUARTERS[now(k).quarter[p.index]] : '' },
      { id: 'peers', head: 'Peers, middle half', number: true, cell: k => {
        const s = statistics(k, state.range, state.week);
        return isTold(s) ? half(k, s) : el('span', { class: 'quiet', title: why(s) }, 'withheld');
      } },
      { id: 'trend', head: weeks.length + ' weeks', css: 'apart', cell: k => {
        const v = series(k), known = v.filter(x => x !== null);
        return known.length > 1 ? spark(v, k.label + ' over ' + known.length + ' weeks, the last '
          + text(k, column(k, state.range, weeks[weeks.length - 1]), p.index)) : '';
      } }];
    const rows = sorted(kpis, columns);
    const shownKpi = kpis.some(k => k.id === state.kpi) ? kpiOf(state.kpi) : kpis[0];
    const points = shownKpi ? weeks.map(w => {
      const c = column(shownKpi, state.range, w), s = statistics(shownKpi, state.range, w);
      return { week: w, value: has(c, p.index) ? scaled(c.n[p.index], shownKpi.decimals) : null,
        few: c !== null && c.status[p.index] !== 'r' && c.status[p.index] !== 'e', band: isTold(s) ? [s[4], s[5], s[6]] : null };
    }) : [];
    const chart = shownKpi ? course(shownKpi, points, shownKpi.label + ' of ' + p.full + ' over ' + weeks.length
      + ' weeks. The table below has the numbers.') : null;
    const gaps = data.gapsOf[p.index];
    const weekColumns = [{ id: 'w-kpi', head: 'KPI', cell: k => k.label }].concat(weeks.map(w => ({ id: 'w' + w,
      head: shortDay(weekDay(w)), number: true,
      tone: k => { const c = column(k, state.range, w); return c && has(c, p.index) && c.status[p.index] !== 'r' && c.status[p.index] !== 'e' ? 'few-cell' : ''; },
      cell: k => { const c = column(k, state.range, w); return c ? text(k, c, p.index) : NONE; } })));
    return { rows: rows.length, noun: 'KPI',
      body: [heading(p.name + ', ' + span(null, state.range, state.week), p.practiceName + (p.region ? ' · region ' + p.region : '')
        + (p.groups.length ? ' · peer groups ' + p.groups.join(', ') : '') + (p.opened ? ' · opened ' + shortDay(p.opened) + ', ' + p.opened.slice(0, 4) : '') + '.'),
      gaps.length ? el('p', { class: 'lead' }, 'To be gained a week: ', gaps.slice(0, 3).map((g, i) => [i ? '; ' : '',
        fmt.brief(decimal(g[5])) + ' in ' + quiet(data.kpis[g[1]].label) + ' (' + stat(data.kpis[g[1]], g[3]) + ', '
        + (g[2] ? 'peers about ' : 'target ') + stat(data.kpis[g[1]], g[4]) + ')']).flat(), '. They do not add up.') : null,
      shownKpi ? el('div', { class: 'inline' }, select('course', 'Chart of', kpis.map(k => [k.id, k.label]), shownKpi.id, v => go({ kpi: v }))) : null,
      chart, shownKpi && chart ? el('p', { class: 'legend' }, state.range === 1 || !shownKpi.longer ? 'Each week.' : 'Each range of ' + state.range + ' weeks, by its last week.',
        points.some(x => x.band) ? ' Shaded: middle half of the peers; dashes: their median.' : '') : null,
      table('All KPIs of ' + p.full, columns, rows),
      el('h3', {}, state.range === 1 ? 'Week by week' : 'Ranges of ' + state.range + ' weeks, by their last week'),
      (printing ? balanced(weekColumns.slice(1), PRINTED_WEEKS) : [weekColumns.slice(1)]).map(some => el('div', { class: 'part' },
        table('All KPIs of ' + p.full + ' by week', [weekColumns[0]].concat(some), rows, 'weeks')))],
      csv: longCsv('location-' + p.id, rows.flatMap(k => weeks.slice().reverse().map(w => [p, k, state.range, w]))) };
  }

  // They are many: where only their order or what part of them is shown changes, they are kept.
  let longOf = '', longKept = [];
  function longRows() {
    const of = address(Object.assign({}, state, { sort: '', desc: false, page: 0 }));
    if (of !== longOf) { longOf = of; longKept = longMade(); }
    return longKept;
  }
  function longMade() {
    const kpis = state.kpi ? [kpiOf(state.kpi)] : data.kpis, list = [];
    for (const p of chosen()) for (const k of kpis) {
      const weeks = state.ago === 'all' ? [...(byRange.get(k.longer ? state.range : 1) || [])].sort((a, b) => a - b) : [state.week];
      for (const w of weeks) {
        const c = column(k, state.range, w);
        if (c && c.status[p.index] !== '-') list.push({ place: p, kpi: k, week: w, c: c });
      }
    }
    return list;
  }
  function longTable() {
    const i = r => r.place.index;
    const columns = [
      { id: 'location', head: 'Location', cell: r => nameCell(r.place), key: r => r.place.full.toLowerCase() },
      { id: 'kpi', head: 'KPI', key: r => r.kpi.index, cell: r => el('a', { href: link({ view: 'kpi', kpi: r.kpi.id }) }, r.kpi.label) },
      { id: 'week', head: 'Last week', key: r => -r.week, cell: r => shortDay(weekDay(r.week)) + ', ' + weekDay(r.week).slice(0, 4) },
      { id: 'range', head: 'Weeks', number: true, cell: r => String(r.c.range) },
      { id: 'value', head: 'Value', number: true, key: state.kpi ? r => r.c.n[i(r)] : null, cell: r => text(r.kpi, r.c, i(r)) },
      { id: 'rank', head: 'Place', number: true, key: r => r.c.status[i(r)] === 'r' ? r.c.rank[i(r)] : null, cell: r => statusWord(r.c, i(r)) },
      { id: 'quarter', head: 'Quarter', css: 'quarter', key: r => r.c.quarter[i(r)] || null, tone: r => r.c.quarter[i(r)] ? 'q' + r.c.quarter[i(r)] : '',
        cell: r => QUARTERS[r.c.quarter[i(r)]] },
      { id: 'peers', head: 'Peers, middle half', number: true, cell: r => {
        const s = statistics(r.kpi, state.range, r.week);
        return isTold(s) ? half(r.kpi, s) : el('span', { class: 'quiet', title: why(s) }, 'withheld');
      } }];
    const rows = sorted(longRows(), columns), p = page(rows);
    return { rows: rows.length, noun: 'row',
      body: [heading((state.kpi ? kpiOf(state.kpi).label : 'Every KPI of every location') + ', '
        + (state.ago === 'all' ? 'all weeks' : span(state.kpi ? kpiOf(state.kpi) : null, state.range, state.week)),
        'One row for each location, KPI and range of weeks; “Save as CSV” takes all rows along with what they rest on. Choose a KPI to have all weeks.'),
      table('Values', columns, p.rows), pager(p)],
      csv: longCsv('table', rows.map(r => [r.place, r.kpi, state.range, r.week])) };
  }

  function longCsv(name, list) {
    return { name: name + '-' + weekDay(state.week) + '-' + state.range,
      heads: csvPlaces.map(c => c[0]).concat(['kpi', 'unit', 'week_start', 'range_weeks', 'value', 'value_low', 'value_high',
        'sample_size', 'status', 'rank', 'ranked', 'quarter', 'peers_p25', 'peers_p50', 'peers_p75', 'peers', 'peers_withheld']),
      rows: () => list.map(([p, k, range, week]) => {
        const c = column(k, range, week), s = statistics(k, range, week), i = p.index, e = c && has(c, i) ? ends(k, c, i) : null;
        return csvPlaces.map(x => x[1](p)).concat([k.id, k.unit, weekDay(week), c ? c.range : range,
          has(c, i) ? plain(at(k, c, i)) : '', e ? plain(e[0]) : '', e ? plain(e[1]) : '',
          c && c.sample && !Number.isNaN(c.sample[i]) ? plain({ n: c.sample[i], d: 1 }) : '',
          !c ? WORDS['-'] : c.status[i] === 'r' ? 'ranked' : WORDS[c.status[i]], c && c.rank[i] ? c.rank[i] : '', c ? c.ranked : '',
          c ? QUARTERS[c.quarter[i]] : ''].concat(isTold(s) ? [s[4], s[5], s[6], s[3], ''] : ['', '', '', s ? s[3] : 0, why(s)]));
      }) };
  }

  // ---- CSV: a text that a spreadsheet would take for a formula gets an apostrophe
  function csvText() {
    const cell = x => {
      if (typeof x === 'number') return String(x);
      let t = String(x);
      if (/^[=+@\t\r]/.test(t) || (t[0] === '-' && !/^-[\d.]+$/.test(t))) t = "'" + t;
      return /[",\n\r]/.test(t) ? '"' + t.replace(/"/g, '""') + '"' : t;
    };
    return [shown.csv.heads].concat(shown.csv.rows()).map(row => row.map(cell).join(',')).join('\r\n') + '\r\n';
  }
  function download() {
    const url = URL.createObjectURL(new Blob(['\ufeff' + csvText()], { type: 'text/csv' }));
    el('a', { href: url, download: 'benchmark-' + data.consultant + '-' + shown.csv.name + '.csv' }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }

  // ---- showing
  const DRAW = { opportunity: opportunity, moves: moves, heat: heat, kpi: oneKpi, location: oneLocation, table: longTable,
    restated: restated };
  let turn = 0;
  async function show() {
    const mine = ++turn, missing = ranges(state).filter(([range, week]) => !isRead.has(range + '/' + week));
    replace(byId('views'), VIEWS.map(v => el('li', {}, el('a', { id: 'view-' + v[0], href: link({ view: v[0], kpi: isOfAny(v[0]) ? '' : state.kpi || DEFAULTS.kpi }),
      'aria-current': v[0] === state.view ? 'page' : null }, v[1]))));
    filters();
    if (missing.length) {
      drawn(false);
      byId('main').setAttribute('aria-busy', 'true');
      byId('status').textContent = 'Reading the numbers …';
      try {
        await Promise.all(missing.map(readRange));
      } catch (e) {
        if (mine === turn) cannotBeRead();
        throw e;
      }
      // Something else may have been chosen meanwhile.
      if (mine !== turn) return;
    }
    draw();
  }
  // What is not drawn yet can neither be saved nor printed: the view before it still stands there.
  function drawn(is) {
    isDrawn = is;
    for (const button of buttons.querySelectorAll('#csv, #print')) {
      if (is) button.removeAttribute('aria-disabled');
      else button.setAttribute('aria-disabled', 'true');
    }
    if (is) byId('main').removeAttribute('aria-busy');
  }
  function cannotBeRead() {
    byId('main').removeAttribute('aria-busy');
    byId('status').textContent = '';
    replace(byId('main'), [el('p', {}, 'The numbers in this file cannot be read. Open it with a current browser, and whole.')]);
  }
  function draw() {
    const previous = shown ? shown.view + '/' + shown.of : null;
    shown = DRAW[state.view]();
    shown.view = state.view;
    shown.of = state.view === 'kpi' ? state.kpi : state.view === 'location' ? state.location : '';
    replace(byId('main'), [el('div', { class: 'view view-' + state.view }, ...shown.body.flat(2).filter(x => x !== null && x !== ''))]);
    drawn(true);
    byId('status').textContent = grouped(shown.rows) + ' ' + shown.noun + (shown.rows === 1 ? '' : 's')
      + (state.sort ? ', sorted by ' + (document.querySelector('[aria-sort$="ending"] button') || { firstChild: { data: state.sort } }).firstChild.data
        + (state.desc ? ', largest first' : ', smallest first') : '');
    document.title = byId('heading').textContent + ' · ' + data.name;
    if (isArriving && previous !== null && previous !== shown.view + '/' + shown.of) {
      byId('heading').focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    isArriving = false;
  }
  function arrive() {
    state = parse();
    isArriving = true;
    show();
  }

  window.addEventListener('hashchange', arrive);
  window.addEventListener('popstate', () => { if (address(state) !== location.hash) arrive(); });
  window.addEventListener('beforeprint', () => { printing = true; show(); });
  window.addEventListener('afterprint', () => { printing = false; show(); });
  byId('filters').addEventListener('submit', e => e.preventDefault());
  document.querySelector('.skip').addEventListener('click', e => { e.preventDefault(); byId('main').focus(); });

  (async function () {
    try {
      await read();
    } catch (e) {
      cannotBeRead();
      throw e;
    }
    const practices = new Set(data.places.map(p => p.practice)).size;
    byId('extent').textContent = grouped(data.places.length) + (data.places.length === 1 ? ' location of ' : ' locations of ')
      + practices + (practices === 1 ? ' practice · ' : ' practices · ');
    state = parse();
    await show();
    document.documentElement.dataset.ready = 'yes';
    performance.mark('ready');
    // What tests look at: every number and text that the page can show.
    window.portfolio = { data: data, csv: csvText, column: column, text: text, kpi: kpiOf, all: readAll,
      format: (unit, number) => fmt.value(unit, decimal(number)), brief: number => fmt.brief(decimal(number)) };
    readOn();
  })();
})();
