// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/tokenkind.h>

#include <array>

#include <QtCore/qcoreapplication.h>

#include <base/text.h>
#include <inspect/broken.h>
#include <token/verdicttext.h>

namespace claimcheck::ui {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("claimcheck::ui::TokenPane", text);
}

std::string memberOf(const std::optional<json::Document>& document, std::string_view name)
{
    const auto member = document ? document->root().find(name) : std::nullopt;
    return member && member->isString() ? member->string() : std::string();
}

/// Lower case and without "application/" (RFC 7515 §4.1.9).
std::string typeOf(const jose::Jws& token)
{
    constexpr std::string_view prefix = "application/";
    const std::string type = toLowerAscii(memberOf(token.headerJson, "typ"));
    return type.starts_with(prefix) ? type.substr(prefix.size()) : type;
}

QString dpopSentence(const inspect::Inspection& inspection)
{
    const std::string method = memberOf(inspection.token.payloadJson, "htm");
    const std::string url = memberOf(inspection.token.payloadJson, "htu");
    QString text =
        tr("A DPoP proof (RFC 9449): whoever sends it holds the private half of the key in its header.");
    if (!method.empty() && !url.empty())
        text = QString(text + u' ' +
                       tr("It is for one request: %1 %2.").arg(shown(method, 20), shown(url, 200)));
    if (!memberOf(inspection.token.payloadJson, "ath").empty())
        text = QString(text + u' ' + tr("It goes with one access token alone (ath)."));
    if (inspection.keyUsed.empty())
        text = QString(text + u' ' +
                       tr("Say the request under Expectations, and the proof is checked with its own key."));
    return text;
}

QString sdJwtSentence(const jose::SdJwt& sd)
{
    const auto count = static_cast<int>(sd.disclosures.size());
    QString text =
        tr("An SD-JWT (RFC 9901): the issuer signed digests, and the holder shows the claims of its choice.");
    text = QString(text + u' ' + (count == 1 ? tr("1 is shown here.") : tr("%1 are shown here.").arg(count)));
    return QString(text + u' ' +
                   (sd.keyBinding
                        ? tr("The holder's own signature is behind them (key binding).")
                        : tr("There is no signature of the holder: anybody could have passed it on.")));
}

} // namespace

QString kindSentence(const inspect::Inspection& inspection)
{
    static constexpr std::array<std::pair<std::string_view, const char*>, 6> kinds{{
        {"at+jwt", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane",
                                     "An OAuth access token (RFC 9068): it opens an API to a client.")},
        {"kb+jwt", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane",
                                     "A key-binding JWT (RFC 9901 §4.3): the end of an SD-JWT, in which its "
                                     "holder signs what was shown, to whom and when.")},
        {"logout+jwt",
         QT_TRANSLATE_NOOP(
             "claimcheck::ui::TokenPane",
             "A logout token (OpenID Connect Back-Channel Logout): it tells a client to end a session.")},
        {"secevent+jwt",
         QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane",
                           "A security event (RFC 8417): it reports what happened, and opens nothing.")},
        {"oauth-authz-req+jwt",
         QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "A signed authorization request (RFC 9101).")},
        {"token-introspection+jwt", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane",
                                                      "A signed answer of token introspection (RFC 9701).")},
    }};
    if (const auto from = inspect::claimsGuessedFrom(inspection.token))
        return inspection.token.payloadJson
                   ? tr("The payload breaks at byte %1: these claims are a guess.").arg(*from)
                   : tr("The payload breaks at byte %1: nothing behind that was read.").arg(*from);
    if (const auto from = inspect::headerGuessedFrom(inspection.token))
        return tr("The header breaks at byte %1: what is shown of it is a guess.").arg(*from);
    if (inspection.sdJwt)
        return sdJwtSentence(*inspection.sdJwt);
    const std::string type = typeOf(inspection.token);
    if (type == "dpop+jwt")
        return dpopSentence(inspection);
    for (const auto& [name, sentence] : kinds)
        if (type == name)
            return tr(sentence);
    return {};
}

} // namespace claimcheck::ui
