// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Vulnerable on purpose, or a correct server to compare with: see SOURCE.md. Never expose it.
'use strict';
const B = require('../../common/bench');
const jwt = require('jsonwebtoken'), fs = require('fs'), path = require('path'), os = require('os');
const keys = B.keys('hs');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-keys-'));
fs.writeFileSync(path.join(dir, keys.kid), keys.secret);
process.on('SIGTERM', () => { fs.rmSync(dir, { recursive: true, force: true }); process.exit(0); });
const keyOf = (h) => { if (B.FIXED && h.kid !== keys.kid) throw new Error('kid'); return fs.readFileSync(path.join(dir, String(h.kid))); };
B.serve({ keys, sign: (c) => jwt.sign(c, keys.secret, { keyid: keys.kid }),
  verify: (t) => jwt.verify(t, keyOf(B.decodeHeader(t)), { algorithms: ['HS256'], issuer: B.ISS, audience: B.AUD }) });
