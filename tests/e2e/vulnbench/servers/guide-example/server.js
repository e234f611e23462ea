// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Vulnerable on purpose, or a correct server to compare with: see SOURCE.md. Never expose it.
'use strict';
const B = require('../../common/bench');
const express = require('express'), jwt = require('jsonwebtoken');
const SECRET = B.FIXED ? require('crypto').randomBytes(32).toString('hex') : 'your_secret_key';
B.emitKey({ alg: 'HS256', secret: SECRET });
const app = express(); app.use(express.json());
app.post('/login', (req, res) => {
  const { username, password } = req.body || {};
  if (username !== 'demo' || password !== 'demo') return res.status(401).json({ message: 'Invalid credentials' });
  res.json({ token: jwt.sign({ username }, SECRET, { expiresIn: '1h' }) });
});
app.get('/protected', (req, res) => {
  const token = req.headers['authorization'];
  if (!token) return res.status(403).json({ message: 'No token provided' });
  jwt.verify(token, SECRET, (err, decoded) => {
    if (err) return res.status(401).json({ message: 'Unauthorized' });
    res.json({ message: 'Protected data', user: decoded });
  });
});
const server = app.listen(B.PORT, '127.0.0.1', () => B.ready(server.address().port));
