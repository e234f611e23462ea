// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck-cli token decrypt: the content of an encrypted token, its bytes and nothing else.

#include "command.h"

#include <CLI/CLI.hpp>

#include <base/text.h>
#include <inspect/inspection.h>
#include <jose/decrypt.h>
#include <json/write.h>

#include "keyoptions.h"
#include "tokenargument.h"

namespace claimcheck::cli {

namespace {

inspect::Verdict toVerdict(jose::DecryptionVerdict verdict)
{
    switch (verdict) {
    case jose::DecryptionVerdict::Decrypted:
        return inspect::Verdict::Decrypted;
    case jose::DecryptionVerdict::CannotDecrypt:
        return inspect::Verdict::CannotDecrypt;
    case jose::DecryptionVerdict::Refused:
        return inspect::Verdict::RejectedByPolicy;
    case jose::DecryptionVerdict::NoKey:
        return inspect::Verdict::NoKey;
    case jose::DecryptionVerdict::Malformed:
        return inspect::Verdict::Malformed;
    }
    return inspect::Verdict::CannotDecrypt;
}

class TokenDecrypt final : public Command
{
public:
    void addOptions(CLI::App& app) override
    {
        m_token.addTo(app);
        m_keys.addLocal(app);
    }

    Result<Exit> run(Console& console) override
    {
        const Result<std::string> token = m_token.read(console);
        if (!token)
            return tl::unexpected(token.error());
        const Result<inspect::KeyRing> ring = m_keys.keyRing(console);
        if (!ring)
            return tl::unexpected(ring.error());
        const jose::Jwe jwe = jose::decodeJwe(*token);
        jose::Decryption decryption =
            jose::decrypt(jwe, ring->keys, {ring->options.allowedAlgorithms, ring->options.allowWeakKeys});
        if (decryption.verdict == jose::DecryptionVerdict::NoKey && ring->isEmpty() && !ring->notes.empty())
            decryption.why = ring->notes.front(); // of a set without a key
        const bool hasNone = decryption.verdict == jose::DecryptionVerdict::NoKey && !m_keys.isGiven();
        if (hasNone)
            decryption.why = "none was given";
        const bool isOpen = decryption.verdict == jose::DecryptionVerdict::Decrypted;
        if (console.json())
            printDocument(console, jwe, decryption, *ring);
        else if (isOpen)
            printPlaintext(console, decryption.plaintext);
        else
            console.fail(Error{ErrorKind::Refused, std::string(toText(toVerdict(decryption.verdict))),
                               decryption.why, hasNone ? m_keys.hint() : std::string()});
        return isOpen ? Exit::Holds : Exit::DoesNotHold;
    }

private:
    /// jose-policy rule 19: into a pipe or file nothing but the bytes.
    static void printPlaintext(Console& console, const Secret& plaintext)
    {
        console.outUntrusted(plaintext.reveal());
        if (console.outIsTerminal())
            console.outLine("");
    }

    static void writeOptional(json::Writer& writer, std::string_view name, const std::string& text)
    {
        writer.member(name);
        if (text.empty())
            writer.null();
        else
            writer.value(text);
    }

    static void writePlaintext(json::Writer& writer, const jose::Decryption& decryption)
    {
        const std::string_view text = decryption.plaintext.reveal();
        const bool isOpen = decryption.verdict == jose::DecryptionVerdict::Decrypted;
        writer.member("plaintext");
        if (isOpen && !firstInvalidUtf8(text))
            writer.value(text);
        else
            writer.null();
        writer.member("plaintext_base64url");
        if (isOpen)
            writer.value(jose::encodeBase64Url(text));
        else
            writer.null();
    }

    static void printDocument(Console& console, const jose::Jwe& jwe, const jose::Decryption& decryption,
                              const inspect::KeyRing& ring)
    {
        const jose::Recipient* recipient =
            decryption.recipient < jwe.recipients.size() ? &jwe.recipients[decryption.recipient] : nullptr;
        json::Writer writer;
        writer.beginObject();
        writer.member("verdict").value(toText(toVerdict(decryption.verdict)));
        writer.member("reason").value(decryption.why);
        writeOptional(writer, "alg", recipient == nullptr ? "" : recipient->text("alg").value_or(""));
        writeOptional(writer, "enc", recipient == nullptr ? "" : recipient->text("enc").value_or(""));
        writeOptional(writer, "kid", recipient == nullptr ? "" : recipient->text("kid").value_or(""));
        writeOptional(writer, "key", decryption.key ? jose::describe(ring.keys[*decryption.key]) : "");
        writer.member("header");
        if (recipient != nullptr && recipient->header)
            writer.raw(recipient->header->root().text());
        else
            writer.null();
        writePlaintext(writer, decryption);
        writer.endObject();
        // As deep as the header and one more.
        const auto document = json::parse(writer.take(), {.depth = 128});
        console.outLine(json::format(document->root(), json::Layout::Pretty));
    }

    TokenArgument m_token;
    KeyOptions m_keys;
};

} // namespace

std::unique_ptr<Command> makeTokenDecrypt()
{
    return std::make_unique<TokenDecrypt>();
}

} // namespace claimcheck::cli
