// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The same as express.mjs on Fastify.

import fastify from 'fastify';
import { guard } from './guard.mjs';

const isOpen = process.argv[2] === 'open';
const app = fastify();
app.decorateRequest('auth', null);
app.get('/protected', isOpen ? {} : { onRequest: guard }, async (request) => ({
  message: 'This is a protected route',
  user: request.auth?.sub ?? 'anybody',
}));

await app.listen({ port: 0, host: '127.0.0.1' });
console.log(`listening ${app.server.address().port}`);
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
