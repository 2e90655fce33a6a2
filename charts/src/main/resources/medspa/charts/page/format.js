'use strict';
// Numbers as the reports write them: decimals are kept as a whole number and a count of decimals, and
// rounded half up once.
const NONE = '–', MINUS = '−';

function decimal(number) {
  if (typeof number === 'object') return number;
  const text = String(number), e = text.indexOf('e');
  const mantissa = e < 0 ? text : text.slice(0, e), exponent = e < 0 ? 0 : +text.slice(e + 1);
  const point = mantissa.indexOf('.');
  const digits = point < 0 ? mantissa : mantissa.slice(0, point) + mantissa.slice(point + 1);
  let decimals = (point < 0 ? 0 : mantissa.length - point - 1) - exponent, n = +digits;
  while (decimals < 0) { n *= 10; decimals++; }
  return { n: n, d: decimals };
}

// |x| rounded to so many decimals, as a whole number of the last of them.
function rounded(x, decimals) {
  const n = Math.abs(x.n), cut = x.d - decimals;
  if (cut <= 0) return n * 10 ** -cut;
  const power = 10 ** cut, rest = n % power;
  return (n - rest) / power + (rest * 2 >= power ? 1 : 0);
}

function grouped(whole) {
  let text = String(whole), out = '';
  while (text.length > 3) { out = ',' + text.slice(-3) + out; text = text.slice(0, -3); }
  return text + out;
}

function digitsOf(x, decimals) {
  const whole = rounded(x, decimals), power = 10 ** decimals, rest = whole % power;
  return grouped((whole - rest) / power) + (decimals ? '.' + String(rest).padStart(decimals, '0') : '');
}

function fixed(x, decimals) {
  return (x.n < 0 && rounded(x, decimals) > 0 ? MINUS : '') + digitsOf(x, decimals);
}

function perHundred(x) {
  if (x.n === 0) return '0';
  // 0.0001, compared without fractions.
  if (Math.abs(x.n) * 10 ** Math.max(0, 4 - x.d) < 10 ** Math.max(0, x.d - 4)) {
    return x.n < 0 ? '> ' + MINUS + '0.0001' : '< 0.0001';
  }
  const first = x.d - String(Math.abs(x.n)).length + 1;
  let decimals = 1;
  if (first > 0) {
    decimals = first + 1;
    if (String(rounded(x, decimals)).length > 2) decimals--;
  }
  return fixed(x, decimals);
}

function formats(sign) {
  const signed = (x, decimals) => (x.n < 0 ? MINUS : '') + sign + digitsOf(x, decimals);
  function money(x) {
    const cents = rounded(x, 2);
    return cents === 0 ? sign + '0' : signed(x, cents < 100000 ? 2 : 0);
  }
  function brief(x) {
    const whole = rounded(x, 0);
    if (whole >= 1e6 || (whole >= 1000 && rounded({ n: x.n, d: x.d + 3 }, 1) >= 10000)) {
      return signed({ n: x.n, d: x.d + 6 }, 2) + 'M';
    }
    if (whole >= 1000) return signed({ n: x.n, d: x.d + 3 }, 1) + 'k';
    return whole === 0 ? sign + '0' : signed(x, 0);
  }
  function value(unit, x) {
    switch (unit) {
      case 'percent': return perHundred({ n: x.n, d: x.d - 2 }) + '%';
      case 'money': return money(x);
      case 'money_per_hour': return money(x) + '/h';
      case 'times_per_year': return fixed(x, 1) + '×';
      case 'days': return fixed(x, 1) + ' days';
      case 'hours': return fixed(x, 1) + ' h';
      case 'minutes': return fixed(x, 1) + ' min';
      case 'count': return fixed(x, 0);
      case 'per_hundred': return perHundred(x);
      default: return fixed(x, 2);
    }
  }
  return { money: money, brief: brief, value: value };
}

// A number as a spreadsheet reads it.
function plain(x) {
  if (x.d <= 0) return String(x.n * 10 ** -x.d);
  const digits = String(Math.abs(x.n)).padStart(x.d + 1, '0');
  const fraction = digits.slice(-x.d).replace(/0+$/, '');
  return (x.n < 0 ? '-' : '') + digits.slice(0, -x.d) + (fraction ? '.' + fraction : '');
}
