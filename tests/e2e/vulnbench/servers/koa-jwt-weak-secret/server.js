// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Vulnerable on purpose, or a correct server to compare with: see SOURCE.md. Never expose it.
'use strict';
const B = require('../../common/bench');
const Koa = require('koa'), kjwt = require('koa-jwt'), jwt = require('jsonwebtoken');
const keys = B.keys('hs', B.FIXED ? null : 'shared-secret');
const app = new Koa(); app.silent = true;
const body = (req) => new Promise((ok) => { let s = ''; req.on('data', (d) => { s += d; }); req.on('end', () => { try { ok(JSON.parse(s)); } catch (e) { ok(null); } }); });
app.use(async (ctx, next) => {
  if (ctx.path !== '/login') return next();
  if (!B.okCred(await body(ctx.req))) { ctx.status = 401; return; }
  ctx.body = { token: jwt.sign(B.claims(), keys.secret) };
});
app.use(kjwt({ secret: keys.secret, algorithms: ['HS256'], issuer: B.ISS, audience: B.AUD }));
app.use((ctx) => { if (ctx.path === '/protected') ctx.body = B.okBody(ctx.state.user); });
const server = app.listen(B.PORT, '127.0.0.1', () => B.ready(server.address().port));
