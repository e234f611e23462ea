// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The reader cuts the input into blocks of whole lines; every worker takes the next block, verifies it with
// its own Inspector, and hands the text in; blocks are written in the order in which they were read.

#include "tokenbatch.h"

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

#include <base/text.h>
#include <inspect/find.h>
#include <json/write.h>

namespace claimcheck::cli {

namespace {

// What it becomes is some times larger; both stay in the cache of a core.
constexpr std::size_t blockBytes = 64 * 1024;
// A line above this is no token (jose::DecodeLimits): its first bytes are judged, the rest is skipped.
constexpr std::size_t longestLine = 2 * 1024 * 1024;

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

struct Block
{
    std::size_t number = 0;
    std::int64_t firstLine = 0;
    std::string lines;
};

/// Whole lines from a descriptor. Not for several threads at once.
class LineReader
{
public:
    explicit LineReader(int descriptor) : m_descriptor(descriptor) {}

    /// False at the end, or when reading fails (error() is then set).
    bool next(Block& block)
    {
        block.number = m_number++;
        block.firstLine = m_line;
        block.lines = std::move(m_rest);
        m_rest.clear();
        while (!m_ended && !hasLines(block.lines))
            read(block.lines);
        const std::size_t end = block.lines.rfind('\n');
        if (!m_ended && end != std::string::npos) {
            m_rest = block.lines.substr(end + 1);
            block.lines.resize(end + 1);
        }
        m_line += std::count(block.lines.begin(), block.lines.end(), '\n');
        return !block.lines.empty();
    }

    int error() const { return m_error; }

private:
    static bool hasLines(const std::string& text)
    {
        return text.size() >= blockBytes && text.find('\n') != std::string::npos;
    }

    void read(std::string& text)
    {
        if (text.size() > longestLine && text.find('\n') == std::string::npos)
            text.resize(longestLine);
        const std::size_t before = text.size();
        text.resize(before + blockBytes);
        ssize_t count = -1;
        do
            count = ::read(m_descriptor, text.data() + before, blockBytes);
        while (count < 0 && errno == EINTR);
        m_error = count < 0 ? errno : 0;
        m_ended = count <= 0;
        text.resize(before + (count > 0 ? static_cast<std::size_t>(count) : 0));
    }

    int m_descriptor;
    bool m_ended = false;
    int m_error = 0;
    std::size_t m_number = 0;
    std::int64_t m_line = 1;
    std::string m_rest;
};

struct Tally
{
    std::size_t judged = 0;
    std::size_t verified = 0;
};

/// What a thread keeps from block to block: the keys' contexts, and buffers with their room.
struct Worker
{
    inspect::Inspector inspector;
    json::Writer writer{};
    std::string out{};
    Tally tally{}; ///< of the block at hand

    void begin(std::size_t inputBytes)
    {
        out.clear();
        out.reserve(inputBytes * 6);
        tally = {};
    }
};

class Batch
{
public:
    Batch(Console& console, int descriptor, const inspect::KeyRing& ring,
          const inspect::Expectations& expectations, Instant now)
        : m_console(console), m_reader(descriptor), m_ring(ring), m_expectations(expectations), m_now(now)
    {}

    void run()
    {
        const unsigned count = std::max(1u, std::thread::hardware_concurrency());
        std::vector<std::thread> others;
        for (unsigned index = 1; index < count; ++index)
            others.emplace_back([this] { work(); });
        work();
        for (std::thread& other : others)
            other.join();
    }

    const Tally& tally() const { return m_tally; }
    int error() const { return m_reader.error(); }

private:
    void work()
    {
        Worker worker{inspect::Inspector(m_ring, m_expectations)};
        Block block;
        while (take(block)) {
            worker.begin(block.lines.size());
            verify(worker, block);
            handIn(block.number, worker);
        }
    }

    bool take(Block& block)
    {
        const std::scoped_lock lock(m_reading);
        return m_reader.next(block);
    }

    void verify(Worker& worker, const Block& block) const
    {
        std::int64_t number = block.firstLine;
        std::string_view rest = block.lines;
        for (; !rest.empty(); ++number) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            std::string_view line = trimmed(rest.substr(0, end));
            if (number == 1 && line.starts_with(byteOrderMark))
                line.remove_prefix(byteOrderMark.size());
            if (!line.empty())
                verifyLine(worker, inspect::unwrap(line).token, number);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }

    void verifyLine(Worker& worker, std::string_view token, std::int64_t number) const
    {
        const inspect::Inspection inspection = worker.inspector.judge(token, m_now);
        worker.writer.beginObject();
        worker.writer.member("line").value(number);
        inspect::writeVerification(worker.writer, inspection);
        worker.writer.endObject();
        worker.writer.moveTo(worker.out);
        worker.out += '\n';
        ++worker.tally.judged;
        if (inspect::holds(inspection.verdict))
            ++worker.tally.verified;
    }

    /// Waits until all blocks before this one are written: at most one block a thread is held.
    void handIn(std::size_t number, const Worker& worker)
    {
        std::unique_lock lock(m_writing);
        m_written.wait(lock, [&] { return m_next == number; });
        m_console.outUntrusted(worker.out);
        m_tally.judged += worker.tally.judged;
        m_tally.verified += worker.tally.verified;
        ++m_next;
        m_written.notify_all();
    }

    Console& m_console;
    LineReader m_reader;
    const inspect::KeyRing& m_ring;
    const inspect::Expectations& m_expectations;
    Instant m_now;

    std::mutex m_reading;
    std::mutex m_writing;
    std::condition_variable m_written;
    std::size_t m_next = 0;
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

Result<Exit> verifyBatch(Console& console, const std::string& path, const inspect::KeyRing& ring,
                         const inspect::Expectations& expectations, Instant now)
{
    const int descriptor = path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return failure(ErrorKind::Unreadable, "cannot read token file " + path, std::strerror(errno),
                       "check the path and its permissions");
    Batch batch(console, descriptor, ring, expectations, now);
    batch.run();
    if (descriptor != STDIN_FILENO)
        close(descriptor);
    if (batch.error() != 0)
        return failure(ErrorKind::Unreadable, "cannot read token file " + path, std::strerror(batch.error()),
                       "check what it is and its permissions");
    return statusOf(batch.tally(), path, console);
}

} // namespace claimcheck::cli
