// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What checks of ours look into beside the answer itself: the token in it, the server's certificate, TLS.
// They are one JSON document, so that the same expressions lead through it:
//
//   token.verdict  token.reason  token.expiresIn  token.header.alg  token.claims.roles[0]  token.findings
//   certificate.expiresIn  .subject  .issuer  .names  .sha256  .notBefore  .notAfter
//   tls.version  tls.cipher  tls.alpn  tls.verified

#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <collection/checks.h>
#include <http/exchange.h>
#include <inspect/find.h>
#include <inspect/inspection.h>
#include <run/expression.h>

namespace claimcheck::run {

/// The token that the check is about; else why there is none.
Result<inspect::FoundToken> tokenFor(const collection::TokenCheck& check, const http::Response& response);

/// The token judged: decoded, and verified where there are keys. `now` is when the answer was there.
inspect::Inspection inspectFor(const collection::TokenCheck& check, const std::string& token,
                               const std::optional<inspect::KeyRing>& keys, Instant now);

struct Facts
{
    std::optional<json::Document> document;
    /// Of `token`, `certificate` and `tls` those that there are not, and why: no check of them passes.
    std::map<std::string, std::string, std::less<>> missing;
};

/// The names that can stand behind `token`, `certificate` or `tls`; none behind any other word.
std::vector<std::string_view> factNames(std::string_view root);

Facts factsOf(const http::Exchange& exchange, const Result<inspect::Inspection>& token, Instant now);

} // namespace claimcheck::run
