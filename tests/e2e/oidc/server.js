// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// oidc-provider, a certified OpenID provider, with a client for each way to authenticate and every grant that it
// has; beside it a protected route that asks it about each token (RFC 7662), and that takes DPoP. It listens on
// a loopback port that the system picks, prints "listening PORT", and ends when its standard input closes.
//
// Its pages for signing in and agreeing are its own ("devInteractions"): any name, any password. What a test has
// to look at stands under /seen: how often a token was given, by grant.
//
// Arguments: the lifetime of access tokens in seconds (default 3600); a JWK set with the public key of the
// client "keyed".

import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const lifetime = Number(process.argv[2] ?? 3600);
const clientKeys = JSON.parse(process.argv[3] ?? '{"keys":[]}');
const resource = 'https://api.example';

const redirect_uris = ['http://127.0.0.1/callback'];
const grant_types = [
  'client_credentials',
  'authorization_code',
  'refresh_token',
  'urn:ietf:params:oauth:grant-type:device_code',
];
const secret = 'a secret+with/all & sorts=of:things %';
const common = { grant_types, redirect_uris, response_types: ['code'], application_type: 'native' };

const clients = [
  { ...common, client_id: 'basic app:1', client_secret: secret, token_endpoint_auth_method: 'client_secret_basic' },
  { ...common, client_id: 'post', client_secret: secret, token_endpoint_auth_method: 'client_secret_post' },
  { ...common, client_id: 'secret-jwt', client_secret: `${secret} and thirty-two bytes`, token_endpoint_auth_method: 'client_secret_jwt' },
  { ...common, client_id: 'keyed', token_endpoint_auth_method: 'private_key_jwt', jwks: clientKeys },
  { ...common, client_id: 'public', token_endpoint_auth_method: 'none', grant_types: grant_types.slice(1) },
].filter((client) => client.client_id !== 'keyed' || clientKeys.keys.length > 0);

const seen = {};
let provider;
const server = createServer((request, response) => {
  if (request.url === '/seen') return response.end(JSON.stringify(seen));
  if (request.url.startsWith('/protected')) return guard(request, response);
  return provider.callback()(request, response);
});

// A route of somebody's API: the provider's own store says if the token is good.
async function guard(request, response) {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  const found = token && (await provider.AccessToken.find(token).catch(() => undefined)
    || await provider.ClientCredentials.find(token).catch(() => undefined));
  const isBound = Boolean(found?.jkt);
  const proof = request.headers.dpop && JSON.parse(Buffer.from(request.headers.dpop.split('.')[1], 'base64url'));
  const proved = !isBound || (scheme === 'DPoP' && proof?.htm === request.method && proof?.ath);
  seen.protected = (seen.protected ?? 0) + 1;
  if (!found || !found.isValid || !proved) {
    seen.refused = (seen.refused ?? 0) + 1;
    response.writeHead(401, { 'WWW-Authenticate': 'Bearer error="invalid_token"' });
    return response.end();
  }
  response.setHeader('Content-Type', 'application/json');
  return response.end(JSON.stringify({ client: found.clientId, account: found.accountId ?? null, bound: isBound }));
}

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const issuer = `http://127.0.0.1:${port}`;
  provider = new Provider(issuer, {
    clients,
    features: {
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
      dPoP: { enabled: true, nonceSecret: Buffer.alloc(32, 7), requireNonce: () => true },
      devInteractions: { enabled: true },
      userinfo: { enabled: true },
    },
    scopes: ['openid', 'offline_access', 'read'],
    issueRefreshToken: async (_ctx, client, code) =>
      client.grantTypeAllowed('refresh_token') && code.scopes.has('offline_access'),
    rotateRefreshToken: true,
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt'],
    pkce: { required: () => true },
    ttl: { AccessToken: lifetime, ClientCredentials: lifetime, IdToken: 3600, DeviceCode: 600, RefreshToken: 86400 },
    findAccount: async (_ctx, sub) => ({ accountId: sub, claims: async () => ({ sub, name: `Name of ${sub}` }) }),
  });
  provider.on('grant.success', (ctx) => {
    const grant = ctx.oidc.params.grant_type;
    seen[grant] = (seen[grant] ?? 0) + 1;
  });
  provider.on('server_error', (_ctx, error) => console.error(error));
  console.log(`listening ${port}`);
});

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
