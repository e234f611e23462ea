// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// oauth2-mock-server as it comes, on a loopback port that the system picks: discovery, a key set, and tokens that
// are signed with RS256. Prints "listening PORT", and ends when its standard input closes.
//
// A `scope` says what is wrong with the tokens that a test asks for: "over" is an access token of the past,
// "stranger" one of another issuer, "forged" one whose signature is of no key here, "nonce" an ID token that
// answers somebody else's question.

import { generateKeyPairSync, sign } from 'node:crypto';
import { Events, OAuth2Server } from 'oauth2-mock-server';

const server = new OAuth2Server();
await server.issuer.keys.generate('RS256');
await server.start(0, '127.0.0.1');
const { port } = server.address();
server.issuer.url = `http://127.0.0.1:${port}`;

// A scope of the code grant is asked for at /authorize, and not named again when the code is sent in.
let asked = '';
server.service.on(Events.BeforeAuthorizeRedirect, (_redirect, request) => {
  asked = request.query.scope ?? '';
});

function wrong(request) {
  return (request.body.scope ?? asked).split(' ');
}

server.service.on(Events.BeforeTokenSigning, (token, request) => {
  const now = Math.floor(Date.now() / 1000);
  const words = wrong(request);
  if (words.includes('over')) Object.assign(token.payload, { iat: now - 7200, nbf: now - 7200, exp: now - 3600 });
  if (words.includes('stranger')) token.payload.iss = 'https://stranger.example';
  if (words.includes('nonce') && token.payload.nonce) token.payload.nonce = 'of-somebody-else';
});

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
server.service.on(Events.BeforeResponse, (response, request) => {
  if (!wrong(request).includes('forged')) return;
  const input = response.body.access_token.split('.').slice(0, 2).join('.');
  response.body.access_token = `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
});

console.log(`listening ${port}`);
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
