// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Vulnerable on purpose, or a correct server to compare with: see SOURCE.md. Never expose it.
'use strict';
const B = require('../../common/bench');
const { createSigner, createVerifier } = require('fast-jwt');
const keys = B.keys('es');
const s = createSigner({ key: keys.pkcs8, algorithm: 'ES256' }), v = createVerifier({ key: keys.publicPem, algorithms: ['ES256'], allowedIss: B.ISS, allowedAud: B.AUD, requiredClaims: ['exp', 'iss', 'aud'] });
const sign = (c) => s(c), verify = (t) => v(t);
B.serve({ keys, sign, verify, deny: (res) => B.json(res, 403, 'Forbidden') });
