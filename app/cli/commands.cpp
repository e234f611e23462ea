// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of commands. A new command is its own file, its make function below, and one line here.
//
// This file is compiled into both programs (handover.h), which know every command; one that goes through
// overNetwork() can be made in claimcheck-cli-network alone.

#include "command.h"

#include <cli/network/fetchkeys.h>

namespace claimcheck::cli {

std::unique_ptr<Command> makeTokenDecode();
std::unique_ptr<Command> makeTokenVerify();
std::unique_ptr<Command> makeTokenSign();
std::unique_ptr<Command> makeTokenLint();
std::unique_ptr<Command> makeTokenDiff();
std::unique_ptr<Command> makeTokenGuessSecret();
std::unique_ptr<Command> makeTokenForge();
std::unique_ptr<Command> makeGuard();
std::unique_ptr<Command> makeTokenEncrypt();
std::unique_ptr<Command> makeTokenDecrypt();
std::unique_ptr<Command> makeKeyConvert();
std::unique_ptr<Command> makeKeyGenerate();
std::unique_ptr<Command> makeKeyInspect();
std::unique_ptr<Command> makeKeyPublic();
std::unique_ptr<Command> makeKeyThumbprint();
std::unique_ptr<Command> makeTokenIntrospect();
std::unique_ptr<Command> makeTokenRevoke();
std::unique_ptr<Command> makeTokenUserinfo();
std::unique_ptr<Command> makeLogin();
std::unique_ptr<Command> makeLogout();
std::unique_ptr<Command> makeImport();
std::unique_ptr<Command> makeAudit();
std::unique_ptr<Command> makeAuditHosts();
std::unique_ptr<Command> makeMatrix();
std::unique_ptr<Command> makeSend();
std::unique_ptr<Command> makeRun();
std::unique_ptr<Command> makeDemo();

using Make = std::unique_ptr<Command> (*)();

/// Its files are in app/cli/network. A constant expression: claimcheck-cli does not link what it never calls.
static constexpr Make overNetwork(Make make)
{
    return CLAIMCHECK_NETWORK ? make : nullptr;
}

static constexpr CommandEntry table[] = {
    {"token decode", "Show the parts and claims of a token, verify nothing",
     "claimcheck-cli token decode eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkZW1vIn0.c2ln\n"
     "claimcheck-cli token decode --json @token.txt\n",
     makeTokenDecode},
    {"token verify", "Verify a token's signature, then its times and claims",
     "claimcheck-cli token verify @token.txt --secret-env JWT_SECRET --iss https://issuer.example\n"
     "claimcheck-cli token verify --batch tokens.txt --key public.pem --alg RS256\n",
     makeTokenVerify},
    {"token sign", "Make a signed token from claims",
     "claimcheck-cli token sign --claims '{\"sub\":\"demo\"}' --secret-env JWT_SECRET --alg HS256 "
     "--expires-in 1h\n"
     "claimcheck-cli token sign --claims @claims.json --key private.pem --alg ES256 --kid k1\n",
     makeTokenSign},
    {"token encrypt", "Make an encrypted token (JWE)",
     "claimcheck-cli token encrypt --payload '{\"sub\":\"demo\"}' --key public.pem --alg RSA-OAEP-256 "
     "--enc A256GCM\n"
     "claimcheck-cli token encrypt --payload @signed.txt --secret-env PASSWORD --alg PBES2-HS256+A128KW "
     "--enc A128CBC-HS256\n",
     makeTokenEncrypt},
    {"token decrypt", "Open an encrypted token and print its content",
     "claimcheck-cli token decrypt @token.txt --key private.pem\n"
     "claimcheck-cli token decrypt --json @token.txt --secret-env PASSWORD\n",
     makeTokenDecrypt},
    {"token lint", "Say what is wrong or unwise with a token, and with a key",
     "claimcheck-cli token lint @token.txt --fail-on medium\n"
     "claimcheck-cli token lint 'Authorization: Bearer eyJhbGciOiJub25lIn0.e30.' --secret-env JWT_SECRET\n",
     makeTokenLint},
    {"token diff", "Compare two tokens claim by claim",
     "claimcheck-cli token diff @before.txt @after.txt\n"
     "claimcheck-cli token diff --json --exit-code @before.txt @after.txt\n",
     makeTokenDiff},
    {"token guess-secret", "Try published weak secrets on a token",
     "claimcheck-cli token guess-secret @token.txt\n"
     "claimcheck-cli token guess-secret @token.txt --wordlist words.txt --jobs 4\n",
     makeTokenGuessSecret},
    {"token forge", "Make the forged tokens of an attack, send nothing",
     "claimcheck-cli token forge @token.txt --attack alg-none\n"
     "claimcheck-cli token forge --list\n",
     makeTokenForge},
    {"token introspect", "Ask the server that gave a token if it is still good (RFC 7662)",
     "claimcheck-cli token introspect @token.txt --issuer https://id.example --client-id app "
     "--client-secret-env CLIENT_SECRET\n"
     "claimcheck-cli token introspect - --endpoint https://id.example/introspect --client-id app "
     "--client-key "
     "app.pem\n",
     overNetwork(makeTokenIntrospect)},
    {"token revoke", "Tell the server that gave a token to take it no longer (RFC 7009)",
     "claimcheck-cli token revoke @token.txt --issuer https://id.example --client-id app\n"
     "claimcheck-cli token revoke - --token-type refresh_token --endpoint https://id.example/revoke "
     "--client-id app --client-secret-env CLIENT_SECRET\n",
     overNetwork(makeTokenRevoke)},
    {"token userinfo", "Ask who an access token stands for (OpenID Connect)",
     "claimcheck-cli token userinfo @token.txt --issuer https://id.example\n"
     "claimcheck-cli token userinfo - --endpoint https://id.example/me\n",
     overNetwork(makeTokenUserinfo)},
    {"key generate", "Make a key for an algorithm of signatures or encryption",
     "claimcheck-cli key generate --alg ES256 --kid k1 --output key.jwk\n"
     "claimcheck-cli key generate --alg RS256 --bits 3072 --format pem --output key.pem\n",
     makeKeyGenerate},
    {"key convert", "Write the same keys as JWK, PEM or DER",
     "claimcheck-cli key convert key.pem --to jwk --output key.jwk\n"
     "claimcheck-cli key convert jwks.json --to pem\n",
     makeKeyConvert},
    {"key inspect", "Say what a key file holds and what is wrong with it",
     "claimcheck-cli key inspect server.pem\n"
     "claimcheck-cli key inspect --json jwks.json\n",
     makeKeyInspect},
    {"key public", "Print the public half of a key as JWK, PEM or DER",
     "claimcheck-cli key public private.pem\n"
     "claimcheck-cli key public --format pem key.jwk\n",
     makeKeyPublic},
    {"key thumbprint", "Print the JWK thumbprint (RFC 7638) of a key",
     "claimcheck-cli key thumbprint key.jwk\n"
     "claimcheck-cli key thumbprint --json server.pem\n",
     makeKeyThumbprint},
    {"login", "Sign in to an API, find the token in its answer, inspect and verify it",
     "printf demo | claimcheck-cli login --url http://127.0.0.1:8080/login --user demo --password-stdin\n"
     "claimcheck-cli login --url https://api.example/login --user demo --password-env API_PASSWORD "
     "--secret-env JWT_SECRET --print token\n",
     overNetwork(makeLogin)},
    {"logout", "Forget a session that login --keep put into the keychain",
     "claimcheck-cli logout --collection api --session alice\n"
     "claimcheck-cli logout --collection api --session alice --env staging\n",
     overNetwork(makeLogout)},
    {"send", "Send one request and print the answer",
     "claimcheck-cli send GET http://127.0.0.1:8080/protected --raw-token @token.txt -i\n"
     "claimcheck-cli send POST https://api.example/orders --token-env API_TOKEN --data @order.json\n",
     overNetwork(makeSend)},
    {"run", "Run a collection, a folder or a request, with its checks and captures",
     "claimcheck-cli run my-api --env local --env-var host=http://127.0.0.1:8080\n"
     "claimcheck-cli run my-api/orders --tag smoke --bail --reporter junit=report.xml\n",
     overNetwork(makeRun)},
    {"audit", "Send forged tokens to a protected route and say which get through",
     "claimcheck-cli audit --url http://127.0.0.1:8080/protected --token @token.txt --key public.pem\n"
     "claimcheck-cli audit my-api --env local --session alice --format html --output audit.html\n",
     overNetwork(makeAudit)},
    {"audit-hosts", "Show the hosts that may be tested since --yes was said, and forget them",
     "claimcheck-cli audit-hosts\n"
     "claimcheck-cli audit-hosts --forget staging.example\n",
     overNetwork(makeAuditHosts)},
    {"guard", "Make middleware for a server that lets in tokens like this one and no forged ones",
     "claimcheck-cli guard --for express @token.txt --secret-env JWT_SECRET > guard.mjs\n"
     "claimcheck-cli guard --for fastapi @token.txt --issuer https://issuer.example --aud my-api > "
     "guard.py\n",
     makeGuard},
    {"matrix", "Send each request as each identity and say who may do what",
     "claimcheck-cli matrix my-api --record --token-env alice=ALICE_TOKEN --token-env admin=ADMIN_TOKEN\n"
     "claimcheck-cli matrix my-api --env local --session anonymous --session alice\n"
     "claimcheck-cli matrix my-api --token-file alice=alice.txt --token-file admin=admin.txt --format junit "
     "--output matrix.xml\n",
     overNetwork(makeMatrix)},
    {"import", "Make a collection of a Postman file or of cURL command lines",
     "claimcheck-cli import shop.postman_collection.json --to shop --environment "
     "local.postman_environment.json\n"
     "xclip -o | claimcheck-cli import - --to shop --format curl\n",
     overNetwork(makeImport)},
    {"demo", "Run the embedded demo API until interrupted",
     "claimcheck-cli demo\n"
     "claimcheck-cli demo --port 8080\n",
     overNetwork(makeDemo)},
};

std::span<const CommandEntry> commands()
{
    return table;
}

KeyFetcher keyFetcher()
{
#if CLAIMCHECK_NETWORK
    return fetchKeys;
#else
    return nullptr;
#endif
}

} // namespace claimcheck::cli
