// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An API that gives secrets of every kind and sends back everything that it gets, as it came, quoted and
// encoded; with a collection for it. It writes nothing: all that went over the wire stands in `traffic`.

#pragma once

#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <json/write.h>
#include <support/leaksearch.h>

#include <QtCore/qdatetime.h>
#include <QtCore/qmessageauthenticationcode.h>

namespace claimcheck::test {

/// HS256 (RFC 7515).
inline QByteArray signedToken(const QByteArray& claims, const QByteArray& key)
{
    constexpr auto alphabet = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
    const QByteArray expires = QByteArray::number(QDateTime::currentSecsSinceEpoch() + 3600);
    const QByteArray payload = "{" + claims + ",\"exp\":" + expires + "}";
    const QByteArray input =
        QByteArray(R"({"alg":"HS256","typ":"JWT"})").toBase64(alphabet) + '.' + payload.toBase64(alphabet);
    return input + '.' +
           QMessageAuthenticationCode::hash(input, key, QCryptographicHash::Sha256).toBase64(alphabet);
}

/// What is used in a run, each but once. Where it may, with characters that URLs, JSON, markup and base64
/// spell in their own ways.
struct UsedSecrets
{
    // Never sent: they verify, open and are looked at.
    QByteArray verifyKey = "hs256-key-0123456789-abcdefgh<&>";
    QByteArray keyPassphrase = "passphrase of a key 3Vr";
    QByteArray pastedToken =
        signedToken(R"("sub":"pasted","jti":"wT5-pasted-77")", "another key of 32 bytes, at least");
    // Typed in the window.
    QByteArray loginPassword = R"(pw "zq/8\%+x &<Kd7>)";
    QByteArray envPassword = "p\xC3\xA4ss /\"env\"-31";
    QByteArray apiKey = "ak-7731-XyZZy.env";
    QByteArray typedQuery = "typed-query-token-5Gh";
    QByteArray typedHeader = "typed-header-key-8Jn";
    QByteArray typedBody = "typed/body-6Fd+more";
    // From files and the process.
    QByteArray dotEnv = "dotenv-value-90-Hq";
    QByteArray process = "process-value-17-Wm";
    QByteArray row = "row-password-44-Nb";
    // Given by the server.
    QByteArray jwt = signedToken(R"("sub":"erika","jti":"qJ8-login-21")", verifyKey);
    QByteArray refreshToken = "rt~9hQ.refresh-77/+aZ==";
    QByteArray cookie = "sid-4fT9.cookie-value%2Fq";
    QByteArray opaqueToken = "at~Opaque/55+Kz.1234==";
    // Given to the command line.
    QByteArray cliToken = "cli-token-61-Ty.opaque";
    QByteArray cliCookie = "cli-cookie-72-Ub";
    QByteArray cliHeader = "cli-header-83-Vc";
    QByteArray cliPassword = "cli-basic:password-94-Wd";
    QByteArray importedToken = "imported-token-15-Xe.opaque";
    QByteArray importedPassword = "imported-password-26-Yf";

    std::vector<KnownSecret> wired() const
    {
        return {{"login password", loginPassword},
                {"environment's secret", envPassword},
                {"API key", apiKey},
                {"token in a query", typedQuery},
                {"key in a header", typedHeader},
                {"password in a body", typedBody},
                {".env value", dotEnv},
                {"process variable", process},
                {"data row's password", row},
                {"JWT", jwt},
                {"JWT's claims", jwt.split('.')[1]},
                {"JWT's signature", jwt.split('.')[2]},
                {"refresh token", refreshToken},
                {"cookie", cookie},
                {"opaque token", opaqueToken},
                {"--token-env", cliToken},
                {"--cookie", cliCookie},
                {"-H", cliHeader},
                {"--user's password", cliPassword}};
    }
    std::vector<KnownSecret> all() const
    {
        std::vector<KnownSecret> secrets = wired();
        for (const KnownSecret& secret : {KnownSecret{"key for verifying", verifyKey},
                                          {"passphrase of a key", keyPassphrase},
                                          {"pasted JWT", pastedToken},
                                          {"pasted JWT's signature", pastedToken.split('.')[2]},
                                          {"imported token", importedToken},
                                          {"imported password", importedPassword}})
            secrets.push_back(secret);
        return secrets;
    }
};

class LeakyShop
{
public:
    explicit LeakyShop(const UsedSecrets& used)
        : m_used(used), m_server([this](const Seen& seen) { return answer(seen); })
    {}

    std::string url(const std::string& path = {}) const { return m_server.url(path); }
    QByteArray traffic;

    /// Requests that use the secrets as variables and have checks that fail, so that reports tell of values.
    void fill(const CollectionFolder& folder) const;

private:
    static std::string text(const QByteArray& bytes) { return bytes.toStdString(); }
    static std::string quoted(const std::string& bytes) { return json::quoted(bytes); }
    Answer answer(const Seen& seen)
    {
        const Answer given = route(seen);
        traffic += QByteArray::fromStdString(seen.head + seen.body + given.bytes);
        return given;
    }
    Answer route(const Seen& seen) const;
    static Answer echo(const Seen& seen);

    UsedSecrets m_used;
    RawServer m_server;
};

inline Answer LeakyShop::echo(const Seen& seen)
{
    const QByteArray head = QByteArray::fromStdString(seen.head);
    return ok("{\"head\":" + quoted(seen.head) + ",\"body\":" + quoted(seen.body) + ",\"encoded\":\"" +
                  text(head.toBase64()) + "\",\"inUrl\":\"" + text(head.toPercentEncoding()) + "\"}",
              "Content-Type: application/json\r\n");
}

inline Answer LeakyShop::route(const Seen& seen) const
{
    const std::string target = seen.target();
    const std::string json = "Content-Type: application/json\r\n";
    const std::string token = "\"token\":\"" + text(m_used.jwt) + "\"";
    if (target == "/login")
        return ok("{" + token + ",\"refresh_token\":\"" + text(m_used.refreshToken) + "\"}",
                  json + "Set-Cookie: sid=" + text(m_used.cookie) + "; Path=/; HttpOnly\r\n");
    if (target == "/oauth")
        return ok("{\"access_token\":\"" + text(m_used.opaqueToken) + "\",\"token_type\":\"Bearer\"}", json);
    if (target == "/large")
        return ok("{" + token + ",\"rest\":" + quoted(seen.head + std::string(1'500'000, 'x')) + "}", json);
    if (target != "/refused")
        return echo(seen);
    const auto from = std::min(seen.head.find("Bearer "), seen.head.size());
    const std::string sent = seen.head.substr(from, seen.head.find('\r', from) - from);
    return ok("{\"error\":" + quoted(sent) + "}",
              json + "WWW-Authenticate: Bearer error=\"invalid_token\", error_description=\"no such token: " +
                  sent + "\"\r\n",
              "401 Unauthorized");
}

inline void LeakyShop::fill(const CollectionFolder& folder) const
{
    const auto request = [&folder](const std::string& name, const std::string& seq, const std::string& http,
                                   const std::string& runtime) {
        folder.write(name + ".yml", "info: {name: " + name + ", type: http, seq: " + seq + "}\nhttp:\n" +
                                        http + "runtime:\n" + runtime);
    };
    const auto fails = [](const std::string& expression) {
        return "    - {expression: \"" + expression + "\", operator: eq, value: never}\n";
    };
    const auto keeps = [](const std::string& field, const std::string& variable) {
        return "  actions:\n    - type: set-variable\n      phase: after-response\n      selector: "
               "{expression: "
               "res.body." +
               field + ", method: jsonq}\n      variable: {name: " + variable + ", scope: runtime}\n";
    };
    const std::string checks = "  assertions:\n";
    folder.write("environments/local.yml",
                 "name: local\nvariables:\n  - {name: host, value: " + url() +
                     "}\n  - {secret: true, name: password}\n  - {secret: true, name: apiKey}\n");
    folder.write(".env", "SHIPPING=" + text(m_used.dotEnv) + "\n");
    request("login", "1",
            "  method: POST\n  url: \"{{host}}/login\"\n  body: {type: json, data: '{\"user\":\"erika\","
            "\"password\":\"{{password}}\"}'}\n",
            checks + fails("res.body.refresh_token") + fails("res.body.token") +
                fails("res.headers['set-cookie']") + keeps("token", "token"));
    request("oauth", "2",
            "  method: POST\n  url: \"{{host}}/oauth\"\n  body: {type: form-urlencoded, data: [{name: "
            "client_secret, value: \"{{apiKey}}\"}]}\n",
            checks + fails("res.body.access_token") + keeps("access_token", "access"));
    request("profile", "3",
            "  method: GET\n  url: \"{{host}}/echo?q={{SHIPPING}}\"\n  headers:\n"
            "    - {name: Authorization, value: \"Bearer {{token}}\"}\n    - {name: X-Api-Key, value: "
            "\"{{apiKey}}\"}\n",
            checks + fails("res.body.head") + fails("res.body.encoded") + fails("res.body.inUrl"));
    request("refused", "4",
            "  method: GET\n  url: \"{{host}}/refused\"\n  auth: {type: bearer, token: \"{{access}}\"}\n",
            checks + fails("res.status") + fails("res.body.error") +
                fails("res.headers['www-authenticate']"));
    request("large", "5",
            "  method: GET\n  url: \"{{host}}/large\"\n  headers: [{name: Authorization, value: \"Bearer "
            "{{token}}\"}]\n",
            checks + fails("res.body.token"));
    request("process", "6", "  method: GET\n  url: \"{{host}}/echo?key={{process.env.SHOP_KEY}}\"\n",
            checks + fails("res.body.head"));
}

} // namespace claimcheck::test
