// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck-cli key inspect: what a key file holds, and what is wrong with it. Shows no secret part.

#include "command.h"

#include <algorithm>
#include <iterator>

#include <CLI/CLI.hpp>

#include <base/time.h>
#include <inspect/certificate.h>
#include <jose/encryption.h>
#include <jose/engine.h>
#include <json/write.h>

#include "keyfileargument.h"

namespace claimcheck::cli {

namespace {

std::string_view typeName(jose::KeyType type)
{
    switch (type) {
    case jose::KeyType::Oct:
        return "oct";
    case jose::KeyType::Rsa:
        return "RSA";
    case jose::KeyType::Ec:
        return "EC";
    case jose::KeyType::Okp:
        return "OKP";
    }
    return "";
}

/// The algorithms that a key of this type, curve and length is used with, unless it says otherwise itself.
std::vector<std::string_view> algorithmsOf(const jose::Key& key)
{
    std::vector<std::string_view> names;
    for (const jose::Algorithm& algorithm : jose::algorithms()) {
        if (jose::isFor(algorithm, key) && key.use.value_or("sig") == "sig")
            names.push_back(algorithm.name);
    }
    if (key.use.value_or("enc") == "enc")
        std::ranges::copy(jose::keyManagementsFor(key), std::back_inserter(names));
    // A key for "dir" may name the cipher instead (jose-policy rule 2).
    if (key.alg)
        std::erase_if(names, [&key](std::string_view name) {
            const bool isItsCipher = name == "dir" && jose::findContentEncryption(*key.alg) != nullptr;
            return name != *key.alg && !isItsCipher;
        });
    return names;
}

class KeyInspect final : public Command
{
public:
    void addOptions(CLI::App& app) override { m_file.addTo(app); }

    Result<Exit> run(Console& console) override
    {
        std::vector<std::string> skipped;
        Secret source;
        const Result<std::vector<jose::Key>> keys = m_file.read(&skipped, &source);
        if (!keys)
            return tl::unexpected(keys.error());
        const Certificates certificates = inspect::readCertificates(source.reveal());
        const Instant now = currentTime();
        if (console.json()) {
            printJson(console, *keys, certificates, skipped, now);
        } else {
            print(console, *keys, skipped);
            for (const inspect::CertificateFacts& certificate : certificates)
                printCertificate(console, certificate, now);
        }
        const bool isRefused =
            std::ranges::any_of(*keys, [](const jose::Key& key) { return !key.refusal.empty(); });
        return isRefused ? Exit::DoesNotHold : Exit::Holds;
    }

private:
    static void line(Console& console, const char* name, const std::string& value, Style style = Style::Plain)
    {
        if (!value.empty())
            console.outLine("  " + std::string(name) + console.paint(style, console.untrusted(value)));
    }

    static std::string joined(const std::vector<std::string_view>& names)
    {
        std::string text;
        for (const std::string_view name : names)
            text += (text.empty() ? "" : ", ") + std::string(name);
        return text;
    }

    using Certificates = std::vector<inspect::CertificateFacts>;

    static std::string joined(const std::vector<std::string>& names)
    {
        return joined(std::vector<std::string_view>(names.begin(), names.end()));
    }

    /// What the certificate says: nobody has checked who signed it.
    static void printCertificate(Console& console, const inspect::CertificateFacts& certificate, Instant now)
    {
        console.outLine(console.paint(Style::Bold, "X.509 certificate"));
        line(console, "subject     ", certificate.subject);
        line(console, "issuer      ", certificate.issuer);
        line(console, "names       ", joined(certificate.alternativeNames));
        line(console, "not before  ", formatFull(certificate.notBefore, now),
             now < certificate.notBefore ? Style::Bad : Style::Plain);
        line(console, "not after   ", formatFull(certificate.notAfter, now),
             now > certificate.notAfter ? Style::Bad : Style::Plain);
        line(console, "state       ", std::string(inspect::stateOf(certificate, now)),
             inspect::isWithinItsTime(certificate, now) ? Style::Plain : Style::Bad);
        if (certificate.isWeaklySigned)
            line(console, "weak        ", "signed with MD5 or SHA-1", Style::Warning);
    }

    static void writeCertificate(json::Writer& writer, const inspect::CertificateFacts& certificate,
                                 Instant now)
    {
        writer.beginObject();
        writer.member("subject").value(certificate.subject);
        writer.member("issuer").value(certificate.issuer);
        writer.member("names").beginArray();
        for (const std::string& name : certificate.alternativeNames)
            writer.value(name);
        writer.endArray();
        writer.member("not_before").value(formatUtc(certificate.notBefore));
        writer.member("not_after").value(formatUtc(certificate.notAfter));
        writer.member("state").value(inspect::stateOf(certificate, now));
        writer.member("weakly_signed").value(certificate.isWeaklySigned);
        writer.member("thumbprint").value(certificate.keyThumbprint);
        writer.endObject();
    }

    static void print(Console& console, const std::vector<jose::Key>& keys,
                      const std::vector<std::string>& skipped)
    {
        for (const jose::Key& key : keys) {
            console.outLine(console.paint(Style::Bold, console.untrusted(describe(key))));
            line(console, "use         ", key.use.value_or(""));
            line(console, "algorithms  ", joined(algorithmsOf(key)));
            line(console, "thumbprint  ", jose::thumbprint(key).value_or(""));
            line(console, "refused     ", key.refusal, Style::Bad);
            line(console, "weak        ", key.weakness, Style::Warning);
        }
        for (const std::string& note : skipped)
            console.note("note: " + note);
    }

    static void text(json::Writer& writer, std::string_view name, const std::optional<std::string>& value)
    {
        writer.member(name);
        if (value)
            writer.value(*value);
        else
            writer.null();
    }

    static void writeKey(json::Writer& writer, const jose::Key& key)
    {
        writer.beginObject();
        writer.member("description").value(describe(key));
        writer.member("kty").value(typeName(key.type));
        text(writer, "crv", key.curve.empty() ? std::nullopt : std::optional(key.curve));
        writer.member("bits").value(static_cast<std::int64_t>(key.bits));
        writer.member("private").value(key.isPrivate);
        writer.member("format").value(key.format);
        text(writer, "kid", key.kid);
        text(writer, "alg", key.alg);
        text(writer, "use", key.use);
        writer.member("algorithms").beginArray();
        for (const std::string_view name : algorithmsOf(key))
            writer.value(name);
        writer.endArray();
        const Result<std::string> print = jose::thumbprint(key);
        text(writer, "thumbprint", print ? std::optional(*print) : std::nullopt);
        text(writer, "refused", key.refusal.empty() ? std::nullopt : std::optional(key.refusal));
        text(writer, "weak", key.weakness.empty() ? std::nullopt : std::optional(key.weakness));
        writer.endObject();
    }

    static void printJson(Console& console, const std::vector<jose::Key>& keys,
                          const Certificates& certificates, const std::vector<std::string>& skipped,
                          Instant now)
    {
        json::Writer writer(json::Layout::Pretty);
        writer.beginObject();
        writer.member("keys").beginArray();
        for (const jose::Key& key : keys)
            writeKey(writer, key);
        writer.endArray();
        writer.member("certificates").beginArray();
        for (const inspect::CertificateFacts& certificate : certificates)
            writeCertificate(writer, certificate, now);
        writer.endArray();
        writer.member("skipped").beginArray();
        for (const std::string& note : skipped)
            writer.value(note);
        writer.endArray();
        writer.endObject();
        console.outLine(writer.take());
    }

    KeyFileArgument m_file;
};

} // namespace

std::unique_ptr<Command> makeKeyInspect()
{
    return std::make_unique<KeyInspect>();
}

} // namespace claimcheck::cli
