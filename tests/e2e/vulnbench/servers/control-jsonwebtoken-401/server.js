// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Vulnerable on purpose, or a correct server to compare with: see SOURCE.md. Never expose it.
'use strict';
const B = require('../../common/bench');
const jwt = require('jsonwebtoken');
const keys = B.keys('hs');
const verify = (t) => { const d = jwt.verify(t, keys.secret, { algorithms: ['HS256'], issuer: B.ISS, audience: B.AUD, complete: true }); if (d.header.crit) throw new Error('crit'); return B.checkClaims(d.payload); };
const sign = (c) => jwt.sign(c, keys.secret);
B.serve({ keys, sign, verify, deny: (res) => B.json(res, 401, { error: 'invalid_token' }, { 'www-authenticate': 'Bearer' }) });
