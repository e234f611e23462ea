// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person does in a browser, in one: `node chromium.js PROGRAM LINK NAME` starts Chromium without a window,
// opens the link, fills in the form that each page shows (the name, any password) and clicks its button, until a
// page has none. Prints address and title of every page. Chromium is driven through a pair of pipes (Chrome
// DevTools Protocol), with a profile that is deleted in the end.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [program, link, name] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), 'claimcheck-chromium-'));
const isRoot = process.getuid() === 0; // Chromium's sandbox refuses to run as root
const browser = spawn(
  program,
  [
    '--headless=new', '--remote-debugging-pipe', `--user-data-dir=${profile}`, '--no-first-run', '--disable-gpu',
    '--disable-dev-shm-usage', '--disable-extensions', '--disable-background-networking', '--no-proxy-server',
    ...(isRoot ? ['--no-sandbox'] : []), 'about:blank',
  ],
  { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
);
const [, , , toBrowser, fromBrowser] = browser.stdio;

async function end(status) {
  const gone = new Promise((resolve) => browser.once('exit', resolve));
  browser.kill();
  await gone;
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  process.exit(status);
}
browser.on('error', (error) => { console.log(`Chromium does not start: ${error.message}`); process.exit(2); });

let number = 0;
let unread = '';
const answers = new Map(); // of commands, by number
const listeners = []; // for events
fromBrowser.setEncoding('utf8');
fromBrowser.on('data', (text) => {
  const messages = (unread + text).split('\0');
  unread = messages.pop();
  for (const message of messages.map((each) => JSON.parse(each))) {
    if (message.id) answers.get(message.id)?.(message);
    else for (const listener of listeners.slice()) listener(message);
  }
});

function command(method, params = {}, sessionId = undefined) {
  const id = ++number;
  return new Promise((resolve, reject) => {
    answers.set(id, (message) => (message.error ? reject(new Error(message.error.message)) : resolve(message.result)));
    toBrowser.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
  });
}

function event(method) {
  return new Promise((resolve) => {
    listeners.push(function listen(message) {
      if (message.method !== method) return;
      listeners.splice(listeners.indexOf(listen), 1);
      resolve(message.params);
    });
  });
}

// Runs in the page: types what a person would, and clicks. Says if there was something to click.
function fillIn(typed) {
  for (const input of document.querySelectorAll('form input'))
    if (typed[input.name]) input.value = typed[input.name];
  const button = document.querySelector('form button[type=submit], form input[type=submit], form button');
  const page = `${location.pathname} ${document.title}`;
  if (button) setTimeout(() => button.click(), 0);
  return { page, isSent: Boolean(button) };
}

async function visit() {
  const { targetId } = await command('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await command('Target.attachToTarget', { targetId, flatten: true });
  await command('Page.enable', {}, sessionId);
  let loaded = event('Page.loadEventFired');
  await command('Page.navigate', { url: link }, sessionId);
  for (let step = 0; step < 20; ++step) {
    await loaded;
    loaded = event('Page.loadEventFired');
    const expression = `(${fillIn})(${JSON.stringify({ login: name, password: 'any' })})`;
    const { result } = await command('Runtime.evaluate', { expression, returnByValue: true }, sessionId);
    console.log(result.value.page);
    if (!result.value.isSent) return 0;
  }
  return 1;
}

try {
  await end(await visit());
} catch (error) {
  console.log(error.message);
  await end(2);
}
