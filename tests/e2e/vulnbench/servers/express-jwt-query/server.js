// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Vulnerable on purpose, or a correct server to compare with: see SOURCE.md. Never expose it.
'use strict';
const B = require('../../common/bench');
const express = require('express'), jsonwebtoken = require('jsonwebtoken'), { expressjwt } = require('express-jwt');
const keys = B.keys('hs');
const app = express(); app.use(express.json());
app.post('/login', (q, r) => (B.okCred(q.body) ? r.json({ token: jsonwebtoken.sign(B.claims(), keys.secret) }) : r.status(401).end()));
const getToken = (q) => B.bearer(q) || (B.FIXED ? null : q.query.token || null);
app.get('/protected', expressjwt({ secret: keys.secret, algorithms: ['HS256'], issuer: B.ISS, audience: B.AUD, getToken }), (q, r) => r.json(B.okBody(q.auth)));
app.use((e, q, r, n) => r.status(e.status || 500).json({ error: e.code || 'error' }));
const server = app.listen(B.PORT, '127.0.0.1', () => B.ready(server.address().port));
