// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck-cli token encrypt: a payload and a key in, an encrypted token out.

#include "command.h"

#include <algorithm>
#include <array>

#include <CLI/CLI.hpp>

#include <base/text.h>
#include <jose/encrypt.h>

#include "input.h"
#include "keyoptions.h"
#include "tokenoutput.h"

namespace claimcheck::cli {

namespace {

tl::unexpected<Error> cannotEncrypt(std::string why, std::string fix)
{
    return failure(ErrorKind::Usage, "cannot encrypt", std::move(why), std::move(fix));
}

/// RFC 7519 §5.2: a token in a token is announced by its cty.
bool isToken(std::string_view payload)
{
    const jose::Jws token = jose::decode(payload);
    return token.form == jose::Serialization::Compact && token.segments >= 3 && token.isWellFormed() &&
           token.alg();
}

class TokenEncrypt final : public Command
{
public:
    void addOptions(CLI::App& app) override
    {
        app.add_option("--payload", m_payload, "The content: a text, @FILE, or - for standard input")
            ->type_name("TEXT")
            ->required();
        app.add_option("--alg", m_algorithm, "How the key travels, like RSA-OAEP-256, ECDH-ES+A128KW, dir")
            ->type_name("A")
            ->required();
        app.add_option("--enc", m_encryption, "The cipher of the content, like A256GCM, A128CBC-HS256")
            ->type_name("E")
            ->required();
        m_keys.addSources(app);
        app.add_option("--header", m_header, "Further header parameters: a JSON object, or @FILE")
            ->type_name("JSON");
        app.add_option("--kid", m_kid, "The key ID for the header; chooses the key of a set")->type_name("K");
        app.add_option("--serialization", m_form, "compact, flattened or general")->type_name("FORM");
        app.add_option("--iterations", m_iterations, "How often PBES2 hashes the password")->type_name("N");
        app.add_flag("--zip", m_isCompressed, "Compress the content (zip: DEF)");
        app.add_flag("--allow-weak-keys", m_allowWeak, "Encrypt to a key that is too short");
    }

    Result<Exit> run(Console& console) override
    {
        const jose::KeyManagement* management = jose::findKeyManagement(m_algorithm);
        if (management == nullptr)
            return cannotEncrypt(
                "no way to encrypt a key is called '" + m_algorithm + "'",
                "names are case-sensitive: RSA-OAEP-256, ECDH-ES+A128KW, A256GCMKW, dir and their like");
        const jose::ContentEncryption* content = jose::findContentEncryption(m_encryption);
        if (content == nullptr)
            return cannotEncrypt(
                "no content encryption is called '" + m_encryption + "'",
                "take A128GCM, A192GCM, A256GCM, A128CBC-HS256, A192CBC-HS384 or A256CBC-HS512");
        const Result<std::string> payload = readArgument(m_payload, "payload");
        if (!payload)
            return tl::unexpected(payload.error());
        const Result<jose::EncryptOptions> options = makeOptions(*payload);
        if (!options)
            return tl::unexpected(options.error());
        const Result<std::vector<jose::Key>> keys = chooseKeys(console, *management, *content, options->form);
        if (!keys)
            return tl::unexpected(keys.error());
        const Result<Secret> token = jose::encrypt(*management, *content, *keys, *payload, *options);
        if (!token)
            return tl::unexpected(token.error());
        warnOfSize(console, *token);
        printToken(console, *token);
        return Exit::Holds;
    }

private:
    Result<jose::Serialization> form() const
    {
        for (const jose::Serialization form :
             {jose::Serialization::Compact, jose::Serialization::Flattened, jose::Serialization::General}) {
            if (m_form == toText(form))
                return form;
        }
        return cannotEncrypt("no serialization is called '" + m_form + "'",
                             "take compact, flattened or general");
    }

    Result<jose::EncryptOptions> makeOptions(const std::string& payload) const
    {
        const Result<jose::Serialization> chosen = form();
        if (!chosen)
            return tl::unexpected(chosen.error());
        jose::EncryptOptions options{.header = {},
                                     .kid = {},
                                     .form = *chosen,
                                     .isCompressed = m_isCompressed,
                                     .iterations = m_iterations,
                                     .allowWeakKeys = m_allowWeak};
        if (!m_kid.empty())
            options.kid = m_kid;
        if (m_header.empty()) {
            options.header = isToken(payload) ? R"({"cty":"JWT"})" : "";
            return options;
        }
        const Result<std::string> header = readArgument(m_header, "header");
        if (!header)
            return tl::unexpected(header.error());
        options.header = std::string(trimmed(*header));
        return options;
    }

    /// The only key; of a set the first that fits, and in the general form all that do.
    Result<std::vector<jose::Key>> chooseKeys(Console& console, const jose::KeyManagement& management,
                                              const jose::ContentEncryption& content,
                                              jose::Serialization form) const
    {
        const Result<std::vector<jose::Key>> keys = m_keys.keys(console);
        if (!keys)
            return tl::unexpected(keys.error());
        if (keys->empty())
            return cannotEncrypt("no key is given",
                                 "give --secret-env NAME, --secret-file FILE or --key FILE");
        if (keys->size() == 1)
            return *keys;
        std::vector<jose::Key> fitting;
        std::ranges::copy_if(*keys, std::back_inserter(fitting), [&](const jose::Key& key) {
            return objectionToRecipient(management, content, key, m_allowWeak).empty() &&
                   (m_kid.empty() || key.kid == m_kid);
        });
        if (fitting.empty())
            return cannotEncrypt("no key of the set is for " + m_algorithm +
                                     (m_kid.empty() ? "" : " with that kid"),
                                 "look at the set with key inspect");
        // A typed secret comes in every form that it can be read in: one key all the same.
        const bool isForOne = !fitting.front().isFromSet || form != jose::Serialization::General ||
                              management.way == jose::KeyWay::Direct ||
                              management.way == jose::KeyWay::Agreement;
        if (isForOne)
            fitting.resize(1);
        return fitting;
    }

    KeyOptions m_keys;
    std::string m_payload;
    std::string m_algorithm;
    std::string m_encryption;
    std::string m_header;
    std::string m_kid;
    std::string m_form = "compact";
    std::int64_t m_iterations = jose::EncryptOptions{}.iterations;
    bool m_isCompressed = false;
    bool m_allowWeak = false;
};

} // namespace

std::unique_ptr<Command> makeTokenEncrypt()
{
    return std::make_unique<TokenEncrypt>();
}

} // namespace claimcheck::cli
