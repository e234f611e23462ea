// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Vulnerable on purpose, or a correct server to compare with: see SOURCE.md. Never expose it.
'use strict';
const B = require('../../common/bench');
const jwt = require(B.VARIANT);
const keys = B.keys('rs');
B.serve({ keys, sign: (c) => jwt.sign(c, keys.privatePem, { algorithm: 'RS256' }),
  // the whole verification as the README of that time shows it
  verify: (t) => B.checkClaims(jwt.verify(t, keys.publicPem)) });
