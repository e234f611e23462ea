// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/verdicttext.h>

#include <algorithm>
#include <array>

#include <QtCore/qcoreapplication.h>

#include <base/text.h>

namespace claimcheck::ui {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("claimcheck::ui::TokenPane", text);
}

QString capitalised(std::string_view word)
{
    QString text = toQString(word);
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

QString joined(const QString& first, const QString& second)
{
    return first.isEmpty() ? second : second.isEmpty() ? first : QString(first + u' ' + second);
}

QString asSentence(std::string_view text)
{
    QString sentence = shown(text);
    if (!sentence.isEmpty() && !sentence.endsWith(u'.'))
        sentence += u'.';
    if (!sentence.isEmpty())
        sentence[0] = sentence[0].toUpper();
    return sentence;
}

/// What the clock says about the token, whatever its signature is.
QString clockSentence(const inspect::Inspection& inspection, Instant now)
{
    if (inspection.notBefore && now < *inspection.notBefore)
        return tr("Not valid before %1.").arg(toQString(formatClock(*inspection.notBefore, now)));
    if (!inspection.unreadableExpiry.empty())
        return tr("Its exp cannot be read: %1.").arg(toQString(visible(inspection.unreadableExpiry)));
    if (!inspection.expiresAt)
        return inspection.token.payloadJson ? tr("It never expires.") : QString();
    const QString when = toQString(formatRelative(*inspection.expiresAt, now));
    return now >= *inspection.expiresAt ? tr("Expired %1.").arg(when) : tr("Expires %1.").arg(when);
}

Tone toneOf(inspect::Verdict verdict)
{
    switch (verdict) {
    case inspect::Verdict::Verified:
    case inspect::Verdict::Decrypted:
        return Tone::Ok;
    case inspect::Verdict::NotVerified:
    case inspect::Verdict::NoKey:
        return Tone::Neutral;
    case inspect::Verdict::NotYetValid:
    case inspect::Verdict::Expired:
        return Tone::Warn;
    case inspect::Verdict::SignatureInvalid:
    case inspect::Verdict::RejectedByPolicy:
    case inspect::Verdict::Malformed:
    case inspect::Verdict::CannotDecrypt:
        break;
    }
    return Tone::Bad;
}

/// `alg: none` in any spelling, or nothing behind the second dot (RFC 7519 §6).
bool isUnsigned(const inspect::Inspection& inspection)
{
    return equalsIgnoringCase(inspection.token.alg().value_or(""), "none") ||
           (inspection.token.segments == 3 && inspection.token.signature.length == 0);
}

/// The reason that belongs to the verdict itself, without the clock.
QString reasonSentence(const inspect::Inspection& inspection)
{
    if (inspection.verdict == inspect::Verdict::Verified)
        return tr("The signature fits: %1.").arg(shown(inspection.keyUsed));
    if (inspection.verdict == inspect::Verdict::Decrypted)
        return tr("It opened with this key: %1. Nobody signed it.").arg(shown(inspection.keyUsed));
    if (inspection.verdict == inspect::Verdict::NotVerified && isUnsigned(inspection))
        return tr("There is no signature, so no key can show who made it. Nothing in it can be trusted.");
    if (inspection.verdict == inspect::Verdict::NotVerified)
        return tr("Enter the secret or key to check the signature.");
    return asSentence(inspection.reason);
}

bool clockMatters(inspect::Verdict verdict)
{
    return verdict == inspect::Verdict::Verified || verdict == inspect::Verdict::NotVerified ||
           verdict == inspect::Verdict::NoKey;
}

} // namespace

VerdictView verdictView(const inspect::Inspection& inspection, Instant now)
{
    if (isHalfTyped(inspection))
        return {Tone::Neutral,
                tr("Not a whole token yet"),
                tr("A signed token has three parts with dots between them; this is the start of the first."),
                {}};
    if (inspection.isOpaque())
        return {
            Tone::Neutral,
            tr("Opaque token"),
            tr("It has no parts that could be decoded: only the server that made it knows what it means."),
            {}};
    if (inspection.token.segments == 5 && inspection.verdict == inspect::Verdict::NotVerified)
        return {Tone::Neutral,
                tr("Encrypted token"),
                tr("A JWE: its header is readable, its content is not without the recipient's key."),
                {}};
    VerdictView view{
        toneOf(inspection.verdict), capitalised(toText(inspection.verdict)), reasonSentence(inspection), {}};
    if (clockMatters(inspection.verdict))
        view.sentence = joined(view.sentence, clockSentence(inspection, now));
    // What was read behind a break is a guess: no clock runs on it.
    const bool isCertain = inspection.verdict != inspect::Verdict::Malformed;
    if (isCertain && inspection.expiresAt && *inspection.expiresAt > now)
        view.figure = toQString(formatCountdown(*inspection.expiresAt - now));
    return view;
}

QString checkTitle(const std::string& name)
{
    static constexpr std::array<std::pair<std::string_view, const char*>, 33> titles{{
        {"signature", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Signature")},
        {"exp", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Expiry")},
        {"nbf", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Not before")},
        {"iat", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Issued at")},
        {"iss", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Issuer")},
        {"aud", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Audience")},
        {"typ", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Type")},
        {"crit", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Critical")},
        {"key", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Key")},
        {"algorithm", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Algorithm")},
        {"format", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Format")},
        {"jti", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Token ID")},
        {"sub", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Subject")},
        {"clock", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Server clock")},
        {"key strength", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Key strength")},
        {"required", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Required claims")},
        {"disclosures", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Disclosures")},
        {"key binding", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Key binding")},
        {"kb typ", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Proof type")},
        {"kb sd_hash", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Proof hash")},
        {"kb nonce", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Proof nonce")},
        {"kb aud", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Proof audience")},
        {"kb iat", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Proof time")},
        {"kb exp", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Proof expiry")},
        {"kb nbf", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Proof start")},
        {"jwk", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Key in header")},
        {"htm", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Method")},
        {"htu", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Address")},
        {"ath", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Access token")},
        {"cnf", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Token binding")},
        {"nonce", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Nonce")},
        {"decryption", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Decryption")},
        {"age", QT_TRANSLATE_NOOP("claimcheck::ui::TokenPane", "Age")},
    }};
    for (const auto& [check, title] : titles)
        if (name == check)
            return tr(title);
    if (name.starts_with("layer "))
        return capitalised(name);
    constexpr std::string_view required = "required:";
    if (name.starts_with(required))
        return tr("Has %1").arg(shown(name.substr(required.size()), 200));
    return shown(name, 200);
}

QString checkWord(inspect::CheckResult result)
{
    return result == inspect::CheckResult::Skipped ? tr("not checked") : toQString(toText(result));
}

QString checkSummary(const std::vector<inspect::Check>& checks)
{
    QStringList parts;
    for (const inspect::CheckResult result : {inspect::CheckResult::Failed, inspect::CheckResult::Warning,
                                              inspect::CheckResult::Passed, inspect::CheckResult::Skipped}) {
        const auto count = std::ranges::count(checks, result, &inspect::Check::result);
        const bool isPlural = result == inspect::CheckResult::Warning && count > 1;
        if (count > 0)
            parts.append(
                QString(QString::number(count) + u' ' + (isPlural ? tr("warnings") : checkWord(result))));
    }
    return parts.join(QStringLiteral(" · "));
}

FindingPlace placeOf(const inspect::Finding& finding)
{
    const std::string where = finding.where.substr(0, finding.where.find(','));
    const std::size_t dot = where.find('.');
    if (dot == std::string::npos)
        return {where, {}};
    return {where.substr(0, dot), where.substr(dot + 1)};
}

Mark markOf(inspect::CheckResult result)
{
    switch (result) {
    case inspect::CheckResult::Passed:
        return {QStringLiteral("check"), Role::Ok};
    case inspect::CheckResult::Failed:
        return {QStringLiteral("cross"), Role::Bad};
    case inspect::CheckResult::Warning:
        return {QStringLiteral("warning"), Role::Warn};
    case inspect::CheckResult::Skipped:
        break;
    }
    return {QStringLiteral("minus"), Role::Muted};
}

Role roleOf(inspect::Severity severity)
{
    switch (severity) {
    case inspect::Severity::Error:
    case inspect::Severity::High:
        return Role::Bad;
    case inspect::Severity::Medium:
        return Role::Warn;
    case inspect::Severity::Low:
        return Role::Info;
    case inspect::Severity::Info:
        break;
    }
    return Role::Muted;
}

QString severityWord(inspect::Severity severity)
{
    return capitalised(toText(severity));
}

bool isHalfTyped(const inspect::Inspection& inspection)
{
    const std::string& text = inspection.token.text;
    return text.starts_with("eyJ") && text.find('.') == std::string::npos;
}

std::vector<jose::Defect> shownDefects(const inspect::Inspection& inspection)
{
    // Defects of a token inside another one have no place in the text that is shown.
    if (inspection.isOpaque() || isHalfTyped(inspection) || !inspection.outerText.empty())
        return {};
    return inspection.token.defects;
}

QString defectText(const jose::Defect& defect)
{
    return tr("%1, byte %2: %3")
        .arg(capitalised(toText(defect.segment)))
        .arg(defect.offset)
        .arg(shown(defect.what));
}

QString shown(std::string_view text, std::size_t most)
{
    if (text.size() <= most)
        return toQString(visible(text));
    return QString(toQString(visible(text.substr(0, most))) + u'…');
}

} // namespace claimcheck::ui
