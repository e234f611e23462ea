// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A second opinion on tokens: the npm library "jose".
//   node peer.js make ALG   makes a key and a token; prints {"token": …, "key": JWK that verifies it}
//   node peer.js check      reads {"token": …, "key": JWK, "alg": …}; prints the subject, or fails with status 1
//   node peer.js encrypt ALG ENC [CURVE]   makes a key and an encrypted token; prints {"token": …, "key": private JWK}
//   node peer.js open       reads {"token": …, "key": private JWK, "alg": …}; prints the content, or fails with status 1

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
  const { token, key, alg } = await read();
  delete key.alg;
  const verified = await jose.jwtVerify(token, await jose.importJWK(key, alg), { algorithms: [alg] });
  console.log(verified.payload.sub);
}

const secretBytes = {
  A128GCM: 16, A192GCM: 24, A256GCM: 32, 'A128CBC-HS256': 32, 'A192CBC-HS384': 48, 'A256CBC-HS512': 64,
};

async function makeEncryptionKey(alg, enc, crv) {
  const wrapped = /^A(128|192|256)/.exec(alg);
  if (alg === 'dir' || wrapped || alg.startsWith('PBES2')) {
    const length = alg === 'dir' ? secretBytes[enc] : wrapped ? Number(wrapped[1]) / 8 : 15;
    const key = alg.startsWith('PBES2') ? Buffer.from('correct horse') : randomBytes(length);
    return { seal: key, jwk: { kty: 'oct', k: key.toString('base64url') } };
  }
  const pair = await jose.generateKeyPair(alg, { crv, extractable: true });
  return { seal: pair.publicKey, jwk: await jose.exportJWK(pair.privateKey) };
}

async function encrypt(alg, enc, crv) {
  const key = await makeEncryptionKey(alg, enc, crv);
  const maker = new jose.CompactEncrypt(Buffer.from('grün €')).setProtectedHeader({ alg, enc });
  if (alg.startsWith('PBES2')) maker.setKeyManagementParameters({ p2c: 1000 });
  console.log(JSON.stringify({ token: await maker.encrypt(key.seal), key: key.jwk }));
}

async function read() {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

async function open() {
  const { token, key, alg } = await read();
  const opened = await jose.compactDecrypt(token, await jose.importJWK(key, alg), {
    keyManagementAlgorithms: [alg],
  });
  process.stdout.write(opened.plaintext);
}

const [mode, ...names] = process.argv.slice(2);
({ make, check, encrypt, open })[mode](...names).catch((error) => {
  console.error(String(error));
  process.exitCode = 1;
});
