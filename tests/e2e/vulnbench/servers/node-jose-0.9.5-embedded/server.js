// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Vulnerable on purpose, or a correct server to compare with: see SOURCE.md. Never expose it.
'use strict';
const B = require('../../common/bench');
const jose = require(B.VARIANT);
const keys = B.keys('rs');
(async () => {
  const store = jose.JWK.createKeyStore();
  const priv = await store.add(Object.assign({}, keys.privateJwk, { alg: 'RS256', use: 'sig' }));
  B.serve({ keys, noPem: true, sign: (c) => jose.JWS.createSign({ format: 'compact', fields: { typ: 'JWT', alg: 'RS256', kid: keys.kid } }, { key: priv, reference: false }).update(JSON.stringify(c)).final(),
    verify: async (t) => { const r = await jose.JWS.createVerify(store).verify(t); return B.checkClaims(JSON.parse(r.payload.toString())); } });
})();
