// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Vulnerable on purpose, or a correct server to compare with: see SOURCE.md. Never expose it.
'use strict';
const B = require('../../common/bench');
const jose = require('jose');
const keys = B.keys('rs');
(async () => {
  const priv = await jose.importPKCS8(keys.pkcs8, 'RS256'), local = jose.createLocalJWKSet(keys.jwks);
  let own; const loop = (u) => { if (new URL(u).hostname !== '127.0.0.1') throw new Error('bench: loopback only'); return new URL(u); };
  const server = B.serve({ keys, noPem: true,
    sign: (c) => { own = 'http://127.0.0.1:' + server.address().port + '/.well-known/jwks.json'; return new jose.SignJWT(c).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keys.kid, jku: own }).sign(priv); },
    verify: async (t) => { const h = jose.decodeProtectedHeader(t); return (await jose.jwtVerify(t, B.FIXED || !h.jku ? local : jose.createRemoteJWKSet(loop(h.jku)), { issuer: B.ISS, audience: B.AUD })).payload; } });
})();
