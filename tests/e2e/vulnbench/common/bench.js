// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Vulnerable on purpose, or a correct server to compare with: see SOURCE.md. Never expose it.
'use strict';
// Shared plumbing of the bench servers (no JWT verification lives here).
const http = require('http'), crypto = require('crypto'), fs = require('fs');
const VARIANT = process.env.VARIANT === 'fixed' ? 'fixed' : 'vuln';
const FIXED = VARIANT === 'fixed';
const ISS = 'https://issuer.bench.test', AUD = 'bench-api', KID = 'bench-1';
const PORT = Number(process.env.PORT || 0);

// Through PEM on purpose: exporting the KeyObject a key generation returned dead-locks now and then in Node 20.
function genPair(kind) {
  const enc = { publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } };
  const p = kind === 'rs' ? crypto.generateKeyPairSync('rsa', Object.assign({ modulusLength: 2048 }, enc)) : crypto.generateKeyPairSync('ec', Object.assign({ namedCurve: 'P-256' }, enc));
  return { publicKey: crypto.createPublicKey(p.publicKey), privateKey: crypto.createPrivateKey(p.privateKey) };
}
function keys(kind, fixedSecret) {
  let k;
  if (kind === 'hs') k = { alg: 'HS256', kid: KID, secret: fixedSecret || crypto.randomBytes(32).toString('hex') };
  else {
    const pair = genPair(kind);
    k = { alg: kind === 'rs' ? 'RS256' : 'ES256', kid: KID,
      publicPem: pair.publicKey.export({ type: 'spki', format: 'pem' }),
      privatePem: pair.privateKey.export({ type: kind === 'rs' ? 'pkcs1' : 'sec1', format: 'pem' }),
      pkcs8: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }),
      pkcs1Pub: kind === 'rs' ? pair.publicKey.export({ type: 'pkcs1', format: 'pem' }) : null };
    k.jwk = Object.assign(pair.publicKey.export({ format: 'jwk' }), { kid: KID });
    k.jwks = { keys: [Object.assign({ use: 'sig', alg: k.alg }, k.jwk)] };
    k.privateJwk = Object.assign(pair.privateKey.export({ format: 'jwk' }), { kid: KID });
  }
  emitKey(k);
  return k;
}
// The developer of an API owns its key: with BENCH_KEY_OUT the server writes it as a JWK, for the attacks that need a rightly signed token.
function emitKey(k) {
  const file = process.env.BENCH_KEY_OUT; if (!file) return;
  const jwk = k.secret || k.secretHex
    ? { kty: 'oct', k: Buffer.from(k.secretHex || k.secret, k.secretHex ? 'hex' : 'utf8').toString('base64url') }
    : crypto.createPrivateKey(k.pkcs8 || k.privatePem).export({ format: 'jwk' });
  fs.writeFileSync(file, JSON.stringify(Object.assign(jwk, { alg: k.alg }, k.kid ? { kid: k.kid } : {})));
}
const now = () => Math.floor(Date.now() / 1000);
const claims = (extra) => Object.assign({ sub: 'demo', role: 'user', iss: ISS, aud: AUD, iat: now(), nbf: now() - 5, exp: now() + 3600 }, extra);
function checkClaims(p) {               // correct claim checks, for libraries that do none themselves
  const t = now();
  if (!p || typeof p !== 'object') throw new Error('no payload');
  if (typeof p.exp !== 'number' || p.exp <= t) throw new Error('expired');
  if (p.nbf !== undefined && (typeof p.nbf !== 'number' || p.nbf > t + 5)) throw new Error('nbf');
  if (p.iss !== ISS) throw new Error('iss');
  if (p.aud !== AUD) throw new Error('aud');
  return p;
}
const okCred = (b) => b && b.username === 'demo' && b.password === 'demo';
const okBody = (p) => ({ ok: true, sub: p.sub, user: 'demo', role: p.role || null });
const decodeHeader = (t) => JSON.parse(Buffer.from(String(t).split('.')[0], 'base64').toString());
const decodePayload = (t) => JSON.parse(Buffer.from(String(t).split('.')[1], 'base64').toString());
function json(res, code, body, headers) {
  const s = typeof body === 'string' ? body : JSON.stringify(body);
  res.writeHead(code, Object.assign({ 'content-length': Buffer.byteLength(s), 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json' }, headers));
  res.end(s);
}
const readBody = (req) => new Promise((ok) => { let s = ''; req.on('data', (d) => { s += d; }); req.on('end', () => { try { ok(JSON.parse(s)); } catch (e) { ok(null); } }); });
const bearer = (req) => { const m = /^Bearer (.+)$/i.exec(req.headers.authorization || ''); return m ? m[1] : null; };
const raw = (req) => req.headers.authorization || null;

// o: {keys, sign(claims), verify(token, req), extract?, deny?(res, why, err), files?, before?(req,res)}
function serve(o) {
  const k = o.keys || {};
  const files = Object.assign({}, o.files);
  if (k.publicPem && !o.noPem) files['/public.pem'] = files['/public.pem'] || k.publicPem;
  if (k.jwks && !o.noJwks) files['/.well-known/jwks.json'] = files['/.well-known/jwks.json'] || k.jwks;
  const deny = o.deny || ((res) => json(res, 401, { error: 'unauthorized' }));
  const server = http.createServer(async (req, res) => {
    try {
      const path = new URL(req.url, 'http://x').pathname;
      if (o.before && o.before(req, res)) return;
      if (path === '/login' && req.method === 'GET') return json(res, 200, '<form>log in</form>', { 'content-type': 'text/html' });
      if (path === '/login' && req.method === 'POST') {
        if (!okCred(await readBody(req))) return json(res, 401, { error: 'bad credentials' });
        return json(res, 200, { token: await o.sign(claims()) });
      }
      if (files[path]) return json(res, 200, files[path]);
      if (path === '/protected') {
        const token = (o.extract || bearer)(req);
        if (!token) return deny(res, 'missing');
        let p;
        try { p = await o.verify(token, req); } catch (e) { if (process.env.DEBUG) console.error(e.message); return deny(res, 'invalid', e); }
        if (req.method !== 'GET' && req.method !== 'HEAD') return json(res, 405, { error: 'method not allowed' });
        return json(res, 200, okBody(p));
      }
      json(res, 404, { error: 'not found' });
    } catch (e) { if (!res.headersSent) json(res, 500, { error: 'internal' }); else res.end(); }
  });
  server.listen(PORT, '127.0.0.1', () => ready(server.address().port));
  return server;
}
function ready(port) { console.log('READY ' + port); }
module.exports = { genPair, VARIANT, FIXED, ISS, AUD, KID, PORT, keys, emitKey, now, claims, checkClaims, okCred, okBody, decodeHeader, decodePayload, json, bearer, raw, serve, ready };
