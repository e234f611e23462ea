// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the guards for node share. The libraries check signature, issuer, audience and times; what one of them
// takes too lightly (RFC 8725 §3, RFC 7515 §4.1.11) is checked here once more.

#include "guardtemplate.h"

namespace claimcheck::audit {

std::string_view nodeSettings()
{
    return R"js(
const algorithm = {{algorithm}}; // the only one, whatever a token says
{{#issuer}}
const issuer = {{issuer}};
{{/issuer}}
{{#audience}}
const audience = {{audience}};
{{/audience}}
{{#type}}
const type = {{type}}; // in lower case and without "application/"
{{/type}}
const leeway = {{leeway}}; // seconds that clocks may differ

{{#remote}}
/** The keys could not be asked for, which is no fault of the token. */
class KeysUnavailable extends Error {}

{{/remote}}
)js";
}

std::string_view nodeKeyUrl()
{
    return R"js({{#jwks}}
const keyUrl = async () => {{place}};
{{/jwks}}
{{#discovery}}
/** Where the issuer says that its keys are (OpenID Connect Discovery 1.0, section 4). */
async function keyUrl() {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(5000) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  const metadata = await response.json();
  if (metadata.issuer !== issuer) throw new Error(`${url} is of another issuer`);
  const isSafe = new URL(metadata.jwks_uri).protocol === new URL(issuer).protocol;
  if (!isSafe) throw new Error(`${url} names keys behind another scheme`);
  return metadata.jwks_uri;
}
{{/discovery}}
)js";
}

std::string_view nodeKeys()
{
    return R"js({{#secret}}
const variable = {{place}};
const secret = Buffer.from(process.env[variable] ?? '', '{{encoding}}');
if (secret.length < {{minimum}}) throw new Error(`${variable} must hold a secret of at least {{minimum}} bytes`);
const keyFor = async () => secret;
{{/secret}}
{{#pem}}
const publicKey = createPublicKey(readFileSync({{place}})).export({ type: 'spki', format: 'pem' });
const keyFor = async () => publicKey;
{{/pem}}
{{#remote}}

let keys; // remembered, and asked for again at most ten times a minute
async function keyFor(kid) {
  try {
    const options = { cache: true, rateLimit: true, jwksRequestsPerMinute: 10, timeout: 5000 };
    keys ??= jwksClient({ jwksUri: await keyUrl(), ...options });
    return (await keys.getSigningKey(kid)).getPublicKey();
  } catch (error) {
    if (error.name === 'SigningKeyNotFoundError' || error.name === 'JwksRateLimitError') throw error;
    throw new KeysUnavailable(error.message);
  }
}
{{/remote}}
)js";
}

std::string_view nodeChecks()
{
    return R"js(
/** The token of the one Authorization field (RFC 6750, section 2.1), if there is one. */
function bearerToken(rawHeaders) {
  const isField = (index) => index % 2 === 1 && rawHeaders[index - 1].toLowerCase() === 'authorization';
  const fields = rawHeaders.filter((_, index) => isField(index));
  return fields.length === 1 ? /^Bearer +(\S+)$/i.exec(fields[0])?.[1] : undefined;
}

/** Of a token in compact form, whose parts are written in the one way that their bytes have (RFC 7515, section 2). */
function headerOf(token) {
  const parts = token.split('.');
  const isExact = (part) => part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part;
  if (parts.length !== 3 || !parts.every(isExact)) throw new Error('no token in compact form');
  const header = JSON.parse(Buffer.from(parts[0], 'base64url').toString());
  if (header.alg !== algorithm) throw new Error('another algorithm');
  if (header.crit !== undefined) throw new Error('an extension that is not known here');
{{#type}}
  const isTyped = typeof header.typ === 'string' && header.typ.toLowerCase().replace(/^application\//, '') === type;
  if (!isTyped) throw new Error('another typ');
{{/type}}
{{#remote}}
  if (header.kid !== undefined && typeof header.kid !== 'string') throw new Error('kid is no text');
{{/remote}}
  return header;
}

/** What the library may take too lightly. */
function checkClaims(claims) {
  if (!Number.isFinite(claims.exp)) throw new Error('exp is missing, or no time');
  if (claims.nbf !== undefined && !Number.isFinite(claims.nbf)) throw new Error('nbf is no time');
{{#issuer}}
  if (claims.iss !== issuer) throw new Error('another issuer');
{{/issuer}}
{{^audience}}
  if (claims.aud !== undefined) throw new Error('for an audience, and this server has none'); // RFC 7519, section 4.1.3
{{/audience}}
  return claims;
}

// RFC 6750, section 3: no error is named to who sent no token.
const challenge = 'Bearer realm="api"';
const refusal = `${challenge}, error="invalid_token", error_description="The access token is not valid"`;
)js";
}

} // namespace claimcheck::audit
