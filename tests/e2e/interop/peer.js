// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A second opinion on tokens: the npm library "jose".
//   node peer.js make ALG   makes a key and a token; prints {"token": …, "key": JWK that verifies it}
//   node peer.js check      reads {"token": …, "key": JWK, "alg": …}; prints the subject, or fails with status 1

'use strict';

const jose = require('jose');
const { randomBytes, generateKeyPairSync } = require('crypto');

// Names of RFC 9864 that this version of the library knows as "EdDSA" only cannot be checked by it.
const curveOf = { EdDSA: 'Ed25519' };

async function makeKey(alg) {
  if (alg.startsWith('HS')) {
    const key = randomBytes(Number(alg.slice(2)) / 8);
    return { sign: key, jwk: { kty: 'oct', k: key.toString('base64url') } };
  }
  if (alg === 'Ed448') {
    const pair = generateKeyPairSync('ed448');
    return { sign: pair.privateKey, jwk: await jose.exportJWK(pair.publicKey), name: 'EdDSA' };
  }
  const pair = await jose.generateKeyPair(alg, { crv: curveOf[alg] });
  return { sign: pair.privateKey, jwk: await jose.exportJWK(pair.publicKey) };
}

async function make(alg) {
  const key = await makeKey(alg);
  const token = await new jose.SignJWT({ sub: 'interop', text: 'grün €' })
    .setProtectedHeader({ alg: key.name ?? alg, typ: 'JWT' })
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(key.sign);
  console.log(JSON.stringify({ token, key: key.jwk }));
}

async function check() {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const { token, key, alg } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  delete key.alg;
  const verified = await jose.jwtVerify(token, await jose.importJWK(key, alg), { algorithms: [alg] });
  console.log(verified.payload.sub);
}

const [mode, alg] = process.argv.slice(2);
(mode === 'make' ? make(alg) : check()).catch((error) => {
  console.error(String(error));
  process.exitCode = 1;
});
