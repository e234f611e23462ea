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

/// What is encrypted: all bytes of the payload, but of a token without the line end that a file or pipe puts
/// behind it, which is no part of it (RFC 7515 §3.1).
std::string contentOf(std::string payload)
{
    std::string_view line = payload;
    if (!line.ends_with('\n'))
        return payload;
    line.remove_suffix(line.ends_with("\r\n") ? 2 : 1);
    return isToken(line) ? std::string(line) : payload;
}

class TokenEncrypt final : public Command
{
public:
    void addOptions(CLI::App& app) override
    {
        app.add_option("--payload", m_payload, "The content: a text, @FILE, or - for standard input")
            ->type_name("TEXT")
            ->required();
        app.add_option("--alg", m_algorithms,
                       "How the key travels, like RSA-OAEP-256, ECDH-ES+A128KW, dir; several in the general "
                       "form, each for the keys that it fits")
            ->type_name("A[,B]")
            ->delimiter(',')
            ->allow_extra_args(false)
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
        const Result<Managements> managements = readManagements();
        if (!managements)
            return tl::unexpected(managements.error());
        const jose::ContentEncryption* content = jose::findContentEncryption(m_encryption);
        if (content == nullptr)
            return cannotEncrypt(
                "no content encryption is called '" + m_encryption + "'",
                "take A128GCM, A192GCM, A256GCM, A128CBC-HS256, A192CBC-HS384 or A256CBC-HS512");
        Result<std::string> payload = readArgument(m_payload, "payload");
        if (!payload)
            return tl::unexpected(payload.error());
        payload = contentOf(*std::move(payload));
        const Result<jose::EncryptOptions> options = makeOptions(*payload);
        if (!options)
            return tl::unexpected(options.error());
        const Result<std::vector<jose::Key>> keys = readKeys(console);
        if (!keys)
            return tl::unexpected(keys.error());
        const Result<Addressees> addressees = chooseAddressees(*keys, *managements, *content, options->form);
        if (!addressees)
            return tl::unexpected(addressees.error());
        const Result<Secret> token = jose::encryptTogether(*addressees, *content, *payload, *options);
        if (!token)
            return tl::unexpected(token.error());
        warnOfSize(console, *token);
        printToken(console, *token);
        return Exit::Holds;
    }

private:
    using Managements = std::vector<const jose::KeyManagement*>;
    using Addressees = std::vector<jose::Addressee>;

    Result<Managements> readManagements() const
    {
        Managements managements;
        for (const std::string& name : m_algorithms) {
            managements.push_back(jose::findKeyManagement(name));
            if (managements.back() == nullptr)
                return cannotEncrypt(
                    "no way to encrypt a key is called '" + name + "'",
                    "names are case-sensitive: RSA-OAEP-256, ECDH-ES+A128KW, A256GCMKW, dir and their like");
        }
        if (managements.size() > 1 && m_form != toText(jose::Serialization::General))
            return cannotEncrypt("several algorithms are for several recipients, which the " + m_form +
                                     " form has not",
                                 "add --serialization general, or name one algorithm");
        return managements;
    }

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

    Result<std::vector<jose::Key>> readKeys(Console& console) const
    {
        Result<std::vector<jose::Key>> keys = m_keys.keys(console);
        if (keys && keys->empty())
            return cannotEncrypt("no key is given",
                                 "give --secret-env NAME, --secret-file FILE or --key FILE");
        return keys;
    }

    /// The first of the algorithms that this key can be encrypted to with; null for none.
    const jose::KeyManagement* managementFor(const jose::Key& key, const Managements& managements,
                                             const jose::ContentEncryption& content) const
    {
        const auto found = std::ranges::find_if(managements, [&](const jose::KeyManagement* management) {
            return objectionToRecipient(*management, content, key, m_allowWeak).empty();
        });
        return found == managements.end() ? nullptr : *found;
    }

    /// The only key; of a set the first that fits, and in the general form all that do.
    Result<Addressees> chooseAddressees(const std::vector<jose::Key>& keys, const Managements& managements,
                                        const jose::ContentEncryption& content,
                                        jose::Serialization form) const
    {
        Addressees fitting;
        for (const jose::Key& key : keys) {
            const jose::KeyManagement* management = managementFor(key, managements, content);
            const bool isOnly = keys.size() == 1; // what speaks against it is said when it encrypts
            if (isOnly && management == nullptr)
                management = managements.front();
            if (management != nullptr && (isOnly || m_kid.empty() || key.kid == m_kid))
                fitting.push_back({management, &key});
        }
        if (fitting.empty())
            return cannotEncrypt("no key of the set is for " + namesOf(managements) +
                                     (m_kid.empty() ? "" : " with that kid"),
                                 "look at the set with key inspect");
        // A typed secret comes in every form that it can be read in: one key all the same.
        const jose::Addressee& first = fitting.front();
        const bool isForOne = !first.key->isFromSet || form != jose::Serialization::General ||
                              first.management->way == jose::KeyWay::Direct ||
                              first.management->way == jose::KeyWay::Agreement;
        if (isForOne)
            fitting.erase(fitting.begin() + 1, fitting.end());
        return fitting;
    }

    static std::string namesOf(const Managements& managements)
    {
        std::string names;
        for (const jose::KeyManagement* management : managements)
            names += (names.empty() ? "" : " or ") + std::string(management->name);
        return names;
    }

    KeyOptions m_keys;
    std::string m_payload;
    std::vector<std::string> m_algorithms;
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
