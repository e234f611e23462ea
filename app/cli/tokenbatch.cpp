// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The reader cuts the input into blocks of whole lines; every worker takes the next block, verifies it with
// its own Inspector, and hands the text in; blocks are written in the order in which they were read.

#include "tokenbatch.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include <base/text.h>
#include <inspect/find.h>
#include <jose/jwe.h>
#include <json/write.h>

#include "linereader.h"

namespace claimcheck::cli {

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

struct Tally
{
    std::size_t judged = 0;
    std::size_t verified = 0;
};

/// The ECDSA signatures of one line. Which of two lines comes later is known when both are handed in, so this
/// one answers nobody.
class LineNonces final : public inspect::NonceWatch
{
public:
    bool isReused(std::string_view r, std::string_view keyThumbprint, std::string_view signingInput) override
    {
        m_uses.push_back(inspect::nonceUse(r, keyThumbprint, signingInput));
        return false;
    }
    std::vector<inspect::NonceUse> take() { return std::exchange(m_uses, {}); }

private:
    std::vector<inspect::NonceUse> m_uses;
};

/// A line with such signatures, and where its document stands among those of its block.
struct SignedLine
{
    std::int64_t number;
    std::string_view token;
    std::size_t start;
    std::size_t end;
    std::vector<inspect::NonceUse> nonces;
};

/// What a thread keeps from block to block: the keys' contexts, and a buffer with its room.
struct Worker
{
    KeyRenewal::Ring ring;
    inspect::Inspector inspector;
    LineNonces nonces{};
    json::Writer writer{};                 ///< one document a line of the block at hand
    std::vector<SignedLine> signedLines{}; ///< of that block
    Tally tally{};                         ///< of that block

    void begin(std::size_t inputBytes)
    {
        writer.clear();
        writer.reserve(inputBytes * 6);
        signedLines.clear();
        tally = {};
    }
};

/// Its `kid` (RFC 7515 §4.1.4) is that of no key. Of an encrypted token that says nothing: the keys that a
/// server shows open none.
bool isOfUnknownKid(std::string_view token, const inspect::KeyRing& ring)
{
    if (jose::isEncrypted(token))
        return false;
    const std::vector<jose::Jws> signatures = jose::decodeAll(token);
    return std::ranges::any_of(signatures, [&ring](const jose::Jws& signature) {
        const std::optional<std::string> kid = signature.kid();
        return kid &&
               std::ranges::none_of(ring.keys, [&kid](const jose::Key& key) { return key.kid == kid; });
    });
}

class Batch
{
public:
    Batch(Console& console, int descriptor, KeyRenewal& keys, const inspect::Expectations& expectations,
          Instant now)
        : m_console(console), m_reader(descriptor), m_keys(keys), m_expectations(expectations), m_now(now)
    {}

    void run()
    {
        const unsigned count = std::max(1u, std::thread::hardware_concurrency());
        const bool isServing = m_keys.canFetch(); // then this thread fetches, which takes next to no time
        m_working = count;
        std::vector<std::thread> others;
        for (unsigned index = isServing ? 0 : 1; index < count; ++index)
            others.emplace_back([this] { work(); });
        if (isServing)
            m_keys.serve();
        else
            work();
        for (std::thread& other : others)
            other.join();
    }

    const Tally& tally() const { return m_tally; }
    int error() const { return m_reader.error(); }

private:
    void work()
    {
        const KeyRenewal::Ring ring = m_keys.ring();
        Worker worker{ring, inspect::Inspector(*ring, m_expectations)};
        Block block;
        while (take(block)) {
            useKeys(worker, m_keys.ring()); // which another thread may have renewed
            worker.begin(block.lines.size());
            verify(worker, block);
            handIn(block.number, worker);
        }
        if (--m_working == 0)
            m_keys.stop();
    }

    bool take(Block& block)
    {
        const std::scoped_lock lock(m_reading);
        return m_reader.next(block);
    }

    void verify(Worker& worker, const Block& block) const
    {
        inspect::Context context;
        context.nonces = &worker.nonces;
        std::int64_t number = block.firstLine;
        std::string_view rest = block.lines;
        for (; !rest.empty(); ++number) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            std::string_view line = trimmed(rest.substr(0, end));
            if (number == 1 && line.starts_with(byteOrderMark))
                line.remove_prefix(byteOrderMark.size());
            if (!line.empty())
                verifyLine(worker, inspect::unwrap(line).token, number, context);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }

    void verifyLine(Worker& worker, std::string_view token, std::int64_t number,
                    const inspect::Context& context) const
    {
        const std::size_t start = worker.writer.lines().size();
        inspect::Verdict verdict = write(worker.writer, worker, token, number, context);
        if (verdict == inspect::Verdict::NoKey && renewKeys(worker, token)) {
            worker.writer.takeBack(start);
            worker.nonces.take();
            verdict = write(worker.writer, worker, token, number, context);
        }
        ++worker.tally.judged;
        if (inspect::holds(verdict))
            ++worker.tally.verified;
        if (std::vector<inspect::NonceUse> nonces = worker.nonces.take(); !nonces.empty())
            worker.signedLines.push_back(
                {number, token, start, worker.writer.lines().size(), std::move(nonces)});
    }

    /// There are others than the worker had, for a token whose kid none of them has.
    bool renewKeys(Worker& worker, std::string_view token) const
    {
        if (!m_keys.canFetch() || !isOfUnknownKid(token, *worker.ring))
            return false;
        const KeyRenewal::Ring newer = m_keys.newerThan(worker.ring);
        if (!newer)
            return false;
        useKeys(worker, newer);
        return true;
    }

    void useKeys(Worker& worker, const KeyRenewal::Ring& ring) const
    {
        if (worker.ring == ring)
            return;
        worker.inspector = inspect::Inspector(*ring, m_expectations);
        worker.ring = ring;
    }

    inspect::Verdict write(json::Writer& writer, Worker& worker, std::string_view token, std::int64_t number,
                           const inspect::Context& context) const
    {
        writer.beginObject();
        writer.member("line").value(number);
        const inspect::Verdict verdict = worker.inspector.verify(token, m_now, writer, context);
        writer.endObject();
        writer.endLine();
        return verdict;
    }

    /// Is one of the line's nonces known from a line before it?
    bool repeatsNonce(const SignedLine& line)
    {
        bool repeats = false;
        for (const inspect::NonceUse& use : line.nonces)
            repeats |= m_nonces.isReused(use);
        return repeats;
    }

    /// Judges the lines anew whose nonces lines before them have, and writes the others as they are.
    void out(Worker& worker)
    {
        const std::string_view lines = worker.writer.lines();
        inspect::Context context;
        context.nonces = &m_nonces;
        std::size_t written = 0;
        for (const SignedLine& line : worker.signedLines) {
            if (!repeatsNonce(line))
                continue;
            json::Writer again;
            write(again, worker, line.token, line.number, context);
            m_console.outUntrusted(lines.substr(written, line.start - written));
            m_console.outUntrusted(again.lines());
            written = line.end;
        }
        m_console.outUntrusted(lines.substr(written));
    }

    /// Waits until all blocks before this one are written: at most one block a thread is held.
    void handIn(std::size_t number, Worker& worker)
    {
        std::unique_lock lock(m_writing);
        m_written.wait(lock, [&] { return m_next == number; });
        out(worker);
        m_console.finish(); // who reads a pipe waits for the answers to what was written
        m_tally.judged += worker.tally.judged;
        m_tally.verified += worker.tally.verified;
        ++m_next;
        m_written.notify_all();
    }

    Console& m_console;
    LineReader m_reader;
    KeyRenewal& m_keys;
    const inspect::Expectations& m_expectations;
    Instant m_now;

    std::mutex m_reading;
    std::mutex m_writing;
    std::condition_variable m_written;
    std::size_t m_next = 0;
    std::atomic<unsigned> m_working = 0;
    inspect::NonceMemory m_nonces; ///< of the lines that are written
    Tally m_tally;
};

/// A file without a token proves nothing: a script that produced it must not read that as success.
Exit statusOf(const Tally& tally, const std::string& path, Console& console)
{
    if (tally.judged > 0)
        return tally.verified == tally.judged ? Exit::Holds : Exit::DoesNotHold;
    const std::string name = path == "-" ? "standard input" : "token file " + path;
    console.fail(Error{ErrorKind::Usage, name, "there is no token in it, so nothing was judged",
                       "write one token a line"});
    return Exit::NothingJudged;
}

} // namespace

Result<Exit> verifyBatch(Console& console, const std::string& path, KeyRenewal& keys,
                         const inspect::Expectations& expectations, Instant now)
{
    const int descriptor = path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return failure(ErrorKind::Unreadable, "cannot read token file " + path, std::strerror(errno),
                       "check the path and its permissions");
    Batch batch(console, descriptor, keys, expectations, now);
    batch.run();
    if (descriptor != STDIN_FILENO)
        close(descriptor);
    if (batch.error() != 0)
        return failure(ErrorKind::Unreadable, "cannot read token file " + path, std::strerror(batch.error()),
                       "check what it is and its permissions");
    return statusOf(batch.tally(), path, console);
}

} // namespace claimcheck::cli
