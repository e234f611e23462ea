// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Guards for Express 4 and 5: with jsonwebtoken 9, and with jose 6.

#include "guardtemplate.h"

namespace claimcheck::audit {

static constexpr std::string_view expressMiddleware = R"js(
/** Express middleware: the claims are in request.auth behind it. */
export async function guard(request, response, next) {
  const token = bearerToken(request.rawHeaders);
  if (token === undefined) {
    return response.status(401).set('WWW-Authenticate', challenge).json({ message: 'Unauthorized' });
  }
  try {
    request.auth = await verify(token);
  } catch (error) {
{{#remote}}
    if (error instanceof KeysUnavailable) return response.status(503).json({ message: 'Service Unavailable' });
{{/remote}}
    return response.status(401).set('WWW-Authenticate', refusal).json({ message: 'Unauthorized' });
  }
  return next();
}
)js";

std::string expressTemplate()
{
    std::string code =
        R"js(// Verifies the bearer token of a request (RFC 6750) as RFC 8725 asks for. Made by claimcheck-cli guard; it is
// yours to use and to change.
{{#nokid}}
//
// The token that this was made for has no kid. While the key set has more than one key for signing, as it has when keys
// change, such tokens are refused: nothing tells which one signed them. Let the issuer set kid.
{{/nokid}}
//
//   npm install express jsonwebtoken@9{{#remote}} jwks-rsa@4{{/remote}}
//
//   import { guard } from './guard.mjs';
//   app.get('/protected', guard, (request, response) => response.json(request.auth));

{{#pem}}
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
{{/pem}}
import jwt from 'jsonwebtoken';
{{#remote}}
import jwksClient from 'jwks-rsa';
{{/remote}}
)js";
    code.append(nodeSettings()).append(nodeKeyUrl()).append(nodeKeys()).append(nodeChecks());
    code += R"js(
async function verify(token) {
  const header = headerOf(token);
  const { payload } = jwt.verify(token, await keyFor(header.kid), {
    complete: true,
    algorithms: [algorithm],
{{#issuer}}
    issuer,
{{/issuer}}
{{#audience}}
    audience,
{{/audience}}
    clockTolerance: leeway,
  });
  return checkClaims(payload);
}
)js";
    return code.append(expressMiddleware);
}

std::string expressJoseTemplate()
{
    std::string code =
        R"js(// Verifies the bearer token of a request (RFC 6750) as RFC 8725 asks for. Made by claimcheck-cli guard; it is
// yours to use and to change.
{{#nokid}}
//
// The token that this was made for has no kid. While the key set has more than one key that fits, as it has when keys
// change, such tokens are refused: nothing tells which one signed them. Let the issuer set kid.
{{/nokid}}
//
//   npm install express jose@6
//
//   import { guard } from './guard.mjs';
//   app.get('/protected', guard, (request, response) => response.json(request.auth));

{{#pem}}
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
{{/pem}}
import { {{#remote}}createRemoteJWKSet, {{/remote}}jwtVerify } from 'jose';
)js";
    code.append(nodeSettings()).append(nodeKeyUrl());
    code += R"js({{#secret}}
const variable = {{place}};
const secret = Buffer.from(process.env[variable] ?? '', '{{encoding}}');
if (secret.length < {{minimum}}) throw new Error(`${variable} must hold a secret of at least {{minimum}} bytes`);
const keyFor = async () => secret;
{{/secret}}
{{#pem}}
const publicKey = createPublicKey(readFileSync({{place}}));
const keyFor = async () => publicKey;
{{/pem}}
{{#remote}}

const faultsOfTokens = ['ERR_JWKS_NO_MATCHING_KEY', 'ERR_JWKS_MULTIPLE_MATCHING_KEYS'];
let keys; // remembered; for an unknown kid asked for again every 30 seconds at most
async function keyFor(header, token) {
  try {
    keys ??= createRemoteJWKSet(new URL(await keyUrl()), { cooldownDuration: 30000, timeoutDuration: 5000 });
    return await keys(header, token);
  } catch (error) {
    if (faultsOfTokens.includes(error.code)) throw error;
    throw new KeysUnavailable(error.message);
  }
}
{{/remote}}
)js";
    code.append(nodeChecks());
    code += R"js(
async function verify(token) {
  headerOf(token);
  const { payload } = await jwtVerify(token, keyFor, {
    algorithms: [algorithm],
{{#issuer}}
    issuer,
{{/issuer}}
{{#audience}}
    audience,
{{/audience}}
    requiredClaims: ['exp'],
    clockTolerance: leeway,
  });
  return checkClaims(payload);
}
)js";
    return code.append(expressMiddleware);
}

} // namespace claimcheck::audit
