// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck-cli key generate: a fresh key, to standard output or into a file that only its owner reads.

#include "command.h"

#include <CLI/CLI.hpp>

#include <jose/key.h>

#include "keyoutput.h"

namespace claimcheck::cli {

namespace {

class KeyGenerate final : public Command
{
public:
    void addOptions(CLI::App& app) override
    {
        app.add_option(
               "--alg", m_algorithm,
               "The algorithm that the key is for: of signatures, of encryption, or the curve X25519 or X448")
            ->type_name("A")
            ->required();
        m_bitsOption =
            app.add_option("--bits", m_bits, "Its size, where the algorithm leaves a choice (RSA, HS*)")
                ->type_name("N");
        app.add_option("--curve", m_curve,
                       "Its curve, for ECDH-ES: P-256 (default), P-384, P-521, X25519, X448")
            ->type_name("C");
        app.add_option("--kid", m_kid, "Its key ID")->type_name("K");
        app.add_option("--format", m_format, "jwk or pem")
            ->type_name("F")
            ->check(CLI::IsMember({"jwk", "pem"}))
            ->capture_default_str();
        m_output.addTo(app);
    }

    Result<Exit> run(Console& console) override
    {
        if (m_bitsOption->count() > 0 && m_bits == 0)
            return failure(ErrorKind::Usage, "cannot generate a key for " + m_algorithm, "--bits is 0",
                           "without a size of yours it gets the usual one");
        if (const Result<void> free = m_output.check(); !free)
            return tl::unexpected(free.error());
        const Result<jose::Key> key = generate();
        if (!key)
            return tl::unexpected(key.error());
        const Result<Secret> text = writtenKeys(std::span(&*key, 1), KeyHalf::Whole, m_format);
        if (!text)
            return tl::unexpected(text.error());
        const char* what = key->type == jose::KeyType::Oct ? "the secret" : "the private key";
        if (const Result<void> handed = m_output.hand(console, *text, what); !handed)
            return tl::unexpected(handed.error());
        if (m_format == "pem" && !m_kid.empty())
            console.warn("PEM has no place for a key ID: --kid is not in it; --format jwk keeps it");
        return Exit::Holds;
    }

private:
    Result<jose::Key> generate() const
    {
        jose::GenerateOptions options;
        options.bits = m_bits;
        if (!m_kid.empty())
            options.kid = m_kid;
        if (!m_curve.empty())
            options.curve = m_curve;
        return jose::generateKeyFor(m_algorithm, options);
    }

    std::string m_algorithm;
    std::size_t m_bits = 0; ///< 0 where none is given
    const CLI::Option* m_bitsOption = nullptr;
    std::string m_kid;
    std::string m_curve;
    std::string m_format = "jwk";
    KeyOutput m_output;
};

} // namespace

std::unique_ptr<Command> makeKeyGenerate()
{
    return std::make_unique<KeyGenerate>();
}

} // namespace claimcheck::cli
