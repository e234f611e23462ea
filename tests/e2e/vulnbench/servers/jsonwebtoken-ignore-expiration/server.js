// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Vulnerable on purpose, or a correct server to compare with: see SOURCE.md. Never expose it.
'use strict';
const B = require('../../common/bench');
const jwt = require('jsonwebtoken');
const keys = B.keys('hs');
B.serve({ keys, sign: (c) => jwt.sign(c, keys.secret),
  verify: (t) => jwt.verify(t, keys.secret, { algorithms: ['HS256'], issuer: B.ISS, audience: B.AUD, ignoreExpiration: !B.FIXED }),
  deny: (res) => B.json(res, 403, { message: 'Forbidden' }) });
