// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A server on Express whose one route is behind guard.mjs, which stands beside it; with the word "open" behind
// nothing. It prints "listening PORT" and ends when its standard input closes.

import express from 'express';
import { guard } from './guard.mjs';

const isOpen = process.argv[2] === 'open';
const app = express();
app.get('/protected', isOpen ? [] : [guard], (request, response) => {
  response.json({ message: 'This is a protected route', user: request.auth?.sub ?? 'anybody' });
});

const server = app.listen(0, '127.0.0.1', () => console.log(`listening ${server.address().port}`));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
