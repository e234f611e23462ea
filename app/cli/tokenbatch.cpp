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

constexpr std::size_t blockBytes = 256 * 1024;
// A line above this is no token (jose::DecodeLimits): its first bytes are judged, the rest is skipped.
constexpr std::size_t longestLine = 2 * 1024 * 1024;

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

    bool allVerified() const { return m_allVerified; }
    int error() const { return m_reader.error(); }

private:
    void work()
    {
        inspect::Inspector inspector(m_ring, m_expectations);
        Block block;
        while (take(block)) {
            bool verified = true;
            const std::string out = verify(inspector, block, verified);
            handIn(block.number, out, verified);
        }
    }

    bool take(Block& block)
    {
        const std::scoped_lock lock(m_reading);
        return m_reader.next(block);
    }

    std::string verify(inspect::Inspector& inspector, const Block& block, bool& verified) const
    {
        std::string out;
        out.reserve(block.lines.size() * 6);
        std::int64_t number = block.firstLine;
        std::string_view rest = block.lines;
        for (; !rest.empty(); ++number) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            const std::string_view line = trimmed(rest.substr(0, end));
            if (!line.empty())
                verified &= verifyLine(inspector, inspect::unwrap(line).token, number, out);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        return out;
    }

    bool verifyLine(inspect::Inspector& inspector, std::string_view token, std::int64_t number,
                    std::string& out) const
    {
        const inspect::Inspection inspection = inspector.judge(token, m_now);
        json::Writer writer;
        writer.reserve(token.size() * 2 + 2048);
        writer.beginObject();
        writer.member("line").value(number);
        inspect::writeVerification(writer, inspection);
        writer.endObject();
        out += writer.take();
        out += '\n';
        return inspection.verdict == inspect::Verdict::Verified;
    }

    /// Waits until all blocks before this one are written: at most one block a thread is held.
    void handIn(std::size_t number, const std::string& out, bool verified)
    {
        std::unique_lock lock(m_writing);
        m_written.wait(lock, [&] { return m_next == number; });
        m_console.outUntrusted(out);
        m_allVerified = m_allVerified && verified;
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
    bool m_allVerified = true;
};

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
    return batch.allVerified() ? Exit::Holds : Exit::DoesNotHold;
}

} // namespace claimcheck::cli
