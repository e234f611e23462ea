// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Vulnerable on purpose, or a correct server to compare with: see SOURCE.md. Never expose it.
'use strict';
const B = require('../../common/bench');
const { pathToFileURL } = require('url');
const keys = B.keys('hs');
(async () => {
  const name = B.VARIANT;
  const { Hono } = await import(name), { jwt, sign } = await import(name + '/jwt'), { serve } = await import('@hono/node-server');
  const app = new Hono();
  app.post('/login', async (c) => (B.okCred(await c.req.json().catch(() => null)) ? c.json({ token: await sign(B.claims(), keys.secret, 'HS256') }) : c.json({}, 401)));
  app.use('/protected', jwt({ secret: keys.secret, alg: 'HS256', verification: { iss: B.ISS, aud: B.AUD } }));
  app.get('/protected', (c) => { const p = c.get('jwtPayload');  return c.json(B.okBody(p)); });
  serve({ fetch: app.fetch, port: B.PORT, hostname: '127.0.0.1' }, (i) => B.ready(i.port));
})();
