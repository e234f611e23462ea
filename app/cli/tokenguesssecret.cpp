// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck-cli token guess-secret: is the secret of this token one that is published, or in a list of one's
// own? Status 1 when one fits: a token that everybody can make does not hold.

#include "command.h"

#include <chrono>

#include <unistd.h>

#include <CLI/CLI.hpp>

#include <base/text.h>
#include <inspect/guess.h>
#include <jose/base64url.h>
#include <json/write.h>

#include "tokenargument.h"
#include "wordfile.h"

namespace claimcheck::cli {

namespace {

/// "12,345 tried" on one line of the terminal, ten times a second at most.
class Progress
{
public:
    explicit Progress(bool isShown) : m_isShown(isShown && isatty(STDERR_FILENO) == 1) {}
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress()
    {
        if (m_wasShown)
            write("\r\x1b[K");
    }

    void operator()(std::uint64_t tried)
    {
        const auto now = std::chrono::steady_clock::now();
        if (!m_isShown || now - m_last < std::chrono::milliseconds(100))
            return;
        m_last = now;
        m_wasShown = true;
        write("\r" + std::to_string(tried) + " secrets tried");
    }

private:
    static void write(const std::string& text) { (void)!::write(STDERR_FILENO, text.data(), text.size()); }

    bool m_isShown;
    bool m_wasShown = false;
    std::chrono::steady_clock::time_point m_last = std::chrono::steady_clock::now();
};

class TokenGuessSecret final : public Command
{
public:
    void addOptions(CLI::App& app) override
    {
        m_token.addTo(app);
        app.add_option("--wordlist", m_wordlist, "Try these secrets too, one a line (- for standard input)")
            ->type_name("FILE");
        app.add_option("--jobs", m_jobs, "Threads (one a core otherwise)")
            ->type_name("N")
            ->check(CLI::Range(1, 256));
    }

    Result<Exit> run(Console& console) override
    {
        if (!m_token.isGiven() && m_wordlist == "-")
            return failure(ErrorKind::Usage, "wrong usage",
                           "token and word list both come from standard input", "give the token as argument");
        const Result<std::string> text = m_token.read(console);
        if (!text)
            return tl::unexpected(text.error());
        const auto trouble = std::make_shared<std::optional<Error>>();
        Result<inspect::WordSource> words = sources(trouble);
        if (!words)
            return tl::unexpected(words.error());
        const jose::Jws token = jose::decode(*text);
        const Result<inspect::GuessOutcome> outcome = search(console, token, *words);
        if (!outcome) {
            if (!token.isWellFormed() || outcome.error().kind == ErrorKind::Internal)
                return tl::unexpected(outcome.error());
            console.fail(outcome.error());
            return Exit::NothingJudged;
        }
        if (*trouble && !outcome->secret)
            return tl::unexpected(**trouble);
        print(console, *outcome);
        return outcome->secret ? Exit::DoesNotHold : Exit::Holds;
    }

private:
    Result<inspect::WordSource> sources(const std::shared_ptr<std::optional<Error>>& trouble) const
    {
        if (m_wordlist.empty())
            return inspect::publishedWords();
        Result<inspect::WordSource> own = wordsOfFile(m_wordlist, trouble);
        if (!own)
            return own;
        return inspect::inTurn(inspect::publishedWords(), std::move(*own));
    }

    Result<inspect::GuessOutcome> search(const Console& console, const jose::Jws& token,
                                         const inspect::WordSource& words) const
    {
        Progress progress(!console.quiet() && !console.json());
        inspect::GuessOptions options;
        options.jobs = m_jobs;
        options.progress = [&progress](std::uint64_t tried) { progress(tried); };
        return inspect::guessSecret(token, words, options);
    }

    static void print(Console& console, const inspect::GuessOutcome& outcome)
    {
        if (console.json())
            return printJson(console, outcome);
        const std::string tried = std::to_string(outcome.tried) + " secrets tried";
        if (outcome.secret) {
            console.out(console.quiet() ? "" : console.paint(Style::Bad, "The secret is: "));
            console.outUntrusted(outcome.secret->reveal());
            console.out("\n");
            console.note(tried + "; everybody can sign with this one. Replace it by a random one "
                                 "(claimcheck-cli key generate)");
        } else if (!console.quiet()) {
            console.outLine("No secret found: " + tried + ", none of them fits.");
        }
    }

    static void printJson(Console& console, const inspect::GuessOutcome& outcome)
    {
        json::Writer writer(json::Layout::Pretty);
        writer.beginObject().member("found").value(outcome.secret.has_value());
        writer.member("secret");
        const bool isText = outcome.secret && !firstInvalidUtf8(outcome.secret->reveal());
        if (isText)
            writer.value(outcome.secret->reveal());
        else
            writer.null();
        writer.member("secret_base64url");
        if (outcome.secret)
            writer.value(jose::encodeBase64Url(outcome.secret->reveal()));
        else
            writer.null();
        writer.member("tried").value(static_cast<std::int64_t>(outcome.tried)).endObject();
        console.outLine(writer.take());
    }

    TokenArgument m_token;
    std::string m_wordlist;
    unsigned m_jobs = 0;
};

} // namespace

std::unique_ptr<Command> makeTokenGuessSecret()
{
    return std::make_unique<TokenGuessSecret>();
}

} // namespace claimcheck::cli
