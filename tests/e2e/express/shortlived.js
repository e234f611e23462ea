// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An API whose tokens live as many seconds as its argument says, on Express and jsonwebtoken. A login takes a
// while, so that two at a time would be seen. What a test has to look at stands under /seen: when each login
// came and what its token's `exp` is, how many were tried, how many were under way at once, and how often the protected route let
// somebody in or answered 401. It listens on a loopback port that the system picks, prints "listening PORT", and
// ends when its standard input closes.

'use strict';

const express = require('express');
const jwt = require('jsonwebtoken');

const lifetime = Number(process.argv[2] ?? 5);
const secretKey = 'a-secret-of-at-least-32-bytes-for-hs256';
const loginTakes = 300; // ms
const seen = { tries: 0, logins: [], atOnce: 0, accepted: 0, refused: 0, last: 0 };
let underWay = 0;
const app = express();

app.use(express.json());

app.post('/login', (request, response) => {
  const { username, password } = request.body;
  seen.tries += 1;
  if (username !== 'alice' || password !== 'wonderland') return response.status(403).json({ message: 'No' });
  seen.atOnce = Math.max(seen.atOnce, ++underWay);
  setTimeout(() => {
    underWay -= 1;
    const token = jwt.sign({ sub: username }, secretKey, { expiresIn: lifetime });
    seen.logins.push({ at: Date.now(), exp: jwt.decode(token).exp });
    response.json({ token });
  }, loginTakes);
});

app.get('/protected', (request, response) => {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  jwt.verify(scheme === 'Bearer' ? token : '', secretKey, { algorithms: ['HS256'] }, (error) => {
    seen[error ? 'refused' : 'accepted'] += 1;
    seen.last = Date.now();
    if (error) return response.status(401).json({ message: 'Unauthorized' });
    response.json({ message: 'This is a protected route' });
  });
});

app.get('/seen', (_request, response) => response.json(seen));

const server = app.listen(0, '127.0.0.1', 1024, () => {
  console.log(`listening ${server.address().port}`);
});

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
