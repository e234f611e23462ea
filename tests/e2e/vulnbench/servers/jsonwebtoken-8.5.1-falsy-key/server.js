// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Vulnerable on purpose, or a correct server to compare with: see SOURCE.md. Never expose it.
'use strict';
const B = require('../../common/bench');
const jwt = require(B.VARIANT);
const keys = B.keys('hs');
const byKid = { [keys.kid]: keys.secret };
B.serve({ keys, sign: (c) => jwt.sign(c, keys.secret, { keyid: keys.kid }),
  verify: (t) => jwt.verify(t, byKid[B.decodeHeader(t).kid], { issuer: B.ISS, audience: B.AUD }) });   // unknown kid: the key is undefined
