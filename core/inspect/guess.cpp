// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "guess.h"

#include <array>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include <jose/algorithm.h>

#include "weaksecrets.h"

namespace claimcheck::inspect {

WordSource publishedWords()
{
    // Pieces, so that all threads have some.
    static constexpr std::size_t piece = 32 * 1024;
    // The empty secret stands in no list.
    const auto list = std::make_shared<const std::string>("\n" + publishedSecrets());
    return [list, start = std::size_t{0}](std::string& words) mutable {
        if (start >= list->size())
            return false;
        const std::size_t lineEnd = list->find('\n', std::min(start + piece, list->size() - 1));
        const std::size_t end = lineEnd == std::string::npos ? list->size() : lineEnd + 1;
        words.assign(*list, start, end - start);
        start = end;
        return true;
    };
}

WordSource inTurn(WordSource first, WordSource second)
{
    return [first = std::move(first), second = std::move(second)](std::string& words) {
        return first(words) || second(words);
    };
}

namespace {

using MacContext =
    std::unique_ptr<EVP_MAC_CTX, decltype([](EVP_MAC_CTX* context) { EVP_MAC_CTX_free(context); })>;

/// HMAC (RFC 7518 §3.2) over one text with one word after the other.
class Try
{
public:
    Try(const jose::Algorithm& algorithm, std::string_view input, std::string_view signature)
        : m_input(input), m_signature(signature), m_digest(algorithm.digest)
    {
        EVP_MAC* mac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
        m_context.reset(mac == nullptr ? nullptr : EVP_MAC_CTX_new(mac));
        EVP_MAC_free(mac);
        const std::array parameters{
            OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, m_digest.data(), 0),
            OSSL_PARAM_construct_end()};
        if (m_context && EVP_MAC_CTX_set_params(m_context.get(), parameters.data()) != 1)
            m_context.reset();
    }

    /// Nothing has gone wrong: a word that was not compared is no word that does not fit.
    bool isReady() const { return m_context != nullptr && !m_hasFailed; }

    bool fits(std::string_view word)
    {
        // A key of no bytes must still be handed over: without a pointer the last one is used again.
        const auto* key = reinterpret_cast<const unsigned char*>(word.empty() ? "" : word.data());
        const auto* text = reinterpret_cast<const unsigned char*>(m_input.data());
        std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
        std::size_t length = 0;
        m_hasFailed = EVP_MAC_init(m_context.get(), key, word.size(), nullptr) != 1 ||
                      EVP_MAC_update(m_context.get(), text, m_input.size()) != 1 ||
                      EVP_MAC_final(m_context.get(), mac.data(), &length, mac.size()) != 1;
        return !m_hasFailed && length == m_signature.size() &&
               CRYPTO_memcmp(mac.data(), m_signature.data(), length) == 0;
    }

private:
    std::string_view m_input;
    std::string_view m_signature;
    std::string m_digest;
    MacContext m_context;
    bool m_hasFailed = false;
};

/// The words, shared by the threads, and what they found.
class Search
{
public:
    Search(const jose::Jws& token, const jose::Algorithm& algorithm, const WordSource& words,
           const GuessOptions& options)
        : m_token(token), m_algorithm(algorithm), m_words(words), m_options(options)
    {}

    GuessOutcome run(unsigned jobs)
    {
        std::vector<std::thread> threads;
        for (unsigned job = 1; job < jobs; ++job)
            threads.emplace_back([this] { work(); });
        work();
        for (std::thread& thread : threads)
            thread.join();
        m_outcome.isCancelled = !m_outcome.secret && isCancelled();
        return std::move(m_outcome);
    }

    /// A thread gave up: that no secret was found means nothing then.
    bool hasFailed() const { return m_hasFailed; }

private:
    bool isCancelled() const
    {
        return m_options.cancel != nullptr && m_options.cancel->load(std::memory_order_relaxed);
    }

    /// The next piece; the lock holds for the source, the count and the progress.
    bool next(std::string& piece, std::uint64_t tried)
    {
        const std::lock_guard lock(m_mutex);
        m_outcome.tried += tried;
        if (tried > 0 && m_options.progress)
            m_options.progress(m_outcome.tried);
        return !m_isOver && !isCancelled() && m_words(piece);
    }

    void work()
    {
        Try attempt(m_algorithm, m_token.signingInput(), m_token.signature.bytes);
        std::string piece;
        std::uint64_t tried = 0;
        while (attempt.isReady() && next(piece, tried))
            tried = tryPiece(attempt, piece);
        if (!attempt.isReady())
            m_hasFailed = true;
        wipe(piece);
        ERR_clear_error();
    }

    std::uint64_t tryPiece(Try& attempt, std::string_view piece)
    {
        std::uint64_t tried = 0;
        while (!piece.empty() && attempt.isReady() && !m_isOver && !isCancelled()) {
            const std::size_t end = std::min(piece.find('\n'), piece.size());
            std::string_view word = piece.substr(0, end);
            piece.remove_prefix(std::min(end + 1, piece.size()));
            if (word.ends_with('\r'))
                word.remove_suffix(1);
            ++tried;
            if (attempt.fits(word))
                finish(word);
        }
        return tried;
    }

    void finish(std::string_view word)
    {
        const std::lock_guard lock(m_mutex);
        m_outcome.secret = Secret(word);
        m_isOver = true;
    }

    const jose::Jws& m_token;
    const jose::Algorithm& m_algorithm;
    const WordSource& m_words;
    const GuessOptions& m_options;
    std::mutex m_mutex;
    std::atomic<bool> m_isOver = false;
    std::atomic<bool> m_hasFailed = false;
    GuessOutcome m_outcome;
};

} // namespace

Result<GuessOutcome> guessSecret(const jose::Jws& token, const WordSource& words, const GuessOptions& options)
{
    const std::string alg = token.alg().value_or("");
    const jose::Algorithm* algorithm = jose::findAlgorithm(alg);
    static constexpr const char* what = "cannot look for the secret";
    if (!token.isWellFormed())
        return failure(ErrorKind::Refused, what, "the token is broken: " + token.defects.front().what,
                       "token decode shows where");
    if (algorithm == nullptr || algorithm->family != jose::Family::Hmac)
        return failure(ErrorKind::Refused, what,
                       "the token is signed with alg '" + alg + "', which has no secret",
                       "only HS256, HS384 and HS512 have one");
    const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
    Search search(token, *algorithm, words, options);
    GuessOutcome outcome = search.run(options.jobs == 0 ? cores : std::min(options.jobs, 256u));
    if (search.hasFailed() && !outcome.secret)
        return failure(ErrorKind::Internal, what, "OpenSSL failed while it compared", "try again");
    return outcome;
}

} // namespace claimcheck::inspect
