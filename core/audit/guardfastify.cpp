// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A guard for Fastify 5 with fast-jwt 6, the library under @fastify/jwt.

#include "guardtemplate.h"

namespace claimcheck::audit {

std::string fastifyTemplate()
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
//   npm install fastify fast-jwt@6{{#remote}} jwks-rsa@4{{/remote}}
//
//   import { guard } from './guard.mjs';
//   app.decorateRequest('auth', null);
//   app.get('/protected', { onRequest: guard }, async (request) => request.auth);

{{#pem}}
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
{{/pem}}
import { createVerifier } from 'fast-jwt';
{{#remote}}
import jwksClient from 'jwks-rsa';
{{/remote}}
)js";
    code.append(nodeSettings()).append(nodeKeyUrl()).append(nodeKeys()).append(nodeChecks());
    code += R"js(
const verifyToken = createVerifier({
  key: async ({ header }) => keyFor(header.kid),
  algorithms: [algorithm],
{{#issuer}}
  allowedIss: issuer,
{{/issuer}}
{{#audience}}
  allowedAud: audience,
{{/audience}}
  requiredClaims: ['exp'{{#issuer}}, 'iss'{{/issuer}}{{#audience}}, 'aud'{{/audience}}],
  clockTolerance: leeway * 1000,
});

async function verify(token) {
  headerOf(token);
  return checkClaims(await verifyToken(token));
}

/** A hook of Fastify: the claims are in request.auth behind it. */
export async function guard(request, reply) {
  const token = bearerToken(request.raw.rawHeaders);
  if (token === undefined) {
    return reply.code(401).header('WWW-Authenticate', challenge).send({ message: 'Unauthorized' });
  }
  try {
    request.auth = await verify(token);
  } catch (error) {
{{#remote}}
    const isDown = error.originalError instanceof KeysUnavailable; // fast-jwt wraps what keyFor throws
    if (isDown) return reply.code(503).send({ message: 'Service Unavailable' });
{{/remote}}
    return reply.code(401).header('WWW-Authenticate', refusal).send({ message: 'Unauthorized' });
  }
}
)js";
    return code;
}

} // namespace claimcheck::audit
