/* Sosia: the little that a page does by itself. No inline handlers anywhere: everything hangs on data attributes. */
(() => {
  'use strict';
  const root = document.documentElement;
  const base = document.querySelector('meta[name="sosia-context"]').content;
  const year = 31536000;
  const remember = (name, value) => {
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    document.cookie = `${name}=${encodeURIComponent(value)}; Path=${base}; Max-Age=${year}; SameSite=Lax${secure}`;
  };

  remember('sosia-zone', Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC');

  /** Says something in the page's live region, beside what the server says. */
  const say = (text, grave) => {
    const notices = document.getElementById('notices');
    const notice = document.createElement('div');
    notice.className = grave ? 'notice bad' : 'notice';
    notice.textContent = text;
    notices.replaceChildren(notice);
    return notice;
  };

  const isDark = () =>
    root.dataset.theme === 'dark' || (root.dataset.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);

  /** Hands text to the reader as a file, without a way over the server. */
  const save = (text, name, type) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: type || 'text/plain' }));
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  /** A file that is dropped anywhere on the area is chosen in the field within it. */
  const takeDrops = (area) => {
    ['dragenter', 'dragover'].forEach((name) => area.addEventListener(name, (event) => {
      event.preventDefault();
      area.classList.add('over');
    }));
    ['dragleave', 'drop'].forEach((name) => area.addEventListener(name, (event) => {
      event.preventDefault();
      area.classList.remove('over');
    }));
    area.addEventListener('drop', (event) => {
      const input = area.querySelector('input[type="file"]');
      if (event.dataTransfer.files.length > 0) {
        input.files = event.dataTransfer.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
      }
    });
  };

  document.querySelectorAll('[data-drop]').forEach(takeDrops);

  const copy = async (button, text) => {
    const label = button.querySelector('[data-label]') || button;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement('textarea');
      area.value = text;
      button.after(area);
      area.select();
      document.execCommand('copy');
      area.remove();
      button.focus();
    }
    const before = label.textContent;
    label.textContent = document.getElementById('notices').dataset.copied;
    setTimeout(() => { label.textContent = before; }, 2000);
  };

  /** Stops what renews itself, and lets it go on. */
  const pause = (button) => {
    const poll = window.PF(button.dataset.pause);
    const words = button.textContent;
    if (poll.isActive()) {
      poll.stop();
    } else {
      poll.start();
    }
    button.textContent = button.dataset.resume;
    button.dataset.resume = words;
  };

  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const language = target?.closest('[data-language]');
    const toggle = target?.closest('[data-theme-toggle]');
    const copying = target?.closest('[data-copy]');
    const saving = target?.closest('[data-save]');
    const pausing = target?.closest('[data-pause]');
    if (language) {
      remember('sosia-language', language.dataset.language);
      location.assign(location.href.split('#')[0]);
    } else if (toggle) {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      remember('sosia-theme', root.dataset.theme);
    } else if (copying) {
      copy(copying, document.querySelector(copying.dataset.copy).textContent.trim());
    } else if (saving) {
      save(document.querySelector(saving.dataset.save).textContent.trim() + '\n', saving.dataset.name, saving.dataset.type);
    }
    if (pausing) {
      pause(pausing);
    }
    document.querySelectorAll('details[data-menu][open]').forEach((menu) => {
      if (!menu.contains(target)) {
        menu.open = false;
      }
    });
  });

  document.addEventListener('keydown', (event) => {
    const menu = event.key === 'Escape' && document.querySelector('details[data-menu][open]');
    if (menu) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });

  /** What had the focus last, with the names of the parts of the page that it stood in, the innermost first. */
  let held = null;

  document.addEventListener('focusin', (event) => {
    const parts = [];
    for (let part = event.target.parentElement; part && part !== document.body; part = part.parentElement) {
      if (part.id) {
        parts.push(part.id);
      }
    }
    const look = [...event.target.classList].filter((name) => !name.startsWith('ui-state-')).join(' ');
    held = { element: event.target, parts, name: event.target.id, look: event.target.id ? '' : look };
  });

  const isShown = (element) => element && element.getClientRects().length > 0;

  /**
   * Where somebody goes on whose place was taken away: what has the same name, if it is not a place among rows; else the part it stood in, or
   * there the one control that looks the same if neither has a name, as in a paginator. Never the next control of its kind: a key pressed in
   * good faith would do to one row what was meant for another.
   */
  const heir = ({ parts, name, look }) => {
    const same = name && !/:\d+:/.test(name) ? document.getElementById(name) : null;
    if (isShown(same)) {
      return same;
    }
    const part = parts.map((id) => document.getElementById(id)).find(isShown);
    const alike = part && look ? part.getElementsByClassName(look) : [];
    if (alike.length === 1) {
      return alike[0];
    }
    part?.setAttribute('tabindex', '-1');
    return part;
  };

  // PrimeFaces gives the focus back to what has the same name afterwards; this looks when nothing has.
  new MutationObserver(() => {
    if (held && !held.element.isConnected && (document.activeElement === null || document.activeElement === document.body)) {
      const next = heir(held);
      held = null;
      next?.focus({ preventScroll: true });
    }
  }).observe(document.body, { childList: true, subtree: true });

  // A scripted request that got no answer we can read: the sign-in ended, or the server is away. Nothing was changed.
  if (window.jQuery) {
    window.jQuery(document).on('pfAjaxError', () => {
      const notices = document.getElementById('notices');
      const notice = say(notices.dataset.lost + ' ', true);
      const link = document.createElement('a');
      link.href = location.href;
      link.textContent = notices.dataset.reload;
      notice.append(link);
    });
  }

  const colour = (name) => getComputedStyle(root).getPropertyValue(name).trim();

  /** Gives a chart the page's colours; PrimeFaces calls it with the chart's configuration as `this`. */
  window.sosiaChart = function () {
    const axis = (extra) => ({
      ticks: { color: colour('--muted'), precision: 0, maxRotation: 0, autoSkipPadding: 12 },
      grid: { color: colour('--line') },
      border: { color: colour('--line') },
      ...extra,
    });
    const chart = this.cfg.config;
    chart.data.datasets.forEach((set) => { set.backgroundColor = colour('--accent'); });
    chart.options = {
      ...chart.options,
      plugins: { legend: { display: false } },
      scales: { x: axis({ grid: { display: false } }), y: axis({ beginAtZero: true, suggestedMax: 4 }) },
    };
  };

  window.sosia = { say, save };
})();
