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
  B.serve({ keys, noPem: true, sign: (c) => new jose.SignJWT(c).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keys.kid }).sign(priv),
    verify: async (t) => (await jose.jwtVerify(t, local, B.FIXED ? { issuer: B.ISS, audience: B.AUD } : {})).payload });
})();
