// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person does in a browser, without one: `node browser.js LINK NAME [CODE]` follows redirects, keeps
// cookies, and fills in and sends each form that a page has: the name, any password, the device's code. Prints the
// address and status of every page, and ends at the first one without a form.

const [link, name, code] = process.argv.slice(2);
const cookies = new Map();

function keep(response) {
  for (const field of response.headers.getSetCookie()) {
    const [pair] = field.split(';');
    const equals = pair.indexOf('=');
    cookies.set(pair.slice(0, equals), pair.slice(equals + 1));
  }
}

async function visit(url, options = {}) {
  const cookie = [...cookies].map(([key, value]) => `${key}=${value}`).join('; ');
  const response = await fetch(url, { ...options, redirect: 'manual', headers: { ...options.headers, cookie } });
  keep(response);
  console.log(`${response.status} ${new URL(url).pathname}`);
  return response;
}

function attribute(tag, attributeName) {
  return new RegExp(`\\b${attributeName}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&');
}

function formOf(page, base) {
  const form = /<form[^>]*>[\s\S]*?<\/form>/.exec(page)?.[0];
  if (!form) return undefined;
  const fields = new URLSearchParams();
  for (const [input] of form.matchAll(/<input[^>]*>/g)) {
    const field = attribute(input, 'name');
    if (!field) continue;
    const typed = { login: name, password: 'any', user_code: code };
    fields.set(field, typed[field] ?? attribute(input, 'value') ?? '');
  }
  return { url: new URL(attribute(form, 'action') || base, base).href, fields };
}

let url = link;
let options = {};
for (let step = 0; step < 30; ++step) {
  const response = await visit(url, options);
  options = {};
  const location = response.headers.get('location');
  if (response.status >= 300 && response.status < 400 && location) {
    url = new URL(location, url).href;
    continue;
  }
  const form = formOf(await response.text(), url);
  if (!form) process.exit(response.ok ? 0 : 1);
  url = form.url;
  options = {
    method: 'POST',
    body: form.fields.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  };
}
process.exit(2);
