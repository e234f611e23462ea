// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An issuer: its metadata, and the JWK set in the file that is named. It prints "listening PORT" and ends when
// its standard input closes.

import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';

const server = createServer((request, response) => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const answers = {
    '/.well-known/openid-configuration': () => JSON.stringify({ issuer, jwks_uri: `${issuer}/jwks.json` }),
    '/jwks.json': () => readFileSync(process.argv[2]),
  };
  const answer = answers[request.url];
  response.writeHead(answer ? 200 : 404, { 'Content-Type': 'application/json' });
  response.end(answer?.());
});
server.listen(0, '127.0.0.1', () => console.log(`listening ${server.address().port}`));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
