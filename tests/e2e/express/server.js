// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The guide's API: what a beginner builds on Express and jsonwebtoken. The login checks no password, the
// protected route takes the raw token in Authorization. It listens on a loopback port that the system picks,
// prints "listening PORT", and ends when its standard input closes, so that it never outlives a test.

'use strict';

const express = require('express');
const jwt = require('jsonwebtoken');

const secretKey = 'your_secret_key';
const app = express();

app.use(express.json());

app.post('/login', (request, response) => {
  const { username } = request.body;
  const token = jwt.sign({ username }, secretKey, { expiresIn: '1h' });
  response.json({ token });
});

app.get('/protected', (request, response) => {
  const token = request.headers['authorization'];
  if (!token) {
    return response.status(403).json({ message: 'No token provided' });
  }
  jwt.verify(token, secretKey, (error, user) => {
    if (error) {
      return response.status(401).json({ message: 'Unauthorized' });
    }
    response.json({ message: 'This is a protected route', user });
  });
});

const server = app.listen(0, '127.0.0.1', () => {
  console.log(`listening ${server.address().port}`);
});

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
