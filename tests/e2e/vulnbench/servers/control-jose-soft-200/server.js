// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Vulnerable on purpose, or a correct server to compare with: see SOURCE.md. Never expose it.
'use strict';
const B = require('../../common/bench');
const keys = B.keys('rs');
let jose, priv, local;
const init = async () => { jose = await import('jose'); priv = await jose.importPKCS8(keys.pkcs8, 'RS256'); local = jose.createLocalJWKSet(keys.jwks); };
const verify = async (t) => (await jose.jwtVerify(t, local, { algorithms: ['RS256'], issuer: B.ISS, audience: B.AUD, requiredClaims: ['exp'] })).payload;
const sign = (c) => new jose.SignJWT(c).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keys.kid }).sign(priv);
init().then(() => B.serve({ keys, noPem: true, sign, verify, deny: (res) => B.json(res, 200, { error: 'unauthorized' }) }));
