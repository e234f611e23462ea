// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Vulnerable on purpose, or a correct server to compare with: see SOURCE.md. Never expose it.
'use strict';
const B = require('../../common/bench');
const jwt = require(B.VARIANT);
const keys = B.keys('rs');
const out = (r) => { if (r && r.error) throw r.error; return r && r.value !== undefined ? r.value : r; };
B.serve({ keys, sign: (c) => out(jwt.encode(keys.privatePem, c, 'RS256')),
  verify: (t) => { const r = out(B.FIXED ? jwt.decode(keys.publicPem, t, { algorithms: ['RS256'] }) : jwt.decode(keys.publicPem, t)); return B.checkClaims(r.payload || r); } });
