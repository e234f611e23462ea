// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck-cli key generate: a fresh key, to standard output or into a file that only its owner reads.

#include "command.h"

#include <sys/stat.h>

#include <CLI/CLI.hpp>

#include <base/text.h>
#include <jose/key.h>

#include "input.h"

namespace claimcheck::cli {

namespace {

class KeyGenerate final : public Command
{
public:
    void addOptions(CLI::App& app) override
    {
        app.add_option("--alg", m_algorithm, "The signature algorithm that the key is for")
            ->type_name("A")
            ->required();
        app.add_option("--bits", m_bits, "Its size, where the algorithm leaves a choice (RSA, HS*)")
            ->type_name("N");
        app.add_option("--kid", m_kid, "Its key ID")->type_name("K");
        app.add_option("--format", m_format, "jwk or pem")
            ->type_name("F")
            ->check(CLI::IsMember({"jwk", "pem"}))
            ->capture_default_str();
        app.add_option("--output", m_output, "Write it to this file (mode 0600), not to standard output")
            ->type_name("FILE");
    }

    Result<Exit> run(Console& console) override
    {
        const jose::Algorithm* algorithm = jose::findAlgorithm(m_algorithm);
        if (algorithm == nullptr)
            return failure(ErrorKind::Usage, "cannot make a key",
                           "no signature algorithm is called '" + m_algorithm + "'",
                           "names are case-sensitive: HS256, RS256, PS256, ES256, Ed25519 and their like");
        if (const Result<void> free = checkOutput(); !free)
            return tl::unexpected(free.error());
        const Result<Secret> text = generate(*algorithm);
        if (!text)
            return tl::unexpected(text.error());
        return hand(console, *text);
    }

private:
    /// A key that is overwritten is lost for good.
    Result<void> checkOutput() const
    {
        struct stat info
        {};
        if (m_output.empty() || stat(m_output.c_str(), &info) != 0 || !S_ISREG(info.st_mode) ||
            info.st_size == 0)
            return {};
        return failure(ErrorKind::Usage, "cannot write " + m_output, "there is something in it already",
                       "name a new file, or remove it first");
    }

    Result<Secret> generate(const jose::Algorithm& algorithm) const
    {
        jose::GenerateOptions options;
        options.bits = m_bits;
        if (!m_kid.empty())
            options.kid = m_kid;
        const Result<jose::Key> key = jose::generateKey(algorithm, options);
        if (!key)
            return tl::unexpected(key.error());
        return m_format == "pem" ? jose::toPem(*key) : jose::privateJwk(*key);
    }

    Result<Exit> hand(Console& console, const Secret& key) const
    {
        std::string text(trimmed(key.reveal()));
        text += '\n';
        if (m_output.empty())
            console.out(text);
        const Result<void> written =
            m_output.empty() ? Result<void>() : writeFile(m_output, text, Access::Private);
        wipe(text);
        if (!written)
            return tl::unexpected(written.error());
        if (!m_output.empty())
            console.note("Wrote the private key to " + m_output + ".");
        return Exit::Holds;
    }

    std::string m_algorithm;
    std::size_t m_bits = 0;
    std::string m_kid;
    std::string m_format = "jwk";
    std::string m_output;
};

} // namespace

std::unique_ptr<Command> makeKeyGenerate()
{
    return std::make_unique<KeyGenerate>();
}

} // namespace claimcheck::cli
