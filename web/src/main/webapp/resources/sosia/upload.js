/* The upload page: a file goes out as it is read, past the page's state; progress, cancel. */
(() => {
  'use strict';
  const send = document.querySelector('[data-send]');
  const cancel = document.querySelector('[data-cancel]');
  const input = document.querySelector('[data-file]');
  const picked = document.querySelector('[data-picked]');
  const progress = document.querySelector('[data-progress]');
  const text = document.querySelector('[data-progress-text]');
  const bar = progress.querySelector('progress');
  const said = send.dataset;
  let running = null;

  /** Fields are looked up anew each time: a part of the page may have been replaced. */
  const field = (name) => document.querySelector(`[data-meta="${name}"]`);

  /** Where a patient is looked for, and the hidden field that keeps who was chosen. */
  const seeking = () => document.getElementById('upload:patient_input');
  const patient = () => document.getElementById('upload:patient_hinput').value;

  const size = (bytes) => {
    const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
    let unit = 0;
    while (bytes >= 1024 && unit < units.length - 1) {
      bytes /= 1024;
      unit += 1;
    }
    return `${bytes.toLocaleString(document.documentElement.lang, { maximumFractionDigits: unit === 0 ? 0 : 1 })} ${units[unit]}`;
  };

  const show = (file) => {
    picked.textContent = file ? `${file.name} · ${size(file.size)}` : '';
  };

  const refuse = (message, at) => {
    window.sosia.say(message, true).scrollIntoView({ block: 'center' });
    at?.focus();
  };

  const rest = () => {
    running = null;
    send.disabled = false;
    cancel.hidden = true;
    progress.hidden = true;
  };

  input.addEventListener('change', () => show(input.files[0]));

  /** First what the file is, then the file: the browser reads it from the disk while it sends. */
  const body = (file) => {
    const form = new FormData();
    form.append('metadata', new Blob([JSON.stringify({
      patient: patient(),
      kind: field('kind').value,
      sensitivity: field('sensitivity').value.toLowerCase(),
      policy: field('policy').value.trim().replace(/\s+/g, ' '),
      keywords: field('keywords').value.split(',').map((word) => word.trim()).filter((word) => word !== ''),
    })], { type: 'application/json' }));
    form.append('file', file, file.name);
    return form;
  };

  /** The words that the page keeps for a code. */
  const kept = (list, code) => document.querySelector(`[data-${list}="${CSS.escape(code)}"]`)?.textContent;

  /** The words for a problem, with its facts filled in. */
  const words = (problem) => {
    const type = (problem.type || '').split(/[/:#]/).pop();
    const template = kept('refusal', `${type}.${(problem.field || '').toLowerCase()}`) || kept('refusal', type) || said.failed;
    const code = (problem.code || '').toUpperCase().replaceAll('-', '_');
    const facts = {
      ...problem,
      limit: problem.limit && size(problem.limit),
      position: problem.position + 1,
      reason: kept('reason', code),
      expected: kept('expected', code),
    };
    return template.replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? '');
  };

  const finish = (request) => {
    let answer = {};
    try {
      answer = JSON.parse(request.responseText);
    } catch {
      // Not ours: a proxy's page, or a sign-in that ended.
    }
    rest();
    if (request.status === 201) {
      location.assign(said.record + encodeURIComponent(answer.id));
    } else if (request.status === 202) {
      window.sosia.say(said.sealed, false).scrollIntoView({ block: 'center' });
    } else {
      refuse(words(answer));
    }
  };

  const start = (file) => {
    const request = new XMLHttpRequest();
    const controller = new AbortController();
    controller.signal.addEventListener('abort', () => request.abort());
    request.open('POST', said.to);
    request.setRequestHeader('Sosia-Request-Token', said.token);
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) {
        const percent = Math.floor((100 * event.loaded) / event.total);
        bar.value = percent;
        const words = percent < 100 ? said.sending.replace('%p', percent) : said.sealing;
        // A screen reader hears every tenth step, not each.
        if (percent % 10 === 0 || percent === 100) {
          text.textContent = words;
        }
      }
    });
    request.addEventListener('load', () => finish(request));
    request.addEventListener('error', () => {
      rest();
      refuse(said.failed);
    });
    request.addEventListener('abort', () => {
      rest();
      window.sosia.say(said.cancelled, false);
      send.focus();
    });
    running = controller;
    send.disabled = true;
    cancel.hidden = false;
    progress.hidden = false;
    bar.value = 0;
    text.textContent = said.sending.replace('%p', 0);
    request.send(body(file));
  };

  send.addEventListener('click', () => {
    const file = input.files[0];
    if (!file) {
      refuse(said.missingFile, input);
    } else if (patient() === '') {
      refuse(said.missingPatient, seeking());
    } else if (field('policy').value.trim() === '') {
      refuse(said.missingPolicy, field('policy'));
    } else {
      start(file);
    }
  });
  cancel.addEventListener('click', () => running?.abort());
  window.addEventListener('beforeunload', (event) => {
    if (running) {
      event.preventDefault();
    }
  });
})();
