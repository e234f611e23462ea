// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Vulnerable on purpose, or a correct server to compare with: see SOURCE.md. Never expose it.
'use strict';
const B = require('../../common/bench');
const { createSigner, createVerifier } = require(B.VARIANT);
const keys = B.keys('rs');
const pems = { [keys.kid]: keys.publicPem };
const sign = createSigner({ key: keys.privatePem, algorithm: 'RS256', kid: keys.kid });
const verify = createVerifier({ key: async (d) => pems[d.header.kid] || '', allowedIss: B.ISS, allowedAud: B.AUD, requiredClaims: ['exp', 'iss', 'aud'] });
B.serve({ keys, noPem: true, sign: (c) => sign(c), verify: (t) => verify(t) });
